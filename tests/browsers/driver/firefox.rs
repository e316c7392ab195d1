//! Firefox, through its own Marionette: JSON on a socket, each message with its length before it.

use std::cell::Cell;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::child::{self, Child};
use super::{Browser, Failed, started};

const PATIENCE: Duration = Duration::from_secs(60);

/// Every name resolves to this machine, and nothing is asked of any other.
const PREFERENCES: &str = r#"
user_pref("network.dns.forceResolve", "127.0.0.1");
user_pref("network.lna.enabled", false);
user_pref("marionette.port", 0);
user_pref("app.normandy.enabled", false);
user_pref("app.update.auto", false);
user_pref("browser.aboutConfig.showWarning", false);
user_pref("browser.region.update.enabled", false);
user_pref("browser.safebrowsing.downloads.remote.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.security.https_first", false);
user_pref("dom.security.https_only_mode", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.prefetch-next", false);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.enabled", false);
"#;

/// A running Firefox with one page.
pub struct Firefox {
    // The connection first: it goes before the process does.
    stream: TcpStream,
    count: Cell<u64>,
    _process: Child,
}

impl Firefox {
    pub fn start() -> Self {
        started("Firefox", || {
            let directory = child::directory("firefox")?;
            let profile = directory.join("profile");
            fs::create_dir(&profile)?;
            fs::write(profile.join("user.js"), PREFERENCES)?;
            let mut command = Command::new("firefox-esr");
            command
                .args(["-headless", "--marionette", "--no-remote", "--profile"])
                .arg(&profile);
            let mut process = Child::start(command, directory)?;
            let port: u16 = process.wait_for("port of Marionette", |_| {
                let text = fs::read_to_string(profile.join("MarionetteActivePort")).ok()?;
                text.trim().parse().ok()
            })?;
            let stream = process.wait_for("Marionette", |_| {
                TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
            })?;
            stream.set_read_timeout(Some(PATIENCE))?;
            let firefox = Self {
                stream,
                count: Cell::new(0),
                _process: process,
            };
            firefox.message()?;
            firefox.command("WebDriver:NewSession", json!({}))?;
            firefox.command("WebDriver:SetTimeouts", json!({ "pageLoad": 30_000 }))?;
            Ok(firefox)
        })
    }

    fn command(&self, name: &str, parameters: Value) -> Result<Value, Failed> {
        self.count.set(self.count.get() + 1);
        let message = json!([0, self.count.get(), name, parameters]).to_string();
        write!(&self.stream, "{}:{message}", message.len())?;
        let answer = self.message()?;
        match &answer[2] {
            Value::Null => Ok(answer[3].clone()),
            error => Err(format!("{name}: {error}").into()),
        }
    }

    fn message(&self) -> Result<Value, Failed> {
        let mut length = 0;
        loop {
            let mut byte = [0];
            (&self.stream).read_exact(&mut byte)?;
            match byte[0] {
                digit @ b'0'..=b'9' => length = length * 10 + usize::from(digit - b'0'),
                b':' => break,
                _ => return Err("a message of Marionette begins with its length".into()),
            }
        }
        let mut message = vec![0; length];
        (&self.stream).read_exact(&mut message)?;
        Ok(serde_json::from_slice(&message)?)
    }
}

impl Browser for Firefox {
    fn open(&self, url: &str) -> Result<(), Failed> {
        self.command("WebDriver:Navigate", json!({ "url": url }))
            .map(|_| ())
    }

    fn run(&self, script: &str) -> Result<Value, Failed> {
        let parameters = json!({ "script": script, "args": [], "sandbox": null });
        let answer = self.command("WebDriver:ExecuteScript", parameters)?;
        Ok(answer["value"].clone())
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.command("Marionette:Quit", json!({ "flags": ["eForceQuit"] }));
    }
}
