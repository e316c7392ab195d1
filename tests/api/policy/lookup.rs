//! Origins that only the application knows: when a policy asks about which, and what comes of the
//! verdict.

use cross_origin::{
    Decision, Denial, Outcome, Policy, PolicyBuilder, RequestHeaders, Rule, VaryError, Verdict,
};

use crate::support::{OTHER, TENANT, from, policy, preflight};

/// The origin and the rule that the policy asks for.
fn asked<'a>(policy: &Policy, request: &RequestHeaders<'a>) -> Option<(&'a str, usize)> {
    let lookup = policy.lookup(request)?;
    Some((lookup.origin().as_str(), lookup.rule_index()))
}

fn verdict<'a>(policy: &Policy, origin: &'a str, allowed: bool) -> Verdict<'a> {
    policy.lookup(&from(origin)).unwrap().verdict(allowed)
}

#[track_caller]
fn lines(decision: &Decision<'_>, expected: &[(&str, &str)]) {
    assert_eq!(decision.headers().collect::<Vec<_>>(), expected);
}

// ---------------------------------------------------------------- what is asked, and when

#[test]
fn lookup_returns_the_origin() {
    let policy = policy([Rule::ask()]);
    // origin                           asked
    for (origin, expected) in [
        (TENANT, Some(TENANT)),
        ("http://tenant.example", Some("http://tenant.example")),
        ("http://tenant.example:80", Some("http://tenant.example")),
        (
            "https://tenant.example:8443",
            Some("https://tenant.example:8443"),
        ),
        (
            "chrome-extension://abcDEF",
            Some("chrome-extension://abcDEF"),
        ),
        ("ws://tenant.example", Some("ws://tenant.example")),
        // never null, never what is malformed
        ("null", None),
        ("", None),
        ("https://tenant.example/", None),
        ("https://Tenant.example", None),
        ("https://tenant.example, https://other.example", None),
        ("file://", None),
    ] {
        let expected = expected.map(|origin| (origin, 0));
        assert_eq!(asked(&policy, &from(origin)), expected, "{origin}");
        assert_eq!(
            asked(&policy, &preflight(origin, "PUT")),
            expected,
            "{origin}"
        );
    }
    assert_eq!(asked(&policy, &RequestHeaders::new("GET")), None);
    assert_eq!(asked(&policy, &from(TENANT).header("origin", TENANT)), None);
    let bytes = RequestHeaders::new("GET").header("Origin", b"https://\xff");
    assert_eq!(asked(&policy, &bytes), None);
}

#[test]
fn insecure_origin_is_not_looked_up_with_credentials() {
    let rules = || [Rule::ask().allow_credentials()];
    let safe = policy(rules());
    let hatch = PolicyBuilder::new(rules()).dangerously_allow_insecure_origins();
    let hatch = hatch.build().unwrap();
    // origin                       insecure
    for (origin, insecure) in [
        (TENANT, false),
        ("wss://tenant.example", false),
        ("http://localhost:3000", false),
        ("http://a.localhost", false),
        ("http://127.0.0.2", false),
        ("http://[::1]:8080", false),
        ("tauri://localhost", false),
        ("http://tenant.example", true),
        ("ws://tenant.example", true),
        ("ftp://tenant.example", true),
        ("http://10.0.0.1", true),
        ("http://notlocalhost", true),
        ("http://[::ffff:7f00:1]", true),
    ] {
        assert_eq!(asked(&safe, &from(origin)).is_none(), insecure, "{origin}");
        assert_eq!(asked(&hatch, &from(origin)), Some((origin, 0)), "{origin}");
    }
    assert_eq!(asked(&hatch, &from("null")), None);
    // Another hatch is another matter.
    let other = PolicyBuilder::new(rules())
        .dangerously_allow_null_with_credentials()
        .dangerously_allow_any_host()
        .build()
        .unwrap();
    assert_eq!(asked(&other, &from("null")), None);
    assert_eq!(asked(&other, &from("http://tenant.example")), None);
}

#[test]
fn first_matching_rule_ends_the_lookup() {
    let app = || Rule::allow_origins(["https://app.example"]);
    let below = policy([app(), Rule::ask(), Rule::allow_any_origin()]);
    assert_eq!(asked(&below, &from("https://app.example")), None);
    assert_eq!(asked(&below, &from(TENANT)), Some((TENANT, 1)));
    // Rules below the rule that asks come after it.
    let above = policy([Rule::ask(), app()]);
    assert_eq!(
        asked(&above, &from("https://app.example")),
        Some(("https://app.example", 0))
    );
    // Nobody is asked where no rule asks.
    assert_eq!(asked(&policy([app()]), &from(TENANT)), None);
    assert_eq!(asked(&Policy::deny_all(), &from(TENANT)), None);
}

// ---------------------------------------------------------------- verdicts

const NOTHING: &[(&str, &str)] = &[("vary", "origin")];
const SHARED: &[(&str, &str)] = &[("access-control-allow-origin", TENANT), ("vary", "origin")];

#[test]
fn evaluate_with_each_verdict() {
    let policy = policy([Rule::ask()]);
    let request = from(TENANT);
    let yes = policy.evaluate_with(&request, verdict(&policy, TENANT, true));
    assert!(yes.is_allowed());
    assert_eq!(yes.rule_index(), Some(0));
    assert_eq!((yes.pattern(), yes.capture()), (None, None));
    lines(&yes, SHARED);

    let no = verdict(&policy, TENANT, false);
    for decision in [
        policy.evaluate_with(&request, no),
        policy.evaluate_with(&request, None),
        policy.evaluate(&request),
    ] {
        assert_eq!(decision.denial(), Some(Denial::OriginNotAllowed));
        assert_eq!(decision.rule_index(), None);
        lines(&decision, NOTHING);
    }
}

#[test]
fn canonical_origin_is_sent() {
    let policy = policy([Rule::ask()]);
    let request = from("https://tenant.example:443");
    let verdict = policy.lookup(&request).unwrap().verdict(true);
    lines(&policy.evaluate_with(&request, verdict), SHARED);
    // It is the same origin however it was written where it was asked about.
    lines(&policy.evaluate_with(&from(TENANT), verdict), SHARED);
}

#[test]
fn verdict_for_another_origin_is_ignored() {
    let policy = policy([Rule::ask()]);
    let yes = verdict(&policy, OTHER, true);
    for origin in [
        TENANT,
        "http://other.example",
        "https://other.example:8443",
        "null",
        "x",
    ] {
        let request = from(origin);
        let decision = policy.evaluate_with(&request, yes);
        assert!(decision.denial().is_some(), "{origin}");
        lines(&decision, NOTHING);
    }
    let request = RequestHeaders::new("GET");
    assert_eq!(
        policy.evaluate_with(&request, yes).outcome(),
        Outcome::NotCors
    );
    assert_eq!(yes.origin().as_str(), OTHER);
    assert!(yes.allowed());
}

#[test]
fn negative_verdict_continues_with_later_rules() {
    let policy = policy([
        Rule::allow_origins(["https://app.example"]),
        Rule::ask().allow_credentials(),
        Rule::allow_origins([TENANT]),
        Rule::allow_any_origin(),
    ]);
    // origin, verdict                  rule
    for (origin, allowed, rule) in [
        (TENANT, Some(true), 1),
        (TENANT, Some(false), 2),
        (TENANT, None, 2),
        (OTHER, Some(true), 1),
        (OTHER, Some(false), 3),
        (OTHER, None, 3),
        ("https://app.example", None, 0),
        ("http://insecure.example", None, 3),
        ("null", None, 3),
        ("malformed", None, 3),
    ] {
        let request = from(origin);
        let lookup = policy.lookup(&request);
        let verdict = lookup.zip(allowed).map(|(lookup, yes)| lookup.verdict(yes));
        let decision = policy.evaluate_with(&request, verdict);
        assert_eq!(decision.rule_index(), Some(rule), "{origin} {allowed:?}");
        assert_eq!(decision.allows_credentials(), rule == 1);
    }
}

#[test]
fn verdict_of_another_policy_is_checked_again() {
    let insecure = "http://tenant.example";
    let old = policy([Rule::ask()]);
    let (yes, secure_yes) = (verdict(&old, insecure, true), verdict(&old, TENANT, true));
    let request = from(insecure);
    assert!(old.evaluate_with(&request, yes).is_allowed());
    // The one that took its place allows credentials, so it would not have asked.
    let new = policy([Rule::ask().allow_credentials()]);
    assert_eq!(
        new.evaluate_with(&request, yes).denial(),
        Some(Denial::OriginNotAllowed)
    );
    assert!(new.evaluate_with(&from(TENANT), secure_yes).is_allowed());
    // One that does not ask, and one whose rule above decides, have no use for it.
    let none = policy([Rule::allow_origins([OTHER])]);
    assert!(none.evaluate_with(&request, yes).denial().is_some());
    let first = policy([Rule::allow_origins([insecure]), Rule::ask()]);
    assert_eq!(first.evaluate_with(&request, yes).rule_index(), Some(0));
}

// ---------------------------------------------------------------- Vary

fn vary<'d>(decision: &'d Decision<'_>) -> Vec<&'d str> {
    let lines = decision.headers().filter(|(name, _)| *name == "vary");
    lines.map(|(_, value)| value).collect()
}

#[test]
fn verdict_adds_names_to_vary() {
    let policy = policy([
        Rule::allow_origins(["https://app.example"]),
        Rule::ask(),
        Rule::allow_origins([OTHER]),
    ]);
    for (origin, allowed) in [(TENANT, true), (TENANT, false), (OTHER, false)] {
        let names = "x-tenant, Accept-Language";
        let verdict = verdict(&policy, origin, allowed)
            .depending_on(names)
            .unwrap();
        assert_eq!(verdict.vary(), Some(names));
        let request = from(origin);
        let decision = policy.evaluate_with(&request, verdict);
        assert_eq!(vary(&decision), ["origin", names], "{origin} {allowed}");
        assert_eq!(decision.headers().last(), Some(("vary", names)));

        let mut response = vec![("Vary".to_owned(), "accept-language".to_owned())];
        decision.apply(&mut response);
        let varies = response
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("vary"));
        let values: Vec<_> = varies.map(|(_, value)| &**value).collect();
        assert_eq!(values, ["accept-language", "origin", "x-tenant"]);
    }
    // Not where it was another origin's, or was not asked for.
    let other = verdict(&policy, OTHER, true)
        .depending_on("x-tenant")
        .unwrap();
    assert_eq!(
        vary(&policy.evaluate_with(&from(TENANT), other)),
        ["origin"]
    );
    assert_eq!(
        vary(&policy.evaluate_with(&from("https://app.example"), other)),
        ["origin"]
    );
    // Nothing named is nothing to vary by.
    for nothing in ["", " ", ",", " ,\t, "] {
        let verdict = verdict(&policy, TENANT, true)
            .depending_on(nothing)
            .unwrap();
        assert_eq!(verdict.vary(), None, "{nothing:?}");
    }
}

#[test]
fn invalid_vary_names() {
    let policy = policy([Rule::ask()]);
    let yes = verdict(&policy, TENANT, true);
    for names in [
        "x tenant",
        "x-tenant,x y",
        "x:",
        "é",
        "x\r\ny: z",
        "x\0",
        "a;b",
        "(",
        "x,\"y\"",
    ] {
        assert_eq!(yes.depending_on(names), Err(VaryError), "{names:?}");
    }
    for names in ["x-tenant", "X-Tenant", "a,b", "a ,\tb,,", "*"] {
        assert!(yes.depending_on(names).is_ok(), "{names:?}");
    }
    assert_eq!(
        VaryError.to_string(),
        "expected field names separated by commas, such as `x-tenant,accept-language`"
    );
}

#[test]
fn policy_that_asks_is_not_static() {
    assert!(!policy([Rule::ask()]).is_static());
    assert!(!policy([Rule::ask(), Rule::allow_any_origin()]).is_static());
    let policy = policy([Rule::ask()]);
    for request in [RequestHeaders::new("GET"), from("null"), from(TENANT)] {
        assert_eq!(vary(&policy.evaluate(&request)), ["origin"]);
    }
}

// ---------------------------------------------------------------- preflights

#[test]
fn lookup_of_preflights() {
    let policy = policy([Rule::ask()
        .allow_credentials()
        .allow_methods(["PUT"])
        .allow_headers(["*"])]);
    let vary = "origin,access-control-request-method,access-control-request-headers";
    let put = preflight(TENANT, "PUT").header("Access-Control-Request-Headers", "x-a");
    let yes = verdict(&policy, TENANT, true)
        .depending_on("x-tenant")
        .unwrap();
    let decision = policy.evaluate_with(&put, yes);
    assert_eq!(
        (decision.outcome(), decision.status()),
        (Outcome::Allowed, Some(204))
    );
    lines(
        &decision,
        &[
            ("access-control-allow-origin", TENANT),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "PUT"),
            ("access-control-allow-headers", "x-a"),
            ("vary", vary),
            ("vary", "x-tenant"),
        ],
    );
    let patch = preflight(TENANT, "PATCH");
    let decision = policy.evaluate_with(&patch, yes);
    assert_eq!(decision.denial(), Some(Denial::MethodNotAllowed));
    assert_eq!(decision.status(), Some(204));

    let no = verdict(&policy, TENANT, false)
        .depending_on("x-tenant")
        .unwrap();
    let decision = policy.evaluate_with(&put, no);
    assert_eq!(decision.denial(), Some(Denial::OriginNotAllowed));
    assert_eq!(decision.status(), Some(403));
    lines(&decision, &[("vary", vary), ("vary", "x-tenant")]);
}

#[test]
fn vary_names_of_a_verdict_are_trimmed() {
    let policy = policy([Rule::ask()]);
    let lookup = policy.lookup(&from(TENANT)).unwrap();
    let vary = |names| lookup.verdict(true).depending_on(names).unwrap().vary();
    assert_eq!(vary(" x-a , x-b,"), Some("x-a , x-b"));
    assert_eq!(vary(" ,"), None);
}
