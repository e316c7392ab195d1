//! Laws of origins, patterns and sets, on random ones.

use core::cmp::Reverse;

use cross_origin::{Origin, OriginPattern, OriginRef, OriginSet, Policy, RequestHeaders, Rule};
use proptest::prelude::*;

use crate::support::origins::{mutated, near, near_grammar, pattern, patterns_and_origin, wire};

fn read(value: &str) -> OriginRef<'_> {
    OriginRef::from_header(value.as_bytes()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn has_encoded_label(text: &str) -> bool {
    text.contains("://xn--") || text.contains(".xn--")
}

/// What a reader took must be canonical: it is what was written, but for a default port.
fn check_canonical(origin: OriginRef<'_>, written: &str) -> Result<(), TestCaseError> {
    let port = origin.scheme().and_then(|scheme| scheme.default_port());
    let explicit = port.map(|port| format!("{origin}:{port}"));
    prop_assert!(written == origin.as_str() || Some(written) == explicit.as_deref());
    check_with_url(origin)
}

/// Of the special schemes, it is what `url` makes of it.
fn check_with_url(origin: OriginRef<'_>) -> Result<(), TestCaseError> {
    if origin.scheme().is_some_and(|scheme| scheme.is_special())
        && !has_encoded_label(origin.as_str())
    {
        let url = url::Url::parse(origin.as_str());
        let url = url.map_err(|error| TestCaseError::fail(format!("{origin}: {error}")))?;
        prop_assert_eq!(url.origin().ascii_serialization(), origin.as_str());
        prop_assert_eq!(url.port(), origin.port());
        let host = origin.host().map(|host| host.to_string());
        prop_assert_eq!(url.host_str(), host.as_deref());
    }
    Ok(())
}

/// What people may write for it too, with the same meaning.
fn check_as_text(written: &str) -> Result<(), TestCaseError> {
    if let Ok(origin) = OriginRef::from_header(written.as_bytes())
        && !has_encoded_label(written)
    {
        let typed = written.parse::<Origin>();
        prop_assert_eq!(typed.as_ref().map(Origin::as_origin_ref), Ok(origin));
    }
    Ok(())
}

// --- readers ---

proptest! {
    #[test]
    fn wire_origins_round_trip(value in wire()) {
        let origin = read(&value);
        check_canonical(origin, &value)?;
        let owned = Origin::from(origin);
        prop_assert_eq!(read(owned.as_str()), origin);
        prop_assert_eq!(owned.to_string(), origin.as_str());
    }

    #[test]
    fn mutated_origin_is_malformed_or_another(value in mutated()) {
        if let Ok(origin) = OriginRef::from_header(&value) {
            check_canonical(origin, core::str::from_utf8(&value).unwrap())?;
        }
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(value in prop::collection::vec(any::<u8>(), 0..600), scheme in any::<bool>()) {
        let value = if scheme { [b"https://", &*value].concat() } else { value };
        if let Ok(origin) = OriginRef::from_header(&value) {
            check_canonical(origin, core::str::from_utf8(&value).unwrap())?;
        }
    }

    #[test]
    fn text_parser_accepts_wire_origins(
        one in wire(),
        other in near_grammar(),
        third in mutated(),
        fourth in "[ -~]{0,24}",
    ) {
        prop_assert!(has_encoded_label(&one) || one.parse::<Origin>().is_ok());
        for written in [&*one, &other, &String::from_utf8_lossy(&third), &fourth] {
            check_as_text(written)?;
        }
    }

    #[test]
    fn parsed_origins_round_trip(text in near_grammar(), any in "\\PC{0,24}") {
        for text in [text, any] {
            if let Ok(origin) = text.parse::<Origin>() {
                prop_assert_eq!(read(origin.as_str()), origin.as_origin_ref());
                prop_assert_eq!(origin.to_string().parse(), Ok(origin));
            }
        }
    }
}

#[cfg(feature = "idna")]
proptest! {
    #[test]
    fn normalized_origins_round_trip(text in what_people_type()) {
        let origin: Origin = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        prop_assert_eq!(read(origin.as_str()), origin.as_origin_ref());
        prop_assert_eq!(origin.to_string().parse(), Ok(origin.clone()));
        if let Some(scheme) = origin.scheme().filter(|scheme| scheme.is_special()) {
            let url = url::Url::parse(&text).unwrap();
            prop_assert_eq!(url.scheme(), scheme.as_str());
            prop_assert_eq!(url.origin().ascii_serialization(), origin.as_str());
            prop_assert_eq!(Origin::try_from(&url), Ok(origin.clone()));
            prop_assert_eq!(Origin::try_from(&url.origin()), Ok(origin.clone()));
            prop_assert_eq!(url::Origin::from(&origin), url.origin());
        }
    }

    /// The converse: what `url` serializes is read, but for what the grammar leaves out.
    #[test]
    fn origins_serialized_by_url_parse(text in near_grammar()) {
        let Ok(url) = url::Url::parse(&text) else { return Ok(()) };
        let origin = url.origin();
        if !origin.is_tuple() {
            return Ok(());
        }
        let serialized = origin.ascii_serialization();
        let host = url.host_str().unwrap_or_default();
        let labels = host.strip_suffix('.').unwrap_or(host);
        let in_grammar = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
        let is_host = host.starts_with('[')
            || host.bytes().all(in_grammar) && !labels.split('.').any(str::is_empty);
        let expected = is_host && url.port() != Some(0);
        let read = OriginRef::from_header(serialized.as_bytes());
        prop_assert_eq!(read.is_ok(), expected, "{}", serialized);
        if let Ok(read) = read {
            prop_assert_eq!(read.as_str(), &serialized);
        }
    }
}

// --- patterns ---

/// What the table of pattern forms says, on the canonical text and without anything of the crate.
fn admits<'o>(pattern: &str, origin: &'o Origin) -> Option<Option<&'o str>> {
    match pattern {
        "*" => return Some(None),
        "null" | "file://" => return (origin.as_str() == pattern).then_some(None),
        _ if origin.as_str() == "file://" => return None,
        _ => {}
    }
    let (scheme, rest) = pattern.split_once("://")?;
    let (origin_scheme, origin_rest) = origin.as_str().split_once("://")?;
    let (host, ports) = split_ports(rest);
    let (origin_host, origin_port) = split_ports(origin_rest);
    let implicit = match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    };
    let port = origin_port.map(|port| port.parse().unwrap()).or(implicit);
    let is_port = match ports {
        None => origin_port.is_none(),
        Some("*") => true,
        Some(list) => {
            ranges(list).any(|(first, last)| port.is_some_and(|port| first <= port && port <= last))
        }
    };
    if scheme != origin_scheme || !is_port {
        return None;
    }
    admits_host(host, origin_host)
}

fn split_ports(rest: &str) -> (&str, Option<&str>) {
    let at = rest.rfind(':').filter(|&at| !rest[at..].contains(']'));
    at.map_or((rest, None), |at| (&rest[..at], Some(&rest[at + 1..])))
}

fn ranges(list: &str) -> impl Iterator<Item = (u16, u16)> {
    let list = list.trim_matches(['{', '}']);
    list.split(',').map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        (first.parse().unwrap(), last.parse().unwrap())
    })
}

fn admits_host<'h>(pattern: &str, host: &'h str) -> Option<Option<&'h str>> {
    if let Some((address, bits)) = network(pattern) {
        let of_host = binary(host).filter(|of_host| of_host.len() == address.len());
        let has_prefix = of_host.is_some_and(|of_host| of_host[..bits] == address[..bits]);
        return has_prefix.then_some(None);
    }
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == host).then_some(None);
    };
    if (before, after) == ("", "") {
        return (!host.is_empty()).then_some(Some(host));
    }
    let fits = host.starts_with(before) && host.ends_with(after) && host.len() > pattern.len() - 1;
    let captured = fits.then(|| &host[before.len()..host.len() - after.len()])?;
    let is_below = before.is_empty() && after.starts_with('.');
    let within = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let in_label = captured.bytes().all(within) && !host.starts_with("xn--");
    (is_below || in_label).then_some(Some(captured))
}

/// The address of a network in binary digits, and the length of its prefix.
fn network(host: &str) -> Option<(String, usize)> {
    let (address, bits) = host.split_once('/')?;
    let bits = bits.trim_end_matches(']').parse().unwrap();
    Some((binary(address)?, bits))
}

fn binary(address: &str) -> Option<String> {
    match address.trim_matches(['[', ']']).parse().ok()? {
        std::net::IpAddr::V4(address) => Some(format!("{:032b}", u32::from(address))),
        std::net::IpAddr::V6(address) => Some(format!("{:0128b}", u128::from(address))),
    }
}

/// Less is more specific.
fn specificity(pattern: &str) -> impl Ord + use<> {
    let (kind, host, ports) = match pattern.split_once("://") {
        None if pattern == "null" => (0, "", None),
        None => (5, "", None),
        Some((_, rest)) => {
            let (host, ports) = split_ports(rest);
            let kind = match host.split_once('*') {
                None if host.contains('/') => 3,
                None => 0,
                Some(("", "")) => 4,
                Some(("", after)) if after.starts_with('.') => 2,
                Some(_) => 1,
            };
            (kind, host, ports)
        }
    };
    let before = host.find('*');
    let len = network(host).map_or(host.len(), |(_, bits)| bits);
    let ports: u32 = match ports {
        None => 1,
        Some("*") => u32::MAX,
        Some(list) => ranges(list)
            .map(|(first, last)| u32::from(last - first) + 1)
            .sum(),
    };
    (
        kind,
        Reverse(len),
        Reverse(before),
        ports,
        pattern.to_owned(),
    )
}

proptest! {
    #[test]
    fn patterns_round_trip(pattern in pattern()) {
        prop_assert_eq!(pattern.to_string().parse(), Ok(pattern));
    }

    #[test]
    fn origin_is_a_pattern_that_matches_itself(one in wire(), other in wire()) {
        let (one, other) = (Origin::from(read(&one)), Origin::from(read(&other)));
        let pattern = OriginPattern::from(&one);
        prop_assert!(pattern.matches(one.as_origin_ref()));
        prop_assert_eq!(pattern.as_str(), one.as_str());
        prop_assert_eq!(pattern.as_pattern_ref().is_exact(), one.scheme().is_some());
        prop_assert_eq!(pattern.matches(other.as_origin_ref()), one == other);
        if !has_encoded_label(one.as_str()) {
            prop_assert_eq!(one.as_str().parse(), Ok(pattern));
        }
    }

    #[test]
    fn pattern_agrees_with_a_naive_matcher(
        (patterns, origin) in pattern().prop_flat_map(|pattern| {
            let origin = near(std::slice::from_ref(&pattern));
            (Just(pattern), origin)
        }),
    ) {
        let found = patterns.find(origin.as_origin_ref()).map(|found| found.capture());
        prop_assert_eq!(found, admits(patterns.as_str(), &origin), "{} and {}", patterns, origin);
    }

    #[test]
    fn pattern_matches_what_covered_patterns_match((patterns, origin) in patterns_and_origin()) {
        for one in &patterns {
            prop_assert!(one.covers(one));
            for other in &patterns {
                let both = !other.matches(origin.as_origin_ref()) || one.matches(origin.as_origin_ref());
                prop_assert!(!one.covers(other) || both, "{} covers {}, but {}", one, other, origin);
                if one.covers(other) && other.covers(one) {
                    prop_assert_eq!(one, other);
                }
            }
            // One origin is admitted or not, and so covered or not.
            let exact = OriginPattern::from(&origin);
            prop_assert_eq!(one.covers(&exact), one.matches(origin.as_origin_ref()), "{} {}", one, exact);
        }
    }
}

// --- sets ---

#[cfg(feature = "idna")]
use crate::support::origins::typed as what_people_type;
/// They type what browsers send, where nothing else is read.
#[cfg(not(feature = "idna"))]
use wire as what_people_type;

/// What is canonical, what is nearly so, and what people type.
fn any_text() -> impl Strategy<Value = String> {
    let canonical = pattern().prop_map(|pattern| pattern.to_string());
    prop_oneof![
        canonical.clone(),
        (
            canonical,
            any::<prop::sample::Index>(),
            prop::sample::select(vec!["", "*", ".", "A", ":443", "xn--", "/", "1"])
        )
            .prop_map(|(mut text, at, extra)| {
                text.insert_str(at.index(text.len() + 1), extra);
                text
            }),
        near_grammar(),
        what_people_type(),
    ]
}

proptest! {
    #[test]
    fn set_agrees_with_its_patterns((patterns, origin) in patterns_and_origin()) {
        let set: OriginSet = patterns.iter().cloned().collect();
        let naive = patterns
            .iter()
            .filter_map(|pattern| Some((pattern, pattern.find(origin.as_origin_ref())?)))
            .min_by_key(|(pattern, _)| specificity(pattern.as_str()))
            .map(|(pattern, found)| (pattern.as_str(), found.capture()));
        let found = set.find(origin.as_origin_ref());
        prop_assert_eq!(found.map(|found| (found.pattern(), found.capture())), naive);
        prop_assert_eq!(set.matches(origin.as_origin_ref()), naive.is_some());
    }

    #[test]
    fn set_and_pattern_parse_the_same_texts(texts in prop::collection::vec(any_text(), 0..6)) {
        let patterns: Result<Vec<OriginPattern>, _> =
            texts.iter().map(|text| text.parse::<OriginPattern>()).collect();
        let set = OriginSet::parse(&texts);
        prop_assert_eq!(set, patterns.map(OriginSet::from_iter));
    }

    #[test]
    fn set_lookup_ignores_the_order_of_patterns(
        ((patterns, origin), shuffled) in patterns_and_origin().prop_flat_map(|(patterns, origin)| {
            let shuffled = Just(patterns.clone()).prop_shuffle();
            (Just((patterns, origin)), shuffled)
        }),
    ) {
        let set: OriginSet = patterns.into_iter().collect();
        let other: OriginSet = shuffled.iter().chain(&shuffled).cloned().collect();
        prop_assert_eq!(set.find(origin.as_origin_ref()), other.find(origin.as_origin_ref()));
        prop_assert_eq!(set.len(), other.len());
    }

    /// Deciding reads an origin only where it has to, and must not differ from reading it first.
    #[test]
    fn policy_agrees_with_its_sets(
        (patterns, origin) in patterns_and_origin(),
        split in 0..4_usize,
        at in any::<prop::sample::Index>(),
        extra in prop::sample::select(vec!["", "", "", ":443", ":80", "\n", ".", "A"]),
    ) {
        let (first, second) = patterns.split_at(split.min(patterns.len()));
        let rule = |patterns: &[OriginPattern]| {
            Rule::allow_origins(patterns.iter().map(ToString::to_string))
        };
        let rules = [first, second].into_iter().filter(|patterns| !patterns.is_empty());
        // Not every list is accepted.
        let Ok(policy) = Policy::new(rules.map(rule)) else {
            return Ok(());
        };
        let mut value = origin.to_string();
        let at = if extra.starts_with(':') { value.len() } else { at.index(value.len()) };
        value.insert_str(at, extra);

        let read = OriginRef::from_header(value.as_bytes()).ok();
        let found = [first, second].into_iter().find_map(|patterns| {
            let set: OriginSet = patterns.iter().cloned().collect();
            let found = set.find(read?)?;
            Some((found.pattern().to_owned(), found.capture().map(str::to_owned)))
        });
        let request = RequestHeaders::new("GET").header("origin", &value);
        let decision = policy.evaluate(&request);
        let pattern = decision.pattern().map(str::to_owned);
        let decided = pattern.map(|pattern| (pattern, decision.capture().map(str::to_owned)));
        let any = decided.as_ref().is_some_and(|(pattern, _)| pattern == "*");
        if !any {
            prop_assert_eq!(decided, found, "{}", value);
        }
    }

    #[test]
    fn set_covers_what_its_patterns_cover((patterns, origin) in patterns_and_origin(), other in pattern()) {
        let set: OriginSet = patterns.iter().cloned().collect();
        for other in patterns.iter().chain([&other, &OriginPattern::from(&origin)]) {
            let one_of = patterns.iter().any(|pattern| pattern.covers(other));
            prop_assert_eq!(set.covers(other), one_of, "{}", other);
        }
        // another pattern than the pattern itself, by its name
        for own in &patterns {
            let covering = patterns.iter().filter(|pattern| *pattern != own && pattern.covers(own));
            let naive = covering.min_by_key(|pattern| specificity(pattern.as_str()));
            let found = set.find_covering(own, |text| text != own.as_str());
            prop_assert_eq!(found, naive.map(OriginPattern::as_str), "{}", own);
        }
    }
}
