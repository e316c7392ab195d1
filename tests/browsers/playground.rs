//! The playground, used in Chromium as a person would: on a screen and on a phone, in light and dark.

#[path = "../../examples/playground/server/mod.rs"]
pub mod server;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::driver::{Chromium, scratch};
use server::Playground;

const CTRL: char = '\u{e009}';
const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';

/// A person at the page.
struct Person {
    browser: Chromium,
    page: String,
}

impl Person {
    fn look_through(width: u32, scheme: &str) -> Self {
        let page = Playground::start().unwrap().page();
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
        let person = Self { browser, page };
        person
            .browser
            .command("url", json!({ "url": person.page }))
            .unwrap();
        person.sees("#problems", "The policy is sound.");
        person
    }

    fn run(&self, script: &str) -> Value {
        self.browser.run(script).unwrap()
    }

    fn element(&self, selector: &str) -> String {
        let by = json!({ "using": "css selector", "value": selector });
        let found = self.browser.command("element", by).unwrap();
        let id = found.as_object().unwrap().values().next().unwrap();
        format!("element/{}", id.as_str().unwrap())
    }

    fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.browser
            .command(&format!("{element}/click"), json!({}))
            .unwrap();
    }

    /// Types into a field, in place of what is there.
    fn write(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.browser
            .command(&format!("{element}/clear"), json!({}))
            .unwrap();
        self.browser
            .command(&format!("{element}/value"), json!({ "text": text }))
            .unwrap();
    }

    /// Presses keys together.
    fn press(&self, keys: &[char]) {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<_> = down.chain(up).collect();
        let keyboard = json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] });
        self.browser.command("actions", keyboard).unwrap();
    }

    fn choose(&self, selector: &str, words: &str) {
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

    fn text(&self, selector: &str) -> String {
        let script = format!(
            "return document.querySelector({})?.innerText ?? '';",
            json!(selector)
        );
        self.run(&script).as_str().unwrap().to_owned()
    }

    /// Waits until these words are there.
    #[track_caller]
    fn sees(&self, selector: &str, words: &str) {
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

    fn tries(&self) -> u64 {
        self.run("return document.querySelectorAll('#history li').length;")
            .as_u64()
            .unwrap()
    }

    /// Sends the fetch in some way, and waits for what comes of it.
    #[track_caller]
    fn sends(&self, send: impl Fn(&Self), verdict: &str, agreement: &str) {
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
    fn all_is_well(&self) {
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
        let entries = self
            .browser
            .command("se/log", json!({ "type": "browser" }))
            .unwrap();
        for entry in entries.as_array().unwrap() {
            let message = entry["message"].as_str().unwrap();
            assert!(message.contains("/things/"), "in the console: {message}");
        }
    }

    /// Keeps what the whole page looks like.
    fn keep(&self, name: &str) {
        let shot = self.browser.devtools(
            "Page.captureScreenshot",
            json!({ "captureBeyondViewport": true, "format": "png" }),
        );
        let png = base64(shot.unwrap()["data"].as_str().unwrap());
        let directory = scratch().join("screens");
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join(format!("{name}.png"));
        fs::write(&path, png).unwrap();
        println!("screenshot: {}", Path::new(&path).display());
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

fn used(width: u32, scheme: &str) {
    let person = Person::look_through(width, scheme);
    let shot = |what: &str| person.keep(&format!("playground-{width}-{scheme}-{what}"));
    shot("1-start");

    // What is wrong with a policy is said while it is typed, at its place.
    let wrong = "{\n\"allow_origins\": [\"http://localhost:*\", \"https://a.example/\"],\n\"allow_method\": \"*\"}";
    person.write("#policy", wrong);
    person.sees("#problems", "line 2: allow_origins[1]");
    person.sees("#problems", "write https://a.example");
    person.sees("#problems", "line 3: allow_method");
    assert_eq!(
        person.run("return document.querySelector('#marks mark').textContent;"),
        json!("\"https://a.example/\"")
    );
    shot("2-problems");
    person.click("#problems button");
    assert_eq!(
        person.run("return document.activeElement.selectionStart;"),
        json!(wrong.find("\"https").unwrap())
    );
    person.write("#policy", "{\"allow_origins\": \"*\"");
    person.sees("#problems", "line 1");
    person.click("#go");
    person.sees("#wrong", "The policy has problems.");

    // A page of another port, which the policy does not name.
    person.choose("#preset", "one page with cookies");
    person.sees("#problems", "The policy is sound.");
    person.choose("#origin", "another port");
    person.sends(
        |person| person.click("#go"),
        "The preflight fails",
        "as predicted",
    );
    person.sees("#result .exchanges", "no rule is for this origin");
    shot("3-kept");

    // The one that it names, with the keyboard.
    person.choose("#origin", "this page");
    person.click("#method");
    person.press(&[CTRL, 'a']);
    "PUT".chars().for_each(|key| person.press(&[key]));
    person.click("input[value=include]");
    person.sends(
        |person| person.press(&[CTRL, ENTER]),
        "The page gets the response",
        "as predicted",
    );
    person.sees("#result table", "content-length, content-type, etag");
    person.sees(
        "#result .exchanges",
        "access-control-allow-credentials: true",
    );
    shot("4-shared");

    // A sandboxed frame, and a subdomain.
    person.choose("#origin", "sandboxed");
    person.write("#method", "GET");
    person.write("#headers", "");
    person.sends(
        |person| person.click("#go"),
        "The browser keeps the response",
        "as predicted",
    );
    person.choose("#preset", "any port, any subdomain");
    person.choose("#origin", "a subdomain");
    person.click("input[value=omit]");
    person.write("#headers", "X-Trace: 1");
    person.sends(
        |person| person.click("#go"),
        "The page gets the response",
        "as predicted",
    );
    person.sees("#result .exchanges", "where * stands for app");

    // Where browsers are laxer than the standard.
    person.write("#headers", "Authorization: x");
    person.sends(
        |person| person.click("#go"),
        "The page gets the response",
        "not as predicted",
    );
    person.sees("#result .note", "This one is known");
    shot("5-differs");

    // What no page can send.
    person.write("#method", "TRACE");
    person.click("#go");
    person.sees("#wrong", "`TRACE`");

    // An earlier try comes back with all that was chosen.
    assert_eq!(person.tries(), 5);
    person.click("#history li:last-child button");
    person.sees("#result .verdict", "The preflight fails");
    assert_eq!(
        person.run("return document.querySelector('#method').value;"),
        json!("PUT")
    );
    person.all_is_well();
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn the_playground_on_a_screen() {
    used(1280, "light");
    used(1280, "dark");
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn the_playground_on_a_phone() {
    used(390, "light");
    used(390, "dark");
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn the_playground_without_a_mouse() {
    let person = Person::look_through(1280, "light");
    let unnamed = person.run(
        "return [...document.querySelectorAll('input, select, textarea')]
            .filter((control) => !control.labels?.length).map((control) => control.id);",
    );
    assert_eq!(unnamed, json!([]), "each control has a label");
    person.run("document.activeElement.blur();");
    let mut order = Vec::new();
    for _ in 0..7 {
        person.press(&[TAB]);
        let at = person.run("return document.activeElement.id || document.activeElement.name;");
        order.push(at.as_str().unwrap().to_owned());
    }
    assert_eq!(
        order,
        [
            "preset",
            "policy",
            "origin",
            "method",
            "credentials",
            "headers",
            "go"
        ]
    );
    person.sends(
        |person| person.press(&[ENTER]),
        "The preflight fails",
        "as predicted",
    );
    person.all_is_well();
}
