//! Origin patterns: what they match and capture, their canonical text, and which covers which.

use cross_origin::{Origin, OriginPattern, OriginRef};

use crate::support::pattern;

/// `None` is no match, `Some("")` a match of a pattern whose host has no `*`.
#[track_caller]
fn finds(text: &str, origin: &str, expected: Option<&str>) {
    let read = OriginRef::from_header(origin.as_bytes());
    let read = read.unwrap_or_else(|error| panic!("{origin}: {error}"));
    let pattern = pattern(text);
    let found = pattern.find(read);
    let capture = found.map(|found| found.capture().unwrap_or_default());
    assert_eq!(capture, expected, "{text} and {origin}");
    assert_eq!(
        pattern.matches(read),
        expected.is_some(),
        "{text} and {origin}"
    );
}

#[test]
#[rustfmt::skip]
fn wildcards_match_and_capture() {
    for (text, origin, capture) in [
        // one origin
        ("https://example.com", "https://example.com", Some("")),
        ("https://example.com", "https://example.com:443", Some("")),
        ("https://example.com", "https://example.com:8443", None),
        ("https://example.com", "http://example.com", None),
        ("https://example.com", "https://example.com.", None),
        ("https://example.com", "https://example.com.evil.com", None),
        ("https://example.com", "https://example.com-example.net", None),
        ("https://example.com", "https://examplexcom", None),
        ("https://example.com", "https://www.example.com", None),
        ("https://example.com", "https://evil-example.com", None),
        ("https://example.com", "null", None),
        ("http://localhost", "http://localhost.evil.com", None),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", Some("")),
        ("http://[::1]", "http://[::1]", Some("")),
        ("http://[::1]", "http://[::1]:81", None),
        // below a domain: one or more labels, not the apex
        ("https://*.example.com", "https://a.example.com", Some("a")),
        ("https://*.example.com", "https://a.b.c.example.com", Some("a.b.c")),
        ("https://*.example.com", "https://a_b.-c-.example.com", Some("a_b.-c-")),
        ("https://*.example.com", "https://xn--bcher-kva.example.com", Some("xn--bcher-kva")),
        ("https://*.example.com", "https://example.com.example.com", Some("example.com")),
        ("https://*.example.com", "https://example.com", None),
        ("https://*.com", "https://example.com", Some("example")),
        ("https://*.localhost:3000", "https://app.localhost:3000", Some("app")),
        // the label boundary
        ("https://*.example.com", "https://evilexample.com", None),
        ("https://*.example.com", "https://evil-example.com", None),
        ("https://*.example.com", "https://evil.comexample.com", None),
        ("https://*.example.com", "https://a.example.com.evil.com", None),
        ("https://*.example.com", "https://a.example.co", None),
        // scheme and port
        ("https://*.example.com", "http://a.example.com", None),
        ("https://*.example.com", "wss://a.example.com", None),
        ("https://*.example.com", "https://a.example.com:8443", None),
        ("https://*.example.com:8443", "https://a.example.com:8443", Some("a")),
        ("https://*.example.com:8443", "https://a.example.com", None),
        // the dot of the root makes another host
        ("https://*.example.com", "https://a.example.com.", None),
        ("https://*.example.com.", "https://a.example.com.", Some("a")),
        ("https://*.example.com.", "https://a.example.com", None),
        ("https://*.example.com.", "https://example.com.", None),
        // inside a label
        ("https://app-*-team.example.com", "https://app-7-team.example.com", Some("7")),
        ("https://app-*-team.example.com", "https://app-a-b--c-team.example.com", Some("a-b--c")),
        ("https://app-*-team.example.com", "https://app--team.example.com", None),
        ("https://app-*-team.example.com", "https://app-team.example.com", None),
        ("https://app-*-team.example.com", "https://app---team.example.com", Some("-")),
        ("https://app-*-team.example.com", "https://app-7-team.example.com.", None),
        ("https://app-*-team.example.com", "https://x.app-7-team.example.com", None),
        ("https://app-*-team.example.com", "https://app-7-team.x.example.com", None),
        ("https://app-*-team.example.com", "https://app-7-team-example.com", None),
        ("https://app-*-team.example.com", "https://app-7-teamxexample.com", None),
        ("https://app-*-team.example.com", "https://app-7-team.evilexample.com", None),
        ("https://app-*-team.example.com.", "https://app-7-team.example.com.", Some("7")),
        ("https://app-*.example.com", "https://app-7.example.com", Some("7")),
        ("https://app-*.example.com", "https://app-.example.com", None),
        ("https://*-app.example.com", "https://7-app.example.com", Some("7")),
        ("https://*-app.example.com", "https://-app.example.com", None),
        // never a dot, never `_`; a literal may have it
        ("https://app-*.example.com", "https://app-a.b.example.com", None),
        ("https://app-*.example.com", "https://app-a_b.example.com", None),
        ("https://app_*_x.example.com", "https://app_7_x.example.com", Some("7")),
        // the two ends do not overlap
        ("https://ab*b.example.com", "https://ab.example.com", None),
        ("https://ab*ab.example.com", "https://ab.example.com", None),
        ("https://ab*ab.example.com", "https://abab.example.com", None),
        ("https://ab*b.example.com", "https://abbb.example.com", Some("b")),
        // never a label that is encoded, whatever the literals are
        ("https://x*.example.com", "https://xn--a.example.com", None),
        ("https://xn*.example.com", "https://xn--a.example.com", None),
        ("https://xn-*.example.com", "https://xn--a.example.com", None),
        ("https://*a.example.com", "https://xn--a.example.com", None),
        ("https://xn*.example.com", "https://xn-a.example.com", Some("-a")),
        ("https://a*.example.com", "https://axn--b.example.com", Some("xn--b")),
        ("https://a*.xn--bcher-kva.example", "https://ab.xn--bcher-kva.example", Some("b")),
        // a scheme that is not special
        ("chrome-extension://*", "chrome-extension://aBc", Some("aBc")),
        ("chrome-extension://*", "chrome-extension://a.b", Some("a.b")),
        ("app://*", "app://[::1]", Some("[::1]")),
        ("app://*", "app://", None),
        ("app://*", "app://x:80", None),
        ("app://*", "apps://x", None),
        ("app://*", "https://x", None),
        ("app://Main", "app://Main", Some("")),
        ("app://Main", "app://main", None),
        ("app://", "app://", Some("")),
        ("app://", "app://x", None),
        // any port, also the implicit one
        ("https://example.com:*", "https://example.com", Some("")),
        ("https://example.com:*", "https://example.com:1", Some("")),
        ("https://example.com:*", "https://example.com:65535", Some("")),
        ("https://example.com:*", "http://example.com", None),
        ("https://*.example.com:*", "https://a.example.com:8443", Some("a")),
        ("https://app-*.example.com:*", "https://app-7.example.com:8443", Some("7")),
        ("http://[::1]:*", "http://[::1]:8080", Some("")),
        ("http://127.0.0.1:*", "http://127.0.0.1", Some("")),
        ("http://localhost:*", "http://localhost.evil.com:80", None),
        ("app://*:*", "app://x", Some("x")),
        ("app://*:*", "app://x:80", Some("x")),
        // listed ports and ranges
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:3000", Some("")),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:5173", Some("")),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:7999", None),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:8000", Some("")),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:8999", Some("")),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:9000", None),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost:3001", None),
        ("http://localhost:{3000,5173,8000-8999}", "http://localhost", None),
        ("http://localhost:{80,3000}", "http://localhost", Some("")),
        ("http://localhost:{70-90}", "http://localhost", Some("")),
        ("https://localhost:{80,3000}", "https://localhost", None),
        ("app://x:{80,3000}", "app://x", None),
        ("app://x:{80,3000}", "app://x:80", Some("")),
        ("app://x:{1-65535}", "app://x", None),
        // `null` and `*`
        ("null", "null", Some("")),
        ("null", "https://null", None),
        ("null", "app://", None),
        ("*", "null", Some("")),
        ("*", "https://example.com:8443", Some("")),
        ("*", "app://", Some("")),
    ] {
        finds(text, origin, capture);
    }
}

#[track_caller]
fn is_written(text: &str, canonical: &str) {
    let read = pattern(text);
    assert_eq!(read.as_str(), canonical, "{text}");
    assert_eq!(read.to_string(), canonical, "{text}");
    assert_eq!(pattern(canonical), read, "{text}");
}

#[test]
#[rustfmt::skip]
fn canonical_patterns() {
    for (text, canonical) in [
        ("*", "*"),
        ("null", "null"),
        ("https://example.com:443", "https://example.com"),
        ("https://*.example.com:443", "https://*.example.com"),
        ("https://app-*.example.com:443", "https://app-*.example.com"),
        ("https://*.example.com.", "https://*.example.com."),
        ("app://*:80", "app://*:80"),
        ("app://", "app://"),
        // port lists: sorted, merged, and as short as they can be
        ("https://a.example:{443}", "https://a.example"),
        ("https://a.example:{8443}", "https://a.example:8443"),
        ("https://a.example:{8443-8443}", "https://a.example:8443"),
        ("https://a.example:{8443,443}", "https://a.example:{443,8443}"),
        ("https://a.example:{3,1,2}", "https://a.example:{1-3}"),
        ("https://a.example:{1-5,3-9,20,20}", "https://a.example:{1-9,20}"),
        ("https://a.example:{1-9,3}", "https://a.example:{1-9}"),
        ("https://a.example:{1,3}", "https://a.example:{1,3}"),
        ("https://a.example:{65535,65534}", "https://a.example:{65534-65535}"),
        ("https://a.example:{08080}", "https://a.example:8080"),
        ("https://a.example:*", "https://a.example:*"),
        ("https://a.example:{1-65535}", "https://a.example:*"),
        ("https://a.example:{2-65535,1}", "https://a.example:*"),
        // where there is no default port, the implicit one is none of 1 to 65535
        ("app://a:{1-65535}", "app://a:{1-65535}"),
    ] {
        is_written(text, canonical);
    }
}

#[cfg(feature = "idna")]
#[test]
#[rustfmt::skip]
fn parsing_normalizes_patterns() {
    for (text, canonical) in [
        ("HTTPS://*.Example.COM", "https://*.example.com"),
        ("https://*.Bücher.Example", "https://*.xn--bcher-kva.example"),
        ("https://App-*-TEAM.Bücher.Example", "https://app-*-team.xn--bcher-kva.example"),
        ("https://app-*.a。b", "https://app-*.a.b"),
        ("https://*.%65xample.com", "https://*.example.com"),
        ("HTTP://0x7f.1:{80}", "http://127.0.0.1"),
        ("http://[0:0:0:0:0:0:0:1]:*", "http://[::1]:*"),
        ("Chrome-Extension://*", "chrome-extension://*"),
        ("APP://Main:*", "app://Main:*"),
    ] {
        is_written(text, canonical);
    }
}

#[test]
fn pattern_accessors() {
    let origin: Origin = "https://example.com:8443".parse().unwrap();
    assert_eq!(
        OriginPattern::from(&origin),
        pattern("https://example.com:8443")
    );
    assert_eq!(OriginPattern::from(&Origin::opaque()), pattern("null"));
    #[rustfmt::skip]
    let table = [
        // pattern, is_any, is_opaque, is_exact
        ("*",                          true,  false, false),
        ("null",                       false, true,  false),
        ("https://example.com",        false, false, true),
        ("https://example.com:{8443}", false, false, true),
        ("https://[::1]:8443",         false, false, true),
        ("app://",                     false, false, true),
        ("https://example.com:*",      false, false, false),
        ("https://example.com:{1,2}",  false, false, false),
        ("https://*.example.com",      false, false, false),
        ("https://a*.example.com",     false, false, false),
        ("app://*",                    false, false, false),
    ];
    for (text, any, opaque, exact) in table {
        let pattern = pattern(text);
        let parts = pattern.as_pattern_ref();
        let is = (parts.is_any(), parts.is_opaque(), parts.is_exact());
        assert_eq!(is, (any, opaque, exact), "{text}");
    }
    // one pattern is less than another as its text is
    assert!(pattern("https://a.example") < pattern("https://b*.a.example"));
    assert!(pattern("*") < pattern("app://a"));
}

#[test]
#[rustfmt::skip]
fn pattern_covers_pattern() {
    for (one, other, there, back) in [
        // hosts
        ("*", "*", true, true),
        ("*", "null", true, false),
        ("*", "https://*.example.com:*", true, false),
        ("null", "null", true, true),
        ("null", "https://null", false, false),
        ("https://a.example", "https://a.example:443", true, true),
        ("https://a.example", "https://b.example", false, false),
        ("https://a.example", "http://a.example", false, false),
        ("https://*.example.com", "https://a.example.com", true, false),
        ("https://*.example.com", "https://a.b.example.com", true, false),
        ("https://*.example.com", "https://example.com", false, false),
        ("https://*.example.com", "https://evilexample.com", false, false),
        ("https://*.example.com", "https://a.example.com.", false, false),
        ("https://*.example.com", "https://*.example.com", true, true),
        ("https://*.example.com", "https://*.a.example.com", true, false),
        ("https://*.example.com", "https://*.evilexample.com", false, false),
        ("https://*.example.com", "https://app-*.example.com", true, false),
        ("https://*.example.com", "https://app-*.eu.example.com", true, false),
        ("https://*.example.com", "https://app-*.x.evilexample.com", false, false),
        ("https://*.example.com", "http://app-*.example.com", false, false),
        ("https://app-*.example.com", "https://app-1.example.com", true, false),
        ("https://app-*.example.com", "https://app-.example.com", false, false),
        ("https://app-*.example.com", "https://app-a_b.example.com", false, false),
        ("https://app-*.example.com", "https://app-1.eu.example.com", false, false),
        ("https://app-*.example.com", "https://app-a*b.example.com", true, false),
        ("https://app-*.example.com", "https://app-a_*.example.com", false, false),
        ("https://app-*.example.com", "https://app-*_b.example.com", false, false),
        ("https://app_*.example.com", "https://app_a*.example.com", true, false),
        ("https://app-*.example.com", "https://*-app.example.com", false, false),
        ("https://*-app.example.com", "https://x-*-my-app.example.com", true, false),
        ("https://app-*.example.com", "https://app-*.example.org", false, false),
        ("https://x*.example.com", "https://xn--bcher-kva.example.com", false, false),
        ("https://*.a.example.com", "https://app-*.example.com", false, false),
        ("app://*", "app://x", true, false),
        ("app://*", "app://*", true, true),
        ("app://*", "app://", false, false),
        ("app://*", "tauri://x", false, false),
        // ports
        ("https://a.example:*", "https://a.example", true, false),
        ("https://a.example:*", "https://a.example:{1-9,99}", true, false),
        ("https://a.example:*", "https://a.example:{1-65535}", true, true),
        ("https://a.example:{1-9}", "https://a.example:{2-3,5}", true, false),
        ("https://a.example:{1-9}", "https://a.example:{1-10}", false, true),
        ("https://a.example:{1-4,5-9}", "https://a.example:{4-5}", true, false),
        ("https://a.example:{1-4,6-9}", "https://a.example:{4-6}", false, false),
        ("https://a.example:{443,8443}", "https://a.example", true, false),
        ("https://a.example:80", "https://a.example", false, false),
        ("app://x:*", "app://x", true, false),
        ("app://x:*", "app://x:{1-65535}", true, false),
        ("app://x:{1-65535}", "app://x", false, false),
        // both must be covered
        ("https://*.example.com:*", "https://a.example.com:8443", true, false),
        ("https://*.example.com", "https://a.example.com:8443", false, false),
        ("https://*.example.com:8443", "https://a.example.com:*", false, false),
        ("app://*:80", "app://x:80", true, false),
        ("app://*:80", "app://x", false, false),
    ] {
        let (one, other) = (pattern(one), pattern(other));
        assert_eq!(one.covers(&other), there, "{one} covers {other}");
        assert_eq!(other.covers(&one), back, "{other} covers {one}");
    }
}
