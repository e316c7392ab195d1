//! Sets of patterns: which pattern matches an origin, and its capture.

use cross_origin::{OriginPattern, OriginRef, OriginSet};

use crate::support::pattern;

#[track_caller]
fn set(patterns: &[&str]) -> OriginSet {
    patterns.iter().map(|text| pattern(text)).collect()
}

/// The pattern found and its capture, which do not depend on the order of the patterns.
#[track_caller]
fn found<'o>(patterns: &[&str], origin: &'o str) -> Option<(String, Option<&'o str>)> {
    let read = OriginRef::from_header(origin.as_bytes()).unwrap();
    let forward = set(patterns);
    let backward: OriginSet = patterns.iter().rev().map(|text| pattern(text)).collect();
    assert_eq!(forward.find(read), backward.find(read), "{origin}");
    let found = forward.find(read);
    assert_eq!(forward.matches(read), found.is_some(), "{origin}");
    found.map(|found| (found.pattern().to_owned(), found.capture()))
}

/// An origin, and the pattern that is found for it with its capture.
type Row<'a> = (&'a str, Option<(&'a str, Option<&'a str>)>);

#[track_caller]
fn finds(patterns: &[&str], table: &[Row<'_>]) {
    for &(origin, expected) in table {
        let found = found(patterns, origin);
        let found = found.as_ref().map(|(text, capture)| (&**text, *capture));
        assert_eq!(found, expected, "{origin}");
    }
}

/// Texts that look as they are kept are not read like others, and must be refused or taken all the same.
#[test]
fn set_parses_what_a_pattern_parses() {
    for text in [
        "https://pr-*.example.com",
        "https://*-pr.example.com.",
        "https://pr-*-web.example.com:8443",
        "https://pr_*.example.com",
        "https://PR-*.example.com",
        "https://pr-*.example.com:443",
        "https://pr-*.com",
        "https://pr-*.com.",
        "https://pr-*.com:8443",
        "https://pr-*",
        "https://pr-*.",
        "https://pr-*-*.example.com",
        "https://pr-**.example.com",
        "https://pr-*.*.example.com",
        "https://pr-*.127.0.0.1",
        "https://pr~*.example.com",
        "https://pr-*~.example.com",
        "https://xn--*.example.com",
        "https://xn--a*.example.com",
        "https://a-xn--*.example.com",
        "https://*xn--.example.com",
        "https://pr-*.xn--bcher-kva.example",
        "https://pr-*.xn--a.example",
        "app://pr-*.example.com",
        "*://pr-*.example.com",
        "https*://pr.example.com",
        "https://*",
        "https://*.",
        "https://*.com",
        "https://*.*.example.com",
        "*",
    ] {
        let read = text.parse::<OriginPattern>();
        let expected = read.map(|pattern| [pattern].into_iter().collect::<OriginSet>());
        assert_eq!(OriginSet::parse([text]), expected, "{text}");
    }
}

#[test]
fn most_specific_pattern_is_found() {
    let patterns = [
        "*",
        "null",
        "https://*.com",
        "https://*.example.com",
        "https://*.eu.example.com",
        "https://a*.example.com",
        "https://app-*.example.com",
        "https://*-team.example.com",
        "https://app-*-team.example.com",
        "https://app-1.example.com",
    ];
    #[rustfmt::skip]
    finds(&patterns, &[
        // a whole host before everything
        ("https://app-1.example.com",        Some(("https://app-1.example.com", None))),
        // longer literals in the label first, whatever side they are on
        ("https://app-2.example.com",        Some(("https://app-*.example.com", Some("2")))),
        ("https://app-1-team.example.com",   Some(("https://app-*-team.example.com", Some("1")))),
        ("https://apx-1-team.example.com",   Some(("https://*-team.example.com", Some("apx-1")))),
        ("https://apx.example.com",          Some(("https://a*.example.com", Some("px")))),
        // inside a label before `*.`
        ("https://b.example.com",            Some(("https://*.example.com", Some("b")))),
        ("https://app-.example.com",         Some(("https://a*.example.com", Some("pp-")))),
        // `*.` of the longest domain
        ("https://app-1.eu.example.com",     Some(("https://*.eu.example.com", Some("app-1")))),
        ("https://x.app-1.eu.example.com",   Some(("https://*.eu.example.com", Some("x.app-1")))),
        ("https://eu.example.com",           Some(("https://*.example.com", Some("eu")))),
        ("https://x.app-1.example.com",      Some(("https://*.example.com", Some("x.app-1")))),
        ("https://example.com",              Some(("https://*.com", Some("example")))),
        ("https://evilexample.com",          Some(("https://*.com", Some("evilexample")))),
        // the rest is for `*`
        ("https://com",                      Some(("*", None))),
        ("https://app-1.example.com:8443",   Some(("*", None))),
        ("http://app-1.example.com",         Some(("*", None))),
        ("app://app-1.example.com",          Some(("*", None))),
        ("null",                             Some(("null", None))),
    ]);
}

#[test]
fn in_label_patterns_of_equal_length() {
    // the longer text before the `*` first, so that it does not depend on the order
    let patterns = [
        "https://ab*.example.com",
        "https://a*b.example.com",
        "https://*ab.example.com",
    ];
    let origin = "https://abxab.example.com";
    finds(
        &patterns,
        &[(origin, Some(("https://ab*.example.com", Some("xab"))))],
    );
    finds(
        &patterns[1..],
        &[(origin, Some(("https://a*b.example.com", Some("bxa"))))],
    );
}

#[test]
fn port_must_match() {
    let patterns = [
        "https://a.example.com:8443",
        "https://a.example.com:{8000-8999}",
        "https://app-*.example.com:{3000,5173}",
        "https://*.example.com",
        "https://*.com:*",
    ];
    #[rustfmt::skip]
    finds(&patterns, &[
        // one host, several ports: fewer ports first
        ("https://a.example.com:8443",     Some(("https://a.example.com:8443", None))),
        ("https://a.example.com:8444",     Some(("https://a.example.com:{8000-8999}", None))),
        // a less specific host where the more specific one has another port
        ("https://a.example.com",          Some(("https://*.example.com", Some("a")))),
        ("https://a.example.com:3000",     Some(("https://*.com:*", Some("a.example")))),
        ("https://app-1.example.com:3000", Some(("https://app-*.example.com:{3000,5173}", Some("1")))),
        ("https://app-1.example.com",      Some(("https://*.example.com", Some("app-1")))),
        ("https://app-1.example.com:1",    Some(("https://*.com:*", Some("app-1.example")))),
        ("http://a.example.com:8443",      None),
    ]);
}

#[test]
fn non_special_schemes() {
    let patterns = [
        "app://*",
        "app://*:*",
        "app://main",
        "app://",
        "tauri://*:80",
        "https://a.b.c",
    ];
    #[rustfmt::skip]
    finds(&patterns, &[
        ("app://main",       Some(("app://main", None))),
        ("app://Main",       Some(("app://*", Some("Main")))),
        ("app://main:80",    Some(("app://*:*", Some("main")))),
        ("app://[::1]:80",   Some(("app://*:*", Some("[::1]")))),
        ("app://",           Some(("app://", None))),
        ("tauri://x:80",     Some(("tauri://*:80", Some("x")))),
        ("tauri://x",        None),
        ("other://main",     None),
        ("null",             None),
    ]);
    finds(&["app://*"], &[("app://", None)]);
}

#[test]
fn tie_between_patterns_with_as_many_ports() {
    // the lesser text first, so that it does not depend on the order
    let patterns = [
        "https://a.example:{443,9000}",
        "https://a.example:{443,8000}",
    ];
    let first = "https://a.example:{443,8000}";
    finds(&patterns, &[("https://a.example", Some((first, None)))]);
}

/// What joined two patterns into one in a radix tree, elsewhere.
#[test]
fn adjacent_patterns_are_kept_apart() {
    let exact = ["https://foo.com", "https://bar.com", "https://foo.com:8080"];
    finds(
        &exact,
        &[
            ("https://barfoo.com", None),
            ("https://foobar.com", None),
            ("https://foo.bar.com", None),
            ("https://bar.com:8080", None),
            ("https://foo.com:8080", Some(("https://foo.com:8080", None))),
        ],
    );
    let wild = [
        "https://*.foo.com",
        "https://*.barfoo.com:8080",
        "http://*.bar.com",
    ];
    finds(
        &wild,
        &[
            ("https://a.barfoo.com", None),
            ("https://barfoo.com", None),
            ("https://a.foo.com:8080", None),
            ("https://a.bar.com", None),
            ("http://a.foo.com", None),
        ],
    );
}

#[test]
fn empty_set_matches_nothing() {
    let set = OriginSet::default();
    assert!(set.is_empty());
    assert_eq!(set, self::set(&[]));
    for origin in ["null", "https://example.com", "app://"] {
        let origin = OriginRef::from_header(origin.as_bytes()).unwrap();
        assert!(!set.matches(origin), "{origin}");
    }
    assert!(!set.covers(&pattern("https://example.com")));
}

#[test]
fn set_keeps_order_and_drops_duplicates() {
    let set = set(&[
        "https://b.example",
        "https://a.example:{443}",
        "*",
        "https://b.example:443",
        "https://a.example",
        "http://b.example",
    ]);
    let kept: Vec<_> = set.patterns().collect();
    assert_eq!(
        kept,
        [
            "https://b.example",
            "https://a.example",
            "*",
            "http://b.example"
        ]
    );
    assert_eq!(set.len(), 4);

    assert!(!set.is_empty());
    assert_eq!(set, self::set(&kept));
    let other: Vec<_> = kept.into_iter().rev().collect();
    assert_ne!(set, self::set(&other));
}

#[test]
fn set_covers_what_one_of_its_patterns_covers() {
    let set = set(&[
        "null",
        "https://one.example:{80-90}",
        "https://app-*.example.com:*",
        "https://*.eu.example.com",
        "chrome-extension://*",
        "app://",
    ]);
    #[rustfmt::skip]
    let table = [
        ("null",                                  true),
        ("*",                                     false),
        ("https://one.example:85",                true),
        ("https://one.example:{80-82,90}",        true),
        ("https://one.example:{80-91}",           false),
        ("https://one.example:*",                 false),
        ("https://app-1.example.com:{1,2}",       true),
        ("https://app-a*z.example.com",           true),
        ("https://app*.example.com",              false),
        ("https://*.eu.example.com",              true),
        ("https://*.a.eu.example.com",            true),
        ("https://x-*.eu.example.com",            true),
        ("https://x-*.a.eu.example.com",          true),
        ("https://a.b.eu.example.com",            true),
        ("https://*.eu.example.com:8443",         false),
        ("https://eu.example.com",                false),
        ("https://*.example.com",                 false),
        ("https://*.aeu.example.com",             false),
        ("http://*.eu.example.com",               false),
        ("chrome-extension://abc",                true),
        ("chrome-extension://*",                  true),
        ("chrome-extension://*:*",                false),
        ("chrome-extension://",                   false),
        ("app://",                                true),
        ("app://x",                               false),
    ];
    for (text, covered) in table {
        let pattern = pattern(text);
        assert_eq!(set.covers(&pattern), covered, "{text}");
        let any = set
            .patterns()
            .any(|one| self::pattern(one).covers(&pattern));
        assert_eq!(any, covered, "one of them: {text}");
    }
    assert!(self::set(&["https://a.example", "*"]).covers(&pattern("*")));
}

#[test]
fn every_port_of_one_host() {
    let texts = (1..=u16::MAX).map(|port| format!("https://a.example:{port}"));
    let set: OriginSet = texts.map(|text| text.parse().unwrap()).collect();
    let found = |text: &str| {
        let found = set.find(OriginRef::from_header(text.as_bytes()).unwrap());
        found.map(|found| found.pattern().to_owned())
    };
    for text in [
        "https://a.example",
        "https://a.example:1",
        "https://a.example:65535",
    ] {
        assert_eq!(found(text).as_deref(), Some(text));
    }
    assert_eq!(found("https://b.example:1"), None);
}

#[test]
fn pattern_with_fewer_ports_is_found_first() {
    let patterns = [
        "https://a.example:*",
        "https://a.example:{1-9}",
        "https://a.example:{1-3}",
    ];
    let at = |origin| found(&patterns, origin).map(|(pattern, _)| pattern);
    assert_eq!(
        at("https://a.example:2").as_deref(),
        Some("https://a.example:{1-3}")
    );
    assert_eq!(
        at("https://a.example:5").as_deref(),
        Some("https://a.example:{1-9}")
    );
    assert_eq!(
        at("https://a.example:10").as_deref(),
        Some("https://a.example:*")
    );
}

/// RFC 1035, 2.3.4: no name in DNS has a longer label.
#[test]
fn star_inside_a_label_matches_labels_of_at_most_63_bytes() {
    for (prefix_len, suffix_len) in [(0, 1), (1, 0), (31, 31), (62, 0), (0, 62)] {
        let (prefix, suffix) = ("a".repeat(prefix_len), "b".repeat(suffix_len));
        let pattern = format!("https://{prefix}*{suffix}.example.com:8443");
        let ports = format!("https://{prefix}*{suffix}.example.com:{{1,3}}");
        let others: Vec<_> = (1..10).map(other_length).collect();
        let others: Vec<_> = others.iter().map(String::as_str).collect();
        for others in [&[], &*others] {
            let set = set(&[&[&*pattern, &*ports], others].concat());
            let capture = |len: usize, port: u16| {
                let capture = "c".repeat(len);
                let text = format!("https://{prefix}{capture}{suffix}.example.com:{port}");
                let origin = OriginRef::from_header(text.as_bytes()).unwrap();
                let found = set.find(origin)?;
                assert_eq!(found.capture(), Some(&*capture));
                Some(found.pattern().to_owned())
            };
            let longest = 63 - prefix_len - suffix_len;
            for len in [1, longest] {
                assert_eq!(capture(len, 8443).as_ref(), Some(&pattern));
                assert_eq!(capture(len, 1).as_ref(), Some(&ports));
            }
            for len in [0, longest + 1, 100] {
                assert_eq!(
                    capture(len, 8443),
                    None,
                    "{prefix_len}, {suffix_len}, {len}"
                );
            }
        }
    }
    let full = format!("https://{}*.example.com", "a".repeat(63));
    assert!(full.parse::<OriginPattern>().is_err());
}

/// One of the patterns of which a set has so many that it does not try all their lengths.
fn other_length(len: usize) -> String {
    format!("https://{}*x.example.com", "x".repeat(len))
}

#[test]
fn in_label_wildcard_does_not_match_punycode() {
    let others: Vec<_> = (1..10).map(other_length).collect();
    let others: Vec<_> = others.iter().map(String::as_str).collect();
    for others in [&[], &*others] {
        for pattern in ["https://*b.example.com", "https://x*.example.com"] {
            let patterns = [&[pattern], others].concat();
            assert_eq!(found(&patterns, "https://xn--b.example.com"), None);
            assert!(found(&patterns, "https://xn-1-b.example.com").is_some());
        }
    }
}

#[test]
fn nested_wildcards_of_many_lengths() {
    let in_label = (0..7).flat_map(|before| (0..7).map(move |after| (before, after)));
    let in_label = in_label.filter(|&lengths| lengths != (0, 0));
    let in_label = in_label.map(|(before, after)| {
        let (before, after) = ("a".repeat(before), "b".repeat(after));
        format!("https://{before}*{after}.eu.example.com")
    });
    let below = (0..12).map(|depth| format!("https://*.{}example.com", "eu.".repeat(depth)));
    let patterns: Vec<_> = in_label.chain(below).collect();
    let patterns: Vec<_> = patterns.iter().map(String::as_str).collect();
    for (origin, pattern, capture) in [
        // the most around the star, and of that the most before it
        (
            "https://aaa1bb.eu.example.com",
            "https://aaa*bb.eu.example.com",
            "1",
        ),
        (
            "https://aaabb.eu.example.com",
            "https://aaa*b.eu.example.com",
            "b",
        ),
        (
            "https://ab.eu.example.com",
            "https://a*.eu.example.com",
            "b",
        ),
        ("https://b.eu.example.com", "https://*.eu.example.com", "b"),
        (
            "https://1bbbbbbbb.eu.example.com",
            "https://*bbbbbb.eu.example.com",
            "1bb",
        ),
        // `_` can be a literal, and no star matches it
        (
            "https://a_1.eu.example.com",
            "https://*.eu.example.com",
            "a_1",
        ),
        (
            "https://xn--b.eu.example.com",
            "https://*.eu.example.com",
            "xn--b",
        ),
        // a longer base before a shorter one
        (
            "https://a.eu.eu.example.com",
            "https://*.eu.eu.example.com",
            "a",
        ),
        (
            "https://a.us.eu.example.com",
            "https://*.eu.example.com",
            "a.us",
        ),
        (
            "https://eu.us.example.com",
            "https://*.example.com",
            "eu.us",
        ),
    ] {
        let found = found(&patterns, origin);
        assert_eq!(found, Some((pattern.to_owned(), Some(capture))), "{origin}");
    }
    assert_eq!(found(&patterns, "http://aaa1bb.eu.example.com"), None);
    assert_eq!(found(&patterns, "https://aaa1bb.eu.example.org"), None);
    assert_eq!(found(&patterns, "https://a.eu.example.com:8443"), None);
}
