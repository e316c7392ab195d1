//! What one fetch leaves behind for the next.

use std::time::Duration;

use cross_origin::browser::Credentials::Include;
use cross_origin::browser::{Fetch, HttpCache, PreflightCache, Request, Response};

use super::{Lines, PAGE, URL, allow_origin, fetch, response, value};

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The cache after one preflight of `fetch` at 0 s, answered with these lines and what lets it pass.
fn cached(fetch: &Fetch, lines: Lines) -> PreflightCache {
    let answer = allow_origin(&[fetch.origin().as_str()])
        .header("Access-Control-Allow-Credentials", "true")
        .headers(lines);
    let mut cache = PreflightCache::new();
    cache.store(
        fetch,
        URL,
        secs(0),
        &fetch.preflight_check(&answer).unwrap(),
    );
    cache
}

#[test]
fn missing_or_invalid_max_age_is_five_seconds() {
    let table: &[(&[&str], u64)] = &[
        (&[], 5),
        (&[""], 5),
        (&["0"], 0),
        (&["600"], 600),
        (&["0010"], 10),
        (&["-1"], 5),   // acma--1
        (&["-600"], 5), // acma-negative-late
        (&["abc"], 5),  // acma-abc
        (&["5.5"], 5),  // acma-5.5
        (&["+600"], 5), // acma-plus
        (&["600x"], 5),
        (&["600, 600"], 5),
        (&["0x10"], 5),
        (&["0", "600"], 5),                  // acma-lines-0
        (&["9223372036854775808"], 1 << 63), // acma-2e63
    ];
    let put = fetch(PAGE, "PUT", &[]);
    for (values, max_age) in table {
        let lines: Vec<_> = values
            .iter()
            .map(|value| ("Access-Control-Max-Age", *value))
            .collect();
        let lines = [&lines[..], &[("Access-Control-Allow-Methods", "PUT")]].concat();
        let cache = cached(&put, &lines);
        let end = secs(*max_age);
        assert!(cache.needs_preflight(&put, URL, end), "{values:?}");
        if let Some(before) = end.checked_sub(Duration::from_millis(1)) {
            assert!(!cache.needs_preflight(&put, URL, before), "{values:?}");
        }
    }
}

#[test]
fn preflight_entry_matches_origin_url_and_listed_names() {
    let put = fetch(PAGE, "PUT", &[("X-A", "1")]);
    let cache = cached(
        &put,
        &[
            ("Access-Control-Allow-Methods", "PUT,DELETE"),
            ("Access-Control-Allow-Headers", "X-a,x-b"),
        ],
    );
    let needs = |fetch: &Fetch, url| cache.needs_preflight(fetch, url, secs(1));
    assert!(!needs(&put, URL));
    assert!(!needs(&fetch(PAGE, "DELETE", &[("x-b", "1")]), URL));
    assert!(!needs(&fetch(PAGE, "GET", &[("X-B", "1")]), URL));
    assert!(needs(&fetch(PAGE, "PATCH", &[]), URL));
    assert!(needs(&fetch(PAGE, "PUT", &[("X-C", "1")]), URL));
    assert!(needs(&fetch("https://other.example", "PUT", &[]), URL));
    assert!(needs(&put, "https://api.example.com/other"));
    assert!(needs(&put.clone().credentials(Include), URL));
    assert!(!needs(&fetch(PAGE, "GET", &[]).credentials(Include), URL));
}

#[test]
fn cached_wildcard_does_not_cover_authorization() {
    // acma-star, acma-star-methods, acma-star-headers
    let put = fetch(PAGE, "PUT", &[("X-A", "1")]);
    let cache = cached(
        &put,
        &[
            ("Access-Control-Allow-Methods", "*"),
            ("Access-Control-Allow-Headers", "*"),
        ],
    );
    assert!(!cache.needs_preflight(&put, URL, secs(1)));
    assert!(!cache.needs_preflight(&fetch(PAGE, "DELETE", &[("X-B", "1")]), URL, secs(1)));
    // cache-star-auth
    assert!(cache.needs_preflight(&fetch(PAGE, "GET", &[("Authorization", "x")]), URL, secs(1)));
}

#[test]
fn entry_with_credentials_serves_requests_without() {
    let lines = [("Access-Control-Allow-Methods", "PUT")];
    let omit = fetch(PAGE, "PUT", &[]);
    let include = omit.clone().credentials(Include);
    // cache-cred-omit
    assert!(!cached(&include, &lines).needs_preflight(&omit, URL, secs(1)));
    assert!(cached(&omit, &lines).needs_preflight(&include, URL, secs(1)));
}

#[test]
fn preflight_cache_limit_and_opaque_origins() {
    let lines = [
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Max-Age", "86400"),
    ];
    // acma-null
    let opaque = fetch("null", "PUT", &[]);
    let mut cache = cached(&opaque, &lines);
    assert!(!cache.needs_preflight(&opaque, URL, secs(86_399)));
    // acma-actual-fail
    cache.clear(&opaque, URL);
    assert!(cache.needs_preflight(&opaque, URL, secs(1)));

    let answer = allow_origin(&["*"]).headers(&lines);
    let mut cache = PreflightCache::with_limit(secs(7200));
    cache.store(
        &opaque,
        URL,
        secs(100),
        &opaque.preflight_check(&answer).unwrap(),
    );
    assert!(!cache.needs_preflight(&opaque, URL, secs(7299)));
    assert!(cache.needs_preflight(&opaque, URL, secs(7300)));

    // A second answer sets the max-age of the entry that there is.
    let brief = allow_origin(&["*"])
        .header("Access-Control-Allow-Methods", "PUT")
        .header("Access-Control-Max-Age", "0");
    cache.store(
        &opaque,
        URL,
        secs(200),
        &opaque.preflight_check(&brief).unwrap(),
    );
    assert!(cache.needs_preflight(&opaque, URL, secs(200)));
}

#[test]
fn upload_listener_is_cached_by_method() {
    // xhr-post: the answer lists nothing
    let upload = fetch(PAGE, "POST", &[]).use_cors_preflight();
    let cache = cached(&upload, &[]);
    assert!(!cache.needs_preflight(&upload, URL, secs(1)));
    assert!(cache.needs_preflight(&fetch(PAGE, "GET", &[]).use_cors_preflight(), URL, secs(1)));
}

fn get(origin: &str) -> Request {
    fetch(origin, "GET", &[]).request()
}

#[test]
fn stored_response_is_reused_if_vary_matches() {
    let other = "https://other.example";
    let table: &[(Lines, &str, bool)] = &[
        (&[], other, true),
        (&[("Vary", "Accept-Encoding")], other, true),
        (&[("Vary", "Origin")], PAGE, true),
        (&[("Vary", "Origin")], other, false),
        (
            &[("Vary", "Accept-Encoding"), ("Vary", "x, ORIGIN")],
            other,
            false,
        ),
        (&[("Vary", "*")], PAGE, false),
        (&[("Cache-Control", "private, No-Cache")], PAGE, false),
        (&[("Cache-Control", "max-age=0")], PAGE, false),
        (&[("Cache-Control", "max-age=60")], PAGE, true),
        (&[("Cache-Control", "no-store")], PAGE, false),
    ];
    for (lines, origin, reused) in table {
        let mut cache = HttpCache::new();
        let answer = response(200, lines);
        assert_eq!(cache.receive(URL, &get(PAGE), answer.clone()), answer);
        let expected = reused.then_some(&answer);
        assert_eq!(cache.reuse(URL, &get(origin)), expected, "{lines:?}");
        assert_eq!(
            cache.reuse("https://api.example.com/other", &get(origin)),
            None
        );
    }
    // A load without CORS is told apart by `Vary` as well.
    let mut cache = HttpCache::new();
    cache.receive(
        URL,
        &Request::new("GET"),
        response(200, &[("Vary", "Origin")]),
    );
    assert!(cache.reuse(URL, &Request::new("GET")).is_some());
    assert_eq!(cache.reuse(URL, &get(PAGE)), None);
}

#[test]
fn not_modified_replaces_only_the_headers_it_has() {
    let mut cache = HttpCache::new();
    let answer = response(
        200,
        &[
            ("ETag", "\"1\""),
            ("Last-Modified", "Thu, 02 Jul 2026 00:00:00 GMT"),
            ("Content-Length", "5"),
            ("Vary", "Origin"),
            ("Access-Control-Allow-Origin", PAGE),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Expose-Headers", "x-a"),
            ("Access-Control-Expose-Headers", "x-b"),
        ],
    );
    cache.receive(URL, &get(PAGE), answer);
    let other = get("https://other.example");
    let sent = cache.revalidate(URL, &other).unwrap();
    assert_eq!(value(sent.header_list(), "if-none-match"), Some("\"1\""));
    assert_eq!(
        value(sent.header_list(), "if-modified-since"),
        Some("Thu, 02 Jul 2026 00:00:00 GMT")
    );

    let not_modified = response(
        304,
        &[
            ("Connection", "X-Hop"),
            ("X-Hop", "1"),
            ("Content-Length", "0"),
            ("Access-Control-Allow-Origin", "https://other.example"),
            ("Access-Control-Expose-Headers", "x-c"),
        ],
    );
    let seen = cache.receive(URL, &other, not_modified);
    let expected = response(
        200,
        &[
            ("ETag", "\"1\""),
            ("Last-Modified", "Thu, 02 Jul 2026 00:00:00 GMT"),
            ("Content-Length", "5"),
            ("Vary", "Origin"),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Origin", "https://other.example"),
            ("Access-Control-Expose-Headers", "x-c"),
        ],
    );
    assert_eq!(seen, expected);
    // The variant is the second page's from now on.
    assert_eq!(cache.reuse(URL, &other), Some(&expected));
    assert_eq!(cache.reuse(URL, &get(PAGE)), None);
}

#[test]
fn http_cache_ignores_conditional_requests() {
    let mut cache = HttpCache::new();
    let stored = response(200, &[("ETag", "\"1\"")]);
    let own = fetch(PAGE, "GET", &[("If-None-Match", "\"1\"")]).request();
    assert_eq!(cache.revalidate(URL, &get(PAGE)), None);
    // A page that asks with a condition of its own sees the 304.
    cache.receive(URL, &get(PAGE), stored.clone());
    assert_eq!(cache.revalidate(URL, &own), None);
    assert_eq!(
        cache.receive(URL, &own, Response::new(304)),
        Response::new(304)
    );
    // Without anything stored there is nothing to update.
    assert_eq!(
        HttpCache::new()
            .receive(URL, &get(PAGE), Response::new(304))
            .status(),
        304
    );
    // Other methods neither read nor write, but a successful change invalidates.
    let put = fetch(PAGE, "PUT", &[]).request();
    assert_eq!(cache.reuse(URL, &put), None);
    cache.receive(URL, &put, Response::new(403));
    assert_eq!(cache.reuse(URL, &get(PAGE)), Some(&stored));
    cache.receive(URL, &put, Response::new(204));
    assert_eq!(cache.reuse(URL, &get(PAGE)), None);
}

#[test]
fn clearing_an_entry_is_per_origin_and_url() {
    let lines = [("Access-Control-Allow-Methods", "PUT")];
    let answer = allow_origin(&["*"]).headers(&lines);
    let other_url = "https://api.example.com/other";
    let [page, other] = [PAGE, "https://other.example"].map(|origin| fetch(origin, "PUT", &[]));
    let kept = [(&page, other_url), (&other, URL), (&other, other_url)];
    let mut cache = PreflightCache::new();
    for (fetch, url) in kept.into_iter().chain([(&page, URL)]) {
        let grant = fetch.preflight_check(&answer).unwrap();
        cache.store(fetch, url, secs(0), &grant);
    }
    cache.clear(&page, URL);
    assert!(cache.needs_preflight(&page, URL, secs(1)));
    for (fetch, url) in kept {
        assert!(!cache.needs_preflight(fetch, url, secs(1)), "{url}");
    }
}
