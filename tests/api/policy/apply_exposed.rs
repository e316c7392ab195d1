//! Applying that leaves exposed what the application itself exposed.

use cross_origin::{Decision, Policy, Rule};

use crate::support::{A, Lines, a, dynamic, from, get, preflight, texts};

const EXPOSE: &str = "access-control-expose-headers";

/// In the order of the names: lines of different names may stand in any order.
fn sorted(lines: Lines<'_>) -> Vec<(String, String)> {
    let mut lines = texts(lines);
    lines.sort();
    lines
}

/// Once and twice, now and kept for later.
#[track_caller]
fn kept_exposed(decision: &Decision<'_>, before: Lines<'_>, after: Lines<'_>) {
    let (mut now, mut later) = (sorted(before), sorted(before));
    for times in ["once", "twice"] {
        decision.apply_merging_exposed(200, &mut now);
        decision.to_owned().apply_merging_exposed(200, &mut later);
        assert_eq!(now, later);
        now.sort();
        later.sort();
        assert_eq!(now, sorted(after), "{times}");
    }
}

#[track_caller]
fn exposes(rule: Rule, before: &[&str], after: &[&str]) {
    let policy = Policy::new([rule]).unwrap();
    let decision = policy.evaluate(&from(A));
    let before: Vec<_> = before.iter().map(|value| (EXPOSE, *value)).collect();
    let mut expected = vec![("access-control-allow-origin", A)];
    if decision.allows_credentials() {
        expected.push(("access-control-allow-credentials", "true"));
    }
    expected.extend(after.iter().map(|value| (EXPOSE, *value)));
    kept_exposed(&decision, &before, &expected);
    // The plain way knows the policy's names alone.
    let policys: Vec<_> = decision.headers().collect();
    let mut section = sorted(&before);
    decision.apply(&mut section);
    section.sort();
    assert_eq!(section, sorted(&policys));
}

#[test]
fn headers_exposed_by_the_application_are_kept() {
    let etag = || a().expose_headers(["ETag"]);
    // rule                                 before                  after
    exposes(a(), &[], &[]);
    exposes(etag(), &[], &["etag"]);
    exposes(a(), &["Link"], &["Link"]);
    exposes(a(), &["Link", "x-total , X-Page"], &["Link,x-total,X-Page"]);
    exposes(etag(), &["Link"], &["etag,Link"]);
    exposes(etag(), &["ETAG,Link,link"], &["etag,Link"]);
    exposes(etag(), &[",, ,"], &["etag"]);
    // what is malformed would spoil the whole list
    exposes(etag(), &["x y,Link,\"z\",é"], &["etag,Link"]);
    exposes(a(), &["x y"], &[]);
    // `*` means any without credentials alone
    exposes(a(), &["*"], &["*"]);
    exposes(etag(), &["*"], &["etag,*"]);
    exposes(etag().allow_credentials(), &["*,Link"], &["etag,Link"]);
    exposes(a().allow_credentials(), &["*"], &[]);
    exposes(a().expose_headers(["*"]), &["Link"], &["*,Link"]);
}

#[test]
fn denied_responses_expose_nothing() {
    let policy = dynamic(a().expose_headers(["ETag"]));
    let before = [(EXPOSE, "Link")];
    let vary = [("vary", "origin")];
    kept_exposed(&policy.evaluate(&from("null")), &before, &vary);
    kept_exposed(&policy.evaluate(&get()), &before, &vary);
    kept_exposed(
        &policy.evaluate(&preflight(A, "PUT")),
        &before,
        &[
            ("access-control-allow-origin", A),
            ("vary", "origin,access-control-request-method"),
        ],
    );
    // A static policy shares with its one origin whatever the request says.
    let policy = Policy::new([a()]).unwrap();
    let shared = [("access-control-allow-origin", A), (EXPOSE, "Link")];
    kept_exposed(&policy.evaluate(&get()), &before, &shared);
}

#[test]
fn application_names_are_kept_when_the_rule_exposes_none() {
    let policy = Policy::new([
        a(),
        Rule::allow_origins(["https://b.example"]).expose_headers(["ETag"]),
    ]);
    let policy = policy.unwrap();
    let with = |value| {
        [
            ("access-control-allow-origin", A),
            (EXPOSE, value),
            ("vary", "origin"),
        ]
    };
    kept_exposed(&policy.evaluate(&from(A)), &[], &with(""));
    kept_exposed(
        &policy.evaluate(&from(A)),
        &[(EXPOSE, "Link")],
        &with("Link"),
    );
}

#[track_caller]
fn exposed_on_304(policy: &Policy, origin: &str, application: &[&str]) -> Vec<String> {
    let decision_on = from(origin);
    let decision = policy.evaluate(&decision_on);
    let before: Vec<_> = application.iter().map(|value| (EXPOSE, *value)).collect();
    let (mut now, mut later) = (texts(&before), texts(&before));
    for _ in 0..2 {
        decision.apply_merging_exposed(304, &mut now);
        decision.to_owned().apply_merging_exposed(304, &mut later);
        assert_eq!(now, later);
    }
    let lines = now.into_iter().filter(|(name, _)| name == EXPOSE);
    lines.map(|(_, value)| value).collect()
}

/// A header that a 304 does not have stays in the stored response, with the application's names.
#[test]
fn stored_exposed_headers_of_the_application_survive_a_304() {
    const B: &str = "https://b.example";
    let alike = Policy::new([
        a().expose_headers(["ETag"]),
        Rule::allow_origins([B])
            .allow_credentials()
            .expose_headers(["etag"]),
    ]);
    let differ = Policy::new([
        a().expose_headers(["ETag"]),
        Rule::allow_origins([B]).expose_headers(["x-b"]),
        Rule::allow_origins(["https://c.example"]),
    ]);
    for (policy, origin, application, expected) in [
        (&alike, A, &[][..], &[][..]),
        (&alike, A, &[",,"], &[]),
        (&alike, A, &["Link"], &["etag,Link"]),
        (&alike, B, &[], &[]),
        (&alike, "null", &["Link"], &[]),
        // The stored response may be from another rule.
        (&differ, A, &[], &["etag"]),
        (&differ, B, &[], &["x-b"]),
        (&differ, B, &["Link"], &["x-b,Link"]),
        (&differ, "https://c.example", &[], &[""]),
    ] {
        let policy = policy.as_ref().unwrap();
        let found = exposed_on_304(policy, origin, application);
        assert_eq!(found, expected, "{origin} {application:?}");
    }
}
