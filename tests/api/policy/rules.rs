//! Several rules: which decides, what it takes back, timing, captures.

use cross_origin::{Denial, Policy, RequestHeaders, Rule};

use crate::support::{APP, OTHER, from, get, lines, policy, preflight};

#[track_caller]
fn check(policy: &Policy, origin: &str, expected: &[&str]) {
    let request = from(origin);
    assert_eq!(lines(&policy.evaluate(&request)), expected, "{origin}");
}

// --- The first rule decides ---------------------------------------------------------------------------

#[test]
fn rules_are_tried_in_order() {
    let rules = policy([
        Rule::allow_origins([APP])
            .allow_credentials()
            .allow_methods(["PUT"]),
        Rule::allow_origins(["https://*.app.example", APP]).allow_methods(["DELETE"]),
        Rule::allow_any_origin(),
    ]);
    let rule = |origin| rules.evaluate(&from(origin)).rule_index();
    assert_eq!(rule(APP), Some(0));
    assert_eq!(rule("https://x.app.example"), Some(1));
    assert_eq!(rule(OTHER), Some(2));
    assert_eq!(rule("null"), Some(2));
    assert_eq!(rule("no origin"), Some(2));
    // what a later rule would allow does not count
    let delete = rules.evaluate(&preflight(APP, "DELETE")).denial();
    assert_eq!(delete, Some(Denial::MethodNotAllowed));
    assert!(rules.evaluate(&from(APP)).allows_credentials());
    assert!(!rules.evaluate(&from(OTHER)).allows_credentials());
}

/// A set keeps its texts in lines, one after the other. There are many sets here, as the hashes of two lines
/// and of the first of them are seldom alike.
#[test]
fn repeated_origin_header_matches_no_rule() {
    for number in 20_000..40_000 {
        let first = format!("https://a{number}.example");
        let policy = policy([Rule::allow_origins([&*first, OTHER])]);
        let both = format!("{first}\n{OTHER}");
        let request = from(&both);
        let decision = policy.evaluate(&request);
        assert_eq!(decision.denial(), Some(Denial::OriginMalformed), "{number}");
    }
}

#[test]
fn missing_port_is_the_default_port() {
    for (pattern, host) in [
        ("{scheme}://app.example:{443,8443}", "app.example"),
        ("{scheme}://*.app.example:{443,8443}", "a.app.example"),
        ("{scheme}://pr-*.app.example:{443,8443}", "pr-1.app.example"),
    ] {
        for (scheme, other_port) in [("https", 80), ("http", 443)] {
            let own_port = 443 + 80 - other_port;
            let pattern = pattern.replace("{scheme}", scheme);
            let of_own = pattern.replace("443,", &format!("{own_port},"));
            let of_other = pattern.replace("443,", &format!("{other_port},"));
            let origin = format!("{scheme}://{host}");
            let allowed = |pattern: &str| {
                let policy = policy([Rule::allow_origins([pattern])]);
                policy.evaluate(&from(&origin)).is_allowed()
            };
            assert!(allowed(&of_own), "{of_own} {origin}");
            assert!(!allowed(&of_other), "{of_other} {origin}");
        }
    }
}

#[test]
fn matched_rule_pattern_and_capture() {
    let rules = policy([Rule::allow_origins([
        "https://*.app.example:*",
        "https://pr-*.app.example",
    ])]);
    let matched = |origin| {
        let request = from(origin);
        let decision = rules.evaluate(&request);
        (
            decision.pattern().map(str::to_owned),
            decision.capture().map(str::to_owned),
        )
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        matched("https://a.b.app.example"),
        (some("https://*.app.example:*"), some("a.b"))
    );
    assert_eq!(
        matched("https://pr-7.app.example"),
        (some("https://pr-*.app.example"), some("7"))
    );
    assert_eq!(
        matched("https://pr-7.app.example:8443"),
        (some("https://*.app.example:*"), some("pr-7"))
    );
    assert_eq!(matched(OTHER), (None, None));
    let any = policy([Rule::allow_any_origin()]);
    assert_eq!(any.evaluate(&from(OTHER)).pattern(), Some("*"));
    assert_eq!(any.evaluate(&from(OTHER)).capture(), None);
}

// --- Taking back ----------------------------------------------------------------------------------------

#[test]
fn credentials_false_is_sent_if_another_rule_allows_them() {
    let rules = policy([
        Rule::allow_origins([APP]).allow_credentials(),
        Rule::allow_origins([OTHER]),
        Rule::allow_any_origin(),
    ]);
    check(
        &rules,
        APP,
        &[
            "access-control-allow-origin: https://app.example",
            "access-control-allow-credentials: true",
            "vary: origin",
        ],
    );
    check(
        &rules,
        OTHER,
        &[
            "access-control-allow-origin: https://other.example",
            "access-control-allow-credentials: false",
            "vary: origin",
        ],
    );
    // browsers refuse credentials beside `*` whatever is said
    check(
        &rules,
        "https://third.example",
        &["access-control-allow-origin: *", "vary: origin"],
    );
    // a preflight is not stored, and takes nothing back
    let request = preflight(OTHER, "GET");
    let decision = rules.evaluate(&request);
    assert!(
        !decision
            .headers()
            .any(|(name, _)| name == "access-control-allow-credentials")
    );
}

#[test]
fn empty_expose_headers_is_sent_if_another_rule_exposes() {
    let rules = policy([
        Rule::allow_origins([APP]).expose_headers(["X-A", "etag", "x-a"]),
        Rule::allow_origins([OTHER]).expose_headers(["x-o"]),
        Rule::allow_any_origin(),
    ]);
    let exposed = |origin| {
        let request = from(origin);
        let decision = rules.evaluate(&request);
        let mut lines = decision
            .headers()
            .filter(|(name, _)| *name == "access-control-expose-headers");
        lines.next().map(|(_, value)| value.to_owned())
    };
    assert_eq!(exposed(APP).as_deref(), Some("x-a,etag"));
    assert_eq!(exposed(OTHER).as_deref(), Some("x-o"));
    assert_eq!(exposed("https://third.example").as_deref(), Some(""));
}

#[test]
fn one_rule_sends_no_extra_headers() {
    let one = policy([Rule::allow_origins([APP, OTHER])]);
    check(
        &one,
        APP,
        &[
            "access-control-allow-origin: https://app.example",
            "vary: origin",
        ],
    );
}

#[test]
fn any_exposed_header_is_sent_with_the_names() {
    let any = policy([Rule::allow_any_origin().expose_headers(["X-A", "*"])]);
    check(
        &any,
        APP,
        &[
            "access-control-allow-origin: *",
            "access-control-expose-headers: *,x-a",
        ],
    );
}

// --- Timing ---------------------------------------------------------------------------------------------

#[test]
fn timing_of_the_matched_origin() {
    let rules = policy([
        Rule::allow_origins([APP]).timing_allow_origin(),
        Rule::allow_origins([OTHER]),
    ]);
    check(
        &rules,
        APP,
        &[
            "access-control-allow-origin: https://app.example",
            "timing-allow-origin: https://app.example",
            "vary: origin",
        ],
    );
    // taken back where another rule grants it
    check(
        &rules,
        OTHER,
        &[
            "access-control-allow-origin: https://other.example",
            "timing-allow-origin: ",
            "vary: origin",
        ],
    );
    // managed wherever some rule says timing: removed from all other responses
    let removes = |request| {
        let decision = rules.evaluate(&request);
        decision.removed().any(|name| name == "timing-allow-origin")
    };
    assert!(removes(get()));
    assert!(removes(from("https://third.example")));
    assert!(removes(preflight(APP, "GET")));
    // and left alone where none does
    let none = policy([Rule::allow_origins([APP])]);
    assert!(
        !none
            .evaluate(&get())
            .removed()
            .any(|name| name == "timing-allow-origin")
    );
}

#[test]
fn timing_of_a_static_policy_is_on_every_response() {
    let one = policy([Rule::allow_origins([APP]).timing_allow_origin()]);
    let fixed = [
        "access-control-allow-origin: https://app.example",
        "timing-allow-origin: https://app.example",
    ];
    assert_eq!(lines(&one.evaluate(&get())), fixed);
    check(&one, APP, &fixed);
    check(&one, OTHER, &fixed);
    let any = policy([Rule::allow_any_origin().timing_allow_origin()]);
    check(
        &any,
        APP,
        &["access-control-allow-origin: *", "timing-allow-origin: *"],
    );
}

#[test]
fn timing_for_any_origin_is_on_every_response_but_preflights() {
    let rules = policy([
        Rule::allow_origins([APP]).timing_allow_any_origin(),
        Rule::allow_origins([OTHER]).timing_allow_origin(),
    ]);
    let timing = |request| {
        let decision = rules.evaluate(&request);
        let mut lines = decision
            .headers()
            .filter(|(name, _)| *name == "timing-allow-origin");
        lines.next().map(|(_, value)| value.to_owned())
    };
    // plain `<img>` and `<script>` loads send no `Origin`
    for request in [
        get(),
        from(APP),
        from(OTHER),
        from("https://evil.example"),
        from("@"),
    ] {
        assert_eq!(timing(request).as_deref(), Some("*"), "{request:?}");
    }
    assert_eq!(timing(preflight(APP, "GET")), None);
}

#[test]
fn timing_is_on_plain_options_but_not_on_preflights() {
    let matched = || Rule::allow_origins([APP]).timing_allow_origin();
    let everybody = || Rule::allow_origins([APP]).timing_allow_any_origin();
    let other = || Rule::allow_origins([OTHER]);
    for (rules, value) in [
        (vec![matched()], APP),
        (vec![matched(), other()], APP),
        (vec![everybody()], "*"),
        (vec![everybody(), other()], "*"),
        (vec![Rule::allow_any_origin().timing_allow_origin()], "*"),
    ] {
        let policy = policy(rules);
        let timing = |request: RequestHeaders<'_>| {
            let decision = policy.evaluate(&request);
            let lines = decision.headers();
            let mut lines = lines.filter(|(name, _)| *name == "timing-allow-origin");
            let line = lines.next().map(|(_, value)| value.to_owned());
            let removed = decision.removed().any(|name| name == "timing-allow-origin");
            // Set or removed, whatever an upstream or the application put there.
            assert_ne!(line.is_some(), removed, "{request:?}");
            line
        };
        let options = RequestHeaders::new("OPTIONS").header("Origin", APP);
        assert_eq!(timing(options).as_deref(), Some(value), "{policy:?}");
        for origin in [APP, OTHER, "https://evil.example", "null", "@"] {
            assert_eq!(timing(preflight(origin, "GET")), None, "{policy:?}");
        }
    }
}

#[test]
fn timing_of_a_rule_that_asks() {
    let rules = policy([
        Rule::ask().timing_allow_origin(),
        Rule::allow_origins([OTHER]),
    ]);
    let request = from(APP);
    let lookup = rules.lookup(&request).unwrap();
    let yes = rules.evaluate_with(&request, lookup.verdict(true));
    assert_eq!(
        lines(&yes),
        [
            "access-control-allow-origin: https://app.example",
            "timing-allow-origin: https://app.example",
            "vary: origin",
        ]
    );
    for no in [
        rules.evaluate(&request),
        rules.evaluate_with(&request, lookup.verdict(false)),
    ] {
        assert_eq!(lines(&no), ["vary: origin"]);
        assert!(no.removed().any(|name| name == "timing-allow-origin"));
    }
}
