//! The ports of a pattern.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::origin::{OriginRef, Scheme};

/// The ports that a pattern matches.
///
/// The implicit port of an origin is its scheme's default port, and 0 for a scheme that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortPattern<'a> {
    implicit: u16,
    /// Without the colon: nothing, `*`, a number, or a list in braces.
    text: &'a str,
}

impl<'a> PortPattern<'a> {
    /// Takes the port of a canonical pattern, with its colon.
    pub(super) fn from_canonical(scheme: Scheme<'_>, port: &'a str) -> Self {
        Self {
            implicit: implicit(scheme),
            text: port.strip_prefix(':').unwrap_or(port),
        }
    }

    /// Returns the first and the last port of each range, ascending; ranges neither overlap nor touch.
    pub fn ranges(self) -> impl Iterator<Item = (u16, u16)> + use<'a> {
        let (first, list) = match self.text {
            "" => (Some((self.implicit, self.implicit)), ""),
            "*" => (Some((0, u16::MAX)), ""),
            list => (None, list.trim_matches(['{', '}'])),
        };
        let listed = list.split(',').filter_map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            first.parse().ok().zip(last.parse().ok())
        });
        first.into_iter().chain(listed)
    }

    /// Whether this port matches. The work is linear in the number of ranges.
    #[must_use]
    pub fn contains(self, port: u16) -> bool {
        self.ranges()
            .any(|(first, last)| (first..=last).contains(&port))
    }

    /// Whether all ports of `other` match.
    pub(crate) fn covers(self, other: PortPattern<'_>) -> bool {
        let mut own = self.ranges();
        let mut current = own.next();
        // Ranges do not touch, so each range of the other is within one of these.
        other.ranges().all(|(first, last)| {
            while current.is_some_and(|range| range.1 < first) {
                current = own.next();
            }
            current.is_some_and(|range| range.0 <= first && last <= range.1)
        })
    }

    /// The only port, if there is only one.
    pub(super) fn single(self) -> Option<u16> {
        let mut ranges = self.ranges();
        let (first, last) = ranges.next()?;
        (first == last && ranges.next().is_none()).then_some(first)
    }

    /// The number of ports: the fewer, the more specific the pattern.
    pub(super) fn count(self) -> u32 {
        self.ranges()
            .map(|(first, last)| u32::from(last.abs_diff(first)) + 1)
            .sum()
    }
}

/// The port of an origin, the implicit one included.
pub(super) fn number(origin: OriginRef<'_>) -> u16 {
    origin.port_or_default().unwrap_or(0)
}

fn implicit(scheme: Scheme<'_>) -> u16 {
    scheme.default_port().unwrap_or(0)
}

/// Writes a list of ports in canonical form, with its colon.
pub(super) fn canonical(scheme: Scheme<'_>, mut ranges: Vec<(u16, u16)>) -> String {
    ranges.sort_unstable();
    let mut merged: Vec<(u16, u16)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    match *merged.as_slice() {
        [(first, last)] if first == last => return single(scheme, first),
        // A special scheme has no port 0.
        [(1, u16::MAX)] if scheme.is_special() => return ":*".into(),
        _ => {}
    }
    let ranges = merged.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    format!(":{{{}}}", ranges.collect::<Vec<_>>().join(","))
}

/// Writes one port in canonical form, with its colon: the default port is written as nothing.
pub(super) fn single(scheme: Scheme<'_>, port: u16) -> String {
    match port == implicit(scheme) {
        true => String::new(),
        false => format!(":{port}"),
    }
}
