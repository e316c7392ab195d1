//! Texts that are no origin pattern, and what is said about them.

use cross_origin::{
    OriginPattern, OriginRef, OriginSet, ParseOriginError, ParsePatternError, WildcardError,
};

use crate::support::parse_error;

#[track_caller]
fn refused(text: &str) -> ParsePatternError {
    parse_error::<OriginPattern>(text)
}

#[track_caller]
fn no_wildcard(texts: &[&str], error: WildcardError) {
    for text in texts {
        assert_eq!(refused(text), ParsePatternError::Wildcard(error), "{text}");
    }
}

#[test]
fn invalid_wildcards() {
    no_wildcard(
        &["*://example.com", "http*://example.com", "*://*"],
        WildcardError::Scheme,
    );
    no_wildcard(
        &[
            "https://example.*",
            "https://example.com*",
            "https://a.*.example.com",
            "https://*.*.example.com",
            "https://**.example.com",
            "https://a*b*c.example.com",
        ],
        WildcardError::Place,
    );
    no_wildcard(
        &["https://*", "http://*", "https://*:8080", "ws://*:*"],
        WildcardError::AnyHost,
    );
    no_wildcard(&["https://*.", "https://*.:8080"], WildcardError::NoBase);
    no_wildcard(
        &[
            "app://*.example.com",
            "chrome-extension://abc*",
            "app://**",
            "app://[*::1]",
        ],
        WildcardError::OpaqueHost,
    );
    for text in [
        "http://*.127.0.0.1",
        "http://[*]",
        "http://*.[::1]",
        "http://*.1.2.3.4.5",
        "http://a*.1.2.3.4.5",
        "http://[::*]:80",
    ] {
        address_wildcard(text, None);
    }
    no_wildcard(
        &[
            "https://app-*",
            "https://app-*.",
            "https://app-*.com",
            "https://app-*.com.",
        ],
        WildcardError::TooFewLabels,
    );
    no_wildcard(
        &[
            "https://bü*.example.com",
            "https://*ü.example.com",
            "https://xn--*.example.com",
            "https://XN--*.example.com",
            "https://xn--bcher-*.example.com",
            "https://%61*.example.com",
            "https://a*!.example.com",
            "https://a*。example.com",
        ],
        WildcardError::Literal,
    );
    no_wildcard(
        &[
            "https://example.com:8*",
            "https://example.com:**",
            "https://example.com:{*}",
            "https://example.com:{80,*}",
        ],
        WildcardError::Port,
    );
}

#[track_caller]
fn address_wildcard(text: &str, fix: Option<&str>) {
    match text.parse::<OriginPattern>() {
        Err(ParsePatternError::AddressWildcard { fix: found }) => {
            assert_eq!(found.suggestion(), fix, "{text}");
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn address_with_stars_suggests_the_network() {
    for (text, fix) in [
        ("http://192.168.*", "http://192.168.0.0/16"),
        ("http://10.0.*.*:*", "http://10.0.0.0/16:*"),
        ("http://10.*:{80,8080}", "http://10.0.0.0/8:{80,8080}"),
        ("https://192.168.1.*:3000", "https://192.168.1.0/24:3000"),
    ] {
        address_wildcard(text, Some(fix));
    }
    for text in ["http://192.*.1.1", "http://1.2.3.4.*", "http://10.*:x"] {
        assert!(text.parse::<OriginPattern>().is_err(), "{text}");
    }
}

/// The rest of a shortened address is an address too.
#[cfg(feature = "idna")]
#[test]
fn wildcards_in_short_addresses() {
    for text in [
        "http://*.0.0.1",
        "http://1*.2.3.4",
        "http://*.0x7f",
        "http://*.1",
    ] {
        address_wildcard(text, None);
    }
}

#[test]
fn invalid_port_lists() {
    for list in [
        "{}",
        "{",
        "{3000",
        "{3000,}",
        "{,3000}",
        "{3000,,5173}",
        "{3000-}",
        "{-3000}",
        "{8999-8000}",
        "{1-2-3}",
        "{3000;5173}",
        "{+80}",
        "{http}",
        "{3000}x",
        "{65536}",
        "{1-65536}",
    ] {
        let error = refused(&format!("http://localhost:{list}"));
        assert!(matches!(error, ParsePatternError::Ports { found } if *found == *list));
    }
}

#[test]
#[rustfmt::skip]
fn patterns_that_are_invalid_origins() {
    for text in [
        "",
        "https://example.com/",
        "https://example.com/*",
        "https://u@example.com",
        "http://localhost:{0}",
        "http://localhost:{0-9}",
        "http://localhost:3000}",
        "http://{a,b}.example.com",
        "https://*..example.com",
        "https://*.exa!mple.com",
        "https://*.%2A.com",
        "https://%2A.example.com",
        "https://＊.example.com",
        "https://:*",
        "app://:*",
        "app://:{80}",
        "file://*",
        "blob:https://*.example.com",
    ] {
        let error = text.parse::<OriginPattern>().expect_err(text);
        assert!(matches!(error, ParsePatternError::Origin(_)), "{text}: {error:?}");
    }
}

#[test]
fn patterns_longer_than_any_host() {
    // 248 bytes, and the last label
    let base = "a.".repeat(124);
    // In a label with a `*`, 62 bytes are the most.
    let label = "a".repeat(61);
    for (fits, does_not) in [
        (
            format!("https://*.{base}com"),
            format!("https://*.{base}info"),
        ),
        (
            format!("https://*.{base}com.:8443"),
            format!("https://*.{base}info.:8443"),
        ),
        (
            format!("https://{label}-*.example.com"),
            format!("https://{label}-x*.example.com"),
        ),
        (
            format!("https://*-{label}.example.com:{{1,2}}"),
            format!("https://*-{label}x.example.com:{{1,2}}"),
        ),
    ] {
        let pattern: OriginPattern = fits.parse().unwrap();
        let shortest = fits.replace('*', "a").replace("{1,2}", "1");
        let origin = OriginRef::from_header(shortest.as_bytes()).unwrap();
        assert!(pattern.matches(origin), "{fits}");
        assert!(OriginSet::parse([&fits]).unwrap().matches(origin), "{fits}");

        let error = refused(&does_not);
        assert_eq!(error, ParseOriginError::TooLong.into());
        assert!(OriginSet::parse([&does_not]).is_err(), "{does_not}");
        let shortest = does_not.replace('*', "a").replace("{1,2}", "1");
        // A host may have a label of more than 63 bytes, but no `*` matches in it.
        let origin = OriginRef::from_header(shortest.as_bytes());
        assert_eq!(origin.is_err(), does_not.contains("//*."), "{does_not}");
    }
}
