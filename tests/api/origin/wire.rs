//! The reader of the `Origin` header: which bytes are an origin, and why others are malformed.

use cross_origin::limits::MAX_ORIGIN_LEN;
use cross_origin::{Host, MalformedOrigin, Origin, OriginRef};
use std::net::{Ipv4Addr, Ipv6Addr};

use Host::{Domain, Empty, Ipv4, Ipv6, Opaque};
use MalformedOrigin as Bad;

#[track_caller]
fn read(value: &str) -> OriginRef<'_> {
    OriginRef::from_header(value.as_bytes()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

#[track_caller]
fn accepted(value: &str, parts: (&str, Host<'_>, Option<u16>), canonical: &str) {
    let origin = read(value);
    let (scheme, host, port) = parts;
    assert_eq!(origin.scheme().unwrap().as_str(), scheme, "{value}");
    assert_eq!(origin.host(), Some(host), "{value}");
    assert_eq!(origin.port(), port, "{value}");
    assert_eq!(origin.as_str(), canonical, "{value}");
    assert_eq!(origin.to_string(), canonical, "{value}");
    assert!(!origin.is_opaque(), "{value}");
    assert_eq!(OriginRef::try_from(value.as_bytes()), Ok(origin), "{value}");
    assert_eq!(Origin::from(origin), origin, "{value}");
    assert_eq!(read(canonical), origin, "{value}");
}

#[track_caller]
fn malformed(value: impl AsRef<[u8]>, kind: Bad) {
    let value = value.as_ref();
    let read = OriginRef::from_header(value);
    assert_eq!(read, Err(kind), "{}", value.escape_ascii());
}

const LOOPBACK: Ipv6Addr = Ipv6Addr::LOCALHOST;

/// What is its own canonical text.
#[rustfmt::skip]
const CANONICAL: &[(&str, &str, Host<'_>, Option<u16>)] = &[
    // special schemes, with and without a port
    ("http://example.com",             "http",  Domain("example.com"), None),
    ("https://example.com",            "https", Domain("example.com"), None),
    ("ws://example.com",               "ws",    Domain("example.com"), None),
    ("wss://example.com",              "wss",   Domain("example.com"), None),
    ("ftp://example.com",              "ftp",   Domain("example.com"), None),
    ("http://www.mydomain.com:90",     "http",  Domain("www.mydomain.com"), Some(90)),
    ("https://example.com:1",          "https", Domain("example.com"), Some(1)),
    ("https://example.com:65535",      "https", Domain("example.com"), Some(65535)),
    // another scheme's default port is no default port
    ("http://example.com:443",         "http",  Domain("example.com"), Some(443)),
    ("https://example.com:80",         "https", Domain("example.com"), Some(80)),
    ("ws://example.com:443",           "ws",    Domain("example.com"), Some(443)),
    ("wss://example.com:80",           "wss",   Domain("example.com"), Some(80)),
    ("http://example.com:21",          "http",  Domain("example.com"), Some(21)),
    // domains, as browsers send them
    ("http://intranet:8081",           "http",  Domain("intranet"), Some(8081)),
    ("http://app.example.com.:8081",   "http",  Domain("app.example.com."), Some(8081)),
    ("http://a_b.example.com:8081",    "http",  Domain("a_b.example.com"), Some(8081)),
    ("http://a--b-.example.com:8081",  "http",  Domain("a--b-.example.com"), Some(8081)),
    ("http://-a.example.com:8081",     "http",  Domain("-a.example.com"), Some(8081)),
    ("http://xn--bcher-kva.example",   "http",  Domain("xn--bcher-kva.example"), None),
    // `xn--` labels are not decoded
    ("http://xn--a.example",           "http",  Domain("xn--a.example"), None),
    ("http://xn--",                    "http",  Domain("xn--"), None),
    // a number that is not the last label, a last label that is no number
    ("http://1.example",               "http",  Domain("1.example"), None),
    ("http://1.2.3.4.example",         "http",  Domain("1.2.3.4.example"), None),
    ("http://example.0xg",             "http",  Domain("example.0xg"), None),
    ("http://example.1a",              "http",  Domain("example.1a"), None),
    ("http://1-2",                     "http",  Domain("1-2"), None),
    // IPv4
    ("http://127.0.0.1:8081",          "http",  Ipv4(Ipv4Addr::LOCALHOST), Some(8081)),
    ("https://0.0.0.0",                "https", Ipv4(Ipv4Addr::UNSPECIFIED), None),
    ("https://255.255.255.255",        "https", Ipv4(Ipv4Addr::BROADCAST), None),
    // IPv6: the first longest run of zeros is elided, one zero alone is not
    ("http://[::1]:8081",              "http",  Ipv6(LOOPBACK), Some(8081)),
    ("http://[::]",                    "http",  Ipv6(Ipv6Addr::UNSPECIFIED), None),
    ("http://[1::]",                   "http",  Ipv6(Ipv6Addr::new(1, 0, 0, 0, 0, 0, 0, 0)), None),
    ("http://[::7f00:1]",              "http",  Ipv6(Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0x7f00, 1)), None),
    ("http://[::ffff:7f00:1]",         "http",  Ipv6(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x7f00, 1)), None),
    ("http://[1:0:2:3:4:5:6:7]",       "http",  Ipv6(Ipv6Addr::new(1, 0, 2, 3, 4, 5, 6, 7)), None),
    ("http://[1:0:0:2::3]",            "http",  Ipv6(Ipv6Addr::new(1, 0, 0, 2, 0, 0, 0, 3)), None),
    ("http://[1::2:3:0:0:4]",          "http",  Ipv6(Ipv6Addr::new(1, 0, 0, 2, 3, 0, 0, 4)), None),
    ("http://[fe80:1:2:3:4:5:6:abcd]", "http",  Ipv6(Ipv6Addr::new(0xfe80, 1, 2, 3, 4, 5, 6, 0xabcd)), None),
    // schemes that are not special: any port is one, no address in digits, case kept
    ("chrome-extension://aapbdbdomjkkj", "chrome-extension", Opaque("aapbdbdomjkkj"), None),
    ("moz-extension://0f1e2d3c-4b5a",  "moz-extension", Opaque("0f1e2d3c-4b5a"), None),
    ("safari-web-extension://4F2A-B7", "safari-web-extension", Opaque("4F2A-B7"), None),
    ("capacitor://localhost",          "capacitor", Opaque("localhost"), None),
    ("tauri://localhost:80",           "tauri", Opaque("localhost"), Some(80)),
    ("app://127.0.0.1",                "app",   Opaque("127.0.0.1"), None),
    ("app://127.1:443",                "app",   Opaque("127.1"), Some(443)),
    ("app://0x7f",                     "app",   Opaque("0x7f"), None),
    ("app://[::1]:8080",               "app",   Ipv6(LOOPBACK), Some(8080)),
    ("app://A-Z.a_z~9",                "app",   Opaque("A-Z.a_z~9"), None),
    ("app://..",                       "app",   Opaque(".."), None),
    ("app://",                         "app",   Empty, None),
    ("a+b-c.1://x",                    "a+b-c.1", Opaque("x"), None),
    ("https2://EXAMPLE",               "https2", Opaque("EXAMPLE"), None),
];

#[test]
fn canonical_origins() {
    for &(value, scheme, host, port) in CANONICAL {
        accepted(value, (scheme, host, port), value);
    }
}

#[test]
fn explicit_default_port_is_dropped() {
    let host = Domain("www.mydomain.com");
    for (scheme, port) in [
        ("http", 80),
        ("https", 443),
        ("ws", 80),
        ("wss", 443),
        ("ftp", 21),
    ] {
        let implicit = format!("{scheme}://www.mydomain.com");
        let explicit = format!("{implicit}:{port}");
        accepted(&explicit, (scheme, host, None), &implicit);
        assert_eq!(read(&explicit).port_or_default(), Some(port));
    }
    accepted(
        "https://[::1]:443",
        ("https", Ipv6(LOOPBACK), None),
        "https://[::1]",
    );
    assert_eq!(read("https://a.example:80").port_or_default(), Some(80));
    assert_eq!(read("app://a").port_or_default(), None);
}

#[test]
fn null_is_the_opaque_origin() {
    let origin = read("null");
    assert_eq!(origin, OriginRef::OPAQUE);
    assert!(origin.is_opaque());
    assert_eq!(origin.as_str(), "null");
    assert_eq!(
        (origin.scheme(), origin.host(), origin.port()),
        (None, None, None)
    );
    assert_eq!(origin.port_or_default(), None);
}

#[rustfmt::skip]
const MALFORMED: &[(&str, Bad)] = &[
    // no scheme
    ("",                                Bad::SchemeMissing),
    ("Null",                            Bad::SchemeMissing),
    ("NULL",                            Bad::SchemeMissing),
    ("null,null",                       Bad::SchemeMissing),
    ("*",                               Bad::SchemeMissing),
    ("example.com",                     Bad::SchemeMissing),
    ("//example.com",                   Bad::SchemeMissing),
    ("https:example.com",               Bad::SchemeMissing),
    ("https:/example.com",              Bad::SchemeMissing),
    ("https",                           Bad::SchemeMissing),
    // a scheme that is none
    ("://example.com",                  Bad::Scheme),
    ("HTTPS://example.com",             Bad::Scheme),
    ("httpS://example.com",             Bad::Scheme),
    ("1http://example.com",             Bad::Scheme),
    ("-app://example.com",              Bad::Scheme),
    ("+app://example.com",              Bad::Scheme),
    ("*://example.com",                 Bad::Scheme),
    ("null,https://example.com",        Bad::Scheme),
    ("blob:https://example.com",        Bad::Scheme),
    ("view-source:https://example.com", Bad::Scheme),
    // schemes whose origin is opaque
    ("file:///",                        Bad::OpaqueScheme),
    ("file://localhost",                Bad::OpaqueScheme),
    ("data://x",                        Bad::OpaqueScheme),
    ("blob://x",                        Bad::OpaqueScheme),
    ("about://blank",                   Bad::OpaqueScheme),
    ("javascript://x",                  Bad::OpaqueScheme),
    // what is not a host and nothing but a host
    ("https://Example.com",             Bad::Host),
    ("https://example.coM",             Bad::Host),
    ("https://example.com/",            Bad::Host),
    ("https://example.com/x",           Bad::Host),
    ("https://example.com?q",           Bad::Host),
    ("https://example.com#f",           Bad::Host),
    ("https://@example.com",            Bad::Host),
    ("https://user@example.com",        Bad::Host),
    ("https://user:pw@example.com",     Bad::Port),
    ("https:///example.com",            Bad::Host),
    ("https://\\example.com",           Bad::Host),
    ("https://*.example.com",           Bad::Host),
    ("https://%65xample.com",           Bad::Host),
    ("https://a.example,https://b.example", Bad::Host),
    ("https://a.example,b.example",     Bad::Host),
    ("https://a~b.example",             Bad::Host),
    // empty hosts and labels
    ("https://",                        Bad::Host),
    ("https://:8080",                   Bad::Host),
    ("https://.",                       Bad::Host),
    ("https://.example.com",            Bad::Host),
    ("https://foo..example.com",        Bad::Host),
    ("https://example.com..",           Bad::Host),
    ("app://:80",                       Bad::Host),
    // not the canonical IPv4, or a number that is no address
    ("http://0x7f.1",                   Bad::Host),
    ("http://0x7f.0.0.1",               Bad::Host),
    ("http://127.1",                    Bad::Host),
    ("http://127.0.0.01",               Bad::Host),
    ("http://0127.0.0.1",               Bad::Host),
    ("http://2130706433",               Bad::Host),
    ("http://127.0.0.1.",               Bad::Host),
    ("http://127.0.0.256",              Bad::Host),
    ("http://1.2.3.4.5",                Bad::Host),
    ("http://1..2.3",                   Bad::Host),
    ("http://0",                        Bad::Host),
    ("http://0x",                       Bad::Host),
    ("http://example.0",                Bad::Host),
    ("http://example.09",               Bad::Host),
    ("http://example.0x",               Bad::Host),
    ("http://example.0xff",             Bad::Host),
    ("http://example.1.",               Bad::Host),
    // not the canonical IPv6
    ("http://[0:0:0:0:0:0:0:1]",        Bad::Host),
    ("http://[::0001]",                 Bad::Host),
    ("http://[FE80::1]",                Bad::Host),
    ("http://[fe80::ABCD]",             Bad::Host),
    ("http://[::127.0.0.1]",            Bad::Host),
    ("http://[::ffff:127.0.0.1]",       Bad::Host),
    ("http://[1:0:0:2:0:0:0:3]",        Bad::Host),
    ("http://[1::2:0:0:0:3]",           Bad::Host),
    ("http://[1:0:0:2:3::4]",           Bad::Host),
    ("http://[1::2:3:4:5:6:7]",         Bad::Host),
    ("http://[1:2:3:4:5:6:7]",          Bad::Host),
    ("http://[fe80::1%25eth0]",         Bad::Host),
    ("http://[]",                       Bad::Host),
    ("http://[::1]x",                   Bad::Host),
    ("http://x[::1]",                   Bad::Host),
    ("http://[example]",                Bad::Host),
    ("http://[127.0.0.1]",              Bad::Host),
    ("http://::1",                      Bad::Host),
    ("http://[::1",                     Bad::Host),
    ("app://[0:0:0:0:0:0:0:1]",         Bad::Host),
    ("app://[::1",                      Bad::Host),
    ("app://a/b",                       Bad::Host),
    ("app://a%20b",                     Bad::Host),
    // ports
    ("https://example.com:",            Bad::Port),
    ("https://example.com:0",           Bad::Port),
    ("https://example.com:00",          Bad::Port),
    ("https://example.com:0443",        Bad::Port),
    ("https://example.com:08081",       Bad::Port),
    ("https://example.com:65536",       Bad::Port),
    ("https://example.com:99999",       Bad::Port),
    ("https://example.com:4294967739",  Bad::Port),
    ("https://example.com:+443",        Bad::Port),
    ("https://example.com:-1",          Bad::Port),
    ("https://example.com:8x",          Bad::Port),
    ("https://example.com:*",           Bad::Port),
    ("https://example.com:80:80",       Bad::Port),
    ("https://example.com:443/",        Bad::Port),
    ("https://evil.com:any.example.com", Bad::Port),
    ("http://[::1]:",                   Bad::Port),
    ("http://[::1]:0",                  Bad::Port),
    ("app://x:",                        Bad::Port),
    ("app://x:0",                       Bad::Port),
];

#[test]
fn malformed_origins() {
    for &(value, kind) in MALFORMED {
        malformed(value, kind);
    }
    malformed(b"https://\xff.example", Bad::Byte(0xff));
    malformed("https://bücher.example", Bad::Byte(0xc3));
    malformed("https://example.com ", Bad::Byte(b' '));
    malformed("\thttps://example.com", Bad::Byte(b'\t'));
    malformed("https://example.com\r\n", Bad::Byte(b'\r'));
    malformed("null\0", Bad::Byte(0));
    malformed(" null", Bad::Byte(b' '));
}

// --- every byte, in every part ---

#[track_caller]
fn with_byte(before: &str, after: &str, is_fine: impl Fn(u8) -> bool) {
    for byte in 0..=255 {
        let value = [before.as_bytes(), &[byte], after.as_bytes()].concat();
        let read = OriginRef::from_header(&value);
        assert_eq!(read.is_ok(), is_fine(byte), "{}", value.escape_ascii());
        if !(0x21..=0x7e).contains(&byte) {
            malformed(value, Bad::Byte(byte));
        }
    }
}

#[test]
fn each_byte_in_each_position() {
    let lower_or_digit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let in_domain = |byte| lower_or_digit(byte) || b"-_.".contains(&byte);
    let in_label = |byte| lower_or_digit(byte) || b"-_".contains(&byte);
    let in_opaque = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    // in a scheme, and as its first letter
    with_byte("a", "b://x", |byte| {
        lower_or_digit(byte) || b"+-.".contains(&byte)
    });
    with_byte("", "b://x", |byte| byte.is_ascii_lowercase());
    // in a domain, at its start and at its end
    with_byte("https://a", "b.example", in_domain);
    with_byte("https://", "b.example", in_label);
    with_byte("https://b.a", "", in_domain);
    // in an opaque host
    with_byte("app://a", "b", in_opaque);
    with_byte("app://", "b", in_opaque);
    // in a port; here a zero is no first digit
    with_byte("https://a.example:8", "1", |byte| byte.is_ascii_digit());
    with_byte("https://a.example:", "1", |byte| {
        matches!(byte, b'1'..=b'9')
    });
}

// --- lengths ---

#[test]
fn domain_has_at_most_253_bytes() {
    for len in [252, 253] {
        for dot in ["", "."] {
            let value = format!("https://{}{dot}", domain(len));
            accepted(&value, ("https", Domain(&value[8..]), None), &value);
            let value = value + ":65535";
            assert_eq!(read(&value).as_str(), value);
        }
    }
    for dot in ["", "."] {
        malformed(format!("https://{}{dot}", domain(254)), Bad::TooLong);
        malformed(format!("https://{}{dot}:8080", domain(254)), Bad::TooLong);
    }
    // one label may be as long: browsers send what their resolver would refuse
    assert_eq!(read(&format!("https://{}", "a".repeat(253))).port(), None);
    // an opaque host is no domain
    assert_eq!(read(&format!("app://{}", domain(254))).port(), None);
}

#[test]
fn origin_has_at_most_512_bytes() {
    assert_eq!(MAX_ORIGIN_LEN, 512);
    let value = |len: usize| format!("app://{}", "a".repeat(len - 6));
    assert_eq!(read(&value(512)).as_str().len(), 512);
    malformed(value(513), Bad::TooLong);
    // whatever the bytes are, and before any other problem
    malformed([0xff; 513], Bad::TooLong);
    malformed([b' '; 512], Bad::Byte(b' '));
    malformed(vec![b'a'; 1 << 20], Bad::TooLong);
    let scheme = "a".repeat(508);
    assert_eq!(
        read(&format!("{scheme}://x")).scheme().unwrap().as_str(),
        scheme
    );
}

/// A domain of so many bytes, in labels of at most 63.
fn domain(len: usize) -> String {
    let text: String = ["a".repeat(63), ".".into()].concat().repeat(5);
    let mut text = text[..len].to_owned();
    if text.ends_with('.') {
        text.replace_range(len - 1.., "a");
    }
    text
}

// --- sentences ---

#[test]
fn malformed_origin_messages() {
    #[track_caller]
    fn says(kind: Bad, sentence: &str) {
        assert_eq!(kind.to_string(), sentence);
    }
    says(
        Bad::TooLong,
        "an origin of more than 512 bytes, or a domain of more than 253, is not read",
    );
    says(Bad::Byte(b' '), "unexpected byte ` ` in an origin");
    says(Bad::Byte(0x1b), r"unexpected byte `\x1b` in an origin");
    says(Bad::Byte(0xff), r"unexpected byte `\xff` in an origin");
    says(
        Bad::SchemeMissing,
        "expected `null` or a scheme followed by `://`",
    );
    says(Bad::Scheme, "expected a scheme in lower case before `://`");
    says(
        Bad::OpaqueScheme,
        "the origin of a URL of this scheme is opaque and is sent as `null`",
    );
    says(
        Bad::Host,
        "expected a host in its canonical form, and at most a port after it",
    );
    says(
        Bad::Port,
        "expected a port from 1 to 65535 without leading zeros",
    );
}
