//! Chromium, through the WebDriver of `chromedriver`.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::child::{self, Child, kill_group};
use super::{Browser, Failed, started};

const PATIENCE: Duration = Duration::from_secs(60);

const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * 127.0.0.1",
    // Of several such flags only the last counts.
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
];

/// A running Chromium with one page. Every name resolves to this machine.
pub struct Chromium {
    driver: Child,
    port: u16,
    session: String,
    browser: Option<u64>,
}

impl Chromium {
    pub fn start() -> Self {
        started("Chromium", || {
            let directory = child::directory("chromium")?;
            let mut command = Command::new("chromedriver");
            command.arg("--port=0");
            let mut driver = Child::start(command, directory)?;
            let port = driver.wait_for("port of chromedriver", |child| {
                let log = child.log();
                let (_, after) = log.split_once("successfully on port ")?;
                let (digits, _) = after.split_once('.')?;
                digits.parse().ok()
            })?;
            let mut chromium = Self {
                driver,
                port,
                session: String::new(),
                browser: None,
            };
            chromium.begin()?;
            Ok(chromium)
        })
    }

    fn begin(&mut self) -> Result<(), Failed> {
        let profile = self.driver.directory().join("profile");
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        }}});
        let session = self.send("POST", "/session", &wanted)?;
        let id = session["sessionId"]
            .as_str()
            .ok_or("a session without id")?;
        self.session = format!("/session/{id}");
        self.browser = session["capabilities"]["goog:processID"].as_u64();
        self.command("timeouts", json!({ "script": 60_000, "pageLoad": 30_000 }))?;
        Ok(())
    }

    /// A WebDriver command of this session.
    pub fn command(&self, name: &str, parameters: Value) -> Result<Value, Failed> {
        self.send("POST", &format!("{}/{name}", self.session), &parameters)
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, name: &str, parameters: Value) -> Result<Value, Failed> {
        self.command(
            "goog/cdp/execute",
            json!({ "cmd": name, "params": parameters }),
        )
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, Failed> {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        )?;
        let body = read_body(&mut BufReader::new(stream))?;
        let mut answer: Value = serde_json::from_slice(&body)?;
        let value = answer["value"].take();
        match value.get("error") {
            Some(error) => Err(format!("{path}: {error}: {}", value["message"]).into()),
            None => Ok(value),
        }
    }
}

/// The body of a response, whose length is given.
fn read_body(stream: &mut impl BufRead) -> Result<Vec<u8>, Failed> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(digits) = line.strip_prefix("content-length:") {
            length = digits.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}

impl Browser for Chromium {
    fn open(&self, url: &str) -> Result<(), Failed> {
        self.command("url", json!({ "url": url })).map(|_| ())
    }

    fn run(&self, script: &str) -> Result<Value, Failed> {
        self.command("execute/sync", json!({ "script": script, "args": [] }))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let ended = self.send("DELETE", &self.session, &Value::Null);
        if let (Err(_), Some(browser)) = (ended, self.browser) {
            kill_group(browser as u32);
        }
    }
}
