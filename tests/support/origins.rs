//! Random origins and patterns, made to meet: few names, many ways to be nearly the same.

use cross_origin::{Origin, OriginPattern, OriginRef};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;

const SPECIAL: &[&str] = &["http", "https", "ws", "wss", "ftp"];
const OTHER: &[&str] = &["app", "chrome-extension", "a+b.c-1", "https2"];
const PORTS: &[u16] = &[1, 21, 80, 81, 443, 3000, 8080, 65534, 65535];
const BASES: &[&str] = &[
    "example.com",
    "eu.example.com",
    "a.eu.example.com",
    "evilexample.com",
    "example.com.",
    "com.example.com",
    "xn--bcher-kva.example",
    "localhost",
];
const LABELS: &[&str] = &[
    "a",
    "b",
    "app",
    "app-1",
    "app-1-team",
    "app--team",
    "1",
    "a_b",
    "-",
    "_",
    "x",
    "evil",
    "www",
    "xn--fa-hia",
    "axn--b",
    "0x7g",
];
const LITERALS: &[&str] = &[
    "", "a", "ap", "app", "app-", "-team", "m", "x", "xn", "xn-", "_", "1",
];

fn regex(pattern: &str) -> impl Strategy<Value = String> + use<> {
    string_regex(pattern).unwrap()
}

fn text(choices: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(choices).prop_map(str::to_owned)
}

fn label() -> BoxedStrategy<String> {
    prop_oneof![4 => text(LABELS), 1 => regex("[a-wyz0-9_-]{1,6}[a-wyz_-]")].boxed()
}

fn domain() -> BoxedStrategy<String> {
    let below = (prop::collection::vec(label(), 0..3), text(BASES)).prop_map(|(labels, base)| {
        labels
            .into_iter()
            .chain([base])
            .collect::<Vec<_>>()
            .join(".")
    });
    prop_oneof![8 => below, 1 => label().prop_filter("a number", |label| label != "1")].boxed()
}

/// An address, with many zeros in it.
fn ipv6() -> impl Strategy<Value = String> {
    let piece = prop_oneof![2 => Just(0_u16), 1 => any::<u16>(), 1 => 1_u16..20];
    // The `url` crate is the judge of the canonical form.
    prop::array::uniform8(piece)
        .prop_map(|pieces| url::Host::<&str>::Ipv6(pieces.into()).to_string())
}

fn ipv4() -> impl Strategy<Value = String> {
    any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string())
}

/// Addresses of few networks.
fn near_address() -> impl Strategy<Value = String> {
    text(&[
        "10.1.2.3",
        "10.1.2.4",
        "10.1.255.255",
        "10.2.0.0",
        "11.0.0.0",
        "[fd00:1::5]",
        "[fd00:2::]",
        "[fe00::]",
        "[::ffff:a01:203]",
    ])
}

fn special_host() -> BoxedStrategy<String> {
    prop_oneof![6 => domain(), 1 => ipv4(), 1 => ipv6(), 2 => near_address()].boxed()
}

fn network() -> impl Strategy<Value = String> {
    let any = (any::<std::net::Ipv4Addr>(), 0..=32_u32).prop_map(|(address, bits)| {
        let host_bits = u32::MAX.checked_shr(bits).unwrap_or(0);
        let address = std::net::Ipv4Addr::from_bits(address.to_bits() & !host_bits);
        format!("{address}/{bits}")
    });
    let near = text(&[
        "0.0.0.0/0",
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.0/24",
        "10.1.2.2/31",
        "10.1.2.3/32",
        "[::/0]",
        "[fd00::/8]",
        "[fd00:1::/32]",
        "[fd00:1::4/126]",
        "[::ffff:a01:200/120]",
    ]);
    prop_oneof![1 => any, 5 => near]
}

fn opaque_host() -> BoxedStrategy<String> {
    prop_oneof![
        2 => text(&["a", "A", "main", "127.1", ".", "~", "a.example.com"]),
        1 => regex("[A-Za-z0-9._~-]{1,8}"),
        1 => ipv6(),
    ]
    .boxed()
}

fn port() -> impl Strategy<Value = String> {
    let number = prop_oneof![3 => select(PORTS), 1 => 1..=u16::MAX];
    prop_oneof![1 => Just(String::new()), 1 => number.prop_map(|port| format!(":{port}"))]
}

/// What the header's reader takes: canonical, but for a default port now and then.
pub fn wire() -> BoxedStrategy<String> {
    let special = (text(SPECIAL), special_host(), port());
    let other = (text(OTHER), opaque_host(), port());
    prop_oneof![
        8 => special.prop_map(|(scheme, host, port)| format!("{scheme}://{host}{port}")),
        3 => other.prop_map(|(scheme, host, port)| format!("{scheme}://{host}{port}")),
        1 => text(&["null", "app://", "file://"]),
    ]
    .boxed()
}

/// A value of the header with one byte replaced, put in or taken out.
pub fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        3 => select(&b".:/[]-_@%*?#~0189aAfFxXzZ \t\0"[..]),
        1 => any::<u8>(),
    ];
    (wire(), any::<prop::sample::Index>(), byte, 0..3_u8).prop_map(|(value, at, byte, what)| {
        let mut value = value.into_bytes();
        let at = at.index(value.len());
        match what {
            0 => value[at] = byte,
            1 => value.insert(at, byte),
            _ => drop(value.remove(at)),
        }
        value
    })
}

/// Texts that are about as likely to be an origin as not.
pub fn near_grammar() -> impl Strategy<Value = String> {
    let scheme =
        prop_oneof![4 => text(SPECIAL), 1 => text(OTHER), 1 => regex("[a-zA-Z0-9+.-]{0,5}")];
    let host = prop_oneof![
        2 => regex("[a-zA-Z0-9._~!$&'()*+,;={}`^|%-]{0,9}"),
        2 => regex("[a-c0-9x._-]{1,9}"),
        1 => regex("(0x?)?[0-9]{1,3}(\\.(0x?)?[0-9]{0,3}){0,4}"),
        1 => regex("\\[[0-9a-fA-F:]{2,12}\\]"),
        1 => special_host(),
    ];
    let port = prop_oneof![3 => port(), 1 => regex(":[0-9]{0,6}")];
    (scheme, host, port).prop_map(|(scheme, host, port)| format!("{scheme}://{host}{port}"))
}

/// What people type for an origin: each of these is one.
#[cfg(feature = "idna")]
pub fn typed() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        2 => (label(), text(&[".", "。", "．", "｡", "%2e"]), text(BASES))
            .prop_map(|(label, dot, base)| format!("{label}{dot}{base}")),
        2 => text(&[
            "Bücher.Example", "BÜCHER.example", "faß.example", "💩.example", "bu\u{308}cher.a",
            "%62%c3%bccher.a", "ｅｘａｍｐｌｅ.com", "点看", "ßa.XN--BCHER-KVA.example", "a\u{ad}b.example",
        ]),
        1 => text(&["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "1.2.3.4.", "0", "１.２.３.４"]),
        1 => any::<std::net::Ipv6Addr>().prop_map(|address| format!("[{address}]").to_uppercase()),
        1 => any::<[u16; 8]>().prop_map(|pieces| {
            let pieces = pieces.map(|piece| format!("{:04X}", if piece % 3 == 0 { piece } else { 0 }));
            format!("[{}]", pieces.join(":"))
        }),
        2 => special_host(),
    ];
    let special = (text(SPECIAL), host, port()).prop_map(|(scheme, host, port)| {
        let port = port.replacen(':', ":00", 1);
        format!("{scheme}://{host}{port}")
    });
    let upper = wire().prop_map(|value| match value.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_uppercase()),
        None => value,
    });
    prop_oneof![3 => special, 1 => upper]
}

// --- patterns ---

fn ports() -> impl Strategy<Value = String> {
    let range = (select(PORTS), 0..3_u16).prop_map(|(port, more)| match more {
        0 => port.to_string(),
        more => format!("{port}-{}", port.saturating_add(more)),
    });
    let list =
        prop::collection::vec(range, 1..4).prop_map(|list| format!(":{{{}}}", list.join(",")));
    prop_oneof![3 => Just(String::new()), 1 => port(), 1 => text(&[":*"]), 2 => list]
}

fn host_pattern() -> BoxedStrategy<String> {
    let base = || (prop::option::of(label()), text(BASES));
    let base = move || {
        base()
            .prop_map(|(label, base)| label.map_or(base.clone(), |label| format!("{label}.{base}")))
    };
    let in_label = (text(LITERALS), text(LITERALS), base())
        .prop_filter("`*.` is another form", |(prefix, suffix, _)| {
            !(prefix.is_empty() && suffix.is_empty())
        })
        .prop_filter("one label follows", |(_, _, base)| {
            base.trim_end_matches('.').contains('.')
        })
        .prop_map(|(prefix, suffix, base)| format!("{prefix}*{suffix}.{base}"));
    prop_oneof![
        2 => base().prop_map(|base| format!("*.{base}")),
        3 => in_label,
        2 => domain(),
        1 => prop_oneof![ipv4(), ipv6(), near_address()],
        2 => network(),
    ]
    .boxed()
}

pub fn pattern() -> BoxedStrategy<OriginPattern> {
    let special = (
        text(&["https", "https", "https", "http"]),
        host_pattern(),
        ports(),
    );
    let other = (
        text(&["app", "app", "a+b.c-1"]),
        text(&["*", "*", "a", "A", "[::1]"]),
        ports(),
    );
    prop_oneof![
        12 => special.prop_map(|(scheme, host, ports)| format!("{scheme}://{host}{ports}")),
        3 => other.prop_map(|(scheme, host, ports)| format!("{scheme}://{host}{ports}")),
        1 => text(&["*", "null", "app://", "file://"]),
    ]
    .prop_map(|text| {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    })
    .boxed()
}

/// An origin that one of these patterns admits, or nearly.
pub fn near(patterns: &[OriginPattern]) -> impl Strategy<Value = Origin> + use<> {
    let texts: Vec<_> = patterns.iter().map(ToString::to_string).collect();
    let star = prop_oneof![
        3 => label(),
        1 => (label(), label()).prop_map(|(one, other)| format!("{one}.{other}")),
        1 => text(&["", "-", "n--a", "-a", "xn--fa-hia"]),
    ];
    let change = text(&["", "", "", "", "boundary", "apex", "below", "dot", "scheme"]);
    let near = (select(texts), star, change, select(PORTS))
        .prop_map(|(pattern, star, change, port)| instance(&pattern, &star, &change, port));
    // What comes out may be no origin: then it is any other.
    (near, wire()).prop_map(|(near, other)| {
        let read = OriginRef::from_header(near.as_bytes());
        let read = read.or_else(|_| OriginRef::from_header(other.as_bytes()));
        read.unwrap().into()
    })
}

/// The pattern with its `*` replaced and one more thing changed.
fn instance(pattern: &str, star: &str, change: &str, port: u16) -> String {
    let Some((scheme, rest)) = pattern.split_once("://") else {
        return pattern.to_owned();
    };
    let (host, ports) = match rest.rfind(':') {
        Some(at) if !rest[at..].contains(']') => rest.split_at(at),
        _ => (rest, ""),
    };
    let host = match change {
        "boundary" => host.replacen("*.", "*", 1),
        "apex" => host.replacen("*.", "", 1),
        "below" => format!("a.{host}"),
        "dot" => host
            .strip_suffix('.')
            .map_or(format!("{host}."), str::to_owned),
        _ => host.to_owned(),
    };
    let host = host.replacen('*', star, 1);
    // Of a network, the first address.
    let host = match host.split_once('/') {
        Some((address, _)) if address.starts_with('[') => format!("{address}]"),
        Some((address, _)) => address.to_owned(),
        None => host,
    };
    let scheme = if change == "scheme" { "http" } else { scheme };
    if ports.contains(['*', '{']) {
        format!("{scheme}://{host}:{port}")
    } else {
        format!("{scheme}://{host}{ports}")
    }
}

/// A pattern that shares most of its origins with others of its kind.
fn crowded() -> BoxedStrategy<OriginPattern> {
    let before = text(&["", "a", "app-", "app-_", "app-m"]);
    let in_label = (before, text(&["", "m", "-m", "m-m"]))
        .prop_map(|(prefix, suffix)| format!("{prefix}*{suffix}.eu.example.com"));
    let hosts = text(&[
        "*.example.com",
        "*.com",
        "app-m.eu.example.com",
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.3",
    ]);
    let ports = text(&["", ":*", ":{80,443}", ":{443,444}", ":{1,443}"]);
    (prop_oneof![4 => in_label, 1 => hosts], ports)
        .prop_map(|(host, ports)| format!("https://{host}{ports}").parse().unwrap())
        .boxed()
}

/// Patterns of so many lengths that a set does not try them all.
fn many_lengths() -> Vec<OriginPattern> {
    let lengths = (0..4).flat_map(|before| (1..4).map(move |after| (before, after)));
    let in_label = lengths.map(|(before, after)| {
        let (before, after) = ("x".repeat(before), "y".repeat(after));
        format!("https://{before}*{after}.eu.example.com")
    });
    let below = (1..10).map(|len| format!("https://*.{}.example.com", "e".repeat(len)));
    in_label
        .chain(below)
        .map(|text| text.parse().unwrap())
        .collect()
}

pub fn patterns_and_origin() -> impl Strategy<Value = (Vec<OriginPattern>, Origin)> {
    let lengths = prop_oneof![Just(Vec::new()), Just(many_lengths())];
    (few_patterns_and_origin(), lengths).prop_map(|((mut patterns, origin), lengths)| {
        patterns.extend(lengths);
        (patterns, origin)
    })
}

fn few_patterns_and_origin() -> impl Strategy<Value = (Vec<OriginPattern>, Origin)> {
    let any = prop::collection::vec(pattern(), 1..7).prop_flat_map(|patterns| {
        let origin = near(&patterns);
        (Just(patterns), origin)
    });
    let hosts = text(&[
        "app-m-m.eu.example.com",
        "app-_m.eu.example.com",
        "xm.eu.example.com",
        "app-m.eu.example.com",
        "eu.example.com",
        "10.1.2.3",
        "10.1.2.4",
        "10.2.0.0",
    ]);
    let origin = (hosts, text(&["", "", ":444", ":1"]))
        .prop_map(|(host, port)| format!("https://{host}{port}").parse().unwrap());
    prop_oneof![any, (prop::collection::vec(crowded(), 3..10), origin),]
}
