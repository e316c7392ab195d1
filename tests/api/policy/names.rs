//! Methods and header names that a rule is refused for, problems that come together, and texts that
//! nobody means.

use cross_origin::limits::MAX_PROBLEM_LEN;
use cross_origin::{Policy, PolicyBuilder, ProblemKind, Rule};
use std::time::Duration;

use ProblemKind as K;

use crate::support::{A, from, lines, policy, preflight_for};

#[derive(Clone, Copy)]
enum List {
    Methods,
    Headers,
    Exposed,
}

use List::{Exposed, Headers, Methods};

fn rule() -> Rule {
    Rule::allow_origins(["https://a.example"])
}

fn with(list: List, names: [&str; 2]) -> (Rule, &'static str) {
    match list {
        Methods => (rule().allow_methods(names), "allow_methods"),
        Headers => (rule().allow_headers(names), "allow_headers"),
        Exposed => (rule().expose_headers(names), "expose_headers"),
    }
}

#[track_caller]
fn refuses(list: List, name: &str, kind: ProblemKind) {
    let (rule, key) = with(list, ["X", name]);
    let problems = Policy::new([rule]).expect_err(name);
    assert_eq!(problems.iter().count(), 1, "{problems}");
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.kind(), kind);
    assert_eq!(problem.rule_index(), Some(0));
    assert_eq!(problem.key(), Some(key));
    assert_eq!(problem.entry_index(), Some(1));
    assert_eq!(problem.found(), Some(name));
}

#[track_caller]
fn accepts(list: List, names: &[&str]) {
    for name in names {
        if let Err(problems) = Policy::new([with(list, ["X", name]).0]) {
            panic!("{problems}");
        }
    }
}

// ---------------------------------------------------------------- methods

#[test]
fn invalid_methods() {
    let long = "M".repeat(65);
    for name in ["", "P UT", "PUT,DELETE", "P(T", "PÜT", "PUT\r\nX: y", &long] {
        refuses(Methods, name, K::InvalidMethod);
    }
    let longest = "M".repeat(64);
    accepts(
        Methods,
        &[
            "*",
            "PATCH",
            "patch",
            "put",
            "OPTIONS",
            "!#$%&'+-.^_`|~",
            &longest,
        ],
    );
    // Browsers send none of these: they have no effect.
    accepts(
        Methods,
        &["CONNECT", "TRACE", "TRACK", "connect", "Trace", "tracK"],
    );
}

// ---------------------------------------------------------------- request headers

#[test]
fn invalid_request_header_names() {
    for name in ["", "x y", "x,y", "x:", "é", "x\0", "\tx"] {
        refuses(Headers, name, K::InvalidHeaderName);
        refuses(Exposed, name, K::InvalidHeaderName);
    }
}

#[test]
fn header_names_without_effect_are_accepted() {
    accepts(
        Headers,
        &[
            "*",
            "Cookie",
            "Origin",
            "Sec-Fetch-Site",
            "proxy-authorization",
            "set-cookie",
            "Access-Control-Allow-Origin",
            "ACCESS-CONTROL-MAX-AGE",
            "access-control-request-method",
            "X-HTTP-Method-Override",
        ],
    );
    accepts(
        Exposed,
        &[
            "*",
            "Set-Cookie",
            "set-cookie2",
            "Origin",
            "access-control-request-headers",
            "Access-Control-Allow-Origin",
        ],
    );
}

#[test]
fn names_without_effect_are_sent_as_configured() {
    let rule = rule()
        .allow_methods(["PUT", "trace"])
        .allow_headers(["Cookie", "Access-Control-Allow-Origin"])
        .expose_headers(["Set-Cookie", "ETag"]);
    let policy = policy([rule]);
    let request = preflight_for(A, "PUT", "access-control-allow-origin");
    let decision = policy.evaluate(&request);
    assert!(decision.is_allowed());
    let sent = lines(&decision);
    assert!(
        sent.contains(&"access-control-allow-methods: PUT,trace".to_owned()),
        "{sent:?}"
    );
    let names = "access-control-allow-headers: cookie,access-control-allow-origin";
    assert!(sent.contains(&names.to_owned()), "{sent:?}");
    let sent = lines(&policy.evaluate(&from(A)));
    let names = "access-control-expose-headers: set-cookie,etag";
    assert!(sent.contains(&names.to_owned()), "{sent:?}");
}

// ---------------------------------------------------------------- together

#[test]
fn problems_are_ordered_by_rule_list_and_entry() {
    let builder = PolicyBuilder::new([
        Rule::allow_origins(["https://a.example/", "https://b.example", "b.example"])
            .max_age(Duration::from_secs(100_000))
            .expose_headers(["set,cookie", "x y"])
            .allow_headers(["coo kie"])
            .allow_methods(["PUT", "TR ACE"]),
        Rule::allow_origins([""; 0]).allow_methods([""]),
        Rule::ask(),
        Rule::ask().allow_headers(["host:"]),
        Rule::allow_origins(["https://b.example"]),
    ])
    .preflight_status(404);
    let problems = builder.build().unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|p| (p.rule_index(), p.key().unwrap(), p.entry_index(), p.kind()))
        .collect();
    assert_eq!(
        places,
        [
            (None, "preflight_status", None, K::PreflightStatus),
            (Some(0), "allow_origins", Some(0), K::Path),
            (Some(0), "allow_origins", Some(2), K::SchemeMissing),
            (Some(0), "allow_methods", Some(1), K::InvalidMethod),
            (Some(0), "allow_headers", Some(0), K::InvalidHeaderName),
            (Some(0), "expose_headers", Some(0), K::InvalidHeaderName),
            (Some(0), "expose_headers", Some(1), K::InvalidHeaderName),
            (Some(0), "max_age", None, K::MaxAge),
            (Some(1), "allow_origins", None, K::NoOrigin),
            (Some(1), "allow_methods", Some(0), K::InvalidMethod),
            (Some(3), "allow_origins", None, K::SecondAsk),
            (Some(3), "allow_headers", Some(0), K::InvalidHeaderName),
            (Some(4), "allow_origins", None, K::Unreachable),
        ]
    );
    let joined: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.to_string(), joined.join("\n"));
    assert_eq!((&problems).into_iter().count(), joined.len());
    assert_eq!(problems.into_iter().count(), joined.len());
}

#[test]
fn problem_kind_names_are_unique() {
    let names: std::collections::BTreeSet<_> = K::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(names.len(), K::ALL.len());
    for kind in K::ALL {
        assert_eq!(kind.to_string(), kind.as_str());
    }
}

#[test]
fn control_characters_are_refused_and_escaped() {
    let odd = [
        "\0",
        "\r\n",
        "\t",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{feff}",
        "é\n",
        "`\u{1b}[31m`",
        "https://\0",
        "https://a\r\nb",
        "https://*.\u{1}",
        "app://\u{7}",
        "https://a:\n",
        "https://a:{\u{2028}}",
        "x\u{0}://a",
        "\u{10ffff}",
        "https://[\u{1b}]",
    ];
    for text in odd {
        let rule = Rule::allow_origins([text])
            .allow_credentials()
            .allow_methods([text])
            .allow_headers([text])
            .expose_headers([text]);
        let problems = Policy::new([rule]).expect_err(text);
        assert_eq!(problems.iter().count(), 4, "{problems}");
        let message = problems.to_string();
        let shown = |c: char| c == ' ' || (!c.is_control() && !c.is_whitespace());
        let mut lines = message.split('\n');
        assert!(lines.all(|line| line.chars().all(shown)), "{message:?}");
        assert_eq!(message.lines().count(), 4, "{message:?}");
        assert!(!message.contains(['\u{202e}', '\u{feff}']), "{message:?}");
        for problem in &problems {
            let found = problem.found().unwrap();
            assert_eq!(found, text, "as it was written");
        }
    }
}

#[test]
fn long_text_is_cut() {
    let long = "é".repeat(10_000);
    let problems = Policy::new([rule().allow_methods([&*long])]).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert!(problem.message().len() <= MAX_PROBLEM_LEN, "{problem}");
    assert_eq!(problem.found(), Some(&*format!("{}…", "é".repeat(100))));
}
