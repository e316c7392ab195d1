//! Networks in patterns: parsing, canonical form, matching, covering, and order in a set.

use cross_origin::{
    NetworkError, Origin, OriginPattern, OriginRef, OriginSet, ParsePatternError, Policy,
    PolicyBuilder, ProblemKind, RequestHeaders, Rule,
};

#[track_caller]
fn pattern(text: &str) -> OriginPattern {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn matches(text: &str, origin: &str) -> bool {
    let origin = OriginRef::from_header(origin.as_bytes()).unwrap();
    let matches = pattern(text).matches(origin);
    let set = OriginSet::parse([text]).unwrap();
    assert_eq!(set.matches(origin), matches, "{text}, {origin}");
    assert!(
        set.find(origin)
            .is_none_or(|found| found.capture().is_none())
    );
    matches
}

#[test]
fn network_canonical_form() {
    for (text, canonical) in [
        ("http://192.168.0.0/16", "http://192.168.0.0/16"),
        ("HTTP://192.168.0.0/16:80", "http://192.168.0.0/16"),
        ("http://10.0.0.0/8:*", "http://10.0.0.0/8:*"),
        (
            "https://10.0.0.0/8:{9000,443,1-3}",
            "https://10.0.0.0/8:{1-3,443,9000}",
        ),
        ("http://0.0.0.0/0", "http://0.0.0.0/0"),
        ("http://[fd00::/8]", "http://[fd00::/8]"),
        ("http://[FD00:0:0::/8]:8080", "http://[fd00::/8]:8080"),
        ("http://[::/0]", "http://[::/0]"),
        ("http://[::ffff:10.0.0.0/104]", "http://[::ffff:a00:0/104]"),
        // one address
        ("http://10.0.0.1/32", "http://10.0.0.1"),
        ("https://10.0.0.1/32:443", "https://10.0.0.1"),
        ("http://[fd00::1/128]", "http://[fd00::1]"),
    ] {
        assert_eq!(pattern(text).as_str(), canonical);
        assert_eq!(pattern(canonical).as_str(), canonical);
        assert!(text.parse::<Origin>().is_err(), "{text}");
    }
    assert!(pattern("http://10.0.0.1/32").as_pattern_ref().is_exact());
    assert!(!pattern("http://10.0.0.0/31").as_pattern_ref().is_exact());
}

#[test]
fn network_of_one_address_is_static() {
    let policy = Policy::new([Rule::allow_origins(["http://10.0.0.1/32"])]).unwrap();
    let decision = policy.evaluate(&RequestHeaders::new("GET")).to_owned();
    let headers: Vec<_> = decision.headers().collect();
    assert_eq!(
        headers,
        [("access-control-allow-origin", "http://10.0.0.1")]
    );
}

#[test]
fn network_in_another_notation_suggests_this_one() {
    use NetworkError::{HostBits, Notation, PrefixLength, Scheme};
    for (text, reason, fix) in [
        ("http://192.168/16", Notation, Some("http://192.168.0.0/16")),
        ("http://10/8:8080", Notation, Some("http://10.0.0.0/8:8080")),
        ("http://012.0.0.0/8", Notation, Some("http://10.0.0.0/8")),
        ("http://10.0.0.00/8", Notation, Some("http://10.0.0.0/8")),
        (
            "http://10.0.0.0:8080/8",
            Notation,
            Some("http://10.0.0.0/8:8080"),
        ),
        ("http://10.0.0.0:*/8", Notation, Some("http://10.0.0.0/8:*")),
        ("http://[fd00::]/8", Notation, Some("http://[fd00::/8]")),
        (
            "http://[fd00::]/8:8080",
            Notation,
            Some("http://[fd00::/8]:8080"),
        ),
        (
            "http://[fd00::]:8080/8",
            Notation,
            Some("http://[fd00::/8]:8080"),
        ),
        (
            "http://192.168.1.5/24",
            HostBits,
            Some("http://192.168.1.0/24"),
        ),
        ("http://[fd00::1/8]", HostBits, Some("http://[fd00::/8]")),
        ("http://10.0.0.0/08", Notation, Some("http://10.0.0.0/8")),
        ("http://10.0.0.0/33", PrefixLength, None),
        ("http://10.0.0.0/999", PrefixLength, None),
        ("http://[fd00::/129]", PrefixLength, None),
        ("http://10/8:x", Notation, None),
        ("app://10.0.0.0/8", Scheme, None),
        ("chrome-extension://[fd00::/8]", Scheme, None),
    ] {
        match text.parse::<OriginPattern>() {
            Err(ParsePatternError::Network {
                reason: found,
                fix: found_fix,
                ..
            }) => assert_eq!((found, found_fix.suggestion()), (reason, fix), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
        let problems = Policy::new([Rule::allow_origins([text])]).unwrap_err();
        let kinds: Vec<_> = problems.iter().map(|problem| problem.kind()).collect();
        assert_eq!(kinds, [ProblemKind::Network], "{text}");
    }
}

#[test]
fn path_that_is_not_a_network() {
    for text in [
        "http://10.0.0.0/",
        "http://10.0.0.0/8/",
        "http://10.0.0.0/a",
        "http://192.168.1.5:3000/24",
        "http://[fd00::1]:3000/8",
        "http://[fd00::]:1/8:2",
        "http://localhost/8",
        "http://example.com/24",
        "http://256.0.0.0/8",
        "http://1.2.3.4.5/8",
        "http://10.0.0.0/8?x",
        "http://10.0.0.0/8 ",
        "http://a@10.0.0.0/8",
        "http://[fe80::%251/10]",
    ] {
        let result = text.parse::<OriginPattern>();
        assert!(
            matches!(result, Err(ParsePatternError::Origin(_))),
            "{text}: {result:?}"
        );
    }
}

#[test]
fn network_port_errors() {
    for (text, is_expected) in [
        ("http://10.0.0.0/8:{}", true),
        ("http://10.0.0.0/8:0", true),
        ("http://10.0.0.0/8:", true),
        ("http://10.0.0.0/8:{8080,}", true),
        ("http://10.0.0.0/8:{8080}", false),
    ] {
        assert_eq!(
            text.parse::<OriginPattern>().is_err(),
            is_expected,
            "{text}"
        );
    }
}

#[test]
fn network_matches_its_addresses() {
    for (text, origin, expected) in [
        ("http://192.168.0.0/16", "http://192.168.0.0", true),
        ("http://192.168.0.0/16", "http://192.168.255.255", true),
        ("http://192.168.0.0/16", "http://192.169.0.0", false),
        ("http://192.168.0.0/16", "http://192.167.255.255", false),
        ("http://192.168.0.0/16", "https://192.168.0.1", false),
        ("http://192.168.0.0/16", "http://192.168.0.1:8080", false),
        (
            "http://192.168.0.0/16:8080",
            "http://192.168.0.1:8080",
            true,
        ),
        ("http://192.168.0.0/16:*", "http://192.168.0.1", true),
        ("http://0.0.0.0/0", "http://255.255.255.255", true),
        ("http://0.0.0.0/0", "http://[::1]", false),
        ("http://0.0.0.0/0", "http://example.com", false),
        ("http://0.0.0.0/0", "null", false),
        ("http://0.0.0.0/0", "file://", false),
        ("http://10.0.0.0/31", "http://10.0.0.1", true),
        ("http://10.0.0.0/31", "http://10.0.0.2", false),
        ("http://[fd00::/8]", "http://[fdff::1]", true),
        ("http://[fd00::/8]", "http://[fe00::1]", false),
        ("http://[::/0]", "http://[::1]", true),
        ("http://[::/0]", "http://127.0.0.1", false),
        ("http://[::/0]", "http://a", false),
        ("http://[fd00::/127]", "http://[fd00::1]", true),
        ("http://[fd00::/127]", "http://[fd00::2]", false),
        // an IPv4-mapped address is an IPv6 address
        ("http://10.0.0.0/8", "http://[::ffff:a00:1]", false),
        ("http://[::ffff:a00:0/104]", "http://[::ffff:a00:1]", true),
        ("http://[::ffff:a00:0/104]", "http://10.0.0.1", false),
        // names that look like addresses
        ("http://10.0.0.0/8", "http://10.0.0.1.", false),
        ("http://10.0.0.0/8", "http://10.0.0.1.example.com", false),
    ] {
        if let Ok(origin) = OriginRef::from_header(origin.as_bytes()) {
            assert_eq!(matches(text, origin.as_str()), expected, "{text}, {origin}");
        } else {
            assert!(!expected, "{origin}");
        }
    }
}

#[test]
fn network_covers_longer_networks_and_addresses() {
    for (one, other, expected) in [
        ("http://10.0.0.0/8", "http://10.0.0.0/8", true),
        ("http://10.0.0.0/8", "http://10.1.0.0/16", true),
        ("http://10.0.0.0/8", "http://10.1.2.3", true),
        ("http://10.0.0.0/8", "http://10.1.2.3/32", true),
        ("http://10.0.0.0/8", "http://8.0.0.0/5", false),
        ("http://10.0.0.0/8", "http://11.0.0.0/16", false),
        ("http://10.0.0.0/8", "https://10.1.0.0/16", false),
        ("http://10.0.0.0/8", "http://10.1.0.0/16:8080", false),
        ("http://10.0.0.0/8:*", "http://10.1.0.0/16:{80,8080}", true),
        (
            "http://10.0.0.0/8:{80,8080}",
            "http://10.1.0.0/16:8080",
            true,
        ),
        ("http://10.0.0.0/8:{80,8080}", "http://10.1.0.0/16:*", false),
        ("http://[fd00::/8]", "http://[fd12::/16]", true),
        ("http://[fd00::/8]", "http://[fd12::1]", true),
        ("http://[::/0]", "http://0.0.0.0/0", false),
        ("http://0.0.0.0/0", "http://[::/0]", false),
        ("http://0.0.0.0/0", "http://localhost", false),
        ("*", "http://0.0.0.0/0", true),
        ("http://10.0.0.0/31", "http://10.0.0.0", true),
        ("http://10.0.0.0", "http://10.0.0.0/31", false),
    ] {
        assert_eq!(
            pattern(one).covers(&pattern(other)),
            expected,
            "{one}, {other}"
        );
        let set = OriginSet::parse([one]).unwrap();
        let found = set.find_covering(&pattern(other), |_| true);
        assert_eq!(found, expected.then_some(one), "{one}, {other}");
    }
}

#[test]
fn longest_network_with_the_port_is_found() {
    let set = OriginSet::parse([
        "http://0.0.0.0/0:*",
        "http://10.0.0.0/8",
        "http://10.1.0.0/16:*",
        "http://10.1.0.0/16:{80,81}",
        "http://10.1.2.0/24:90",
        "http://10.1.2.3:*",
        "http://[::/0]:*",
        "http://[fd00::/8]:*",
    ])
    .unwrap();
    for (origin, expected) in [
        ("http://10.1.2.3:7", "http://10.1.2.3:*"),
        ("http://10.1.2.4:90", "http://10.1.2.0/24:90"),
        ("http://10.1.2.4:81", "http://10.1.0.0/16:{80-81}"),
        ("http://10.1.2.4:82", "http://10.1.0.0/16:*"),
        ("http://10.2.0.0", "http://10.0.0.0/8"),
        ("http://10.2.0.0:1", "http://0.0.0.0/0:*"),
        ("http://[fd00::1]", "http://[fd00::/8]:*"),
        ("http://[fe00::1]", "http://[::/0]:*"),
    ] {
        let origin = OriginRef::from_header(origin.as_bytes()).unwrap();
        assert_eq!(
            set.find(origin).map(|found| found.pattern()),
            Some(expected),
            "{origin}"
        );
    }
}

/// The kinds of problems of a rule with credentials and these hatches.
fn kinds(origin: &str, hatches: fn(PolicyBuilder) -> PolicyBuilder) -> Vec<ProblemKind> {
    let builder = PolicyBuilder::new([Rule::allow_origins([origin]).allow_credentials()]);
    match hatches(builder).build() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.kind()).collect(),
    }
}

#[test]
fn network_with_credentials() {
    use ProblemKind::{
        AnyHostWithCredentials as AnyHost, InsecureOriginWithCredentials as Insecure,
        NetworkWithCredentials as Network,
    };
    for (origin, expected) in [
        ("http://127.0.0.0/8", &[][..]),
        ("http://127.1.0.0/16:*", &[]),
        ("https://127.0.0.0/8", &[]),
        ("http://126.0.0.0/7", &[AnyHost, Insecure]),
        ("https://10.0.0.0/8", &[Network]),
        ("http://10.0.0.0/8", &[Network, Insecure]),
        ("https://172.16.0.0/12", &[Network]),
        ("https://192.168.0.0/16", &[Network]),
        ("https://8.8.0.0/16", &[Network]),
        ("https://8.8.0.0/15", &[AnyHost]),
        ("https://172.0.0.0/11", &[AnyHost]),
        ("https://10.0.0.0/7", &[AnyHost]),
        ("https://0.0.0.0/0", &[AnyHost]),
        ("https://100.64.0.0/10", &[Network]),
        ("https://198.18.0.0/15", &[Network]),
        ("https://[fc00::/7]", &[Network]),
        ("https://[fc00::/6]", &[AnyHost]),
        ("https://[fe80::/10]", &[Network]),
        ("https://[2001:db8::/32]", &[Network]),
        ("https://[3fff::/20]", &[Network]),
        ("https://[2001:d00::/31]", &[AnyHost]),
        ("https://[::/0]", &[AnyHost]),
        // one address
        ("https://8.8.8.8/32", &[]),
        ("http://[::1/128]", &[]),
    ] {
        assert_eq!(kinds(origin, |builder| builder), expected, "{origin}");
    }
}

#[test]
fn networks_hatches() {
    use ProblemKind::{AnyHostWithCredentials, InsecureOriginWithCredentials};
    let networks = |builder: PolicyBuilder| builder.dangerously_allow_networks();
    assert_eq!(kinds("https://10.0.0.0/8", networks), []);
    assert_eq!(
        kinds("http://10.0.0.0/8", networks),
        [InsecureOriginWithCredentials]
    );
    assert_eq!(
        kinds("https://0.0.0.0/0", networks),
        [AnyHostWithCredentials]
    );
    assert_eq!(
        kinds("https://0.0.0.0/0", |builder| builder
            .dangerously_allow_any_host()),
        []
    );
    let both = |builder: PolicyBuilder| {
        builder
            .dangerously_allow_networks()
            .dangerously_allow_insecure_origins()
    };
    assert_eq!(kinds("http://10.0.0.0/8", both), []);
}

#[test]
fn network_without_credentials_is_dynamic() {
    let policy = Policy::new([Rule::allow_origins(["http://10.0.0.0/8"])]).unwrap();
    let request = RequestHeaders::new("GET").header("Origin", "http://10.1.2.3");
    let decision = policy.evaluate(&request);
    let headers: Vec<_> = decision.headers().collect();
    assert_eq!(
        headers,
        [
            ("access-control-allow-origin", "http://10.1.2.3"),
            ("vary", "origin")
        ]
    );
    assert_eq!(
        (decision.pattern(), decision.capture()),
        (Some("http://10.0.0.0/8"), None)
    );
    let other = RequestHeaders::new("GET").header("Origin", "http://11.1.2.3");
    assert!(policy.evaluate(&other).denial().is_some());
}

#[test]
fn networks_are_in_rules_above_and_below() {
    let rules = |above: &str, below: &str| {
        Policy::new([Rule::allow_origins([above]), Rule::allow_origins([below])]).is_ok()
    };
    assert!(!rules("http://10.0.0.0/8:*", "http://10.1.0.0/16"));
    assert!(!rules("http://10.0.0.0/8:*", "http://10.1.2.3:80"));
    assert!(rules("http://10.1.0.0/16", "http://10.0.0.0/8"));
}
