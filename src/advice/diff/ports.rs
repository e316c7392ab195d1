//! Differences of port patterns, and their text.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::origin::Scheme;

/// Ranges of port numbers; 0 is the implicit port of a scheme that has no default port.
pub(super) type PortRanges = Vec<(u16, u16)>;

/// The ports of a pattern, and the rule that has it.
pub(super) struct ListedPorts {
    pub(super) ranges: PortRanges,
    pub(super) owner: Owner,
}

/// A rule of the old or of the new policy.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) is_new: bool,
    pub(super) rule: usize,
}

/// For the old and the new policy, the first of their rules.
pub(super) type FirstRules = [Option<usize>; 2];

/// Returns the ranges of ports that the same of these patterns match, with the first rules that have
/// one of them, in one sweep over the edges of all ranges.
pub(super) fn alike(scheme: Scheme<'_>, lists: &[&ListedPorts]) -> Vec<((u16, u16), FirstRules)> {
    let lowest = u16::from(scheme.is_special());
    let mut edges: Vec<(u32, bool, usize)> = Vec::new();
    for (index, list) in lists.iter().enumerate() {
        for &(first, last) in &list.ranges {
            edges.push((first.max(lowest).into(), true, index));
            edges.push((u32::from(last).saturating_add(1), false, index));
        }
    }
    edges.sort_unstable();
    let mut open = [BTreeSet::new(), BTreeSet::new()];
    let mut found = Vec::new();
    let mut after = edges.iter().skip(1);
    for &(port, opens, index) in &edges {
        let next = after.next().map_or(port, |&(next, ..)| next);
        let Some(Owner { is_new, rule }) = lists.get(index).map(|list| list.owner) else {
            continue;
        };
        let [old, new] = &mut open;
        let side = if is_new { new } else { old };
        match opens {
            true => side.insert((rule, index)),
            false => side.remove(&(rule, index)),
        };
        let rules = open
            .each_ref()
            .map(|side| side.first().map(|&(rule, _)| rule));
        let range = u16::try_from(port)
            .ok()
            .zip(u16::try_from(next.saturating_sub(1)).ok());
        if let Some(range) = range.filter(|_| next > port && rules != [None, None]) {
            found.push((range, rules));
        }
    }
    found
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
