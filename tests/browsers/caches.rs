//! Two pages of one site share the browser's cache, so that one's answer may reach the other.

use std::sync::Arc;
use std::time::Duration;

use cross_origin::browser::{Request, Response};
use cross_origin::{Policy, PolicyBuilder, Rule};

use crate::driver::{Browser, Chromium, Firefox};
use crate::fault::Fault;
use crate::stage::{Seen, Stage, Step};

/// Two pages of one site, and a URL that they ask.
struct Site {
    stage: Stage,
    a: String,
    b: String,
    url: String,
}

impl Site {
    fn new(
        fault: Option<Fault>,
        policy: impl Fn(&str, &str) -> PolicyBuilder,
        max_age: &'static str,
    ) -> Self {
        let stage = Stage::new();
        if let Some(fault) = fault {
            stage.plant(fault);
        }
        let page = |host: &str| format!("http://{host}.site.example:{}", stage.page);
        let (a, b) = (page("a"), page("b"));
        let builder = policy(&a, &b).dangerously_allow_insecure_origins();
        let policy = Arc::new(builder.build().unwrap());
        let url = stage.url("api.site.example", move |request| {
            answer(&policy, max_age, request)
        });
        Self { stage, a, b, url }
    }

    fn fetch(&self, browser: &dyn Browser, page: &str, credentials: &'static str) -> Seen {
        let step = Step {
            url: self.url.clone(),
            method: "GET".to_owned(),
            headers: Vec::new(),
            credentials,
            frame: None,
            after: Duration::ZERO,
        };
        self.stage.play(browser, page, &[vec![step]])[0][0].clone()
    }

    fn asked(&self) -> Vec<Request> {
        self.stage.asked(&self.url)
    }
}

/// The application's response, which may be stored, with the policy's answer applied to it.
fn answer(policy: &Policy, max_age: &str, request: &Request) -> Response {
    let decision = policy.evaluate(&request.request_headers());
    let is_known = request
        .header_list()
        .iter()
        .any(|(name, _)| name == "if-none-match");
    let mut response = Response::new(if is_known { 304 } else { 200 })
        .header("etag", "\"1\"")
        .header("cache-control", max_age);
    if !is_known {
        response = response.header("x-secret", "1");
    }
    decision.apply(&mut response);
    response
}

fn two_rules(a: &str, b: &str) -> PolicyBuilder {
    PolicyBuilder::new([
        Rule::allow_origins([a])
            .allow_credentials()
            .expose_headers(["x-secret"]),
        Rule::allow_origins([b]),
    ])
}

/// What a page of the second rule gets of a response that a page of the first stored and a 304
/// updates: with credentials, and without.
fn not_modified(browser: &dyn Browser, fault: Option<Fault>) -> [Seen; 2] {
    ["include", "omit"].map(|credentials| {
        let site = Site::new(fault, two_rules, "max-age=0");
        let first = site.fetch(browser, &site.a, credentials);
        assert!(
            first.shared && first.headers.contains(&"x-secret".to_owned()),
            "{first:?}"
        );
        let second = site.fetch(browser, &site.b, credentials);
        let asked = site.asked();
        let last = asked.last().unwrap().header_list();
        assert_eq!(asked.len(), 2);
        assert!(
            last.iter().any(|(name, _)| name == "if-none-match"),
            "no 304: {last:?}"
        );
        second
    })
}

fn nothing_survives_a_304(browser: &dyn Browser) {
    let [include, omit] = not_modified(browser, None);
    assert!(
        !include.shared,
        "a response with the cookies of another rule's page"
    );
    assert!(omit.shared);
    assert!(!omit.headers.contains(&"x-secret".to_owned()), "{omit:?}");
    // A page of the first rule loses nothing to one of the second.
    let site = Site::new(None, two_rules, "max-age=0");
    assert!(site.fetch(browser, &site.b, "omit").shared);
    let first = site.fetch(browser, &site.a, "include");
    assert!(
        first.shared && first.headers.contains(&"x-secret".to_owned()),
        "{first:?}"
    );

    let [include, omit] = not_modified(browser, Some(Fault::NothingTakenBack));
    assert!(include.shared, "this scenario finds nothing");
    assert!(
        omit.headers.contains(&"x-secret".to_owned()),
        "this scenario finds nothing"
    );
}

fn one_rule(a: &str, b: &str) -> PolicyBuilder {
    PolicyBuilder::new([Rule::allow_origins([a, b])])
}

fn any_origin(_: &str, _: &str) -> PolicyBuilder {
    PolicyBuilder::new([Rule::allow_any_origin()])
}

/// Whether each of two pages gets a response that may be stored, and how often the server is asked.
fn cacheable(
    browser: &dyn Browser,
    policy: impl Fn(&str, &str) -> PolicyBuilder,
    fault: Option<Fault>,
) -> ([bool; 2], usize) {
    let site = Site::new(fault, policy, "max-age=600");
    let shared = [&site.a, &site.b].map(|page| site.fetch(browser, page, "omit").shared);
    (shared, site.asked().len())
}

fn vary_keeps_two_pages_apart(browser: &dyn Browser) {
    assert_eq!(cacheable(browser, one_rule, None), ([true, true], 2));
    // The answer of a static policy is the same for everybody.
    assert_eq!(cacheable(browser, any_origin, None), ([true, true], 1));
    let ([first, second], _) = cacheable(browser, one_rule, Some(Fault::NoVary));
    assert!(
        first && !second,
        "this scenario does not find a lost `Vary`"
    );
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn in_chromium() {
    let browser = Chromium::start();
    nothing_survives_a_304(&browser);
    vary_keeps_two_pages_apart(&browser);
}

#[test]
#[ignore = "needs a browser: apt-get install firefox-esr"]
fn in_firefox() {
    let browser = Firefox::start();
    nothing_survives_a_304(&browser);
    vary_keeps_two_pages_apart(&browser);
}
