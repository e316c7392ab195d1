//! Patterns that others cover: which are told, and by what.

use cross_origin::advice::lint::{Lint, LintKind};
use cross_origin::{OriginPattern, Policy, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::support::{origins, policy};

#[test]
fn covered_pattern_names_the_pattern_that_covers_it() {
    let message = |texts: &[&str], entry| {
        let lints = policy([origins(texts)]).lints();
        let of_entry = lints.iter().find(|lint| lint.entry_index() == Some(entry));
        of_entry.map(|lint| lint.message().to_owned())
    };
    let named = |by, what| {
        let message = format!("{by} in the same rule covers `{what}`; delete it");
        Some(message)
    };
    for (texts, by) in [
        (
            ["https://b.a.example", "https://*.a.example"],
            "`https://*.a.example`",
        ),
        (
            ["https://*.b.a.example", "https://*.a.example"],
            "`https://*.a.example`",
        ),
        (
            ["https://x-*.b.a.example", "https://*.a.example"],
            "`https://*.a.example`",
        ),
        (
            ["https://x-*-y.b.a.example", "https://x-*.b.a.example"],
            "`https://x-*.b.a.example`",
        ),
        (
            ["https://a.example:{1-9}", "https://a.example:*"],
            "`https://a.example:*`",
        ),
        (
            ["https://[::1]:8443", "https://[::1]:*"],
            "`https://[::1]:*`",
        ),
        (
            ["moz-extension://x", "moz-extension://*"],
            "`moz-extension://*`",
        ),
        (
            ["moz-extension://*:{1-2}", "moz-extension://*:*"],
            "`moz-extension://*:*`",
        ),
        (
            ["http://10.1.2.3", "http://10.1.0.0/16"],
            "`http://10.1.0.0/16`",
        ),
        (
            ["http://10.1.0.0/16:{1-9}", "http://10.0.0.0/8:*"],
            "`http://10.0.0.0/8:*`",
        ),
        (
            ["http://[fd00:1::/32]", "http://[fd00::/8]"],
            "`http://[fd00::/8]`",
        ),
    ] {
        assert_eq!(message(&texts, 0), named(by, texts[0]));
        let turned = [texts[1], texts[0]];
        assert_eq!(message(&turned, 1), named(by, texts[0]));
        let is_covered =
            message(&turned, 0).is_some_and(|text| text.contains(" in the same rule "));
        assert!(!is_covered, "{turned:?}");
    }
    // A more specific pattern matches some of the origins, and does not cover.
    let three = [
        "https://*.b.a.example:{1-2}",
        "https://*.b.a.example:1",
        "https://*.a.example:*",
    ];
    assert_eq!(
        message(&three, 0),
        named("`https://*.a.example:*`", three[0])
    );
    assert_eq!(message(&three, 2), None);
    // Of the patterns that cover, the most specific is named.
    let nested = [
        "https://x.b.a.example",
        "https://*.a.example",
        "https://*.b.a.example",
    ];
    assert_eq!(
        message(&nested, 0),
        named("`https://*.b.a.example`", nested[0])
    );
}

#[test]
fn pattern_of_an_earlier_rule_is_named_first() {
    let policy = policy([
        origins(&["https://z.example"]),
        origins(&["https://*.a.example"]),
        origins(&[
            "https://c.a.example:*",
            "https://c.a.example",
            "https://*.c.example",
        ]),
        origins(&["https://x.c.example", "https://d.example"]),
    ]);
    let lints = policy.lints();
    let named: Vec<_> = lints
        .iter()
        .map(|lint| (lint.path(), named(lint.message())))
        .collect();
    let above = |path: &str, rule, by: &str| (path.to_owned(), (Some(rule), by.parse().unwrap()));
    assert_eq!(
        named,
        [
            above("rules[2].allow_origins[1]", 1, "https://*.a.example"),
            above("rules[3].allow_origins[0]", 2, "https://*.c.example"),
        ]
    );
}

#[test]
fn uncovered_patterns_have_no_lint() {
    for texts in [
        &["https://a.example", "https://b.example"] as &[_],
        &["https://*.a.example", "https://a.example"],
        &["https://*.a.example", "https://b.a.example:8443"],
        &["https://a.example:{1-9}", "https://a.example:10"],
        &["https://a.example:{1-5}", "https://a.example:{5-9}"],
        // an empty host, which no extension has
        &["vscode-webview://*", "vscode-webview://"],
    ] {
        assert_eq!(policy([origins(texts)]).lints()[..], [], "{texts:?}");
    }
    // What a rule that asks will be told is not known.
    let below = policy([Rule::ask(), origins(&["https://a.example"])]);
    assert_eq!(below.lints()[..], []);
}

// ---------------------------------------------------------------- naively

const PATTERNS: [&str; 36] = [
    "https://a.example.com",
    "https://a.example.com:8443",
    "https://a.example.com:*",
    "https://a.example.com:{443,8443}",
    "https://b.a.example.com",
    "https://b.a.example.com:*",
    "https://pr-1.example.com",
    "https://pr-1.a.example.com",
    "https://0.a.example.com",
    "https://*.example.com",
    "https://*.example.com:*",
    "https://*.example.com:{443,8443}",
    "https://*.a.example.com",
    "https://*.a.example.com:8443",
    "https://*.a.example.com:*",
    "https://*.b.a.example.com",
    "https://pr-*.example.com",
    "https://pr-*.example.com:*",
    "https://pr-*-x.example.com",
    "https://*-x.example.com",
    "https://pr-*.a.example.com",
    "https://pr-*_.a.example.com",
    "moz-extension://*",
    "moz-extension://*:*",
    "moz-extension://x",
    "moz-extension://x:1",
    "moz-extension://",
    "https://[2001:db8::1]:*",
    "https://[2001:db8::/32]",
    "https://[2001:db8::/64]:*",
    "https://10.0.0.0/8:*",
    "https://10.0.0.0/8:{443,8443}",
    "https://10.1.0.0/16",
    "https://10.1.2.3",
    "https://10.1.2.3:*",
    "file://",
];

/// The patterns of the rules, as they are written in text.
fn patterns(policy: &Policy) -> Vec<Vec<OriginPattern>> {
    let json = serde_json::to_value(policy).unwrap();
    let rules = match json.get("rules") {
        Some(rules) => rules.as_array().unwrap().clone(),
        None => vec![json],
    };
    let read = |text: &serde_json::Value| text.as_str().unwrap().parse().unwrap();
    let list = |rule: &serde_json::Value| {
        let texts = rule["allow_origins"].as_array().unwrap();
        texts.iter().map(read).collect()
    };
    rules.iter().map(list).collect()
}

/// Asks each pattern of each.
fn covered(rules: &[Vec<OriginPattern>]) -> Vec<(LintKind, usize, usize)> {
    let mut found = Vec::new();
    for (rule, patterns) in rules.iter().enumerate() {
        for (entry, pattern) in patterns.iter().enumerate() {
            let covers = |other: &OriginPattern| other.covers(pattern);
            if rules[..rule].iter().flatten().any(covers) {
                found.push((LintKind::CoveredByRuleAbove, rule, entry));
            } else if patterns
                .iter()
                .any(|other| other != pattern && covers(other))
            {
                found.push((LintKind::CoveredOrigin, rule, entry));
            }
        }
    }
    found
}

/// The pattern that a message names, and the rule.
#[track_caller]
fn named(message: &str) -> (Option<usize>, OriginPattern) {
    let (by, _) = message.split_once(" covers ").unwrap();
    let rule = by
        .split_once(" in rule ")
        .and_then(|(_, rule)| rule.split(' ').next());
    let pattern = by.split('`').nth(1).unwrap().parse().unwrap();
    (rule.map(|rule| rule.parse().unwrap()), pattern)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn covered_lints_agree_with_pattern_covers(
        policy in vec(subsequence(PATTERNS.to_vec(), 1..9).prop_shuffle(), 1..7)
            .prop_map(|rules| rules.into_iter().map(Rule::allow_origins).collect::<Vec<_>>())
            .prop_filter_map("a refused policy", |rules| Policy::new(rules).ok())
    ) {
        let rules = patterns(&policy);
        let lints = policy.lints();
        let told = lints.iter().filter(|lint| {
            matches!(lint.kind(), LintKind::CoveredByRuleAbove | LintKind::CoveredOrigin)
        });
        let told: Vec<_> = told.collect();
        let place = |lint: &&Lint| (lint.kind(), lint.rule_index().unwrap(), lint.entry_index().unwrap());
        prop_assert_eq!(told.iter().map(place).collect::<Vec<_>>(), covered(&rules));
        for lint in told {
            let pattern = &rules[lint.rule_index().unwrap()][lint.entry_index().unwrap()];
            let (rule, by) = named(lint.message());
            prop_assert!(by.covers(pattern), "{}", lint);
            prop_assert!(rules[rule.unwrap_or(lint.rule_index().unwrap())].contains(&by), "{}", lint);
            prop_assert!(rule.is_none_or(|rule| rule < lint.rule_index().unwrap()), "{}", lint);
            prop_assert!(rule.is_some() || by != *pattern, "{}", lint);
        }
    }
}
