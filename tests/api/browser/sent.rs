//! What a page can send, whether it needs a preflight, and what that one asks.

use cross_origin::browser::{Fetch, InvalidFetch};
use cross_origin::{OriginRef, RequestHeaders, RequestKind};

use super::{Lines, PAGE, fetch, value};

#[test]
fn method_normalization_and_forbidden_methods() {
    for (method, sent) in [
        ("get", "GET"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("Options", "OPTIONS"),
        ("patch", "patch"),
        ("PATCH", "PATCH"),
        ("Chicken", "Chicken"),
    ] {
        assert_eq!(fetch(PAGE, method, &[]).method(), sent);
    }
    for method in ["CONNECT", "trace", "Track"] {
        let found = method.into();
        assert_eq!(
            Fetch::new(OriginRef::OPAQUE, method),
            Err(InvalidFetch::ForbiddenMethod { found })
        );
    }
    for method in ["", "P UT", "PÜT"] {
        let found = method.into();
        assert_eq!(
            Fetch::new(OriginRef::OPAQUE, method),
            Err(InvalidFetch::Method { found })
        );
    }
}

#[test]
fn forbidden_and_malformed_headers() {
    let dropped = fetch(
        PAGE,
        "GET",
        &[
            ("Cookie", "a=1"),
            ("Origin", "https://evil.example"),
            ("Host", "evil.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Proxy-Authorization", "x"),
            ("Sec-Fetch-Site", "none"),
            ("X-HTTP-Method-Override", "TRACE"),
        ],
    );
    assert_eq!(dropped.headers(), []);
    assert!(!dropped.needs_preflight());

    let plain = || fetch(PAGE, "GET", &[]);
    assert!(matches!(
        plain().header("X A", "1"),
        Err(InvalidFetch::HeaderName { .. })
    ));
    for value in ["a\r\nb", "a\0"] {
        assert_eq!(
            plain().header("X-A", value).unwrap_err().to_string(),
            "the value of `X-A` has a NUL, a line feed or a carriage return"
        );
    }
    let trimmed = plain().header("X-A", " \t1\r\n").unwrap();
    assert_eq!(trimmed.headers(), [("x-a".into(), b"1".into())]);
}

#[test]
fn unsafelisted_requests_need_a_preflight() {
    let long = "a".repeat(129);
    let table: &[(&str, Lines, bool)] = &[
        ("GET", &[], false),
        ("HEAD", &[], false),
        ("POST", &[("Content-Type", "text/plain")], false),
        ("POST", &[("Content-Type", "application/json")], true),
        ("PUT", &[], true),
        ("OPTIONS", &[], true),
        ("patch", &[], true),
        ("GET", &[("X-A", "")], true),
        ("GET", &[("Authorization", "x")], true),
        ("GET", &[("Range", "bytes=0-9")], false),
        ("GET", &[("Range", "bytes=-9")], true),
        ("GET", &[("Accept", &long[..128])], false),
        ("GET", &[("Accept", &long)], true),
        ("GET", &[("DPR", "1")], true),        // safe-dpr
        ("GET", &[("Save-Data", "on")], true), // safe-save-data
        ("GET", &[("User-Agent", "x")], true), // safe-user-agent
        // acrh-dup-ct-same
        (
            "POST",
            &[
                ("Content-Type", "text/plain"),
                ("Content-Type", "text/plain"),
            ],
            false,
        ),
        // acrh-dup-accept
        (
            "GET",
            &[("Accept", &long[..64]), ("Accept", &long[..64])],
            false,
        ),
        (
            "GET",
            &[("Access-Control-Request-Private-Network", "true")],
            true,
        ),
    ];
    for (method, headers, needed) in table {
        let fetch = fetch(PAGE, method, headers);
        assert_eq!(fetch.needs_preflight(), *needed, "{method} {headers:?}");
    }
    assert!(
        fetch(PAGE, "POST", &[])
            .use_cors_preflight()
            .needs_preflight()
    );
}

#[test]
fn requested_names_are_lower_case_sorted_and_unique() {
    let many: Vec<_> = (0..100).map(|n| format!("X-Header-{n:03}")).collect();
    let many: Vec<_> = many.iter().rev().map(|name| (name.as_str(), "1")).collect();
    let table: &[(Lines, Option<&str>)] = &[
        // acrh-order
        (
            &[
                ("Z-Last", "1"),
                ("a-first", "2"),
                ("X-Mid", "3"),
                ("Content-Type", "application/json"),
                ("Authorization", "x"),
                ("x-mid2", "4"),
            ],
            Some("a-first,authorization,content-type,x-mid,x-mid2,z-last"),
        ),
        // acrh-dup, as the standard has it
        (
            &[("X-Dup", "1"), ("x-dup", "2"), ("X-DUP", "3")],
            Some("x-dup"),
        ),
        // acrh-dup-ct-json-plain
        (
            &[
                ("Content-Type", "application/json"),
                ("Content-Type", "text/plain"),
            ],
            Some("content-type"),
        ),
        // acrh-odd
        (
            &[
                ("X~", "1"),
                ("X|", "1"),
                ("x_a", "1"),
                ("_", "1"),
                ("9", "1"),
                ("X!", "1"),
            ],
            Some("9,_,x!,x_a,x|,x~"),
        ),
        // acrh-mixed-safe
        (
            &[
                ("Accept", "*/*"),
                ("Accept-Language", "de"),
                ("Content-Language", "de"),
                ("Range", "bytes=0-"),
                ("Content-Type", "text/plain"),
                ("X-A", "1"),
            ],
            Some("x-a"),
        ),
        (&[], None),                               // acrh-none
        (&[("Content-Type", "text/plain")], None), // acrh-body
        (&[("X-A", "")], Some("x-a")),             // acrh-empty-value
    ];
    for (headers, asked) in table {
        let preflight = fetch(PAGE, "PUT", headers).preflight();
        assert_eq!(
            value(preflight.header_list(), "access-control-request-headers"),
            *asked
        );
    }
    // acrh-many
    let preflight = fetch(PAGE, "PUT", &many).preflight();
    let asked = value(preflight.header_list(), "access-control-request-headers").unwrap();
    assert_eq!(asked.len(), 1299);
    assert!(asked.starts_with("x-header-000,x-header-001,"));
}

#[test]
fn safelisted_values_above_1024_bytes_are_unsafe() {
    let value = "a".repeat(128);
    let eight = vec![("Accept", value.as_str()); 8];
    assert!(!fetch(PAGE, "GET", &eight).needs_preflight());
    let more = [&eight[..], &[("Content-Language", "d"), ("X-A", "1")]].concat();
    let asked = fetch(PAGE, "GET", &more);
    let asked: Vec<_> = asked.unsafe_header_names().collect();
    assert_eq!(asked, ["accept", "content-language", "x-a"]);
}

#[test]
fn browser_request_as_request_headers() {
    let fetch = fetch(
        "http://localhost:3000",
        "delete",
        &[("X-B", "1"), ("X-A", "2")],
    );
    let preflight = fetch.preflight();
    assert_eq!(
        preflight.request_headers(),
        RequestHeaders::new("OPTIONS")
            .header("Origin", "http://localhost:3000")
            .header("Access-Control-Request-Method", "DELETE")
            .header("Access-Control-Request-Headers", "x-a,x-b")
    );
    assert_eq!(preflight.request_headers().kind(), RequestKind::Preflight);
    let request = fetch.request();
    assert_eq!(request.method(), "DELETE");
    assert_eq!(request.request_headers().kind(), RequestKind::Actual);
    assert_eq!(value(request.header_list(), "x-b"), Some("1"));
}
