//! The difference between two policies, as people read it and as programs do.

use std::collections::BTreeSet;
use std::time::Duration;

use cross_origin::advice::diff::{AffectedOrigins, ChangeKind, ChangeSign};
use cross_origin::{OriginPattern, Policy, PolicyBuilder, Rule};

use crate::support::{A, B, policy, two};

#[track_caller]
fn diff_of(old: &Policy, new: &Policy, expected: &[&str]) {
    let diff = old.diff(new);
    assert_eq!(diff.to_string().lines().collect::<Vec<_>>(), expected);
    assert_eq!(diff.is_empty(), expected.is_empty());
    // Each way is the other's mirror.
    let flipped = |line: &str| match line.split_at(1) {
        ("+", rest) => format!("-{rest}"),
        ("-", rest) => format!("+{rest}"),
        _ => line.to_owned(),
    };
    let mut back: Vec<_> = new
        .diff(old)
        .iter()
        .map(|change| flipped(&change.to_string()))
        .collect();
    let mut there: Vec<_> = expected.iter().map(|line| (*line).to_owned()).collect();
    back.sort();
    there.sort();
    assert_eq!(back, there);
}

#[track_caller]
fn diff(
    old: impl IntoIterator<Item = Rule>,
    new: impl IntoIterator<Item = Rule>,
    expected: &[&str],
) {
    diff_of(&policy(old), &policy(new), expected);
}

// ---------------------------------------------------------------- what is no change

#[test]
fn equivalent_policies_have_no_changes() {
    diff([two()], [two()], &[]);
    diff([two()], [Rule::allow_origins([B, A])], &[]);
    diff(
        [two()],
        [Rule::allow_origins([A]), Rule::allow_origins([B])],
        &[],
    );
    let below = || Rule::allow_origins(["https://*.example.com", A]);
    diff(
        [below()],
        [Rule::allow_origins([
            "https://x.example.com",
            "https://*.example.com",
            A,
        ])],
        &[],
    );
    // A rule that others keep from deciding.
    let hidden = Rule::allow_origins(["https://a*.eu.example", "https://b.eu.example"]);
    diff(
        [
            Rule::allow_origins(["https://*.eu.example:*"]),
            Rule::allow_origins([A]),
        ],
        [
            Rule::allow_origins(["https://*.eu.example:*"]),
            hidden_and(hidden, A),
        ],
        &[],
    );
}

/// A rule with one more origin, so that it is reachable.
fn hidden_and(rule: Rule, origin: &str) -> Rule {
    // Its other origins are those of a rule above.
    drop(rule);
    Rule::allow_origins([
        "https://a*.eu.example:{443,444}",
        "https://b.eu.example",
        origin,
    ])
}

// ---------------------------------------------------------------- each kind

#[test]
fn added_and_removed_origins() {
    diff(
        [two()],
        [Rule::allow_origins([A, "https://c.example:8443"])],
        &[
            "- allowed: https://b.example",
            "+ allowed: https://c.example:8443",
        ],
    );
}

#[test]
fn new_origin_lists_all_that_it_may() {
    let rule = Rule::allow_origins([B])
        .allow_credentials()
        .allow_methods(["PUT", "get", "X"])
        .allow_headers(["X-A"])
        .expose_headers(["ETag"])
        .max_age(Duration::from_secs(600))
        .timing_allow_origin();
    let below = "https://*.example.com";
    diff(
        [Rule::allow_origins([below])],
        [Rule::allow_origins([below]), rule],
        &[
            "+ allowed: https://b.example",
            "+ credentials: https://b.example",
            "+ method PUT: https://b.example",
            "+ method X: https://b.example",
            "+ request header x-a: https://b.example",
            "+ exposed header etag: https://b.example",
            "+ max-age 600: https://b.example",
            "+ timing: https://b.example",
            // What the other rule does not grant is taken back in words.
            "~ access-control-allow-credentials in other words: https://*.example.com",
            "~ access-control-expose-headers in other words: https://*.example.com",
            "~ timing-allow-origin in other words: https://*.example.com",
            "~ timing-allow-origin in other words: requests without an origin",
        ],
    );
}

#[test]
fn changed_credentials_methods_and_headers() {
    diff(
        [two()],
        [two().allow_credentials()],
        &[
            "+ credentials: https://a.example",
            "+ credentials: https://b.example",
        ],
    );
    let one = || Rule::allow_origins([A]);
    diff(
        [one().allow_methods(["PUT"])],
        [one().allow_methods(["patch"])],
        &[
            "- method PUT: https://a.example",
            "+ method patch: https://a.example",
        ],
    );
    diff(
        [one().allow_methods(["PUT"])],
        [one().allow_methods(["*"])],
        &["+ any other method: https://a.example"],
    );
    diff(
        [one().allow_methods(["*"])],
        [one().allow_methods(["*", "PUT"]).max_age(Duration::ZERO)],
        &["+ max-age 0: https://a.example"],
    );
    diff(
        [one().max_age(Duration::from_secs(5))],
        [one().max_age(Duration::from_secs(6))],
        &[
            "- max-age 5: https://a.example",
            "+ max-age 6: https://a.example",
        ],
    );
    diff(
        [one().allow_headers(["x-a", "x-b"])],
        [one().allow_headers(["X-B", "*"])],
        &["+ any other request header: https://a.example"],
    );
    // `*` does not cover it.
    diff(
        [one().allow_headers(["*"])],
        [one().allow_headers(["Authorization", "*"])],
        &["+ request header authorization: https://a.example"],
    );
    diff(
        [one().allow_headers(["authorization"])],
        [one().allow_headers(["*"])],
        &[
            "- request header authorization: https://a.example",
            "+ any other request header: https://a.example",
        ],
    );
    diff(
        [one().expose_headers(["etag"])],
        [one().expose_headers(["*"])],
        &["+ any other exposed header: https://a.example"],
    );
}

#[test]
fn values_that_changed_without_granting_more() {
    let one = || Rule::allow_origins([A]);
    let reworded = |name: &str| format!("~ {name} in other words: https://a.example");
    let order = [
        (
            one().allow_methods(["PUT", "DELETE"]),
            one().allow_methods(["DELETE", "PUT"]),
            "access-control-allow-methods",
        ),
        (
            one(),
            one().allow_methods(["GET"]),
            "access-control-allow-methods",
        ),
        (
            one().allow_headers(["x-a", "x-b"]),
            one().allow_headers(["x-b", "x-a"]),
            "access-control-allow-headers",
        ),
        (
            one().expose_headers(["x-a", "x-b"]),
            one().expose_headers(["x-b", "x-a"]),
            "access-control-expose-headers",
        ),
    ];
    for (old, new, name) in order {
        diff([old], [new], &[&reworded(name)]);
    }
}

#[test]
fn any_origin() {
    diff(
        [two()],
        [two(), Rule::allow_any_origin()],
        &["+ allowed: any other origin"],
    );
    // `null` is told apart where a policy names it.
    let null = || Rule::allow_origins(["null"]);
    diff(
        [two()],
        [
            two(),
            null(),
            Rule::allow_any_origin().timing_allow_any_origin(),
        ],
        &[
            "+ allowed: null",
            "+ allowed: any other origin",
            "+ timing: https://a.example",
            "+ timing: https://b.example",
            "+ timing: null",
            "+ timing: any other origin",
            "+ timing: requests without an origin",
        ],
    );
    diff(
        [two(), null()],
        [two(), Rule::allow_any_origin()],
        &[
            "+ allowed: any other origin",
            "~ access-control-allow-origin in other words: null",
        ],
    );
}

#[test]
fn rules_that_ask() {
    let ask = || Rule::ask().allow_credentials();
    diff(
        [two()],
        [two(), ask()],
        &[
            "+ asked about: any other origin",
            "~ access-control-allow-credentials in other words: https://a.example",
            "~ access-control-allow-credentials in other words: https://b.example",
        ],
    );
    // Insecure origins are asked about only where no credentials are at stake.
    diff(
        [two(), ask().allow_methods(["PUT"])],
        [two(), Rule::ask()],
        &[
            "+ asked about: any other insecure origin",
            "- credentials, on a yes: any other origin",
            "- method PUT, on a yes: any other origin",
            "~ access-control-allow-credentials in other words: https://a.example",
            "~ access-control-allow-credentials in other words: https://b.example",
        ],
    );
    // What decides without a yes is another thing.
    diff(
        [Rule::ask(), Rule::allow_any_origin()],
        [Rule::ask(), Rule::allow_any_origin().allow_methods(["PUT"])],
        &["+ method PUT: any other origin"],
    );
}

#[test]
fn policy_wide_changes() {
    let one = || Rule::allow_origins([A]);
    diff(
        [one()],
        [two()],
        &[
            "+ allowed: https://b.example",
            "- the same answer to all: every request",
        ],
    );
    let status = |status| {
        PolicyBuilder::new([two()])
            .preflight_status(status)
            .build()
            .unwrap()
    };
    diff_of(
        &status(204),
        &status(200),
        &[
            "- preflight status 204: every request",
            "+ preflight status 200: every request",
        ],
    );
    // Nobody sees it.
    let other = PolicyBuilder::new([Rule::allow_origins([
        "https://c.example",
        "https://d.example",
    ])]);
    let other = other.preflight_status(200).build().unwrap();
    let lines = status(204).diff(&other).to_string();
    assert!(!lines.contains("status"), "{lines}");
    let asks = |status| {
        PolicyBuilder::new([Rule::ask()])
            .preflight_status(status)
            .build()
            .unwrap()
    };
    diff_of(
        &asks(204),
        &asks(299),
        &[
            "- preflight status 204, on a yes: every request",
            "+ preflight status 299, on a yes: every request",
        ],
    );
    let echoing = two().allow_credentials().allow_headers(["*"]);
    diff(
        [two().allow_credentials()],
        [echoing],
        &[
            "+ any other request header: https://a.example",
            "+ any other request header: https://b.example",
            "~ vary in other words: every request",
        ],
    );
    diff_of(&Policy::deny_all(), &Policy::deny_all(), &[]);
    diff_of(
        &Policy::deny_all(),
        &policy([two()]),
        &[
            "+ allowed: https://a.example",
            "+ allowed: https://b.example",
        ],
    );
}

// ---------------------------------------------------------------- classes of origins

#[test]
fn change_names_the_most_specific_pattern() {
    let below = || Rule::allow_origins(["https://*.example.com"]);
    let admin = || Rule::allow_origins(["https://admin.example.com"]);
    diff(
        [below().allow_methods(["PUT"])],
        [admin(), below().allow_methods(["PUT"])],
        &["- method PUT: https://admin.example.com"],
    );
    diff(
        [Rule::allow_origins([
            "https://*.example.com",
            "https://*.eu.example.com",
        ])],
        [Rule::allow_origins(["https://*.eu.example.com"])],
        &["- allowed: https://*.example.com"],
    );
}

#[test]
fn changed_ports() {
    let at = |ports: &str| Rule::allow_origins([A.to_owned(), format!("http://localhost{ports}")]);
    diff(
        [at("")],
        [at(":*")],
        &["+ allowed: http://localhost:{1-79,81-65535}"],
    );
    diff(
        [at(":{3000-3010}")],
        [at(":{3005-3020,80}")],
        &[
            "- allowed: http://localhost:{3000-3004}",
            "+ allowed: http://localhost:{80,3011-3020}",
        ],
    );
    let custom = |ports: &str| Rule::allow_origins([A.to_owned(), format!("app://x{ports}")]);
    diff(
        [custom(":7")],
        [custom(":*")],
        &["+ allowed: app://x", "+ allowed: app://x:{1-6,8-65535}"],
    );
}

const X: &str = "eu.example.com";

fn in_label(label: &str, method: &str) -> Rule {
    Rule::allow_origins([format!("https://{label}.{X}")]).allow_methods([method])
}

#[test]
fn overlapping_in_label_wildcards() {
    // Only what both admit changes hands: `ab` has nothing between the two.
    diff(
        [in_label("a*", "PUT"), in_label("*b", "DELETE")],
        [in_label("*b", "DELETE"), in_label("a*", "PUT")],
        &[
            "+ method DELETE: https://a*b.eu.example.com",
            "+ method DELETE: https://ab.eu.example.com",
            "- method PUT: https://a*b.eu.example.com",
            "- method PUT: https://ab.eu.example.com",
        ],
    );
    // `abc` begins and ends so, with nothing between: the first rule is not for it.
    diff(
        [
            in_label("ab*bc", "X"),
            in_label("ab*", "PUT"),
            in_label("*bc", "DELETE"),
        ],
        [
            in_label("ab*bc", "X"),
            in_label("*bc", "DELETE"),
            in_label("ab*", "PUT"),
        ],
        &[
            "+ method DELETE: https://abbc.eu.example.com",
            "+ method DELETE: https://abc.eu.example.com",
            "- method PUT: https://abbc.eu.example.com",
            "- method PUT: https://abc.eu.example.com",
        ],
    );
}

#[test]
fn pattern_covered_by_all_others_has_no_change() {
    let all = "abcdefghijklmnopqrstuvwxyz0123456789-".chars();
    let all: Vec<_> = all.map(|first| format!("https://{first}*.{X}")).collect();
    let all = || Rule::allow_origins(all.clone()).allow_methods(["PUT"]);
    // What ends in `z` begins somehow.
    let old = policy([all(), in_label("*z", "DELETE")]);
    let new = policy([in_label("*z", "DELETE"), all()]);
    let diff = old.diff(&new);
    let one: OriginPattern = format!("https://*z.{X}").parse().unwrap();
    assert!(
        !diff
            .iter()
            .any(|change| *change.origins() == AffectedOrigins::Pattern(one.clone()))
    );
    // At `a*z` and `az`, and so on.
    assert_eq!(diff.iter().count(), 2 * 2 * 37);
}

#[test]
fn example_hosts_are_not_in_either_policy() {
    let label = |label: String| format!("https://{label}.{X}");
    let taken: Vec<_> = ('a'..='z')
        .map(|letter| label(letter.into()))
        .chain([label("aa".into())])
        .collect();
    let old = policy([Rule::allow_origins(taken.clone()), in_label("a*", "PUT")]);
    let new = policy([
        Rule::allow_origins(taken),
        in_label("a*", "DELETE"),
        Rule::allow_origins([format!("https://*.{X}")]),
    ]);
    diff_of(
        &old,
        &new,
        &[
            "+ allowed: https://*.eu.example.com",
            "+ method DELETE: https://a*.eu.example.com",
            "- method PUT: https://a*.eu.example.com",
        ],
    );
    // A domain that is so long that only labels of one byte stand below it, and all of them are taken.
    let long = [["a"; 125].join("."), "b".into()].join(".");
    let labels = ('a'..='z').chain('0'..='9').chain(['-', '_']);
    let taken: Vec<_> = labels
        .map(|label| format!("https://{label}.{long}"))
        .collect();
    let below = format!("https://*.{long}");
    let taken = || Rule::allow_origins(taken.clone());
    let all = Rule::allow_origins([&*below]);
    diff([taken()], [taken(), all.clone()], &[]);
    diff([two()], [two(), all], &[&format!("+ allowed: {below}")]);
}

// ---------------------------------------------------------------- as data

#[test]
fn change_accessors() {
    let old = policy([two()]);
    let new = policy([two(), Rule::ask().allow_methods(["PUT"])]);
    let newer = policy([two(), Rule::ask().allow_methods(["*"])]);
    let diff = new.diff(&newer);
    let [change] = diff.iter().as_slice() else {
        panic!("{diff}");
    };
    assert_eq!(change.kind(), &ChangeKind::AnyMethod);
    assert_eq!(change.sign(), ChangeSign::Added);
    assert_eq!(change.origins(), &AffectedOrigins::Others);
    assert!(change.is_on_yes());
    let example = change.example();
    assert!(example.verdict());
    assert_eq!(example.origin(), Some("https://elsewhere.example"));
    assert!(example.evaluate(&new).denial().is_some());
    assert!(example.evaluate(&newer).is_allowed());
    let asked = old.diff(&new).into_iter().next().unwrap();
    assert!(!asked.is_on_yes());
    assert_eq!(asked.kind().as_str(), "asked");
}

#[test]
fn change_kind_names() {
    for (kind, name, value) in [
        (ChangeKind::Allowed, "allowed", None),
        (ChangeKind::Asked, "asked", None),
        (ChangeKind::Credentials, "credentials", None),
        (ChangeKind::Method("PUT".into()), "method", Some("PUT")),
        (ChangeKind::AnyMethod, "any-method", None),
        (
            ChangeKind::RequestHeader("x-a".into()),
            "request-header",
            Some("x-a"),
        ),
        (ChangeKind::AnyRequestHeader, "any-request-header", None),
        (
            ChangeKind::ExposedHeader("x-a".into()),
            "exposed-header",
            Some("x-a"),
        ),
        (ChangeKind::AnyExposedHeader, "any-exposed-header", None),
        (ChangeKind::MaxAge(600), "max-age", Some("600")),
        (ChangeKind::Timing, "timing", None),
        (ChangeKind::Static, "static", None),
        (
            ChangeKind::PreflightStatus(200),
            "preflight-status",
            Some("200"),
        ),
        (ChangeKind::Wording("vary"), "wording", Some("vary")),
    ] {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.value().as_deref(), value);
    }
}

#[test]
fn long_values_are_cut() {
    let old = policy([Rule::allow_origins(["https://*.example.com"])]);
    let everything = Rule::allow_origins(["https://*.example.com", "https://app.example.com"])
        .allow_methods(["*", "PUT"])
        .allow_headers(["*", "authorization"])
        .expose_headers(["*"])
        .timing_allow_origin();
    let new = policy([everything, Rule::ask().allow_credentials()]);
    for line in old.diff(&new).to_string().lines() {
        assert!(line.len() <= 80, "{line}");
    }
}

// ---------------------------------------------------------------- networks and `file://`

fn network(texts: &[&str], method: &str) -> Rule {
    Rule::allow_origins(texts.iter().copied()).allow_methods([method])
}

#[test]
fn network_is_reported_without_longer_networks_and_addresses() {
    diff(
        [network(&["http://10.0.0.0/8"], "PUT")],
        [
            network(&["http://10.0.0.0/16", "http://10.0.0.0"], "DELETE"),
            network(&["http://10.0.0.0/8"], "PUT"),
        ],
        &[
            "+ method DELETE: http://10.0.0.0",
            "+ method DELETE: http://10.0.0.0/16",
            "- method PUT: http://10.0.0.0",
            "- method PUT: http://10.0.0.0/16",
        ],
    );
    diff(
        [network(&["http://[fd00::/8]:*"], "PUT")],
        [
            network(&["http://[fd00::/32]"], "PUT"),
            network(&["http://[fd00::/8]"], "PUT"),
        ],
        &[
            "- allowed: http://[fd00::/32]:{1-79,81-65535}",
            "- allowed: http://[fd00::/8]:{1-79,81-65535}",
            "- method PUT: http://[fd00::/32]:{1-79,81-65535}",
            "- method PUT: http://[fd00::/8]:{1-79,81-65535}",
        ],
    );
}

#[test]
fn network_that_others_exhaust_is_not_reported() {
    let exhausted = |network_of_all: &str, others: &[&str]| {
        let rules = |method| {
            let all = network(&[network_of_all], "PATCH");
            policy([network(others, method), all])
        };
        let diff = rules("PUT").diff(&rules("DELETE"));
        let reported = diff
            .iter()
            .map(|change| change.origins().pattern().unwrap().to_string());
        let reported: BTreeSet<_> = reported.collect();
        let others = others.iter().map(ToString::to_string).collect();
        assert_eq!(reported, others, "{network_of_all}");
    };
    exhausted(
        "http://10.0.0.0/8",
        &[
            "http://10.0.0.0/9",
            "http://10.128.0.0/10",
            "http://10.192.0.0/10",
        ],
    );
    exhausted(
        "http://[fd00::/127]",
        &["http://[fd00::]", "http://[fd00::1]"],
    );
    // Nothing follows the last address.
    exhausted(
        "http://[fffe::/15]",
        &["http://[fffe::/16]", "http://[ffff::/16]"],
    );
    exhausted(
        "http://254.0.0.0/7",
        &[
            "http://254.0.0.0/8",
            "http://255.0.0.0/8",
            "http://255.255.0.0/16",
        ],
    );
}

#[test]
fn network_example_is_an_address_of_no_longer_network() {
    let old = policy([network(&["http://10.0.0.0", "http://10.0.0.2/31"], "PUT")]);
    let new = policy([network(
        &[
            "http://10.0.0.0",
            "http://10.0.0.2/31",
            "http://10.0.0.0/30",
        ],
        "PUT",
    )]);
    let diff = old.diff(&new);
    let origins: Vec<_> = diff
        .iter()
        .map(|change| change.example().origin().map(str::to_owned))
        .collect();
    let expected = Some("http://10.0.0.1".to_owned());
    assert_eq!(origins, [expected.clone(), expected]);
    assert_eq!(
        diff.to_string(),
        "+ allowed: http://10.0.0.0/30\n+ method PUT: http://10.0.0.0/30"
    );
}

#[test]
fn network_of_one_family_does_not_match_the_other() {
    diff(
        [network(
            &["http://10.0.0.0/8", "http://[::ffff:0:0/96]"],
            "PUT",
        )],
        [network(&["http://10.0.0.0/8"], "PUT")],
        &[
            "- allowed: http://[::ffff:0:0/96]",
            "- method PUT: http://[::ffff:0:0/96]",
        ],
    );
    // Names never match a network.
    diff(
        [Rule::allow_origins(["http://0.0.0.0/0"])],
        [Rule::allow_origins([
            "http://0.0.0.0/0",
            "http://*.example",
        ])],
        &["+ allowed: http://*.example"],
    );
}

#[test]
fn file_origin() {
    diff(
        [two()],
        [Rule::allow_origins([A, B, "file://"])],
        &["+ allowed: file://"],
    );
    diff(
        [
            network(&["file://"], "PUT"),
            two(),
            Rule::allow_any_origin(),
        ],
        [two(), Rule::allow_any_origin()],
        &[
            "- method PUT: file://",
            "~ access-control-allow-origin in other words: file://",
        ],
    );
    // Neither `null` nor an asking rule is about it.
    diff(
        [Rule::allow_origins(["file://"])],
        [Rule::allow_origins(["null"])],
        &["- allowed: file://", "+ allowed: null"],
    );
    diff(
        [two(), Rule::allow_origins(["file://"])],
        [two(), Rule::ask()],
        &["- allowed: file://", "+ asked about: any other origin"],
    );
}

#[test]
fn longest_labels_are_compared() {
    let prefix = "x".repeat(61);
    let tight = format!("https://{prefix}*b.example.com");
    let others = ["a*", "0*"].map(|more| format!("https://{prefix}{more}.example.com"));
    let others = || Rule::allow_origins(&others);
    diff(
        [others()],
        [others(), Rule::allow_origins([&tight])],
        &[&format!("+ allowed: {tight}")],
    );
}

// ---------------------------------------------------------------- policies that are costly to compare

#[test]
fn diff_that_would_take_too_long_is_incomplete() {
    let policy = |count: usize| {
        let origins = (0..count).map(|number| match number % 2 {
            0 => format!("https://p{number}-*.app.example"),
            _ => format!("https://*-s{number}.app.example"),
        });
        policy([Rule::allow_origins(origins)])
    };
    let (few, many) = (policy(20), policy(3000));
    assert!(few.diff(&policy(22)).is_complete());
    let diff = few.diff(&many);
    assert!(!diff.is_complete());
    assert!(diff.iter().count() > 0);
    let text = diff.to_string();
    assert!(
        text.ends_with("\nincomplete: not all origins were compared"),
        "{text}"
    );
    assert!(many.diff(&many).is_complete());
}

#[test]
fn diff_of_many_rules_is_complete() {
    let policy = |start: usize| {
        let rules = (start..start + 1000)
            .map(|number| Rule::allow_origins([format!("https://t{number}.example")]));
        policy(rules)
    };
    let diff = policy(0).diff(&policy(100));
    assert!(diff.is_complete());
    assert_eq!(diff.iter().count(), 200);
}
