//! A pattern, taken apart by its canonical text.

use alloc::vec;
use alloc::vec::Vec;

use crate::origin::Scheme;

/// The parts of a pattern for tuple origins.
pub(super) struct Parts<'p> {
    pub(super) scheme: &'p str,
    pub(super) host: Host<'p>,
    pub(super) ports: Ports,
}

pub(super) enum Host<'p> {
    Exact(&'p str),
    InLabel(InLabel<'p>),
    Below(&'p str),
    Any,
}

/// A host with a `*` inside its leftmost label.
#[derive(Clone, Copy)]
pub(super) struct InLabel<'p> {
    pub(super) prefix: &'p str,
    pub(super) suffix: &'p str,
    pub(super) rest: &'p str,
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
            host: Host::of(host),
            ports: ports_of(Scheme::canonical(scheme), ports),
        })
    }
}

impl<'p> Host<'p> {
    fn of(host: &'p str) -> Self {
        if host == "*" {
            return Self::Any;
        }
        if let Some(base) = host.strip_prefix("*.") {
            return Self::Below(base);
        }
        let in_label = host.split_once('.').and_then(|(label, rest)| {
            let (prefix, suffix) = label.split_once('*')?;
            Some(InLabel {
                prefix,
                suffix,
                rest,
            })
        });
        in_label.map_or(Self::Exact(host), Self::InLabel)
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

/// The port of these that an example has: the implicit one if it is there.
pub(super) fn port_text(
    scheme: Scheme<'_>,
    (first, last): (u16, u16),
) -> Option<core::num::NonZeroU16> {
    let implicit = scheme.default_port().unwrap_or(0);
    if (first..=last).contains(&implicit) {
        return None;
    }
    core::num::NonZeroU16::new(first)
}

/// Ports as a pattern has them after its host.
pub(super) fn written(scheme: Scheme<'_>, mut ports: Ports) -> alloc::string::String {
    use core::fmt::Write;
    ports.sort_unstable();
    let implicit = scheme.default_port().unwrap_or(0);
    let lowest = u16::from(scheme.is_special());
    let mut merged: Ports = Vec::new();
    for (first, last) in ports {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    if merged == [(lowest, u16::MAX)] {
        return ":*".into();
    }
    if merged == [(implicit, implicit)] {
        return "".into();
    }
    let mut text = alloc::string::String::new();
    let mut before = ":{";
    for (first, last) in merged {
        let _ = match first == last {
            true => write!(text, "{before}{first}"),
            false => write!(text, "{before}{first}-{last}"),
        };
        before = ",";
    }
    text.push('}');
    text
}
