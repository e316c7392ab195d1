//! A user of the page: looks, types, clicks, and waits for results.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::server::Playground;
use crate::driver::{Browser, Chromium, scratch};

pub const CTRL: char = '\u{e009}';
pub const ENTER: char = '\u{e007}';
pub const TAB: char = '\u{e004}';

/// A person at the page.
pub struct Person(Chromium);

impl Person {
    pub fn look_through(width: u32, scheme: &str) -> Self {
        let playground = Playground::start().unwrap();
        let browser = Chromium::start();
        let metrics = json!({
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser
            .devtools("Emulation.setDeviceMetricsOverride", metrics)
            .unwrap();
        browser
            .devtools("Emulation.setEmulatedMedia", media)
            .unwrap();
        let person = Self(browser);
        person
            .0
            .command("url", json!({ "url": playground.page() }))
            .unwrap();
        person.sees("#api", &playground.api());
        person.sees("#problems", "The policy is sound.");
        person
    }

    pub fn run(&self, script: &str) -> Value {
        self.0.run(script).unwrap()
    }

    fn element(&self, selector: &str) -> String {
        let by = json!({ "using": "css selector", "value": selector });
        let found = self.0.command("element", by).unwrap();
        let id = found.as_object().unwrap().values().next().unwrap();
        format!("element/{}", id.as_str().unwrap())
    }

    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.0
            .command(&format!("{element}/click"), json!({}))
            .unwrap();
    }

    /// Types into a field, in place of what is there.
    pub fn write(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.0
            .command(&format!("{element}/clear"), json!({}))
            .unwrap();
        self.0
            .command(&format!("{element}/value"), json!({ "text": text }))
            .unwrap();
    }

    /// Presses keys together.
    pub fn press(&self, keys: &[char]) {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<_> = down.chain(up).collect();
        let keyboard = json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] });
        self.0.command("actions", keyboard).unwrap();
    }

    pub fn choose(&self, selector: &str, words: &str) {
        let script = format!(
            "const select = document.querySelector({});
             const option = [...select.options].find((one) => one.text.includes({}));
             select.value = option.value;
             select.dispatchEvent(new Event('change', {{ bubbles: true }}));",
            json!(selector),
            json!(words)
        );
        self.run(&script);
    }

    pub fn text(&self, selector: &str) -> String {
        let script = format!(
            "return document.querySelector({})?.innerText ?? '';",
            json!(selector)
        );
        self.run(&script).as_str().unwrap().to_owned()
    }

    /// Waits until these words are there.
    #[track_caller]
    pub fn sees(&self, selector: &str, words: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let text = self.text(selector);
            if text.contains(words) {
                return;
            }
            assert!(
                Instant::now() < end,
                "no {words:?} in {selector}, but {text:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn tries(&self) -> u64 {
        self.run("return document.querySelectorAll('#history li').length;")
            .as_u64()
            .unwrap()
    }

    /// Sends the fetch in some way, and waits for what comes of it.
    #[track_caller]
    pub fn sends(&self, send: impl Fn(&Self), verdict: &str, agreement: &str) {
        let before = self.tries();
        send(self);
        let end = Instant::now() + Duration::from_secs(10);
        while self.tries() == before {
            let wrong = self.text("#wrong");
            assert!(
                Instant::now() < end && wrong.is_empty(),
                "no result: {wrong}"
            );
            thread::sleep(Duration::from_millis(20));
        }
        self.sees("#result .verdict", verdict);
        self.sees("#result .verdict", agreement);
    }

    /// Everything fits into the width, and the console has nothing but what blocked fetches write.
    #[track_caller]
    pub fn all_is_well(&self) {
        let beyond = self.run(
            "const right = (element) => element.getBoundingClientRect().right;
             return [...document.querySelectorAll('.card *')].filter((element) =>
                 !element.closest('#marks') && right(element) > right(element.closest('.card')) - 1)
                 .map((element) => element.outerHTML);",
        );
        assert_eq!(beyond, json!([]), "what is too wide");
        let wide = self.run("return document.documentElement.scrollWidth - innerWidth;");
        assert!(
            wide.as_i64().unwrap() <= 0,
            "the page is too wide by {wide}"
        );
        self.console();
    }

    /// What the console says since it was last asked, which is about blocked fetches.
    #[track_caller]
    fn console(&self) -> Vec<String> {
        let entries = self.0.command("se/log", json!({ "type": "browser" }));
        let entries = entries.unwrap();
        let messages = entries.as_array().unwrap().iter().map(|entry| {
            let message = entry["message"].as_str().unwrap();
            assert!(message.contains("/things/"), "in the console: {message}");
            message.to_owned()
        });
        messages.collect()
    }

    /// The console says what the page predicts that it says.
    #[track_caller]
    pub fn finds_in_the_console_what_is_predicted(&self) {
        let predicted = self.text("#result q");
        let said = self.console();
        let is_said = said.iter().any(|message| message.contains(&predicted));
        assert!(
            !predicted.is_empty() && is_said,
            "{predicted:?} is not in {said:?}"
        );
    }

    /// Keeps what the whole page looks like.
    pub fn keep(&self, name: &str) {
        let shot = self.0.devtools(
            "Page.captureScreenshot",
            json!({ "captureBeyondViewport": true, "format": "png" }),
        );
        let png = base64(shot.unwrap()["data"].as_str().unwrap());
        let directory = scratch().join("screens");
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join(format!("{name}.png"));
        fs::write(&path, png).unwrap();
        println!("screenshot: {}", path.display());
    }
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text
        .bytes()
        .filter_map(|byte| DIGITS.iter().position(|&digit| digit == byte));
    let digits: Vec<usize> = digits.collect();
    let bits = |group: &[usize]| group.iter().fold(0, |bits, digit| bits << 6 | digit);
    let bytes = digits.chunks(4).flat_map(|group| {
        let whole = bits(group) << (6 * (4 - group.len()));
        let [_, bytes @ ..] = (whole as u32).to_be_bytes();
        bytes.into_iter().take(group.len() - 1)
    });
    bytes.collect()
}
