//! Hosts with several ports or patterns: which pattern decides for which port.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::super::ports::Ports;
use super::key::Key;
use super::table::{Entry, Table};
use super::texts::{Line, Parts, Texts};

#[derive(Clone, Debug, Default)]
pub(super) struct Several {
    /// From scheme and host to the number of the host.
    hosts: Table,
    /// Where each host's ranges start.
    starts: Vec<u32>,
    ranges: Vec<Range>,
    /// The patterns of the hosts that have more than one.
    patterns: BTreeMap<u32, Vec<Line>>,
}

/// Ports and the pattern that decides for them. A host's ranges ascend and do not overlap.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: u16,
    last: u16,
    pattern: Line,
}

impl Several {
    /// Entries are sorted by hash, then by scheme and host.
    pub(super) fn new(groups: &[&[Entry]], texts: &Texts) -> Self {
        let mut several = Self::default();
        let mut heads = Vec::new();
        for members in groups {
            if let (Some(first), Ok(host)) = (members.first(), u32::try_from(heads.len())) {
                heads.push(Entry {
                    value: host,
                    ..*first
                });
                several.push(host, members, texts);
            }
        }
        several.hosts = Table::new(&heads);
        several.starts.shrink_to_fit();
        several.ranges.shrink_to_fit();
        several
    }

    fn push(&mut self, host: u32, members: &[Entry], texts: &Texts) {
        self.starts
            .push(u32::try_from(self.ranges.len()).unwrap_or(u32::MAX));
        let ports = |line| Parts::of(texts.line(line)).map(|parts| parts.ports());
        let mut members: Vec<_> = members
            .iter()
            .filter_map(|entry| Some((ports(entry.value)?, entry.value)))
            .collect();
        // The fewest ports first, then by text.
        members.sort_by_cached_key(|(ports, line)| (ports.count(), texts.line(*line)));
        if members.len() > 1 {
            let lines = members.iter().map(|&(_, line)| line).collect();
            self.patterns.insert(host, lines);
        }
        self.assign(&members);
    }

    /// Assigns each port to the first of these patterns that has it, in one sweep over their edges.
    fn assign(&mut self, members: &[(Ports, Line)]) {
        let mut edges: Vec<(u32, bool, usize)> = Vec::new();
        for (rank, (ports, _)) in members.iter().enumerate() {
            for &(first, last) in ports.ranges() {
                edges.push((first.into(), true, rank));
                edges.push((u32::from(last).saturating_add(1), false, rank));
            }
        }
        edges.sort_unstable();
        let mut open = BTreeSet::new();
        let mut after = edges.iter().skip(1);
        for &(port, opens, rank) in &edges {
            if opens {
                open.insert(rank);
            } else {
                open.remove(&rank);
            }
            let next = after.next().map_or(port, |&(next, ..)| next);
            let best = open.first().and_then(|&rank| members.get(rank));
            if let (Some(&(_, pattern)), true) = (best, next > port) {
                self.ranges.push(Range {
                    first: u16::try_from(port).unwrap_or(u16::MAX),
                    last: u16::try_from(next.saturating_sub(1)).unwrap_or(u16::MAX),
                    pattern,
                });
            }
        }
    }

    /// The pattern that decides for this port.
    #[inline]
    pub(super) fn find(&self, hash: u64, key: Key<'_>, port: u16, texts: &Texts) -> Option<Line> {
        let ranges = self.ranges(self.host(hash, key, texts)?);
        let after = ranges.partition_point(|range| range.first <= port);
        let range = ranges.get(after.checked_sub(1)?)?;
        (port <= range.last).then_some(range.pattern)
    }

    /// Whether one pattern has all these ports.
    pub(super) fn covers(&self, hash: u64, key: Key<'_>, ports: &Ports, texts: &Texts) -> bool {
        let Some(host) = self.host(hash, key, texts) else {
            return false;
        };
        let covers = |line: &Line| {
            Parts::of(texts.line(*line)).is_some_and(|parts| parts.ports().covers(ports))
        };
        match self.patterns.get(&host) {
            Some(lines) => lines.iter().rev().any(covers),
            None => self
                .ranges(host)
                .first()
                .is_some_and(|range| covers(&range.pattern)),
        }
    }

    #[inline]
    fn host(&self, hash: u64, key: Key<'_>, texts: &Texts) -> Option<u32> {
        let pattern = |host: u32| self.ranges(host).first().map(|range| range.pattern);
        let has_key = |line| key.strip_from(texts.from(line).as_bytes()).is_some();
        self.hosts.find(
            hash,
            |host| pattern(host).is_some_and(has_key),
            |host| {
                key.cmp(
                    pattern(host)
                        .map_or("", |line| texts.scheme_and_host(line))
                        .as_bytes(),
                )
            },
        )
    }

    fn ranges(&self, host: u32) -> &[Range] {
        let at = |host: usize| self.starts.get(host).map(|&start| start as usize);
        let host = host as usize;
        let end = at(host.saturating_add(1)).unwrap_or(self.ranges.len());
        at(host)
            .and_then(|start| self.ranges.get(start..end))
            .unwrap_or_default()
    }
}
