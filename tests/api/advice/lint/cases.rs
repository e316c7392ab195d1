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
    shown: &'static str,
    value: &'static str,
    suggested: &'static str,
    near: Vec<Rule>,
}

fn seconds(seconds: u64) -> Rule {
    a().max_age(Duration::from_secs(seconds))
}

fn cases() -> Vec<Case> {
    let mut cases = origin_cases();
    cases.extend(scheme_cases());
    cases.extend(list_cases());
    cases.extend(other_cases());
    cases.retain(|case| cfg!(feature = "psl") || case.kind != K::PublicSuffixWildcard);
    cases
}

fn origin_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::CoveredOrigin,
            has: vec![origins(&["https://*.a.example", "https://b.a.example"])],
            shown: "rules[0].allow_origins[1]: `https://*.a.example` of the same rule admits all that `https://b.a.example` admits: delete it",
            value: "https://b.a.example",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://*.a.example", "https://a.example"])],
        },
        Case {
            kind: K::CoveredByRuleAbove,
            has: vec![a(), origins(&["https://a.example", "https://b.example"])],
            shown: "rules[1].allow_origins[0]: `https://a.example` of rule 0 above admits all that `https://a.example` admits, so that it never decides here: delete it, or move this rule up",
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
            shown: "rules[1].allow_origins[0]: any site can send `null`, from a sandboxed frame: list the origins that are meant, or write `*`, which says so",
            value: "null",
            suggested: "delete `rules[1]`",
            near: vec![origins(&["null"]), Rule::allow_any_origin()],
        },
        Case {
            kind: K::AnyHost,
            has: vec![origins(&["https://a.example", "chrome-extension://*"])],
            shown: "rules[0].allow_origins[1]: `chrome-extension://*` admits whatever anybody publishes with this scheme: list the hosts that are meant",
            value: "chrome-extension://*",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "moz-extension://*"])],
        },
        Case {
            kind: K::FileWithoutNull,
            has: vec![origins(&["https://a.example", "file://"])],
            shown: "rules[0].allow_origins[1]: web views send `file://` only where file URLs may access files, and else `null`, which no rule allows: give the page an origin of its own by a custom scheme, or delete this",
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
            shown: "rules[0].allow_origins[1]: `http://192.168.0.0/16` matches any machine with such an address, in every network that the user joins: list the addresses, if they are fixed",
            value: "http://192.168.0.0/16",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://127.0.0.0/8"])],
        },
        Case {
            kind: K::PublicNetwork,
            has: vec![origins(&["https://a.example", "https://8.8.8.0/24"])],
            shown: "rules[0].allow_origins[1]: `https://8.8.8.0/24` has addresses that anyone can rent: list the addresses that are yours",
            value: "https://8.8.8.0/24",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "https://192.168.8.0/24"])],
        },
        Case {
            kind: K::PublicSuffixWildcard,
            has: vec![origins(&["https://a.example", "https://*.vercel.app"])],
            shown: "rules[0].allow_origins[1]: anyone can register a name below `vercel.app`, so this wildcard admits strangers: list the hosts, or write the wildcard below a domain that is yours",
            value: "https://*.vercel.app",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "https://*.team.vercel.app"])],
        },
        Case {
            kind: K::InsecureTwin,
            has: vec![origins(&["https://a.example", "http://a.example"])],
            shown: "rules[0].allow_origins[1]: whoever is on the network's way can be `http://a.example`, and the rule has `https://a.example` too: delete this one",
            value: "http://a.example",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://b.example"])],
        },
        Case {
            kind: K::LoopbackWithCredentials,
            has: vec![origins(&["https://a.example", "http://localhost:3000"]).allow_credentials()],
            shown: "rules[0].allow_origins[1]: any program on the machine of the person who visits can be `http://localhost:3000`, and acts as that person with credentials: keep it for development, or give it a rule without",
            value: "http://localhost:3000",
            suggested: "delete `rules[0].allow_origins[1]`",
            near: vec![origins(&["https://a.example", "http://localhost:3000"])],
        },
    ]
}

fn scheme_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::UnsentScheme,
            has: vec![origins(&["https://a.example", "wss://b.example:8443"])],
            shown: "rules[0].allow_origins[1]: no page has the origin `wss://b.example:8443`, as the origin of a WebSocket is that of its page: write `https://b.example:8443`",
            value: "wss://b.example:8443",
            suggested: "replace `rules[0].allow_origins[1]` with `https://b.example:8443`",
            near: vec![origins(&["https://a.example", "https://b.example:8443"])],
        },
        Case {
            kind: K::MisspelledScheme,
            has: vec![origins(&["htps://a.example"])],
            shown: "rules[0].allow_origins[0]: `htps` is one letter away from `https`, and no browser sends it: write `https://a.example`",
            value: "htps://a.example",
            suggested: "replace `rules[0].allow_origins[0]` with `https://a.example`",
            near: vec![origins(&["tps://a.example"])],
        },
        Case {
            kind: K::TrailingDot,
            has: vec![origins(&["https://a.example."])],
            shown: "rules[0].allow_origins[0]: `https://a.example.` is another origin than `https://a.example`, and hardly any page has it: write that without the dot",
            value: "https://a.example.",
            suggested: "replace `rules[0].allow_origins[0]` with `https://a.example`",
            near: vec![origins(&["app://a.example."])],
        },
    ]
}

fn list_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::MethodCase,
            has: vec![a().allow_methods(["put", "patch"])],
            shown: "rules[0].allow_methods[1]: `patch` is another method than `PATCH`, as methods are case-sensitive: write `PATCH`",
            value: "patch",
            suggested: "replace `rules[0].allow_methods[1]` with `PATCH`",
            near: vec![a().allow_methods(["put", "patch", "PATCH", "my-method"])],
        },
        Case {
            kind: K::OptionsListed,
            has: vec![a().allow_methods(["options", "PUT"])],
            shown: "rules[0].allow_methods[0]: browsers send preflights with `OPTIONS` by themselves, and pages have hardly a use for it: delete it",
            value: "OPTIONS",
            suggested: "delete `rules[0].allow_methods[0]`",
            near: vec![a().allow_methods(["PUT"])],
        },
        Case {
            kind: K::SafelistedMethod,
            has: vec![a().allow_methods(["PUT", "post"])],
            shown: "rules[0].allow_methods[1]: `POST` is allowed always: delete it",
            value: "POST",
            suggested: "delete `rules[0].allow_methods[1]`",
            near: vec![a().allow_methods(["PUT", "DELETE"])],
        },
        Case {
            kind: K::AnyMethod,
            has: vec![a().allow_methods(["*", "PUT"])],
            shown: "rules[0].allow_methods[0]: Firefox keeps no preflight that is answered with `*`: list the methods that pages use, such as `PUT`, `PATCH` and `DELETE`",
            value: "*",
            suggested: "replace `rules[0].allow_methods[0]` with `PATCH`, `DELETE`",
            near: vec![a().allow_methods(["PUT", "PATCH", "DELETE"])],
        },
        Case {
            kind: K::AnyHeader,
            has: vec![a().allow_headers(["x-a", "*", "authorization"])],
            shown: "rules[0].allow_headers[0]: Firefox keeps no preflight that is answered with `*`: list the names that pages send, such as `content-type`",
            value: "*",
            suggested: "replace `rules[0].allow_headers[0]` with `content-type`",
            near: vec![a().allow_headers(["x-a", "authorization"])],
        },
        Case {
            kind: K::AnyHeaderWithoutAuthorization,
            has: vec![a().allow_headers(["*"])],
            shown: "rules[0].allow_headers[0]: `*` does not cover `authorization`: if pages send that, list it beside",
            value: "*",
            suggested: "add `authorization` to `rules[0].allow_headers`",
            near: vec![a().allow_headers(["*", "Authorization"])],
        },
        Case {
            kind: K::ForbiddenMethod,
            has: vec![a().allow_methods(["PUT", "Trace"])],
            shown: "rules[0].allow_methods[1]: `Trace` has no effect: browsers never send it for a page; delete it",
            value: "Trace",
            suggested: "delete `rules[0].allow_methods[1]`",
            near: vec![a().allow_methods(["PUT", "TRACER"])],
        },
        Case {
            kind: K::ForbiddenRequestHeader,
            has: vec![a().allow_headers(["x-a", "Cookie"])],
            shown: "rules[0].allow_headers[1]: `cookie` has no effect: browsers set it themselves, pages cannot; delete it",
            value: "cookie",
            suggested: "delete `rules[0].allow_headers[1]`",
            near: vec![a().allow_headers(["x-a", "cookies", "x-http-method", "secret"])],
        },
        Case {
            kind: K::ResponseHeaderInRequest,
            has: vec![a().allow_headers(["Access-Control-Allow-Origin", "x-a"])],
            shown: "rules[0].allow_headers[0]: `access-control-allow-origin` is a response header: only a page that sets it by mistake needs it here; delete it",
            value: "access-control-allow-origin",
            suggested: "delete `rules[0].allow_headers[0]`",
            near: vec![a().allow_headers(["Timing-Allow-Origin", "x-a"])],
        },
        Case {
            kind: K::UnexposableHeader,
            has: vec![a().expose_headers(["etag", "Set-Cookie"])],
            shown: "rules[0].expose_headers[1]: `set-cookie` has no effect: no page can read it; delete it",
            value: "set-cookie",
            suggested: "delete `rules[0].expose_headers[1]`",
            near: vec![a().expose_headers(["etag", "cookie", "origin"])],
        },
        Case {
            kind: K::AnyExposedWithCredentials,
            has: vec![a().allow_credentials().expose_headers(["etag", "*"])],
            shown: "rules[0].expose_headers[0]: `*` exposes all headers only to requests without credentials: list the names that pages read",
            value: "*",
            suggested: "delete `rules[0].expose_headers[0]`",
            near: vec![a().expose_headers(["etag", "*"])],
        },
        Case {
            kind: K::SafelistedExposed,
            has: vec![a().expose_headers(["etag", "Content-Length"])],
            shown: "rules[0].expose_headers[1]: pages can read `content-length` anyway: delete it",
            value: "content-length",
            suggested: "delete `rules[0].expose_headers[1]`",
            near: vec![a().expose_headers(["etag", "content-range"])],
        },
    ]
}

fn other_cases() -> Vec<Case> {
    vec![
        Case {
            kind: K::NarrowerRuleAbove,
            has: vec![
                a().allow_methods(["PUT"]),
                Rule::allow_any_origin().allow_methods(["PUT", "DELETE"]),
            ],
            shown: "rules[1].allow_methods[1]: rule 0 above decides for `https://a.example` and does not allow `DELETE`: add it there, or delete it here",
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
            shown: "rules[0].max_age: Chromium keeps a preflight for no more than 7200 seconds: write 7200",
            value: "7201",
            suggested: "set `rules[0].max_age` to 7200",
            near: vec![seconds(7_200)],
        },
        Case {
            kind: K::MaxAgeAboveWebkit,
            has: vec![seconds(601)],
            shown: "rules[0].max_age: WebKit keeps a preflight for no more than 600 seconds: write 600",
            value: "601",
            suggested: "set `rules[0].max_age` to 600",
            near: vec![seconds(600)],
        },
        Case {
            kind: K::TimingInDynamicPolicy,
            has: vec![a(), b().timing_allow_origin()],
            shown: "rules[1].timing_allow_origin: plain loads of images and scripts send no `Origin`, so a policy that is not the same for all answers them without timing: write `\"*\"` if everybody may see it, or delete it",
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
fn each_lint_has_its_place_message_and_suggestion() {
    for case in cases() {
        let policy = policy(case.has);
        let lint = only(&policy, case.kind);
        assert_eq!(lint.to_string(), case.shown);
        assert_eq!(lint.found(), Some(case.value), "{lint}");
        let place = match lint.entry_index() {
            Some(entry) => format!("rules[{}].{}[{entry}]", lint.rule_index(), lint.key()),
            None => format!("rules[{}].{}", lint.rule_index(), lint.key()),
        };
        assert_eq!(lint.path(), place);
        assert_eq!(format!("{place}: {}", lint.message()), case.shown);
        assert_eq!(lint.severity(), case.kind.severity());
        let suggestion = lint.suggestion().map(ToString::to_string);
        assert_eq!(suggestion.as_deref(), Some(case.suggested), "{lint}");
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
    for case in cases() {
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
        let without_the_list = cfg!(not(feature = "psl")) && *kind == K::PublicSuffixWildcard;
        let has = cases.iter().any(|case| case.kind == *kind);
        assert_eq!(has, !without_the_list, "{kind}");
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
        .map(|lint| (lint.rule_index(), lint.kind().as_str(), lint.entry_index()))
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
    assert_eq!(Policy::deny_all().lints()[..], []);
}
