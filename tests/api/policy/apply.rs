//! Putting a decision into a response: what is there is replaced, removed or merged.
#![cfg(feature = "http")]

use cross_origin::{Decision, HeaderChange, Headers, Policy, RequestHeaders, Rule};

use crate::support::{A, Lines, a, dynamic, from, get, policy, preflight, texts};

fn bytes(lines: Lines<'_>) -> Vec<(String, Vec<u8>)> {
    let lines = lines.iter();
    lines
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
        .collect()
}

fn map(lines: Lines<'_>) -> http::HeaderMap {
    let mut map = http::HeaderMap::new();
    for (name, value) in lines {
        let name = http::HeaderName::try_from(*name).unwrap();
        map.append(name, http::HeaderValue::from_str(value).unwrap());
    }
    map
}

/// Applies to every kind of section, once and twice, now and kept for later.
#[track_caller]
fn applied(decision: &Decision<'_>, before: Lines<'_>, after: Lines<'_>) {
    check(before, after, &|section| decision.apply(section));
    let kept = decision.to_owned();
    check(before, after, &|section| kept.apply(section));
}

#[track_caller]
fn check(before: Lines<'_>, after: Lines<'_>, apply: &dyn Fn(&mut dyn Headers)) {
    let (mut as_texts, mut as_bytes, mut as_map) = (texts(before), bytes(before), map(before));
    for times in ["once", "twice"] {
        apply(&mut as_texts);
        apply(&mut as_bytes);
        apply(&mut as_map);
        assert_eq!(by_name(as_texts.clone()), by_name(texts(after)), "{times}");
        assert_eq!(by_name(as_bytes.clone()), by_name(bytes(after)), "{times}");
        assert_eq!(as_map, map(after), "{times}");
    }
}

/// Lines of different names may stand in any order, those of one name may not.
fn by_name<V>(mut lines: Vec<(String, V)>) -> Vec<(String, V)> {
    lines.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    lines
}

// ---------------------------------------------------------------- set and remove

#[test]
fn apply_to_an_empty_response() {
    let policy = dynamic(a().allow_credentials().expose_headers(["ETag", "x-b"]));
    applied(
        &policy.evaluate(&from(A)),
        &[],
        &[
            ("access-control-allow-origin", A),
            ("access-control-allow-credentials", "true"),
            ("access-control-expose-headers", "etag,x-b"),
            ("vary", "origin"),
        ],
    );
    applied(&policy.evaluate(&from("null")), &[], &[("vary", "origin")]);
}

#[test]
fn cors_headers_of_the_application_are_replaced() {
    let policy = dynamic(a().timing_allow_origin());
    let before = [
        ("Access-Control-Allow-Origin", "*"),
        ("Content-Type", "text/html"),
        ("ACCESS-CONTROL-ALLOW-ORIGIN", "https://evil.example"),
        ("access-control-allow-credentials", "true"),
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", "x"),
        ("Access-Control-Expose-Headers", "x"),
        ("Access-Control-Max-Age", "1"),
        ("Timing-Allow-Origin", "*"),
        ("X-Access-Control-Allow-Origin", "*"),
    ];
    let left = [
        ("Content-Type", "text/html"),
        ("X-Access-Control-Allow-Origin", "*"),
    ];
    let granted = [
        ("access-control-allow-origin", A),
        ("timing-allow-origin", A),
        ("vary", "origin"),
    ];
    applied(
        &policy.evaluate(&from(A)),
        &before,
        &[&left[..], &granted].concat(),
    );
    // Denied, and no CORS request: nothing of it stays.
    let nothing = [&left[..], &[("vary", "origin")]].concat();
    applied(&policy.evaluate(&from("null")), &before, &nothing);
    applied(&policy.evaluate(&get()), &before, &nothing);
}

#[test]
fn timing_allow_origin_is_left_to_the_application() {
    let before = [
        ("Timing-Allow-Origin", "*"),
        ("Access-Control-Max-Age", "1"),
    ];
    applied(
        &dynamic(a()).evaluate(&from("null")),
        &before,
        &[("Timing-Allow-Origin", "*"), ("vary", "origin")],
    );
}

#[test]
fn static_policy_appends_no_vary() {
    let policy = Policy::new([a()]).unwrap();
    applied(
        &policy.evaluate(&from("null")),
        &[("Vary", "x")],
        &[("Vary", "x"), ("access-control-allow-origin", A)],
    );
}

#[test]
fn requested_names_on_several_lines_are_echoed_on_as_many() {
    let policy = Policy::new([a().allow_credentials().allow_headers(["*"])]).unwrap();
    let request = preflight(A, "PUT")
        .header("Access-Control-Request-Headers", "x-a, x-b")
        .header("Access-Control-Request-Headers", "x-c");
    let decision = policy.evaluate(&request);
    applied(
        &decision,
        &[
            ("Access-Control-Allow-Headers", "y"),
            ("access-control-allow-headers", "z"),
        ],
        &[
            ("access-control-allow-origin", A),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-headers", "x-a, x-b"),
            ("access-control-allow-headers", "x-c"),
            (
                "vary",
                "origin,access-control-request-method,access-control-request-headers",
            ),
        ],
    );
}

// ---------------------------------------------------------------- Vary

#[track_caller]
fn varies(request: &RequestHeaders<'_>, before: &[&str], after: &[&str]) {
    let policy = dynamic(a());
    let before: Vec<_> = before.iter().map(|value| ("vary", *value)).collect();
    let after: Vec<_> = after.iter().map(|value| ("vary", *value)).collect();
    applied(&policy.evaluate(request), &before, &after);
}

#[test]
fn vary_is_merged() {
    let denied = from("null");
    // before                                       after
    varies(&denied, &[], &["origin"]);
    varies(
        &denied,
        &["Accept-Encoding"],
        &["Accept-Encoding", "origin"],
    );
    varies(&denied, &["x", "y"], &["x", "y", "origin"]);
    varies(&denied, &[""], &["", "origin"]);
    varies(&denied, &[",, ,x,"], &[",, ,x,", "origin"]);
    // a member that is there is not repeated, in any case and place
    varies(&denied, &["origin"], &["origin"]);
    varies(&denied, &["Origin"], &["Origin"]);
    varies(&denied, &["x,\tORIGIN ,y"], &["x,\tORIGIN ,y"]);
    varies(&denied, &["x", "Origin"], &["x", "Origin"]);
    varies(
        &denied,
        &["origins,x-origin"],
        &["origins,x-origin", "origin"],
    );
    // `*` is all of them
    varies(&denied, &["*"], &["*"]);
    varies(&denied, &["x, *"], &["x, *"]);
    varies(&denied, &["x*"], &["x*", "origin"]);
}

#[test]
fn only_missing_vary_names_are_appended() {
    let denied = preflight("null", "PUT");
    varies(&denied, &[], &["origin,access-control-request-method"]);
    varies(
        &denied,
        &["Origin"],
        &["Origin", "access-control-request-method"],
    );
    let method = "Access-Control-Request-Method";
    varies(&denied, &[method], &[method, "origin"]);
    varies(&denied, &[method, "Origin"], &[method, "Origin"]);
}

#[test]
fn header_values_that_are_not_utf8_are_kept() {
    let decision_of = dynamic(a());
    let decision = decision_of.evaluate(&from("null"));
    let mut pairs = vec![("vary".to_owned(), b"x\xff,\x80".to_vec())];
    decision.apply(&mut pairs);
    assert_eq!(pairs[0].1, b"x\xff,\x80");
    assert_eq!(pairs[1], ("vary".to_owned(), b"origin".to_vec()));

    let mut map = http::HeaderMap::new();
    let value = http::HeaderValue::from_bytes(b"x\xff, Origin").unwrap();
    map.insert("vary", value.clone());
    map.insert("x-other", http::HeaderValue::from_bytes(b"\xff").unwrap());
    decision.apply(&mut map);
    assert_eq!(map.get_all("vary").iter().collect::<Vec<_>>(), [&value]);
    assert_eq!(map["x-other"].as_bytes(), b"\xff");
}

// ---------------------------------------------------------------- kept decisions, own sections

#[test]
fn owned_decision_equals_decision() {
    let policy = dynamic(a().allow_headers(["x"]));
    let odd = preflight(A, "PUT").header("Access-Control-Request-Headers", "x, y");
    for request in [from(A), from("null"), get(), preflight(A, "PUT"), odd] {
        let decision = policy.evaluate(&request);
        let kept = decision.to_owned();
        assert_eq!(kept.kind(), decision.kind());
        assert_eq!(kept.outcome(), decision.outcome());
        assert_eq!(kept.denial(), decision.denial());
        assert_eq!(kept.denied_header(), decision.denied_header());
        assert_eq!(kept.status(), decision.status());
        assert!(kept.changes().eq(decision.changes()));
    }
}

#[test]
fn custom_headers() {
    #[derive(Default)]
    struct Log(Vec<String>);
    impl Headers for Log {
        fn get_all(&self, _: &str, _: &mut dyn FnMut(&[u8])) {}
        fn append(&mut self, name: &'static str, value: &str) -> bool {
            self.0.push(format!("+{name}: {value}"));
            true
        }
        fn remove(&mut self, name: &'static str) {
            self.0.push(format!("-{name}"));
        }
    }
    let mut log = Log::default();
    let policy = Policy::new([a()]).unwrap();
    let decision = policy.evaluate(&from(A));
    decision.apply(&mut log);
    let set = HeaderChange::Set {
        name: "access-control-allow-origin",
        value: A,
    };
    assert_eq!(decision.changes().next(), Some(set));
    assert_eq!(
        log.0,
        [
            "-access-control-allow-credentials",
            "-access-control-allow-methods",
            "-access-control-allow-headers",
            "-access-control-expose-headers",
            "-access-control-max-age",
            "-access-control-allow-origin",
            "+access-control-allow-origin: https://a.example",
        ]
    );
}

// ---------------------------------------------------------------- order, and responses without room

#[test]
fn headers_are_applied_in_order_and_the_grant_last() {
    let policy = policy([
        a().allow_credentials().timing_allow_origin(),
        Rule::allow_origins(["https://b.example"]).expose_headers(["x-b"]),
    ]);
    let names = |origin| {
        let mut response = vec![
            ("Access-Control-Max-Age".to_owned(), "1".to_owned()),
            ("Server".to_owned(), "s".to_owned()),
        ];
        policy.evaluate(&from(origin)).apply(&mut response);
        let names = response.into_iter().map(|(name, _)| name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        names(A),
        [
            "Server",
            "vary",
            "access-control-expose-headers", // empty
            "access-control-allow-credentials",
            "timing-allow-origin",
            "access-control-allow-origin",
        ]
    );
    assert_eq!(
        names("https://b.example"),
        [
            "Server",
            "vary",
            "access-control-allow-credentials", // false
            "timing-allow-origin",              // empty
            "access-control-expose-headers",
            "access-control-allow-origin",
        ]
    );
}

/// A response with room for so many lines.
struct Bounded {
    lines: Vec<(String, String)>,
    room: usize,
}

impl Headers for Bounded {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        self.lines.get_all(name, visit);
    }
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        self.lines.len() < self.room && Headers::append(&mut self.lines, name, value)
    }
    fn remove(&mut self, name: &'static str) {
        Headers::remove(&mut self.lines, name);
    }
}

#[test]
fn response_without_room_gets_no_grant() {
    let policy = policy([
        a().allow_credentials(),
        Rule::allow_origins(["https://b.example"]).expose_headers(["x-b"]),
    ]);
    let decision = policy.evaluate(&from(A));
    for before in [
        &[][..],
        &[("Access-Control-Allow-Origin", "*")],
        &[("Access-Control-Allow-Origin", "*"), ("Vary", "Origin")],
        &[("Vary", "*")],
    ] {
        let mut whole = texts(before);
        decision.apply(&mut whole);
        for room in before.len()..=whole.len() {
            let mut bounded = Bounded {
                lines: texts(before),
                room,
            };
            decision.apply(&mut bounded);
            let granted = bounded
                .lines
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("access-control-allow-origin"));
            assert_eq!(granted, room == whole.len(), "{before:?} {room}");
            let mut kept = Bounded {
                lines: texts(before),
                room,
            };
            decision.apply_merging_exposed(200, &mut kept);
            assert_eq!(by_name(kept.lines), by_name(bounded.lines));
        }
    }
}

#[test]
fn full_header_map_gets_no_grant() {
    let fill = |map: &mut http::HeaderMap| {
        for number in 0.. {
            let name = http::HeaderName::try_from(format!("x-{number}")).unwrap();
            if map
                .try_append(name, http::HeaderValue::from_static("x"))
                .is_err()
            {
                break;
            }
        }
    };
    let policy = dynamic(a());
    let decision = policy.evaluate(&from(A));
    let mut full = http::HeaderMap::new();
    fill(&mut full);
    decision.apply(&mut full);
    assert!(!full.contains_key("access-control-allow-origin"));
    assert!(!full.contains_key("vary"));

    // What the application set does not stay either.
    let mut full = map(&[("Access-Control-Allow-Origin", "https://evil.example")]);
    fill(&mut full);
    decision.apply(&mut full);
    assert!(!full.contains_key("access-control-allow-origin"));

    let mut full = map(&[
        ("Access-Control-Allow-Origin", "https://evil.example"),
        ("Vary", "accept, ORIGIN"),
    ]);
    fill(&mut full);
    decision.apply(&mut full);
    assert_eq!(full["access-control-allow-origin"], A);
}

#[test]
fn many_vary_names_are_merged_in_linear_time() {
    let names: Vec<_> = (0..20_000).map(|number| format!("x-{number}")).collect();
    let names = names.join(",");
    let policy = policy([Rule::ask()]);
    let request = from(A);
    let verdict = policy.lookup(&request).unwrap().verdict(true);
    let verdict = verdict.depending_on(&names).unwrap();
    let decision = policy.evaluate_with(&request, verdict);
    let mut lines = vec![("Vary".to_owned(), names.to_uppercase())];
    decision.apply(&mut lines);
    let vary = |lines: &[(String, String)]| {
        let lines = lines
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("vary"));
        lines.map(|(_, value)| value.len()).sum::<usize>()
    };
    assert_eq!(vary(&lines), names.len() + "origin".len());
}

#[test]
fn owned_decision_accessors() {
    let policy = policy([
        a().allow_credentials(),
        Rule::allow_origins(["https://*.b.example"]).expose_headers(["x-a"]),
        Rule::allow_origins(["https://c.example"]),
    ]);
    for request in [
        get(),
        from(A),
        from("https://x.b.example"),
        from("https://c.example"),
        from("null"),
        preflight(A, "PUT"),
        preflight("null", "PUT"),
        preflight(A, "GET").header("Access-Control-Request-Headers", "x-a"),
    ] {
        let decision = policy.evaluate(&request);
        let kept = decision.to_owned();
        assert_eq!(kept.kind(), decision.kind());
        assert_eq!(kept.outcome(), decision.outcome());
        assert_eq!(kept.denial(), decision.denial());
        assert_eq!(kept.denied_header(), decision.denied_header());
        assert_eq!(kept.status(), decision.status());
        assert_eq!(kept.rule_index(), decision.rule_index());
        assert_eq!(kept.pattern(), decision.pattern());
        assert_eq!(kept.capture(), decision.capture());
        assert_eq!(kept.allows_credentials(), decision.allows_credentials());
        assert!(kept.headers().eq(decision.headers()));
        assert!(kept.removed().eq(decision.removed()));
        assert!(kept.changes().eq(decision.changes()));
    }
}
