//! A stored response that a 304 updates: what the 304 does not name survives, even across `Vary`
//! (RFC 9111, 3.2 and 4.3.4). So no answer may leave to the stored one what its rule does not grant.

use cross_origin::{Policy, Rule};

use crate::support::{from, policy};

type HeaderPairs = Vec<(String, String)>;

const A: &str = "https://a.site.example";
const B: &str = "https://b.site.example";

fn answer(policy: &Policy, origin: &str) -> HeaderPairs {
    let mut headers = HeaderPairs::new();
    policy.evaluate(&from(origin)).apply(&mut headers);
    headers
}

/// Each header of the 304 replaces the stored one of the same name; the others stay.
fn updated(stored: &HeaderPairs, not_modified: &HeaderPairs) -> HeaderPairs {
    let named = |name: &str| not_modified.iter().any(|(there, _)| there == name);
    let kept = stored.iter().filter(|(name, _)| !named(name));
    kept.chain(not_modified).cloned().collect()
}

fn value<'f>(headers: &'f HeaderPairs, name: &str) -> Option<&'f str> {
    let mut lines = headers.iter().filter(|(there, _)| there == name);
    lines.next().map(|(_, value)| value.as_str())
}

/// The response that a page of `second` sees after one of `first` stored it.
fn seen(policy: &Policy, first: &str, second: &str) -> HeaderPairs {
    updated(&answer(policy, first), &answer(policy, second))
}

fn shared_with_credentials(headers: &HeaderPairs, origin: &str) -> bool {
    value(headers, "access-control-allow-origin") == Some(origin)
        && value(headers, "access-control-allow-credentials") == Some("true")
}

#[test]
fn stored_credentials_do_not_survive_a_304() {
    let granting = || Rule::allow_origins([A]).allow_credentials();
    let plain = || Rule::allow_origins([B]);
    for rules in [[granting(), plain()], [plain(), granting()]] {
        let policy = policy(rules);
        assert!(shared_with_credentials(&seen(&policy, A, A), A));
        assert!(!shared_with_credentials(&seen(&policy, A, B), B));
        assert!(shared_with_credentials(&seen(&policy, B, A), A));
    }
}

#[test]
fn stored_credentials_do_not_survive_with_any_origin() {
    let policy = policy([
        Rule::allow_origins([A]).allow_credentials(),
        Rule::allow_any_origin(),
    ]);
    let after = seen(&policy, A, B);
    // the stored `true` is still there, and beside `*` it grants nothing
    assert_eq!(value(&after, "access-control-allow-origin"), Some("*"));
    assert!(!shared_with_credentials(&after, B));
}

#[test]
fn stored_exposed_headers_do_not_survive_a_304() {
    let exposing = || Rule::allow_origins([A]).expose_headers(["x-secret"]);
    let plain = || Rule::allow_origins([B]);
    for rules in [[exposing(), plain()], [plain(), exposing()]] {
        let policy = policy(rules);
        let exposed = |first, second| {
            let after = seen(&policy, first, second);
            value(&after, "access-control-expose-headers").map(str::to_owned)
        };
        assert_eq!(exposed(A, A).as_deref(), Some("x-secret"));
        assert_eq!(exposed(A, B).as_deref(), Some(""));
        assert_eq!(exposed(B, A).as_deref(), Some("x-secret"));
    }
}

#[test]
fn stored_timing_does_not_survive_a_304() {
    let timing = || Rule::allow_origins([A]).timing_allow_origin();
    let plain = || Rule::allow_origins([B]);
    for rules in [[timing(), plain()], [plain(), timing()]] {
        let policy = policy(rules);
        let after = seen(&policy, A, B);
        assert_eq!(value(&after, "timing-allow-origin"), Some(""));
    }
}

#[test]
fn denied_origin_gains_nothing_from_a_stored_response() {
    let policy = policy([Rule::allow_origins([A, "https://c.site.example"]).allow_credentials()]);
    let after = seen(&policy, A, B);
    assert_eq!(value(&after, "access-control-allow-origin"), Some(A));
    assert!(!shared_with_credentials(&after, B));
}
