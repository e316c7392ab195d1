//! A pattern, taken apart by its canonical text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::advice::host_form::{HostForm, InLabel};
use crate::origin::Scheme;

/// The parts of a pattern for tuple origins.
pub(super) struct Parts<'p> {
    pub(super) scheme: &'p str,
    pub(super) host: HostForm<'p>,
    pub(super) ports: Ports,
}

/// Ascending ranges of port numbers; 0 stands for the port of a scheme that has none.
pub(super) type Ports = Vec<(u16, u16)>;

impl<'p> Parts<'p> {
    /// The parts of a canonical text; `None` for `*` and `null`.
    pub(super) fn of(pattern: &'p str) -> Option<Self> {
        let (scheme, authority) = pattern.split_once("://")?;
        let after_host = authority.rfind(':').unwrap_or(authority.len());
        // A colon inside the brackets of an address is none before a port.
        let (host, ports) = match authority.split_at_checked(after_host)? {
            (_, ports) if ports.contains(']') => (authority, ""),
            parts => parts,
        };
        Some(Self {
            scheme,
            host: HostForm::of(host),
            ports: ports_of(Scheme::canonical(scheme), ports),
        })
    }
}

impl InLabel<'_> {
    /// Whether the `*` stands for one or more of `a-z 0-9 -` in this label.
    pub(super) fn admits(&self, label: &str) -> bool {
        let after = label.strip_prefix(self.prefix);
        let captured = after.and_then(|after| after.strip_suffix(self.suffix));
        let wild = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        captured.is_some_and(|text| !text.is_empty() && text.bytes().all(wild))
            && !label.starts_with("xn--")
    }

    /// The more is fixed, the more specific.
    pub(super) fn specificity(&self) -> (usize, usize) {
        let fixed = self.prefix.len().saturating_add(self.suffix.len());
        (fixed, self.prefix.len())
    }
}

fn ports_of(scheme: Scheme<'_>, written: &str) -> Ports {
    let list = match written.strip_prefix(':') {
        None => {
            let implicit = scheme.default_port().unwrap_or(0);
            return vec![(implicit, implicit)];
        }
        Some("*") => return vec![(0, u16::MAX)],
        Some(list) => list.trim_matches(['{', '}']),
    };
    let range = |text: &str| {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    list.split(',').filter_map(range).collect()
}

/// The ranges of ports that all these lists treat alike, and that one of them has at least.
pub(super) fn alike(scheme: Scheme<'_>, lists: &[&Ports]) -> Ports {
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
pub(super) fn written(scheme: Scheme<'_>, ports: Ports) -> Vec<(String, String)> {
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

fn merged(mut ports: Ports) -> Ports {
    ports.sort_unstable();
    let mut merged = Ports::new();
    for (first, last) in ports {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}
