//! Differences of port patterns, and their text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::origin::Scheme;

/// Ranges of port numbers; 0 is the implicit port of a scheme that has no default port.
pub(super) type PortRanges = Vec<(u16, u16)>;

/// The ranges of ports that all these lists treat alike, and that one of them has at least.
pub(super) fn alike(scheme: Scheme<'_>, lists: &[&PortRanges]) -> PortRanges {
    let lowest = u16::from(scheme.is_special());
    let ranges = || lists.iter().flat_map(|list| list.iter().copied());
    let mut starts: Vec<u16> = ranges()
        .flat_map(|(first, last)| [Some(first.max(lowest)), last.checked_add(1)])
        .flatten()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1));
    starts
        .iter()
        .copied()
        .zip(ends.chain([u16::MAX]))
        .filter(|(start, _)| ranges().any(|(first, last)| (first..=last).contains(start)))
        .collect()
}

/// The port of these that an example has, as an origin has it: none if the implicit one is there.
pub(super) fn example(scheme: Scheme<'_>, ports: &[(u16, u16)]) -> String {
    let implicit = scheme.default_port().unwrap_or(0);
    let mut first = ports.first().map(|&(first, _)| first);
    if ports
        .iter()
        .any(|&(first, last)| (first..=last).contains(&implicit))
    {
        first = None;
    }
    first.map(|port| format!(":{port}")).unwrap_or_default()
}

/// Ports as patterns have them after their host, with an example of each. A scheme without a port of
/// its own has no text for "none or one of these", save for any: so there can be two.
pub(super) fn written(scheme: Scheme<'_>, ports: PortRanges) -> Vec<(String, String)> {
    let lowest = u16::from(scheme.is_special());
    let mut merged = merged(ports);
    if merged == [(lowest, u16::MAX)] {
        return vec![(":*".into(), String::new())];
    }
    let mut texts = Vec::new();
    if let Some(first @ (0, _)) = merged.first_mut() {
        texts.push((String::new(), String::new()));
        first.0 = 1;
    }
    merged.retain(|(first, last)| first <= last);
    let ranges: Vec<_> = merged
        .iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        })
        .collect();
    if !ranges.is_empty() {
        let text = format!(":{{{}}}", ranges.join(","));
        texts.push((text, example(scheme, &merged)));
    }
    texts
}

fn merged(mut ports: PortRanges) -> PortRanges {
    ports.sort_unstable();
    let mut merged = PortRanges::new();
    for (first, last) in ports {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}
