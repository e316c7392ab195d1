//! The reader of what people write: what it brings into canonical form, and what it refuses.

use cross_origin::{Origin, OriginRef, ParseOriginError};

use crate::support::{origin, parse_error};

#[track_caller]
fn becomes(text: &str, canonical: &str) {
    let read = origin(text);
    assert_eq!(read.as_str(), canonical, "{text}");
    assert_eq!(Origin::try_from(text).as_ref(), Ok(&read), "{text}");
    assert_eq!(
        Origin::try_from(text.to_owned()).as_ref(),
        Ok(&read),
        "{text}"
    );
    let on_the_wire = OriginRef::from_header(canonical.as_bytes()).unwrap();
    assert_eq!(read, on_the_wire, "{text}");
}

#[track_caller]
fn refused(text: &str) -> ParseOriginError {
    parse_error::<Origin>(text)
}

#[test]
#[rustfmt::skip]
fn canonical_origins_parse_unchanged() {
    for text in [
        "null", "https://example.com", "http://example.com:8080", "wss://a.b.example.",
        "http://a_b.example", "http://-a-.example", "https://xn--bcher-kva.example",
        "https://xn--fa-hia.example", "http://127.0.0.1", "http://[::1]:8080", "http://localhost",
        "ftp://example.com", "chrome-extension://aBc", "moz-extension://0f1e-2d",
        "app://127.1", "app://A_b~c.", "app://[::1]:80", "app://", "tauri://localhost:80",
    ] {
        becomes(text, text);
    }
    // a default port is dropped, leading zeros are
    becomes("https://example.com:443", "https://example.com");
    becomes("http://example.com:0000080", "http://example.com");
    becomes("http://example.com:0008081", "http://example.com:8081");
    becomes("wss://example.com:443", "wss://example.com");
    becomes("ftp://example.com:21", "ftp://example.com");
}

#[cfg(feature = "idna")]
#[test]
#[rustfmt::skip]
fn parsing_normalizes() {
    for (text, canonical) in [
        // case
        ("HTTPS://EXAMPLE.COM", "https://example.com"),
        ("hTTp://Www.MyDomain.com:80", "http://www.mydomain.com"),
        ("Chrome-Extension://aBc", "chrome-extension://aBc"),
        // IDN, as browsers read it
        ("HTTPS://Bücher.Example:443", "https://xn--bcher-kva.example"),
        ("http://BÜCHER.example:8081", "http://xn--bcher-kva.example:8081"),
        ("http://XN--BCHER-KVA.example", "http://xn--bcher-kva.example"),
        ("http://bu\u{308}cher.example", "http://xn--bcher-kva.example"),
        ("http://faß.example", "http://xn--fa-hia.example"),
        ("http://💩.example", "http://xn--ls8h.example"),
        ("http://app。example。com:8081", "http://app.example.com:8081"),
        ("http://ｅｘａｍｐｌｅ．com", "http://example.com"),
        ("http://example｡com", "http://example.com"),
        // percent-encoding
        ("http://%61pp.example.com", "http://app.example.com"),
        ("http://b%C3%BCcher.example", "http://xn--bcher-kva.example"),
        ("http://a%2Eexample", "http://a.example"),
        // IPv4
        ("http://127.1", "http://127.0.0.1"),
        ("http://127.0.1", "http://127.0.0.1"),
        ("http://2130706433", "http://127.0.0.1"),
        ("http://0x7f.0.0.1", "http://127.0.0.1"),
        ("http://0X7F000001", "http://127.0.0.1"),
        ("http://0177.0.0.01", "http://127.0.0.1"),
        ("http://127.0.0.1.", "http://127.0.0.1"),
        ("http://１２７.0.0.1", "http://127.0.0.1"),
        ("http://0", "http://0.0.0.0"),
        // IPv6
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("http://[::127.0.0.1]", "http://[::7f00:1]"),
        ("http://[::FFFF:127.0.0.1]:8081", "http://[::ffff:7f00:1]:8081"),
        ("http://[1:0:0:2:0:0:0:3]", "http://[1:0:0:2::3]"),
        ("http://[1:0:0:2:3:0:0:4]", "http://[1::2:3:0:0:4]"),
        ("http://[1::2:3:4:5:6:7]", "http://[1:0:2:3:4:5:6:7]"),
        ("APP://[0:0::1]", "app://[::1]"),
    ] {
        becomes(text, canonical);
    }
}

#[test]
#[rustfmt::skip]
fn invalid_origins() {
    for text in [
        "",
        // no scheme
        "example.com",
        "localhost:3000",
        "example.com/x",
        "https:example.com",
        "http:/localhost:80",
        "HTTPS",
        "NULL",
        "//example.com",
        "*",
        // no scheme that there could be
        "://example.com",
        "1a://example.com",
        "http*://example.com",
        "blob:https://example.com",
        "about:blank",
        "JavaScript:1",
        "data:text/html,x",
        // opaque
        "file:///x",
        "data://x",
        "blob://x",
        "about://blank",
        "javascript://x",
        // what follows the host
        "https://example.com/",
        "https://example.com:443/a?b#c",
        "https://example.com/@evil.com",
        "https:///example.com",
        "https://example.com?q",
        "https://example.com#f/",
        "https://user:pw@example.com:8443/x",
        "https://user@example.com",
        "https://@example.com",
        "https://a@b@example.com",
        // ports
        "https://example.com:",
        "http://[::1]:",
        "https://:",
        "https://example.com:0",
        "https://example.com:000",
        "https://example.com:65536",
        "https://example.com:+80",
        "https://example.com:80:80",
        "https://example.com:http",
        "https://example.com:８０",
        // hosts
        "https://",
        "https://:80",
        "app://:80",
        "http://::1",
        "http://[::1",
        // white space, control characters and backslashes
        " https://example.com",
        "https://example.com\n",
        "https://exa\tmple.com",
        "null ",
        "https://a.example, https://b.example",
        "https://a.example\u{3000}",
        "https://a.example\u{a0}",
        "https:\\\\example.com",
        "https://example.com\\evil",
        "https://example.com\\",
        "https://\u{1b}[31m.example",
        "https://a\0b.example",
        "https://a\u{85}b.example",
        // patterns
        "https://*.example.com",
        "https://example.com:*",
        "app://*",
    ] {
        refused(text);
    }
}

#[cfg(feature = "idna")]
#[test]
fn invalid_hosts() {
    #[rustfmt::skip]
    let hosts = [
        "a!b", "a~b.example", "exa%mple.com", "a%20b", "a%2Fb", "a%00b", "%2A.example.com",
        "＊.example.com", "a..b", ".a", ".", "a..", "1.2.3.4.5", "256.0.0.1", "a.1", "a.0x",
        "example.com：80", "example.com／x", "xn--a.example", "xn--", "a\u{202b}b.example",
        "{a}.example", "[::1]x", "[]", "[::1%25eth0]", "[127.0.0.1]", "\u{ad}",
    ];
    for host in hosts {
        let error = format!("https://{host}").parse::<Origin>();
        let error = error.expect_err(host);
        let is_host = matches!(&error, ParseOriginError::Host { found, .. } if **found == *host);
        assert!(is_host, "{host}: {error:?}");
    }
    for text in [
        "https://a!b",
        "app://a%20b",
        "app://bücher",
        "https://\u{202e}moc.example",
    ] {
        let error = refused(text);
        assert!(matches!(error, ParseOriginError::Host { .. }), "{text}");
    }
}

#[test]
fn nested_blobs_are_refused_without_recursion() {
    let blobs = "blob:".repeat(10_000) + "https://example.com";
    let error = blobs.parse::<Origin>().unwrap_err();
    assert!(matches!(error, ParseOriginError::OpaqueScheme { .. }));
}

#[test]
fn parsed_origin_length_limit() {
    let app = |len: usize| format!("app://{}", "a".repeat(len - 6));
    becomes(&app(512), &app(512));
    assert_eq!(refused(&app(513)), ParseOriginError::TooLong);
    let domain = |len: usize| format!("https://{}", "a.".repeat(127)[..len].to_owned());
    becomes(&domain(253), &domain(253));
    becomes(&domain(254), &domain(254)); // the last byte is the dot of the root
    let label = format!("https://{}", "a".repeat(254));
    assert_eq!(label.parse::<Origin>(), Err(ParseOriginError::TooLong));
}

#[test]
fn suggested_corrections() {
    let suggested = |text: &str| match text.parse::<Origin>() {
        Err(ParseOriginError::Path { fix }) => fix.suggestion().map(str::to_owned),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(
        suggested("https://a.example/").as_deref(),
        Some("https://a.example")
    );
    assert_eq!(suggested("https://a!.example/"), None);
}

// --- without the feature `idna` ---

#[cfg(not(feature = "idna"))]
#[test]
fn without_idna_only_canonical_text_parses() {
    for host in [
        "Example.com",
        "bücher.example",
        "127.1",
        "0x7f.0.0.1",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "%61pp.example.com",
        "app。example",
    ] {
        let error = refused(&format!("http://{host}"));
        assert!(matches!(error, ParseOriginError::Host { .. }), "{host}");
    }
    assert!("HTTPS://example.com".parse::<Origin>().is_err());
    // `xn--` labels are not decoded: they match only themselves.
    for host in ["xn--a.example", "a.xn--", "xn--bcher-kv.example"] {
        let origin: Origin = format!("http://{host}").parse().unwrap();
        assert_eq!(origin.host().unwrap().to_string(), host);
    }
}
