//! Scenarios out of a generator that always gives the same, and those that show what browsers do
//! differently.

use cross_origin::browser::Credentials;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::naive::Spec;
use crate::scenario::{Asked, Page, Scenario};
use crate::stage::Stage;

const GENERATED: usize = 700;

/// The hosts of pages, as they are opened and as their origins have them.
const HOSTS: [(&str, &str); 11] = [
    ("app.example.com", "app.example.com"),
    ("b.app.example.com", "b.app.example.com"),
    ("example.com", "example.com"),
    ("EVILexample.com", "evilexample.com"),
    ("app.example.com.", "app.example.com."),
    ("pr-1-x.example.com", "pr-1-x.example.com"),
    ("bücher.example", "xn--bcher-kva.example"),
    ("localhost", "localhost"),
    ("127.1", "127.0.0.1"),
    ("127.0.1.2", "127.0.1.2"),
    ("[0:0:0:0:0:0:0:1]", "[::1]"),
];

const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "patch", "delete", "QUERY", "X-LONG",
];

const HEADERS: [(&str, &str); 17] = [
    ("Content-Type", "text/plain"),
    ("Content-Type", "application/json"),
    ("Authorization", "x"),
    ("x-a", "1"),
    ("X-B", "2"),
    ("X-B", "3"),
    ("x-c", ""),
    ("Range", "bytes=0-"),
    ("Accept", "*/*"),
    ("Accept", "\"\u{e4}\""),
    ("Accept-Language", "de"),
    ("Content-Language", "de;q=(1)"),
    ("Cookie", "dropped=1"),
    ("Sec-Own", "dropped"),
    ("DPR", "1"),
    ("User-Agent", "x"),
    ("x_odd!#$%&'*+.^`|~9", "1"),
];

type Headers<'a> = &'a [(&'a str, &'a str)];

fn owned(headers: Headers) -> Vec<(String, String)> {
    let line = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    headers.iter().map(line).collect()
}

fn fixed(text: String) -> &'static str {
    text.leak()
}

/// Every page, and a sandboxed frame within the first.
pub fn pages(stage: &Stage) -> Vec<Page> {
    let page = |host: &str, origin: &str, port: u16| Page {
        opened: format!("http://{host}:{port}"),
        origin: format!("http://{origin}:{port}"),
        frame: None,
    };
    let (first, first_origin) = HOSTS[0];
    let mut pages = vec![
        page(first, first_origin, stage.other),
        Page {
            origin: "null".to_owned(),
            frame: Some("sandbox"),
            ..page(first, first_origin, stage.page)
        },
    ];
    let named = HOSTS
        .iter()
        .map(|(host, origin)| page(host, origin, stage.page));
    pages.extend(named);
    pages
}

fn patterns(stage: &Stage) -> Vec<&'static str> {
    let (page, other) = (stage.page, stage.other);
    let forms = [
        format!("http://app.example.com:{page}"),
        format!("http://*.example.com:{page}"),
        "http://*.app.example.com:*".to_owned(),
        "http://pr-*-x.example.com:*".to_owned(),
        format!(
            "http://app.example.com:{{{},{}}}",
            page.min(other),
            page.max(other)
        ),
        "https://app.example.com".to_owned(),
        "http://app.example.com".to_owned(),
        "http://localhost:*".to_owned(),
        format!("http://127.0.0.1:{page}"),
        "http://xn--bcher-kva.example:*".to_owned(),
        format!("http://[::1]:{page}"),
        "http://127.0.0.0/8:*".to_owned(),
        format!("http://127.0.0.0/30:{page}"),
        "http://127.0.1.0/24:*".to_owned(),
        "http://[::/64]:*".to_owned(),
    ];
    forms.map(fixed).into()
}

fn spec(own: &str, patterns: Vec<&'static str>) -> impl Strategy<Value = Spec> + use<> {
    let own = fixed(own.to_owned());
    let origins = prop_oneof![
        8 => Just(vec![own]),
        4 => subsequence(patterns, 1..4).prop_shuffle(),
        2 => Just(vec!["*"]),
        1 => Just(vec!["null"]),
        1 => Just(vec!["ask"]),
    ];
    let methods = prop_oneof![
        4 => subsequence(vec!["PUT", "PATCH", "delete", "QUERY", "X-LONG"], 2..6),
        1 => Just(vec!["*"]),
        1 => Just(vec![]),
    ];
    let headers = prop_oneof![
        4 => subsequence(vec!["content-type", "Authorization", "x-a", "x-b", "X-C", "accept", "dpr"], 3..8),
        1 => Just(vec!["*"]),
        1 => Just(vec!["*", "authorization"]),
        1 => Just(vec![]),
    ];
    let exposed = subsequence(vec!["x-a", "ETag", "*"], 0..3);
    let max_age = proptest::option::of(select(vec![0_u64, 5, 600]));
    let timing = proptest::option::of(select(vec!["matched", "*"]));
    (
        origins,
        proptest::bool::weighted(0.6),
        methods,
        headers,
        exposed,
        max_age,
        timing,
    )
        .prop_map(
            |(origins, credentials, methods, headers, exposed, max_age, timing)| Spec {
                origins,
                credentials,
                methods,
                headers,
                exposed,
                max_age,
                timing,
            },
        )
}

fn scenario(stage: &Stage) -> impl Strategy<Value = Scenario> + use<> {
    let patterns = patterns(stage);
    let modes = select(vec![
        Credentials::Omit,
        Credentials::SameOrigin,
        Credentials::Include,
        Credentials::Include,
    ]);
    let headers = subsequence(HEADERS.to_vec(), 0..3);
    (
        select(pages(stage)),
        select(METHODS.to_vec()),
        headers,
        modes,
        any::<bool>(),
    )
        .prop_flat_map(move |(page, method, headers, credentials, verdict)| {
            let specs = proptest::collection::vec(spec(&page.origin, patterns.clone()), 1..4);
            let asked = Asked {
                origin: page.origin.clone(),
                method,
                headers: owned(&headers),
                credentials,
            };
            specs.prop_filter_map("a refused policy", move |specs| {
                Scenario::new("", specs, verdict, page.clone(), asked.clone())
            })
        })
}

/// The same scenarios in every run, but for the ports.
pub fn generated(stage: &Stage) -> Vec<Scenario> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = scenario(stage);
    let number = |number: usize| Scenario {
        name: format!("generated-{number}"),
        ..strategy.new_tree(&mut runner).unwrap().current()
    };
    (0..GENERATED).map(number).collect()
}

/// For each departure in a single fetch a scenario that shows it.
pub fn departing(stage: &Stage) -> Vec<Scenario> {
    const LONG: &str = "text/html,text/plain,text/css,text/javascript,image/png,text/xml";
    let shown: [(&str, &[&str], Headers); 14] = [
        ("acah-auth-star", &["*"], &[("Authorization", "x")]),
        ("safe-dpr", &[], &[("DPR", "1")]),
        ("safe-width", &[], &[("Width", "10")]),
        ("safe-viewport-width", &[], &[("Viewport-Width", "10")]),
        ("safe-device-memory", &[], &[("Device-Memory", "8")]),
        ("safe-save-data", &[], &[("Save-Data", "on")]),
        ("safe-downlink", &[], &[("Downlink", "1")]),
        ("safe-rtt", &[], &[("RTT", "50")]),
        ("safe-ect", &[], &[("ECT", "4g")]),
        ("safe-user-agent", &[], &[("User-Agent", "x")]),
        (
            "acrh-dup-ct-same",
            &["content-type"],
            &[
                ("Content-Type", "text/plain"),
                ("Content-Type", "text/plain"),
            ],
        ),
        (
            "acrh-dup-accept",
            &["accept"],
            &[("Accept", LONG), ("Accept", LONG)],
        ),
        (
            "acrh-dup",
            &["x-dup"],
            &[("X-Dup", "1"), ("x-dup", "2"), ("X-DUP", "3")],
        ),
        (
            "acrh-dup-2",
            &["x-dup", "x-a", "z"],
            &[("X-Dup", "1"), ("X-A", "1"), ("X-Dup", "2"), ("Z", "1")],
        ),
    ];
    let page = pages(stage).swap_remove(2);
    let scenario = |(name, allowed, headers): (&str, &[&'static str], Headers)| {
        let spec = Spec {
            origins: vec![fixed(page.origin.clone())],
            credentials: false,
            methods: Vec::new(),
            headers: allowed.to_vec(),
            exposed: Vec::new(),
            max_age: None,
            timing: None,
        };
        let asked = Asked {
            origin: page.origin.clone(),
            method: "POST",
            headers: owned(headers),
            credentials: Credentials::SameOrigin,
        };
        Scenario::new(name, vec![spec], false, page.clone(), asked).unwrap()
    };
    shown.map(scenario).into()
}
