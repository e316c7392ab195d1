//! Each lint: a policy that has it with its place, its sentence and what it suggests; the nearest
//! policy that does not have it; and that it is silent once the suggestion is applied.

use std::time::Duration;

use cross_origin::advice::lint::{Lint, LintKind, Severity};
use cross_origin::{Policy, Rule};

use LintKind as K;

use crate::support::{a, b, origins, policy};

struct Case {
    kind: LintKind,
    has: Vec<Rule>,
    value: &'static str,
    /// Empty if only a person can decide.
    suggested: &'static str,
    near: Vec<Rule>,
}

fn seconds(seconds: u64) -> Rule {
    a().max_age(Duration::from_secs(seconds))
}

/// Without the public suffix list there is no such lint, or no such policy.
const NEEDS_PSL: [LintKind; 2] = [K::PublicSuffixWildcard, K::SharedHostsWildcard];

fn cases() -> Vec<Case> {
    let mut cases = origin_cases();
    cases.extend(scheme_cases());
    cases.extend(list_cases());
    cases.extend(other_cases());
    cases.retain(|case| cfg!(feature = "psl") || !NEEDS_PSL.contains(&case.kind));
    cases
}

fn origin_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::SharedHostsWildcard,
            has: vec![origins(&["https://a.example", "https://*.sslip.io"]).allow_credentials()],
            value: "https://*.sslip.io",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![
                origins(&["https://*.sslip.io"]),
                origins(&["https://*.notsslip.io", "https://a.sslip.com"]).allow_credentials(),
            ],
        },
        Case {
            kind: K::CoveredOrigin,
            has: vec![origins(&["https://*.a.example", "https://b.a.example"])],
            value: "https://b.a.example",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://*.a.example", "https://a.example"])],
        },
        Case {
            kind: K::CoveredByRuleAbove,
            has: vec![a(), origins(&["https://a.example", "https://b.example"])],
            value: "https://a.example",
            suggested: "delete `rules[1].allow_origins[0]`",
            near: vec![
                a(),
                origins(&["https://a.example:8443", "https://b.example"]),
            ],
        },
        Case {
            kind: K::NullAllowed,
            has: vec![a(), origins(&["null"])],
            value: "null",
            suggested: "delete `rules[1]`",
            near: vec![origins(&["null"]), Rule::allow_any_origin()],
        },
        Case {
            kind: K::AnyHost,
            has: vec![origins(&["https://a.example", "chrome-extension://*"])],
            value: "chrome-extension://*",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "moz-extension://*"])],
        },
        Case {
            kind: K::FileWithoutNull,
            has: vec![origins(&["https://a.example", "file://"])],
            value: "file://",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![
                origins(&["https://a.example", "file://"]),
                origins(&["null"]),
            ],
        },
        Case {
            kind: K::NetworkAllowed,
            has: vec![origins(&["https://a.example", "http://192.168.0.0/16"])],
            value: "http://192.168.0.0/16",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://127.0.0.0/8"])],
        },
        Case {
            kind: K::PublicNetwork,
            has: vec![origins(&["https://a.example", "https://8.8.8.0/24"])],
            value: "https://8.8.8.0/24",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "https://192.168.8.0/24"])],
        },
        Case {
            kind: K::PublicSuffixWildcard,
            has: vec![origins(&["https://a.example", "https://*.vercel.app"])],
            value: "https://*.vercel.app",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "https://*.team.vercel.app"])],
        },
        Case {
            kind: K::InsecureTwin,
            has: vec![origins(&["https://a.example", "http://a.example"])],
            value: "http://a.example",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://b.example"])],
        },
        Case {
            kind: K::LoopbackWithCredentials,
            has: vec![origins(&["https://a.example", "http://localhost:3000"]).allow_credentials()],
            value: "http://localhost:3000",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://localhost:3000"])],
        },
    ]
}

fn scheme_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::UnspecifiedAddress,
            has: vec![origins(&["https://a.example", "http://0.0.0.0:3000"])],
            value: "http://0.0.0.0:3000",
            suggested: "replace `rules[0].allow_origins[1]` with `http://localhost:3000`",
            near: vec![origins(&["http://0.0.0.1", "app://0.0.0.0"])],
        },
        Case {
            kind: K::InvalidExtensionId,
            has: vec![origins(&[
                "chrome-extension://AAPBDBDOMJKKJKAONFHKKIKFGJLLCLEB",
                "https://a.example",
            ])],
            value: "chrome-extension://AAPBDBDOMJKKJKAONFHKKIKFGJLLCLEB",
            suggested: "replace `rules[0].allow_origins[0]` with \
                        `chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb`",
            near: vec![origins(&[
                "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
                "moz-extension://0f1e2d3c-0000-4000-8000-0123456789ab",
                "moz-extension://*",
            ])],
        },
        Case {
            kind: K::UnsentScheme,
            has: vec![origins(&["https://a.example", "wss://b.example:8443"])],
            value: "wss://b.example:8443",
            suggested: "replace `rules[0].allow_origins[1]` with `https://b.example:8443`",
            near: vec![origins(&["https://a.example", "https://b.example:8443"])],
        },
        Case {
            kind: K::MisspelledScheme,
            has: vec![origins(&["htps://a.example"])],
            value: "htps://a.example",
            suggested: "replace `rules[0].allow_origins[0]` with `https://a.example`",
            near: vec![origins(&["tps://a.example"])],
        },
        Case {
            kind: K::TrailingDot,
            has: vec![origins(&["https://a.example."])],
            value: "https://a.example.",
            suggested: "replace `rules[0].allow_origins[0]` with `https://a.example`",
            near: vec![origins(&["app://a.example."])],
        },
    ]
}

fn list_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::WordForAny,
            has: vec![a().allow_methods(["PUT", "All"])],
            value: "All",
            suggested: "delete `rules[0].allow_methods[1]`",
            near: vec![a().allow_methods(["PUT", "ALLOW"])],
        },
        Case {
            kind: K::WildcardInName,
            has: vec![a().allow_headers(["x-amz-*", "x-a"])],
            value: "x-amz-*",
            suggested: "delete `rules[0].allow_headers[0]`",
            near: vec![a().allow_headers(["x-amz-", "x-a", "*"])],
        },
        Case {
            kind: K::QuotedName,
            has: vec![a().expose_headers(["etag", "'X-A'"])],
            value: "'x-a'",
            suggested: "replace `rules[0].expose_headers[1]` with `x-a`",
            near: vec![a().expose_headers(["etag", "x'a"])],
        },
        Case {
            kind: K::MethodCase,
            has: vec![a().allow_methods(["put", "patch"])],
            value: "patch",
            suggested: "replace `rules[0].allow_methods[1]` with `PATCH`",
            near: vec![a().allow_methods(["put", "patch", "PATCH", "my-method"])],
        },
        Case {
            kind: K::OptionsListed,
            has: vec![a().allow_methods(["options", "PUT"])],
            value: "OPTIONS",
            suggested: "delete `rules[0].allow_methods[0]`",
            near: vec![a().allow_methods(["PUT"])],
        },
        Case {
            kind: K::SafelistedMethod,
            has: vec![a().allow_methods(["PUT", "post"])],
            value: "POST",
            suggested: "delete `rules[0].allow_methods[1]`",
            near: vec![a().allow_methods(["PUT", "DELETE"])],
        },
        Case {
            kind: K::AnyMethod,
            has: vec![a().allow_methods(["*", "PUT"])],
            value: "*",
            suggested: "replace `rules[0].allow_methods[0]` with `PATCH`, `DELETE`",
            near: vec![a().allow_methods(["PUT", "PATCH", "DELETE"])],
        },
        Case {
            kind: K::AnyHeader,
            has: vec![a().allow_headers(["x-a", "*", "authorization"])],
            value: "*",
            suggested: "replace `rules[0].allow_headers[0]` with `content-type`",
            near: vec![a().allow_headers(["x-a", "authorization"])],
        },
        Case {
            kind: K::AnyHeaderWithoutAuthorization,
            has: vec![a().allow_headers(["*"])],
            value: "*",
            suggested: "add `authorization` to `rules[0].allow_headers`",
            near: vec![a().allow_headers(["*", "Authorization"])],
        },
        Case {
            kind: K::ForbiddenMethod,
            has: vec![a().allow_methods(["PUT", "Trace"])],
            value: "Trace",
            suggested: "delete `rules[0].allow_methods[1]`",
            near: vec![a().allow_methods(["PUT", "TRACER"])],
        },
        Case {
            kind: K::ForbiddenRequestHeader,
            has: vec![a().allow_headers(["x-a", "Cookie"])],
            value: "cookie",
            suggested: "delete `rules[0].allow_headers[1]`",
            near: vec![a().allow_headers(["x-a", "cookies", "x-http-method", "secret"])],
        },
        Case {
            kind: K::ResponseHeaderInRequest,
            has: vec![a().allow_headers(["Access-Control-Allow-Origin", "x-a"])],
            value: "access-control-allow-origin",
            suggested: "delete `rules[0].allow_headers[0]`",
            near: vec![a().allow_headers(["Timing-Allow-Origin", "x-a"])],
        },
        Case {
            kind: K::UnexposableHeader,
            has: vec![a().expose_headers(["etag", "Set-Cookie"])],
            value: "set-cookie",
            suggested: "delete `rules[0].expose_headers[1]`",
            near: vec![a().expose_headers(["etag", "cookie", "origin"])],
        },
        Case {
            kind: K::AnyExposedWithCredentials,
            has: vec![a().allow_credentials().expose_headers(["etag", "*"])],
            value: "*",
            suggested: "delete `rules[0].expose_headers[0]`",
            near: vec![a().expose_headers(["etag", "*"])],
        },
        Case {
            kind: K::SafelistedExposed,
            has: vec![a().expose_headers(["etag", "Content-Length"])],
            value: "content-length",
            suggested: "delete `rules[0].expose_headers[1]`",
            near: vec![a().expose_headers(["etag", "content-range"])],
        },
    ]
}

fn other_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::UnreachableAsk,
            has: vec![Rule::allow_any_origin(), Rule::ask().allow_credentials()],
            value: "ask",
            suggested: "delete `rules[1]`",
            near: vec![Rule::ask().allow_credentials(), Rule::allow_any_origin()],
        },
        Case {
            kind: K::NarrowerRuleAbove,
            has: vec![
                a().allow_methods(["PUT"]),
                Rule::allow_any_origin().allow_methods(["PUT", "DELETE"]),
            ],
            value: "DELETE",
            suggested: "add `DELETE` to `rules[0].allow_methods`",
            near: vec![
                a().allow_methods(["PUT", "DELETE"]),
                Rule::allow_any_origin().allow_methods(["DELETE"]),
            ],
        },
        Case {
            kind: K::MaxAgeAboveChromium,
            has: vec![seconds(7_201)],
            value: "7201",
            suggested: "",
            near: vec![seconds(7_200)],
        },
        Case {
            kind: K::MaxAgeAboveWebkit,
            has: vec![seconds(601)],
            value: "601",
            suggested: "",
            near: vec![seconds(600)],
        },
        Case {
            kind: K::TimingInDynamicPolicy,
            has: vec![a(), b().timing_allow_origin()],
            value: "true",
            suggested: "delete `rules[1].timing_allow_origin`",
            near: vec![a().timing_allow_origin()],
        },
    ]
}

#[track_caller]
fn only(policy: &Policy, kind: LintKind) -> Lint {
    let lints = policy.lints();
    let of_kind: Vec<_> = lints.iter().filter(|lint| lint.kind() == kind).collect();
    assert_eq!(of_kind.len(), 1, "{kind} in {lints:?}");
    of_kind[0].clone()
}

/// The policy once the suggestion is applied.
#[track_caller]
fn silenced(policy: &Policy, lint: &Lint) -> Policy {
    let mut builder = policy.to_builder();
    lint.suggestion().expect("a suggestion").apply(&mut builder);
    let changed = builder
        .build()
        .unwrap_or_else(|problems| panic!("{problems}"));
    let lints = changed.lints();
    assert!(!lints.contains(lint), "{lint} in {lints:?}");
    changed
}

#[test]
fn each_lint_has_its_place_and_suggestion() {
    for case in cases() {
        let policy = policy(case.has);
        let lint = only(&policy, case.kind);
        assert_eq!(lint.found(), Some(case.value), "{lint}");
        let place = match lint.entry_index() {
            Some(entry) => format!(
                "rules[{}].{}[{entry}]",
                lint.rule_index().unwrap(),
                lint.key()
            ),
            None => format!("rules[{}].{}", lint.rule_index().unwrap(), lint.key()),
        };
        assert_eq!(lint.path(), place);
        assert_eq!(lint.to_string(), format!("{place}: {}", lint.message()));
        assert_eq!(lint.severity(), case.kind.severity());
        let suggestion = lint.suggestion().map(ToString::to_string);
        assert_eq!(suggestion.unwrap_or_default(), case.suggested, "{lint}");
    }
}

#[test]
fn similar_policies_have_no_lint() {
    for case in cases() {
        let lints = policy(case.near).lints();
        let found = lints.iter().find(|lint| lint.kind() == case.kind);
        assert_eq!(found, None, "{}", case.kind);
    }
}

#[test]
fn suggestions_silence_their_lint() {
    for case in cases()
        .into_iter()
        .filter(|case| !case.suggested.is_empty())
    {
        let policy = policy(case.has);
        let changed = silenced(&policy, &only(&policy, case.kind));
        let of_kind = changed
            .lints()
            .into_iter()
            .find(|lint| lint.kind() == case.kind);
        assert_eq!(of_kind, None);
    }
}

#[test]
fn every_kind_has_a_case() {
    let cases = cases();
    for kind in LintKind::ALL {
        let without_the_list = cfg!(not(feature = "psl")) && NEEDS_PSL.contains(kind);
        let has = cases.iter().any(|case| case.kind == *kind);
        // A policy without rules is looked at on its own.
        let is_apart = *kind == K::NoOriginAllowed;
        assert_eq!(has, !without_the_list && !is_apart, "{kind}");
    }
}

#[test]
fn lint_names_and_severities() {
    let mut names: Vec<_> = LintKind::ALL.iter().map(|kind| kind.to_string()).collect();
    let kebab = |name: &String| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-'));
    assert!(names.iter().all(kebab), "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), LintKind::ALL.len());
    assert!(Severity::Hint < Severity::Warning);
    assert_eq!(
        format!("{:>5} {}", Severity::Hint, Severity::Warning),
        " hint warning"
    );
    let hints: Vec<_> = LintKind::ALL
        .iter()
        .filter(|kind| kind.severity() == Severity::Hint)
        .map(|kind| kind.as_str())
        .collect();
    assert_eq!(
        hints,
        [
            "covered-origin",
            "no-origin-allowed",
            "forbidden-method",
            "forbidden-request-header",
            "unexposable-header",
            "options-listed",
            "safelisted-method",
            "any-method",
            "any-header",
            "safelisted-exposed",
            "max-age-above-chromium",
            "max-age-above-webkit",
        ]
    );
}

#[test]
fn lints_are_ordered_by_rule_list_and_entry() {
    let policy = policy([
        origins(&["https://a.example", "http://a.example", "wss://c.example"])
            .max_age(Duration::from_secs(10_000))
            .expose_headers(["expires"])
            .allow_headers(["*"])
            .allow_methods(["PUT", "GET", "OPTIONS"])
            .timing_allow_origin(),
        origins(&["null"]),
    ]);
    let lints = policy.lints();
    let places: Vec<_> = lints
        .iter()
        .map(|lint| {
            (
                lint.rule_index().unwrap(),
                lint.kind().as_str(),
                lint.entry_index(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            (0, "insecure-twin", Some(1)),
            (0, "unsent-scheme", Some(2)),
            (0, "safelisted-method", Some(1)),
            (0, "options-listed", Some(2)),
            (0, "any-header", Some(0)),
            (0, "any-header-without-authorization", Some(0)),
            (0, "safelisted-exposed", Some(0)),
            (0, "max-age-above-chromium", None),
            (0, "timing-in-dynamic-policy", None),
            (1, "null-allowed", Some(0)),
        ]
    );
    assert_eq!(lints, policy.lints());
    let none = Policy::deny_all().lints();
    let kinds: Vec<_> = none
        .iter()
        .map(|lint| (lint.rule_index(), lint.kind()))
        .collect();
    assert_eq!(kinds, [(None, K::NoOriginAllowed)]);
    assert_eq!(none[0].path(), "rules");
}
