//! The playground, used in Chromium as a person would: on a screen and on a phone, in light and dark.

mod person;
#[path = "../../../examples/playground/server/mod.rs"]
pub mod server;

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::driver::{Browser, Firefox};
use person::{CTRL, ENTER, Person, TAB};
use server::Playground;

fn used(width: u32, scheme: &str) {
    let person = Person::look_through(width, scheme);
    let shot = |what: &str| person.keep(&format!("playground-{width}-{scheme}-{what}"));
    shot("1-start");

    // What is wrong with a policy is said while it is typed, at its place.
    let wrong = "{\n\"allow_origins\": [\"http://localhost:*\", \"https://a.example/\"],\n\"allow_method\": \"*\"}";
    person.write("#policy", wrong);
    person.sees("#problems", "line 2: allow_origins[1]");
    person.sees("#problems", "use https://a.example");
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
    person.sees("#result .exchanges", "the port differs");
    person.finds_in_the_console_what_is_predicted();
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
    person.sees("#result .exchanges", "(http://*.localhost:*, * = app)");

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

/// Tries each policy that the page offers from each origin that it has.
const EVERYTHING: &str = r"
    const go = (select, choose) => [...select.options].reduce(async (before, option) => {
        await before;
        select.value = option.value;
        select.dispatchEvent(new Event('change'));
        await choose();
    }, null);
    const at = (id) => document.getElementById(id);
    window.done = false;
    window.tried = [];
    const attempt = async () => {
        if (at('preset').value.includes('mistakes')) return;
        at('verdict').textContent = '';
        at('form').requestSubmit();
        while (!at('verdict').textContent || at('go').disabled) await new Promise((next) => setTimeout(next, 10));
        tried.push(`${at('preset').value} from ${at('origin').value}: ${at('verdict').textContent}`);
    };
    go(at('preset'), () => go(at('origin'), attempt)).then(() => { window.done = true; });
";

#[test]
#[ignore = "needs a browser: apt-get install firefox-esr"]
fn the_playground_in_firefox() {
    let browser = Firefox::start();
    let playground = Playground::start().unwrap();
    browser.open(&playground.page()).unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    let waits = |script: &str| {
        while browser.run(script).unwrap() != Value::Bool(true) {
            assert!(
                Instant::now() < end,
                "{:?}",
                browser.run("return window.tried;")
            );
            thread::sleep(Duration::from_millis(20));
        }
    };
    waits("return document.querySelectorAll('#origin option').length === 5;");
    browser.run(EVERYTHING).unwrap();
    waits("return window.done;");
    let tried = browser.run("return window.tried;").unwrap();
    let tried: Vec<_> = tried
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap())
        .collect();
    assert_eq!(tried.len(), 25);
    for line in &tried {
        assert!(
            line.contains("as predicted") && !line.contains("not as predicted"),
            "{line}"
        );
    }
    assert!(
        tried
            .iter()
            .filter(|line| line.contains("gets the response"))
            .count()
            >= 5,
        "{tried:#?}"
    );
}
