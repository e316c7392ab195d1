//! Laws of the difference between two policies: it agrees with evaluating both.

use cross_origin::advice::diff::{
    AffectedOrigins, ChangeKind, ChangeSign, PolicyChange, PolicyDiff,
};
use cross_origin::{Decision, Denial, OriginPattern, OriginRef, Policy, RequestHeaders};
use proptest::prelude::*;
use proptest::sample::select;

use ChangeKind as K;

use crate::support::naive::{Spec, builder};
use crate::support::requests::{Request, request, specified};

// --- Policies that are near each other ------------------------------------------------------------------

/// Patterns that meet in every way: inside one label, below one domain, at some ports.
const CROWDED: [&str; 33] = [
    "https://a*.eu.example.com",
    "https://ab*.eu.example.com:*",
    "https://*b.eu.example.com:{1,443-500}",
    "https://a*b.eu.example.com",
    "https://ab*bc.eu.example.com:*",
    "https://*bc.eu.example.com",
    "https://a_*.eu.example.com",
    "https://*_b.eu.example.com",
    "https://x*.eu.example.com:*",
    "https://xn-*.eu.example.com",
    "https://ab.eu.example.com",
    "https://abc.eu.example.com:{444,500}",
    "https://a.eu.example.com:*",
    "https://*.eu.example.com:{80-443}",
    "https://*.a.eu.example.com",
    "https://*.example.com:*",
    "https://*.com",
    "http://localhost:{80,3000-3010}",
    "http://*.localhost:*",
    "https://[::1]:*",
    "app://",
    "app://*:*",
    "app://a:7",
    "http://10.0.0.0/8:*",
    "http://10.1.0.0/16:{80,444-500}",
    "http://10.1.2.2/31",
    "http://10.1.2.2:*",
    "http://10.1.2.3",
    "http://10.1.2.2/31:{1,80}",
    "http://[fd00::/8]:*",
    "http://[fd00:1::/32]",
    "file://",
    "null",
];

fn crowded_spec() -> impl Strategy<Value = Spec> {
    let few = proptest::collection::vec(select(&CROWDED[..32]), 1..6);
    let origins = prop_oneof![
        8 => few,
        1 => Just(vec!["*"]),
        1 => Just(vec!["null"]),
        1 => Just(vec!["ask"]),
    ];
    let methods = select(vec![vec![], vec!["PUT"], vec!["*"], vec!["PUT", "GET"]]);
    let headers = select(vec![
        vec![],
        vec!["x-a"],
        vec!["*"],
        vec!["*", "Authorization"],
    ]);
    let exposed = select(vec![vec![], vec!["etag"], vec!["*"], vec!["*", "etag"]]);
    let max_age = select(vec![None, Some(5_u64)]);
    let timing = select(vec![None, None, Some("matched"), Some("*")]);
    (
        origins,
        any::<bool>(),
        methods,
        headers,
        exposed,
        max_age,
        timing,
    )
        .prop_map(
            |(origins, credentials, methods, headers, exposed, max_age, timing)| Spec {
                origins,
                credentials,
                methods,
                headers,
                exposed,
                max_age,
                timing,
            },
        )
}

fn crowded() -> impl Strategy<Value = (Vec<Spec>, Policy)> {
    let specs = proptest::collection::vec(crowded_spec(), 1..4);
    specs.prop_filter_map("a refused policy", built)
}

/// A pattern a rule, each with a method of its own, so that their order is all that counts.
fn ordered() -> impl Strategy<Value = Pair> {
    let of = |origins: Vec<&'static str>, method| Spec {
        origins,
        credentials: false,
        methods: vec![method],
        headers: vec![],
        exposed: vec![],
        max_age: None,
        timing: None,
    };
    let kinds = prop_oneof![
        4 => Just(&CROWDED[..12]),
        1 => Just(&CROWDED[10..18]),
        1 => Just(&CROWDED[20..23]),
        3 => Just(&CROWDED[23..33]),
    ];
    kinds.prop_flat_map(move |patterns| {
        let some = proptest::sample::subsequence(patterns.to_vec(), 2..5.min(patterns.len()));
        (some.clone().prop_shuffle(), some.prop_shuffle()).prop_filter_map(
            "refused",
            move |(one, other)| {
                let methods = ["PUT", "PATCH", "DELETE", "X-LONG"];
                let rules = |patterns: &[&'static str]| {
                    let specs = patterns.iter().map(|pattern| {
                        let at = CROWDED.iter().position(|known| known == pattern).unwrap();
                        of(vec![pattern], methods[at % methods.len()])
                    });
                    built(specs.collect())
                };
                let mut same = one.clone();
                same.reverse();
                let other = if other.len() == one.len() {
                    other
                } else {
                    same
                };
                Some((rules(&one)?, rules(&other)?))
            },
        )
    })
}

fn built(specs: Vec<Spec>) -> Option<(Vec<Spec>, Policy)> {
    let policy = builder(&specs)
        .dangerously_allow_public_suffixes()
        .build()
        .ok()?;
    Some((specs, policy))
}

/// The same rules, but for one thing.
fn altered(specs: &[Spec], other: &Spec, at: usize, what: u8) -> Vec<Spec> {
    let mut specs = specs.to_vec();
    let at = at % specs.len();
    let spec = &mut specs[at];
    match what {
        0 => drop(specs.remove(at)),
        1 => specs.insert(at, other.clone()),
        2 => specs[at] = other.clone(),
        3 => specs.reverse(),
        4 => spec.credentials = !spec.credentials,
        5 => spec.methods.clone_from(&other.methods),
        6 => spec.headers.clone_from(&other.headers),
        7 => spec.exposed.clone_from(&other.exposed),
        8 => spec.max_age = other.max_age,
        9 => spec.timing = other.timing,
        10 => drop(spec.origins.pop()),
        11 => spec.methods.reverse(),
        12 => spec.headers.reverse(),
        _ => {}
    }
    specs
}

type Pair = ((Vec<Spec>, Policy), (Vec<Spec>, Policy));

fn pair<S>(one: impl Fn() -> S) -> impl Strategy<Value = Pair>
where
    S: Strategy<Value = (Vec<Spec>, Policy)>,
{
    (one(), one(), any::<usize>(), 0..16_u8).prop_map(|(one, other, at, what)| {
        let near = altered(&one.0, &other.0[0], at, what);
        // Where the altered rules are refused, any other policy will do.
        (one, built(near).unwrap_or(other))
    })
}

fn any_pair() -> impl Strategy<Value = Pair> {
    prop_oneof![pair(specified), pair(crowded), ordered()]
}

/// A request from an origin that such patterns admit, or nearly.
fn crowded_request() -> impl Strategy<Value = Request> {
    let label = proptest::string::string_regex("[abc_xn-]{1,5}").unwrap();
    let below = (
        label,
        select(vec![
            ".eu.example.com",
            ".a.eu.example.com",
            ".example.com",
            ".com",
            "",
        ]),
    )
        .prop_map(|(label, base)| format!("https://{label}{base}"));
    let host = prop_oneof![
        8 => below,
        1 => select(vec!["https://ab.eu.example.com", "https://abc.eu.example.com", "https://a.eu.example.com"])
            .prop_map(str::to_owned),
        3 => select(vec![
            "http://10.1.2.2", "http://10.1.2.3", "http://10.1.2.4", "http://10.2.0.0", "http://11.0.0.0",
            "http://[fd00:1::5]", "http://[fd00:2::]", "http://[fe00::]", "http://10.1.2.2.com",
        ]).prop_map(str::to_owned),
        2 => select(vec!["http://localhost", "http://a.localhost", "https://[::1]", "http://a.com", "app://a"])
            .prop_map(str::to_owned),
    ];
    let port = select(vec![
        "", "", ":1", ":80", ":444", ":500", ":501", ":7", ":3005",
    ]);
    let origin = prop_oneof![
        16 => (host, port).prop_map(|(host, port)| format!("{host}{port}")),
        4 => select(vec!["null", "file://", "file://", "app://", "@"]).prop_map(str::to_owned),
    ];
    (origin, request()).prop_map(|(origin, mut request)| {
        for (name, value) in &mut request.headers {
            if name == "Origin" {
                *value = origin.clone().into_bytes();
            }
        }
        request
    })
}

// --- What evaluating tells ------------------------------------------------------------------------------

fn decide<'a>(policy: &'a Policy, request: &RequestHeaders<'a>, verdict: bool) -> Decision<'a> {
    let lookup = policy.lookup(request);
    policy.evaluate_with(request, lookup.map(|lookup| lookup.verdict(verdict)))
}

fn lines<'d>(decision: &'d Decision<'_>, name: &str) -> Vec<&'d str> {
    let lines = decision.headers().filter(|(there, _)| *there == name);
    lines.map(|(_, value)| value).collect()
}

fn origin_of(request: &Request) -> Option<Result<OriginRef<'_>, ()>> {
    let mut lines = request.headers.iter().filter(|(name, _)| name == "Origin");
    let (_, first) = lines.next()?;
    let read = OriginRef::from_header(first).map_err(drop);
    Some(read.and_then(|origin| lines.next().map_or(Ok(origin), |_| Err(()))))
}

struct Patterns(Vec<OriginPattern>);

impl Patterns {
    fn of(specs: [&[Spec]; 2]) -> Self {
        let texts = specs.into_iter().flatten().flat_map(|spec| &spec.origins);
        let texts = texts.filter(|text| !["*", "ask"].contains(text));
        Self(texts.map(|text| text.parse().unwrap()).collect())
    }

    /// Whether a change concerns requests from this origin.
    fn concerns(
        &self,
        origins: &AffectedOrigins,
        origin: Option<Result<OriginRef<'_>, ()>>,
    ) -> bool {
        let other = |origin| !self.0.iter().any(|pattern| pattern.matches(origin));
        match (origins, origin) {
            (AffectedOrigins::Everyone, _) => true,
            (AffectedOrigins::Pattern(pattern), Some(Ok(origin))) => pattern.matches(origin),
            (AffectedOrigins::Others, Some(Ok(origin))) => other(origin),
            (AffectedOrigins::Others | AffectedOrigins::Malformed, Some(Err(()))) => true,
            (AffectedOrigins::InsecureOthers, Some(Ok(origin))) => {
                other(origin) && !origin.is_potentially_trustworthy()
            }
            (AffectedOrigins::NoOrigin, None) => true,
            _ => false,
        }
    }
}

fn is_of_origin(denial: Option<Denial>) -> bool {
    matches!(
        denial,
        Some(Denial::OriginNotAllowed | Denial::OriginNull | Denial::OriginMalformed)
    )
}

/// Whether a change tells that this header of answers differs.
fn tells(change: &PolicyChange, name: &str) -> bool {
    match (change.kind(), name) {
        (K::Wording(header), _) => *header == name,
        (K::Allowed | K::Static, _) => true,
        (K::Credentials, _) => {
            name == "access-control-allow-credentials" || name == "access-control-allow-origin"
        }
        (K::Method(_) | K::AnyMethod, _) => name == "access-control-allow-methods",
        (K::RequestHeader(_) | K::AnyRequestHeader, _) => name == "access-control-allow-headers",
        (K::ExposedHeader(_) | K::AnyExposedHeader, _) => name == "access-control-expose-headers",
        (K::MaxAge(_), _) => name == "access-control-max-age",
        (K::Timing, _) => name == "timing-allow-origin",
        (K::PreflightStatus(_), _) => name == "status",
        _ => false,
    }
}

/// What differs and no change tells, if there is any such thing.
fn untold(
    (old, new): (&Decision<'_>, &Decision<'_>),
    told: &[&PolicyChange],
    is_static: bool,
) -> Option<String> {
    let any = |kind: fn(&ChangeKind) -> bool| told.iter().any(|change| kind(change.kind()));
    let allowed = any(|kind| matches!(kind, K::Allowed));
    let missing = |what: &str, is_told: bool| (!is_told && !allowed).then(|| what.to_owned());
    let (before, after) = (old.denial(), new.denial());
    if is_of_origin(before) != is_of_origin(after) {
        return missing("the origin", false);
    }
    let of_method = |denial| {
        matches!(
            denial,
            Some(Denial::MethodNotAllowed | Denial::MethodMalformed)
        )
    };
    if of_method(before) != of_method(after) {
        return missing(
            "the method",
            any(|kind| matches!(kind, K::Method(_) | K::AnyMethod)),
        );
    }
    if before != after || old.denied_header() != new.denied_header() {
        let kind: fn(&ChangeKind) -> bool =
            |kind| matches!(kind, K::RequestHeader(_) | K::AnyRequestHeader);
        return missing("a request header", any(kind));
    }
    if old.allows_credentials() != new.allows_credentials() {
        return missing("credentials", any(|kind| *kind == K::Credentials));
    }
    if old.status() != new.status() {
        return missing("status", any(|kind| matches!(kind, K::PreflightStatus(_))));
    }
    // What is not for the origin is the fixed answer of a static policy, and told where it is from.
    if is_static {
        return None;
    }
    let names = [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "timing-allow-origin",
        "vary",
    ];
    names.into_iter().find_map(|name| {
        let differs = lines(old, name) != lines(new, name);
        differs.then(|| missing(name, told.iter().any(|change| tells(change, name))))?
    })
}

/// The changes that concern a request.
fn told<'d>(
    diff: &'d PolicyDiff,
    patterns: &Patterns,
    request: &Request,
    verdict: bool,
) -> Vec<&'d PolicyChange> {
    let origin = origin_of(request);
    let changes = diff.iter().filter(|change| verdict || !change.is_on_yes());
    changes
        .filter(|change| patterns.concerns(change.origins(), origin))
        .collect()
}

#[track_caller]
fn are_told((old, new): &Pair, requests: &[Request], verdict: bool) {
    let diff = old.1.diff(&new.1);
    let patterns = Patterns::of([&old.0, &new.0]);
    for request in requests {
        let told = told(&diff, &patterns, request, verdict);
        is_told((&old.1, &new.1), &diff, &told, request, verdict);
    }
}

#[track_caller]
fn is_told(
    (old, new): (&Policy, &Policy),
    diff: &PolicyDiff,
    told: &[&PolicyChange],
    request: &Request,
    verdict: bool,
) {
    if verdict && told.iter().any(|change| *change.kind() == K::Asked) {
        return;
    }
    let view = request.view();
    let (before, after) = (decide(old, &view, verdict), decide(new, &view, verdict));
    let fixed = [(old, &before), (new, &after)];
    let is_fixed = |(policy, decision): (&Policy, &Decision<'_>)| {
        policy.is_static() && decision.rule_index().is_none()
    };
    let is_static = !diff.is_empty() && fixed.into_iter().any(is_fixed);
    if let Some(what) = untold((&before, &after), told, is_static) {
        panic!(
            "{what} is not told of {request:?}\n{before:?} {:?}\n{after:?} {:?}\n{diff}",
            before.headers().collect::<Vec<_>>(),
            after.headers().collect::<Vec<_>>()
        );
    }
    if diff.is_empty() {
        assert_eq!(
            before.removed().collect::<Vec<_>>(),
            after.removed().collect::<Vec<_>>()
        );
        assert_eq!(old.lookup(&view).is_some(), new.lookup(&view).is_some());
    }
}

// --- What a change claims -------------------------------------------------------------------------------

/// Whether a policy grants what a change is about, for its example.
fn grants(change: &PolicyChange, policy: &Policy) -> bool {
    let example = change.example();
    let decision = example.evaluate(policy);
    let has = |header: &str, name: &str| {
        let lines = lines(&decision, header);
        lines
            .iter()
            .any(|line| line.split(',').any(|there| there == name))
    };
    match change.kind() {
        K::Allowed | K::Method(_) | K::AnyMethod | K::RequestHeader(_) | K::AnyRequestHeader => {
            decision.is_allowed()
        }
        K::Asked => policy.lookup(&example.request()).is_some(),
        K::Credentials => {
            decision.allows_credentials() && has("access-control-allow-credentials", "true")
        }
        // The fixed answer of a static policy exposes to others what they can't read.
        K::ExposedHeader(_) | K::AnyExposedHeader if !decision.is_allowed() => false,
        K::ExposedHeader(name) => {
            let any = has("access-control-expose-headers", "*");
            has("access-control-expose-headers", name) || any && !decision.allows_credentials()
        }
        K::AnyExposedHeader => has("access-control-expose-headers", "*"),
        K::MaxAge(seconds) => has("access-control-max-age", &seconds.to_string()),
        K::Timing => {
            let origin = example.origin().unwrap_or("*");
            has("timing-allow-origin", origin) || has("timing-allow-origin", "*")
        }
        K::Static => policy.is_static() && !has("vary", "origin"),
        K::PreflightStatus(status) => decision.status() == Some(*status),
        kind => panic!("{kind:?}"),
    }
}

#[track_caller]
fn holds(change: &PolicyChange, old: &Policy, new: &Policy) {
    let (before, after) = match change.kind() {
        K::Wording(name) => {
            assert_eq!(change.sign(), ChangeSign::Reworded);
            let example = change.example();
            let (before, after) = (example.evaluate(old), example.evaluate(new));
            let removes =
                |decision: &Decision<'_>| decision.removed().any(|removed| removed == *name);
            let differ =
                lines(&before, name) != lines(&after, name) || removes(&before) != removes(&after);
            assert!(differ, "{change}");
            return;
        }
        _ => (grants(change, old), grants(change, new)),
    };
    let claimed = match change.sign() {
        ChangeSign::Added => (false, true),
        ChangeSign::Removed => (true, false),
        ChangeSign::Reworded => panic!("{change}"),
    };
    assert_eq!((before, after), claimed, "{change}: {:?}", change.example());
}

fn flipped(change: &PolicyChange) -> String {
    let text = change.to_string();
    match change.sign() {
        ChangeSign::Added => text.replacen('+', "-", 1),
        ChangeSign::Removed => text.replacen('-', "+", 1),
        ChangeSign::Reworded => text,
    }
}

/// Whether what is told of one pattern is told of this origin: no other pattern that admits it is as
/// specific.
fn is_nearest(patterns: &Patterns, pattern: &OriginPattern, origin: OriginRef<'_>) -> bool {
    let host = |pattern: &OriginPattern| {
        let text = pattern.to_string();
        let host = match text.rfind(':') {
            Some(at) if at > 6 && !text[at..].contains(']') => text[..at].to_owned(),
            _ => text,
        };
        format!("{host}:*").parse::<OriginPattern>().ok()
    };
    let Some(here) = host(pattern) else {
        return false;
    };
    let admitting = patterns.0.iter().filter(|pattern| pattern.matches(origin));
    pattern.matches(origin)
        && admitting
            .into_iter()
            .all(|other| host(other).is_some_and(|other| other.covers(&here)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn diff_reports_every_disagreement(pair in pair(specified), request in request(), verdict: bool) {
        are_told(&pair, &[request], verdict);
    }

    #[test]
    fn diff_reports_every_disagreement_of_overlapping_patterns(
        pair in pair(crowded),
        requests in proptest::collection::vec(crowded_request(), 8),
        verdict: bool,
    ) {
        are_told(&pair, &requests, verdict);
    }

    #[test]
    fn diff_reports_every_disagreement_of_reordered_rules(
        pair in ordered(),
        requests in proptest::collection::vec(crowded_request(), 16),
    ) {
        are_told(&pair, &requests, false);
    }

    #[test]
    fn every_change_has_an_example(pair in any_pair()) {
        let (old, new) = (&pair.0.1, &pair.1.1);
        for change in &old.diff(new) {
            holds(change, old, new);
            let example = change.example();
            let origin = example.origin().map(|origin| OriginRef::from_header(origin.as_bytes()).map_err(drop));
            let patterns = Patterns::of([&pair.0.0, &pair.1.0]);
            if *change.origins() != AffectedOrigins::Everyone {
                prop_assert!(patterns.concerns(change.origins(), origin), "{}", change);
            }
        }
    }

    #[test]
    fn change_holds_for_every_origin_of_its_pattern(
        pair in pair(crowded),
        requests in proptest::collection::vec(crowded_request(), 8),
    ) {
        let (old, new) = (&pair.0.1, &pair.1.1);
        let diff = old.diff(new);
        let patterns = Patterns::of([&pair.0.0, &pair.1.0]);
        for request in &requests {
            let Some(Ok(origin)) = origin_of(request) else { continue };
            let view = RequestHeaders::new("GET").header("Origin", origin.as_str());
            for change in diff.iter().filter(|change| *change.kind() == K::Allowed && !change.is_on_yes()) {
                let AffectedOrigins::Pattern(pattern) = change.origins() else { continue };
                if is_nearest(&patterns, pattern, origin) {
                    let allowed = (old.evaluate(&view).is_allowed(), new.evaluate(&view).is_allowed());
                    let added = change.sign() == ChangeSign::Added;
                    prop_assert_eq!(allowed, (!added, added), "{}: {}", change, origin);
                }
            }
        }
    }

    #[test]
    fn diff_in_both_directions_is_symmetric(pair in any_pair()) {
        let (old, new) = (&pair.0.1, &pair.1.1);
        let mut there: Vec<_> = old.diff(new).iter().map(flipped).collect();
        let mut back: Vec<_> = new.diff(old).iter().map(ToString::to_string).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
        prop_assert!(old.diff(&old.clone()).is_empty());
    }

    #[test]
    fn each_change_is_reported_once(pair in pair(crowded)) {
        let diff = pair.0.1.diff(&pair.1.1);
        let mut lines: Vec<_> = diff.iter().map(ToString::to_string).collect();
        prop_assert_eq!(lines.join("\n"), diff.to_string());
        lines.sort();
        lines.dedup();
        prop_assert_eq!(lines.len(), diff.iter().count());
    }
}
