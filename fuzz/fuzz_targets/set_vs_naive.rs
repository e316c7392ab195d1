//! A set matches what one of its patterns matches, with the capture of that pattern; a pattern that
//! covers another matches all that the other matches; and the covering pattern that a set names covers.
#![no_main]

use cross_origin::{OriginPattern, OriginRef, OriginSet};
use libfuzzer_sys::fuzz_target;

// One line an entry; the first is the origin.
fuzz_target!(|text: &str| {
    let mut lines = text.lines().take(20);
    let Some(Ok(origin)) = lines
        .next()
        .map(|line| OriginRef::from_header(line.as_bytes()))
    else {
        return;
    };
    let patterns: Vec<OriginPattern> = lines.filter_map(|line| line.parse().ok()).collect();
    let own = patterns.len();
    check(&patterns, own, origin);
    let of_many_lengths = (0..4).flat_map(|before| (1..4).map(move |after| (before, after)));
    let of_many_lengths = of_many_lengths.map(|(before, after)| {
        let text = format!("https://{}*{}.b.c", "a".repeat(before), "a".repeat(after));
        text.parse().unwrap()
    });
    let below = (1..10).map(|len| format!("https://*.{}", "b".repeat(len)).parse().unwrap());
    let networks = (0..=31).map(|len| {
        let address =
            std::net::Ipv4Addr::from_bits(0x0a01_0203 & !u32::MAX.checked_shr(len).unwrap_or(0));
        format!("http://{address}/{len}:{{{},81}}", len + 1)
            .parse()
            .unwrap()
    });
    let patterns: Vec<_> = patterns
        .into_iter()
        .chain(of_many_lengths)
        .chain(below)
        .chain(networks)
        .collect();
    check(&patterns, own, origin);
});

/// The laws of a set of these patterns; those about covering for as many of them as are the input's own.
fn check(patterns: &[OriginPattern], own: usize, origin: OriginRef<'_>) {
    let set: OriginSet = patterns.iter().cloned().collect();
    let naive: Vec<_> = patterns
        .iter()
        .filter(|pattern| pattern.matches(origin))
        .collect();
    assert_eq!(set.matches(origin), !naive.is_empty());
    if let Some(found) = set.find(origin) {
        let pattern = naive
            .iter()
            .find(|pattern| pattern.as_str() == found.pattern())
            .unwrap();
        assert_eq!(pattern.find(origin).unwrap().capture(), found.capture());
    }
    let reversed: OriginSet = patterns.iter().rev().cloned().collect();
    assert_eq!(set.find(origin), reversed.find(origin));
    for pattern in patterns.iter().take(own) {
        for other in patterns {
            assert!(!pattern.covers(other) || !other.matches(origin) || pattern.matches(origin));
        }
        let rest: Vec<_> = patterns.iter().filter(|other| *other != pattern).collect();
        let set: OriginSet = rest.iter().copied().cloned().collect();
        let covering = set.find_covering(pattern, |_| true);
        let naive = rest.iter().filter(|other| other.covers(pattern));
        let mut texts = naive.map(|other| other.as_str());
        match covering {
            Some(text) => assert!(texts.any(|other| other == text)),
            None => assert_eq!(texts.next(), None),
        }
    }
}
