//! The ports that a pattern admits.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::origin::{OriginRef, Scheme};

/// A set of port numbers, as ascending ranges that neither overlap nor touch.
///
/// A port that is not written counts as the scheme's default port, and as 0 where there is none: so
/// "any port" is one range, and a listed default port is the implicit one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ports(Vec<(u16, u16)>);

const ANY: (u16, u16) = (0, u16::MAX);

impl Ports {
    pub(crate) fn any() -> Self {
        Self(vec![ANY])
    }

    pub(crate) fn one(port: u16) -> Self {
        Self(vec![(port, port)])
    }

    /// The union of these ranges. Every port of a special scheme is any port.
    pub(crate) fn listed(scheme: Scheme<'_>, mut ranges: Vec<(u16, u16)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::new();
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last)
                }
                _ => merged.push((first, last)),
            }
        }
        if scheme.is_special() && merged == [(1, u16::MAX)] {
            return Self::any();
        }
        Self(merged)
    }

    /// The ports that are written so after the host of a canonical pattern: `*` or `{…}`.
    pub(crate) fn of_text(text: &str) -> Self {
        if text == "*" {
            return Self::any();
        }
        let ranges = text.trim_matches(['{', '}']).split(',');
        let numbers = ranges.filter_map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            first.parse().ok().zip(last.parse().ok())
        });
        Self(numbers.collect())
    }

    /// The ranges, in order.
    pub(crate) fn ranges(&self) -> &[(u16, u16)] {
        &self.0
    }

    /// The number that stands for the port of this origin.
    pub(crate) fn number(origin: OriginRef<'_>) -> u16 {
        origin.port_or_default().unwrap_or(0)
    }

    pub(crate) fn contains(&self, port: u16) -> bool {
        self.range_of(port).is_some()
    }

    /// Whether all of `other` is in it. As ranges don't touch, each must lie within one.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|&(first, last)| {
            self.range_of(first)
                .is_some_and(|(_, reached)| last <= reached)
        })
    }

    /// The only port, if there is one only.
    pub(crate) fn single(&self) -> Option<u16> {
        match *self.0.as_slice() {
            [(first, last)] if first == last => Some(first),
            _ => None,
        }
    }

    /// How many ports there are: the fewer, the more specific.
    pub(crate) fn count(&self) -> u32 {
        self.0.iter().fold(0, |sum, &(first, last)| {
            sum.saturating_add(u32::from(last.abs_diff(first)))
                .saturating_add(1)
        })
    }

    /// As written after the host of an origin with this scheme.
    pub(crate) fn display(&self, scheme: Scheme<'_>) -> impl fmt::Display {
        let implicit = scheme.default_port().unwrap_or(0);
        Written {
            ports: self,
            implicit,
        }
    }

    /// The range that holds this port, if one does.
    fn range_of(&self, port: u16) -> Option<(u16, u16)> {
        let after = self.0.partition_point(|&(first, _)| first <= port);
        let range = self.0.get(after.checked_sub(1)?)?;
        (port <= range.1).then_some(*range)
    }
}

struct Written<'p> {
    ports: &'p Ports,
    implicit: u16,
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.ports.single(), self.ports.0.as_slice()) {
            (Some(port), _) if port == self.implicit => Ok(()),
            (Some(port), _) => write!(f, ":{port}"),
            (None, [ANY]) => f.write_str(":*"),
            (None, ranges) => {
                let mut before = ":{";
                for (first, last) in ranges {
                    write!(f, "{before}{first}")?;
                    if first < last {
                        write!(f, "-{last}")?;
                    }
                    before = ",";
                }
                f.write_str("}")
            }
        }
    }
}
