//! What an origin can be asked, and what it is made from and into.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr};

use cross_origin::{Host, Origin, OriginRef};

use crate::support::origin;

#[test]
fn scheme_host_and_port() {
    let origin = origin("https://example.com:8443");
    assert_eq!(origin.scheme().unwrap().to_string(), "https");
    assert_eq!(origin.host(), Some(Host::Domain("example.com")));
    assert_eq!(
        (origin.port(), origin.port_or_default()),
        (Some(8443), Some(8443))
    );
    assert_eq!(format!("{origin:>25}|"), " https://example.com:8443|");
    assert_eq!(format!("{origin:?}"), "Origin(https://example.com:8443)");
    assert!(Origin::opaque().is_opaque());
    assert_eq!(Origin::opaque(), OriginRef::OPAQUE);
    assert_eq!(Origin::opaque().host(), None);
}

#[test]
#[rustfmt::skip]
fn same_origin() {
    for (one, other, same) in [
        ("http://www.mydomain.com", "http://www.mydomain.com:80", true),
        ("http://www.mydomain.com", "http://www.mydomain.com:90", false),
        ("http://www.mydomain.com", "https://www.mydomain.com", false),
        ("http://www.mydomain.com", "http://mydomain.com", false),
        ("http://example.com", "http://example.com.", false),
        ("app://A", "app://A", true),
        ("app://A", "app://a", false),
        ("app://", "app://", true),
        ("http://[::1]", "http://[::1]:80", true),
        // an opaque origin is the same as itself alone, and the text does not tell which it is
        ("null", "null", false),
        ("null", "http://null", false),
    ] {
        let (one, other) = (origin(one), origin(other));
        assert_eq!(one.is_same_origin(&other), same, "{one} {other}");
        assert_eq!(other.is_same_origin(&one), same, "{other} {one}");
        assert_eq!(one.as_origin_ref().is_same_origin(other.as_origin_ref()), same, "{one} {other}");
    }
    assert_eq!(origin("null"), Origin::opaque());
}

#[test]
fn order_and_hash_of_origins() {
    #[rustfmt::skip]
    let texts = [
        "wss://a", "null", "http://a.b", "http://a:9", "http://a:10", "http://a", "http://[::1]",
        "http://10.0.0.1", "http://9.0.0.1", "app://", "app://Z", "app://a", "https://a",
    ];
    let mut sorted = texts.map(origin);
    sorted.sort();
    let mut expected = texts;
    expected.sort_unstable();
    assert_eq!(sorted.each_ref().map(Origin::as_str), expected);
    let borrowed = sorted.each_ref().map(Origin::as_origin_ref);
    assert!(borrowed.is_sorted());
    let mut set: HashSet<_> = sorted.into_iter().collect();
    for text in texts {
        assert!(!set.insert(origin(text)), "{text}");
    }
    assert!(!set.insert(origin("http://a:80")));
    assert!(set.insert(origin("http://a:81")));
}

#[test]
#[rustfmt::skip]
fn potentially_trustworthy() {
    for (text, trustworthy) in [
        ("https://example.com", true),
        ("https://example.com:8443", true),
        ("wss://example.com", true),
        ("http://localhost", true),
        ("http://localhost:3000", true),
        ("http://localhost.", true),
        ("http://app.localhost", true),
        ("ws://a.b.localhost.", true),
        ("ftp://localhost", true),
        ("http://127.0.0.1:8080", true),
        ("http://127.255.255.254", true),
        ("http://[::1]", true),
        ("chrome-extension://abc", true),
        ("app://", true),
        ("http://example.com", false),
        ("ws://example.com", false),
        ("ftp://example.com", false),
        ("http://notlocalhost", false),
        ("http://localhost.example.com", false),
        ("http://localhost-a", false),
        ("http://128.0.0.1", false),
        ("http://10.0.0.1", false),
        ("http://0.0.0.0", false),
        ("http://[::]", false),
        ("http://[::ffff:7f00:1]", false),
        ("null", false),
    ] {
        assert_eq!(origin(text).as_origin_ref().is_potentially_trustworthy(), trustworthy, "{text}");
    }
}

#[test]
fn is_loopback() {
    #[rustfmt::skip]
    let table = [
        (Host::Domain("localhost"), true),
        (Host::Domain("localhost."), true),
        (Host::Domain("a.localhost"), true),
        (Host::Domain("alocalhost"), false),
        (Host::Domain("localhost.a"), false),
        (Host::Ipv4(Ipv4Addr::new(127, 9, 9, 9)), true),
        (Host::Ipv4(Ipv4Addr::UNSPECIFIED), false),
        (Host::Ipv6(Ipv6Addr::LOCALHOST), true),
        (Host::Ipv6(Ipv6Addr::UNSPECIFIED), false),
        (Host::Opaque("localhost"), false),
        (Host::Empty, false),
    ];
    for (host, is_loopback) in table {
        assert_eq!(host.is_loopback(), is_loopback, "{host}");
    }
}

#[cfg(feature = "idna")]
#[test]
#[rustfmt::skip]
fn to_unicode_decodes_domains() {
    for (wire, shown) in [
        ("https://xn--bcher-kva.example:8443", "https://bücher.example:8443"),
        ("https://a.xn--ls8h.example.", "https://a.💩.example."),
        ("https://example.com", "https://example.com"),
        ("http://[::1]:80", "http://[::1]"),
        ("app://xn--bcher-kva", "app://xn--bcher-kva"),
        ("null", "null"),
    ] {
        let origin = Origin::from(OriginRef::from_header(wire.as_bytes()).unwrap());
        assert_eq!(origin.to_unicode(), shown, "{wire}");
    }
}

/// A label that does not decode stays as it is.
#[cfg(feature = "idna")]
#[test]
fn to_unicode_keeps_undecodable_labels() {
    for (wire, shown) in [
        ("https://xn--a.example", "https://xn--a.example"),
        ("https://xn--.example", "https://xn--.example"),
        (
            "https://xn--a.xn--bcher-kva.example",
            "https://xn--a.bücher.example",
        ),
    ] {
        let origin = Origin::from(OriginRef::from_header(wire.as_bytes()).unwrap());
        assert_eq!(origin.to_unicode(), shown, "{wire}");
    }
}

// --- from and to other types ---

#[cfg(feature = "url")]
mod urls {
    use super::*;
    use cross_origin::ParseOriginError;
    use url::{Host as UrlHost, Origin as UrlOrigin, Url};

    #[test]
    #[rustfmt::skip]
    fn origin_from_url() {
        for (url, expected) in [
            ("https://user:pw@Example.com:443/x?y#z", "https://example.com"),
            ("http://example.com:8080", "http://example.com:8080"),
            ("http://0x7f.1/", "http://127.0.0.1"),
            ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]"),
            ("wss://bücher.example/", "wss://xn--bcher-kva.example"),
            ("chrome-extension://aBc/x.html", "chrome-extension://aBc"),
                // a `blob:` URL has the origin of what is in it, one level deep
            ("blob:https://example.com:8443/0f1e", "https://example.com:8443"),
            ("blob:http://example.com/0f1e", "http://example.com"),
            ("blob:blob:https://example.com/0f1e", "null"),
            ("blob:ftp://example.com/0f1e", "null"),
            ("blob:null/0f1e", "null"),
            ("blob:file:///x", "null"),
            ("file:///etc/hosts", "null"),
            ("file://host/x", "null"),
            ("data:text/html,x", "null"),
            ("about:blank", "null"),
            ("javascript:x", "null"),
            ("mailto:a@example.com", "null"),
        ] {
            let parsed = Url::parse(url).unwrap();
            let origin = Origin::try_from(&parsed).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(origin.as_str(), expected, "{url}");
        }
        for url in ["https://a!b/", "app://a%20b/", "https://a..b/"] {
            let error = Origin::try_from(&Url::parse(url).unwrap()).unwrap_err();
            assert!(matches!(error, ParseOriginError::Host { .. }), "{url}: {error}");
        }
    }

    #[test]
    fn origin_from_url_with_port_0() {
        let url = Url::parse("https://example.com:0/").unwrap();
        assert_eq!(Origin::try_from(&url), Err(ParseOriginError::PortZero));
        assert_eq!(
            Origin::try_from(&url.origin()),
            Err(ParseOriginError::PortZero)
        );
    }

    #[test]
    fn origin_from_nested_blob_url() {
        let url = Url::parse(&("blob:".repeat(10_000) + "https://example.com")).unwrap();
        assert_eq!(Origin::try_from(&url), Ok(Origin::opaque()));
    }

    #[test]
    fn origin_into_url() {
        for text in ["https://example.com:8443", "http://[::1]", "app://A"] {
            let url = Url::try_from(&origin(text)).unwrap();
            assert_eq!(Origin::try_from(&url), Ok(origin(text)), "{text}");
        }
        assert!(Url::try_from(&Origin::opaque()).is_err());
    }

    #[test]
    fn origin_from_and_into_url_origin() {
        for text in [
            "https://example.com:8443",
            "http://example.com",
            "ws://127.0.0.1",
            "ftp://[::1]",
        ] {
            let origin = origin(text);
            let theirs = UrlOrigin::from(&origin);
            assert_eq!(theirs, Url::parse(text).unwrap().origin());
            assert_eq!(theirs.ascii_serialization(), text);
            assert_eq!(Origin::try_from(&theirs), Ok(origin));
        }
        for text in ["null", "app://x", "app://"] {
            let theirs = UrlOrigin::from(&origin(text));
            assert!(!theirs.is_tuple(), "{text}");
            assert_eq!(Origin::try_from(&theirs), Ok(Origin::opaque()));
        }
        // its fields are public, and so can be anything
        for host in ["a/b", "u@b", "a b", "*.example.com", ""] {
            let host = UrlHost::Domain(host.to_owned());
            let theirs = UrlOrigin::Tuple("https".to_owned(), host, 443);
            assert!(Origin::try_from(&theirs).is_err(), "{theirs:?}");
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn serde_round_trip() {
    use cross_origin::OriginPattern;
    for text in [
        "https://example.com:8443",
        "null",
        "app://A",
        "http://[::1]",
    ] {
        let json = serde_json::to_string(&origin(text)).unwrap();
        assert_eq!(json, format!("{text:?}"));
        assert_eq!(
            serde_json::to_string(&origin(text).as_origin_ref()).unwrap(),
            json
        );
        assert_eq!(serde_json::from_str::<Origin>(&json).unwrap(), origin(text));
    }
    for text in [
        "*",
        "https://*.example.com:{80,90-99}",
        "https://app-*.a.b",
        "app://*:*",
    ] {
        let pattern: OriginPattern = serde_json::from_str(&format!("{text:?}")).unwrap();
        assert_eq!(
            serde_json::to_string(&pattern).unwrap(),
            format!("{text:?}")
        );
    }
    let text = r#""https://a.example/""#;
    let error = serde_json::from_str::<Origin>(text).unwrap_err();
    let parsed = "https://a.example/".parse::<Origin>().unwrap_err();
    assert!(
        error.to_string().starts_with(&parsed.to_string()),
        "{error}"
    );
    assert!(serde_json::from_str::<Origin>("1").is_err());
    assert!(serde_json::from_str::<OriginPattern>(r#""https://*""#).is_err());
}
