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
fn refused(text: &str, message: &str) -> ParseOriginError {
    parse_error::<Origin>(text, message)
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
    for (text, message) in [
        ("", "an origin is not empty: write one such as `https://example.com`"),
        // no scheme
        ("example.com", "an origin starts with a scheme and `://`: write `https://example.com`"),
        ("localhost:3000", "an origin starts with a scheme and `://`: write `https://localhost:3000`"),
        ("example.com/x", "an origin starts with a scheme and `://`: write `https://example.com`"),
        ("https:example.com", "an origin starts with a scheme and `://`: write `https://example.com`"),
        ("http:/localhost:80", "an origin starts with a scheme and `://`: write `http://localhost`"),
        ("HTTPS", "an origin starts with a scheme and `://`: write one such as `https://example.com`"),
        ("NULL", "an origin starts with a scheme and `://`: write `null`"),
        ("//example.com", "an origin starts with a scheme and `://`: write `https://example.com`"),
        ("*", "an origin starts with a scheme and `://`: write one such as `https://example.com`"),
        // no scheme that there could be
        ("://example.com", "an origin starts with a scheme and `://`: write `https://example.com`"),
        ("1a://example.com", "`1a` is no scheme: write lower-case letters, and after the first one digits, `+`, `-` or `.` too"),
        ("http*://example.com", "`http*` is no scheme: write lower-case letters, and after the first one digits, `+`, `-` or `.` too"),
        ("blob:https://example.com", "browsers send `null` for pages of `blob:` URLs: write `null` if any such page is meant"),
        ("about:blank", "browsers send `null` for pages of `about:` URLs: write `null` if any such page is meant"),
        ("JavaScript:1", "browsers send `null` for pages of `javascript:` URLs: write `null` if any such page is meant"),
        ("data:text/html,x", "browsers send `null` for pages of `data:` URLs: write `null` if any such page is meant"),
        // opaque
        ("file:///x", "the origin of a `file:` page is `file://` in a web view (Electron, Cordova) and `null` in a desktop browser: use one of these"),
        ("data://x", "browsers send `null` for pages of `data:` URLs: write `null` if any such page is meant"),
        ("blob://x", "browsers send `null` for pages of `blob:` URLs: write `null` if any such page is meant"),
        ("about://blank", "browsers send `null` for pages of `about:` URLs: write `null` if any such page is meant"),
        ("javascript://x", "browsers send `null` for pages of `javascript:` URLs: write `null` if any such page is meant"),
        // what follows the host
        ("https://example.com/", "an origin has no path: write `https://example.com`"),
        ("https://example.com:443/a?b#c", "an origin has no path: write `https://example.com`"),
        ("https://example.com/@evil.com", "an origin has no path: write `https://example.com`"),
        ("https:///example.com", "an origin has no path: write one such as `https://example.com`"),
        ("https://example.com?q", "an origin has no query: write `https://example.com`"),
        ("https://example.com#f/", "an origin has no fragment: write `https://example.com`"),
        ("https://user:pw@example.com:8443/x", "an origin has no user name and no password: write `https://example.com:8443`"),
        ("https://user@example.com", "an origin has no user name and no password: write `https://example.com`"),
        ("https://@example.com", "an origin has no user name and no password: write `https://example.com`"),
        ("https://a@b@example.com", "an origin has no user name and no password: write `https://example.com`"),
        // ports
        ("https://example.com:", "expected a port after `:`: write `https://example.com`"),
        ("http://[::1]:", "expected a port after `:`: write `http://[::1]`"),
        ("https://:", "expected a port after `:`: write one such as `https://example.com`"),
        ("https://example.com:0", "port 0 is never connected to: write a port from 1 to 65535"),
        ("https://example.com:000", "port 0 is never connected to: write a port from 1 to 65535"),
        ("https://example.com:65536", "`65536` is no port: write a number from 1 to 65535"),
        ("https://example.com:+80", "`+80` is no port: write a number from 1 to 65535"),
        ("https://example.com:80:80", "`80:80` is no port: write a number from 1 to 65535"),
        ("https://example.com:http", "`http` is no port: write a number from 1 to 65535"),
        ("https://example.com:８０", "`８０` is no port: write a number from 1 to 65535"),
        // hosts
        ("https://", "`` is no host of an origin: it is empty"),
        ("https://:80", "`` is no host of an origin: it is empty"),
        ("app://:80", "`` is no host of an origin: it is empty"),
        ("http://::1", "`::1` is no host of an origin: an IPv6 address stands in brackets"),
        ("http://[::1", "`[::1` is no host of an origin: an IPv6 address stands in brackets"),
        // white space, control characters and backslashes
        (" https://example.com", "unexpected ` ` in an origin: write `https://example.com`"),
        ("https://example.com\n", r"unexpected `\n` in an origin: write `https://example.com`"),
        ("https://exa\tmple.com", r"unexpected `\t` in an origin: write one such as `https://example.com`"),
        ("null ", "unexpected ` ` in an origin: write `null`"),
        ("https://a.example, https://b.example", "unexpected ` ` in an origin: write one such as `https://example.com`"),
        ("https://a.example\u{3000}", r"unexpected `\u{3000}` in an origin: write `https://a.example`"),
        ("https://a.example\u{a0}", r"unexpected `\u{a0}` in an origin: write `https://a.example`"),
        ("https:\\\\example.com", r"unexpected `\` in an origin: write one such as `https://example.com`"),
        ("https://example.com\\evil", r"unexpected `\` in an origin: write `https://example.com`"),
        ("https://example.com\\", r"unexpected `\` in an origin: write `https://example.com`"),
        ("https://\u{1b}[31m.example", r"unexpected `\u{1b}` in an origin: write one such as `https://example.com`"),
        ("https://a\0b.example", r"unexpected `\0` in an origin: write one such as `https://example.com`"),
        ("https://a\u{85}b.example", r"unexpected `\u{85}` in an origin: write one such as `https://example.com`"),
        // patterns
        ("https://*.example.com", "an origin has no `*`: a text with one is an origin pattern"),
        ("https://example.com:*", "an origin has no `*`: a text with one is an origin pattern"),
        ("app://*", "an origin has no `*`: a text with one is an origin pattern"),
    ] {
        refused(text, message);
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
        assert!(
            error
                .to_string()
                .ends_with("is no host of an origin: write a domain or an address")
        );
    }
    refused(
        "https://a!b",
        "`a!b` is no host of an origin: write a domain or an address",
    );
    refused(
        "app://a%20b",
        "`a%20b` is no host of an origin: write a domain or an address",
    );
    refused(
        "app://bücher",
        "`bücher` is no host of an origin: write a domain or an address",
    );
    refused(
        "https://\u{202e}moc.example",
        r"`\u{202e}moc.example` is no host of an origin: write a domain or an address",
    );
}

#[test]
fn long_text_is_cut_in_messages() {
    let most = "a".repeat(200);
    refused(
        &format!("{most}!://x"),
        &format!(
            "`{most}…` is no scheme: write lower-case letters, and after the first one digits, `+`, `-` or `.` too"
        ),
    );
    refused(
        &format!("https://example.com:{}", "é".repeat(1000)),
        &format!(
            "`{}…` is no port: write a number from 1 to 65535",
            "é".repeat(100)
        ),
    );
    let exactly = format!("{}!", "a".repeat(199));
    refused(
        &format!("{exactly}://x"),
        &format!(
            "`{exactly}` is no scheme: write lower-case letters, and after the first one digits, `+`, `-` or `.` too"
        ),
    );
    let blobs = "blob:".repeat(10_000) + "https://example.com";
    let error = blobs.parse::<Origin>().unwrap_err();
    assert!(matches!(error, ParseOriginError::OpaqueScheme { .. }));
}

#[test]
fn parsed_origin_length_limit() {
    let app = |len: usize| format!("app://{}", "a".repeat(len - 6));
    becomes(&app(512), &app(512));
    assert_eq!(
        refused(
            &app(513),
            "an origin has at most 512 bytes, and a domain in it at most 253"
        ),
        ParseOriginError::TooLong
    );
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
    const SPELLING: &str =
        "write it as browsers send it (the feature `idna` reads other spellings)";
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
        let message = format!("`{host}` is no host of an origin: {SPELLING}");
        refused(&format!("http://{host}"), &message);
    }
    assert!("HTTPS://example.com".parse::<Origin>().is_err());
    // `xn--` labels are not decoded: they match only themselves.
    for host in ["xn--a.example", "a.xn--", "xn--bcher-kv.example"] {
        let origin: Origin = format!("http://{host}").parse().unwrap();
        assert_eq!(origin.host().unwrap().to_string(), host);
    }
}
