//! How values are shown to developers.

use cross_origin::{Denial, Origin, OriginPattern, OriginRef, Policy, ProblemKind, Rule};

use crate::support::{APP, from, policy, preflight};

#[test]
fn display_of_origins_patterns_and_schemes() {
    let origin: Origin = APP.parse().unwrap();
    assert_eq!(format!("{origin:?}"), "Origin(https://app.example)");
    assert_eq!(format!("{:?}", OriginRef::OPAQUE), "Origin(null)");
    assert_eq!(format!("{origin:>21}|"), "  https://app.example|");
    let scheme = origin.scheme().unwrap();
    assert_eq!(format!("{scheme} {scheme:?}"), "https \"https\"");
    assert_eq!(scheme.as_ref(), "https");
    let pattern: OriginPattern = "https://*.app.example".parse().unwrap();
    assert_eq!(
        format!("{pattern:?}"),
        r#"OriginPattern("https://*.app.example")"#
    );
    assert_eq!(format!("{pattern:<22}|"), "https://*.app.example |");
}

#[test]
fn display_of_hosts() {
    for (origin, host) in [
        ("https://a.example", "a.example"),
        ("http://127.0.0.1", "127.0.0.1"),
        ("http://[::ffff:7f00:1]:80", "[::ffff:7f00:1]"),
        ("tauri://LocalHost", "LocalHost"),
        ("app://", ""),
    ] {
        let origin: Origin = origin.parse().unwrap();
        assert_eq!(origin.host().unwrap().to_string(), host);
    }
}

#[test]
fn owned_and_borrowed_origins_compare() {
    let owned: Origin = APP.parse().unwrap();
    let other = OriginRef::from_header(b"https://b.example").unwrap();
    assert_eq!(owned, owned.as_origin_ref());
    assert_eq!(owned.as_origin_ref(), owned);
    assert_ne!(owned, other);
    assert_ne!(other, owned);
    assert!(Origin::opaque().is_opaque() && !owned.is_opaque());
    assert_eq!(String::from(owned), APP);
    let pattern: OriginPattern = "https://*.app.example".parse().unwrap();
    assert_eq!(pattern.to_string(), "https://*.app.example");
}

#[test]
fn debug_of_decisions() {
    let policy = policy([Rule::allow_origins([APP])]);
    let allowed = policy.evaluate(&from(APP));
    assert_eq!(
        format!("{allowed:?}"),
        "Decision { kind: Actual, denial: None, status: None, rule: Some(0), \
         pattern: Some(\"https://app.example\"), .. }"
    );
    let denied = policy.evaluate(&preflight("null", "PUT"));
    assert_eq!(
        format!("{denied:?}"),
        "Decision { kind: Preflight, denial: Some(OriginNull), status: Some(403), rule: None, \
         pattern: None, .. }"
    );
}

#[test]
fn denial_and_problem_kind_names() {
    let reasons: Vec<_> = Denial::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(
        reasons,
        [
            "origin-not-allowed",
            "origin-null",
            "origin-malformed",
            "method-not-allowed",
            "method-malformed",
            "header-not-allowed",
            "headers-malformed",
            "headers-too-long",
        ]
    );
    let kinds: Vec<_> = ProblemKind::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(kinds.len(), 32);
    for kind in &kinds {
        assert!(
            kind.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{kind}"
        );
        assert_eq!(
            kinds.iter().filter(|other| *other == kind).count(),
            1,
            "{kind}"
        );
    }
    assert_eq!(ProblemKind::UnknownKey.as_str(), "unknown-key");
}

#[test]
fn display_of_problems() {
    let refused = || Policy::new([Rule::allow_origins(["", "https://a.example/"])]).unwrap_err();
    let lines: Vec<_> = refused().iter().map(ToString::to_string).collect();
    assert_eq!(refused().to_string(), lines.join("\n"));
    assert!(
        lines[1].starts_with("rules[0].allow_origins[1]: invalid origin `https://a.example/`: ")
    );
    let kinds = [ProblemKind::Empty, ProblemKind::Path];
    let borrowed: Vec<_> = (&refused())
        .into_iter()
        .map(|problem| problem.kind())
        .collect();
    assert_eq!(borrowed, kinds);
    let owned: Vec<_> = refused()
        .into_iter()
        .map(|problem| problem.kind())
        .collect();
    assert_eq!(owned, kinds);
}
