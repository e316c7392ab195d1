//! Laws of the answer's headers, for every policy and every request.

use std::collections::BTreeSet;

use cross_origin::{Decision, HeaderChange, Policy, RequestHeaders, RequestKind};
use proptest::prelude::*;

use crate::support::requests::{Request, policy, request};

fn value<'d>(decision: &'d Decision<'_>, name: &str) -> Option<&'d str> {
    let mut lines = decision.headers().filter(|(there, _)| *there == name);
    lines.next().map(|(_, value)| value)
}

fn sent(decision: &Decision<'_>) -> Vec<(String, String)> {
    let lines = decision.headers();
    lines
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

proptest! {
    #[test]
    fn star_is_never_sent_with_credentials(policy in policy(), request in request()) {
        let decision = policy.evaluate(&request.view());
        if value(&decision, "access-control-allow-credentials") == Some("true") {
            for name in ["origin", "methods", "headers"] {
                prop_assert_ne!(value(&decision, &format!("access-control-allow-{name}")), Some("*"));
            }
        }
    }

    #[test]
    fn denied_origin_of_a_dynamic_policy_gets_only_vary(policy in policy(), request in request()) {
        let decision = policy.evaluate(&request.view());
        let shares = decision.headers().any(|(name, _)| name.starts_with("access-control-"));
        let is_static = policy.is_static() && decision.kind() != RequestKind::Preflight;
        prop_assert_eq!(shares, decision.rule_index().is_some() || is_static);
    }

    #[test]
    fn allow_origin_is_the_request_origin_or_star(policy in policy(), request in request()) {
        let decision = policy.evaluate(&request.view());
        if let (Some(_), Some(origin)) = (decision.rule_index(), value(&decision, "access-control-allow-origin")) {
            let sent = request.headers.iter().find(|(name, _)| name == "Origin");
            let sent = sent.map(|(_, value)| value.as_slice()).unwrap_or_default();
            prop_assert!(origin == "*" || sent.starts_with(origin.as_bytes()), "{}", origin);
        }
    }

    #[test]
    fn headers_are_visible_ascii(policy in policy(), request in request()) {
        let decision = policy.evaluate(&request.view());
        for (name, value) in decision.headers() {
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t')));
        }
    }

    #[test]
    fn vary_depends_only_on_the_policy_and_options(
        policy in policy(),
        one in request(),
        other in request(),
    ) {
        let vary = |request: &Request| value(&policy.evaluate(&request.view()), "vary").map(str::to_owned);
        if (one.method == "OPTIONS") == (other.method == "OPTIONS") {
            prop_assert_eq!(vary(&one), vary(&other));
        }
    }

    #[test]
    fn vary_lists_every_header_that_changes_the_response(
        policy in policy(),
        one in request(),
        other in request(),
    ) {
        // One header at a time: the other request's lines of it, and all else as it was.
        for header in ["origin", "access-control-request-method", "access-control-request-headers"] {
            let of = |request: &Request, its: bool| {
                let headers = request.headers.iter();
                headers.filter(|(name, _)| name.eq_ignore_ascii_case(header) == its).cloned().collect::<Vec<_>>()
            };
            let headers = [of(&one, false), of(&other, true)].concat();
            let varied = Request { method: one.method.clone(), headers };
            let (before, after) = (one.view(), varied.view());
            let (before, after) = (policy.evaluate(&before), policy.evaluate(&after));
            let vary = value(&before, "vary").unwrap_or_default();
            if sent(&before) != sent(&after) || before.status() != after.status() {
                prop_assert!(vary.split(',').any(|member| member == header), "{} not in {}", header, vary);
            }
        }
    }

    #[test]
    fn applying_twice_equals_applying_once(policy in policy(), request in request(), headers in response()) {
        let decision = policy.evaluate(&request.view());
        let mut once = headers;
        decision.apply(&mut once);
        let mut twice = once.clone();
        decision.apply(&mut twice);
        prop_assert_eq!(sorted(&once), sorted(&twice));
        let mut kept = once.clone();
        decision.to_owned().apply(&mut kept);
        prop_assert_eq!(sorted(&once), sorted(&kept));
    }

    #[test]
    fn apply_agrees_with_changes(
        policy in policy(),
        request in request(),
        headers in response(),
    ) {
        let decision = policy.evaluate(&request.view());
        let mut after = headers.clone();
        decision.apply(&mut after);
        for change in decision.changes() {
            let lines = |name: &str| {
                let lines = after.iter().filter(|(there, _)| there.eq_ignore_ascii_case(name));
                lines.map(|(_, value)| value.clone()).collect::<Vec<_>>()
            };
            match change {
                HeaderChange::Set { name, value } => prop_assert_eq!(&lines(name)[0], value),
                HeaderChange::Add { name, value } => prop_assert!(lines(name)[1..].contains(&value.to_owned())),
                HeaderChange::Remove { name } => prop_assert!(lines(name).is_empty()),
                HeaderChange::Append { name, .. } => prop_assert!(!lines(name).is_empty()),
            }
        }
        // What is none of ours stays.
        let others = |headers: &[(String, String)]| {
            let others = headers.iter().filter(|(name, _)| name == "content-type");
            others.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&headers), others(&after));
    }

    #[test]
    fn merged_vary_is_complete_and_unique(
        policy in policy(),
        request in request(),
        headers in response(),
    ) {
        let decision = policy.evaluate(&request.view());
        let mut after = headers.clone();
        decision.apply(&mut after);
        let (before, after) = (members(&headers), members(&after));
        let ours: Vec<String> = value(&decision, "vary").unwrap_or_default().split(',').map(str::to_owned).collect();
        let ours = ours.into_iter().filter(|member| !member.is_empty());
        let unique = |members: &[String]| members.iter().cloned().collect::<BTreeSet<_>>();
        // What was there is there, in its order, before what is added.
        prop_assert!(after.starts_with(&before));
        if before.contains(&"*".to_owned()) {
            prop_assert_eq!(after, before);
        } else {
            let wanted: BTreeSet<_> = unique(&before).into_iter().chain(ours).collect();
            prop_assert_eq!(unique(&after), wanted);
            let added = &after[before.len()..];
            prop_assert_eq!(unique(added).len(), added.len());
            prop_assert!(added.iter().all(|member| !before.contains(member)));
        }
    }

    #[test]
    fn answer_of_a_header_map_agrees_with_apply(
        policy in policy(),
        request in request(),
        headers in response(),
        status in proptest::sample::select(vec![200_u16, 304, 404]),
        verdict in proptest::option::of(any::<bool>()),
    ) {
        let Some(request) = http_request(&request) else { return Ok(()) };
        let lookup = policy.lookup(&request);
        let verdict = lookup.zip(verdict).map(|(lookup, allowed)| lookup.verdict(allowed));
        let verdict = verdict.map(|verdict| verdict.depending_on("x-tenant").unwrap());
        let decision = policy.evaluate_with(&request, verdict);
        let answer = policy.answer_with(request.method(), request.headers(), verdict);
        prop_assert_eq!(answer.kind(), decision.kind());
        prop_assert_eq!(answer.rule_index(), decision.rule_index());
        prop_assert_eq!(answer.preflight_status().map(|status| status.as_u16()), decision.status());

        let mut expected = http_headers(&headers);
        let mut applied = expected.clone();
        let mut merged = expected.clone();
        let mut expected_merged = expected.clone();
        decision.apply(&mut expected);
        answer.apply(&mut applied);
        prop_assert_eq!(&applied, &expected);
        if decision.status().is_some() {
            let mut alone = http::HeaderMap::new();
            decision.apply(&mut alone);
            let response: http::Response<()> = answer.preflight().unwrap();
            prop_assert_eq!(response.headers(), &alone);
        }
        decision.apply_merging_exposed(status, &mut expected_merged);
        answer.apply_merging_exposed(http::StatusCode::from_u16(status).unwrap(), &mut merged);
        prop_assert_eq!(&merged, &expected_merged);
    }

    #[test]
    fn evaluate_is_pure(policy in policy(), requests in proptest::collection::vec(request(), 1..4)) {
        // From any thread, at any address, whatever was evaluated in between, by any copy.
        let answer = |policy: &Policy, request: &RequestHeaders<'_>| {
            let decision = policy.evaluate(request);
            (decision.denial(), decision.rule_index(), sent(&decision), decision.removed().collect::<Vec<_>>())
        };
        let first: Vec<_> = requests.iter().map(|request| answer(&policy, &request.view())).collect();
        let elsewhere = policy.clone();
        let again = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let moved: Vec<Request> = requests.iter().rev().cloned().collect();
                let answers = moved.iter().map(|request| answer(&elsewhere, &request.view()));
                answers.rev_collect()
            });
            thread.join().unwrap()
        });
        prop_assert_eq!(&first, &again);
        // One buffer, reused with other content.
        let mut buffer = Request { method: String::new(), headers: Vec::new() };
        for (request, expected) in requests.iter().zip(&first) {
            buffer.method.clone_from(&request.method);
            buffer.headers.clone_from(&request.headers);
            prop_assert_eq!(&answer(&policy, &buffer.view()), expected);
        }
    }
}

trait RevCollect: Iterator {
    /// Collects in reverse order, each item made in order.
    fn rev_collect(self) -> Vec<Self::Item>;
}

impl<I: Iterator> RevCollect for I {
    fn rev_collect(self) -> Vec<I::Item> {
        let mut items: Vec<_> = self.collect();
        items.reverse();
        items
    }
}

/// The request in the types of the crate `http`, which refuses some bytes that a request can have.
fn http_request(request: &Request) -> Option<http::Request<()>> {
    let mut http = http::Request::builder().method(request.method.as_str());
    for (name, value) in &request.headers {
        http = http.header(name, value.as_slice());
    }
    http.body(()).ok()
}

fn http_headers(headers: &[(String, String)]) -> http::HeaderMap {
    let headers = headers.iter();
    let lines = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    let mut map = http::HeaderMap::new();
    lines.for_each(|(name, value): (http::HeaderName, _)| {
        map.append(name, value);
    });
    map
}

/// What the application and an upstream put into a response.
fn response() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = proptest::sample::select(vec![
        "Vary",
        "vary",
        "Access-Control-Allow-Origin",
        "access-control-allow-credentials",
        "Access-Control-Expose-Headers",
        "Timing-Allow-Origin",
        "content-type",
    ]);
    let value = proptest::sample::select(vec![
        "*",
        "origin",
        "Accept-Encoding",
        "Origin, Cookie",
        "accept,,ACCEPT",
        "",
        "true",
        "x-a",
    ]);
    proptest::collection::vec(
        (name.prop_map(str::to_owned), value.prop_map(str::to_owned)),
        0..5,
    )
}

fn sorted(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mut headers = headers.to_vec();
    headers.sort();
    headers
}

/// The members of `Vary`, in order.
fn members(headers: &[(String, String)]) -> Vec<String> {
    let lines = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("vary"));
    let members = lines.flat_map(|(_, value)| value.split(','));
    let members = members.map(|member| member.trim().to_ascii_lowercase());
    members.filter(|member| !member.is_empty()).collect()
}
