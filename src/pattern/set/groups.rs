//! Patterns of several ports, by what comes before the ports.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::super::ports::Ports;
use super::key::Key;
use super::table::{Entry, Table};
use super::texts::{Line, Texts};

/// For each text before the ports, which pattern admits which ports.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// From the text before the ports to the number of a group.
    table: Table,
    /// Where each group's ranges start; they end where those of the next start.
    starts: Vec<u32>,
    ranges: Vec<Range>,
    /// The patterns of the groups that have more than one.
    crowded: BTreeMap<u32, Vec<Line>>,
}

/// Ports with the pattern of the fewest ports that admits them. A group's ranges are in order and do not
/// overlap.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: u16,
    last: u16,
    pattern: Line,
}

impl Groups {
    /// The groups of these patterns, with the hashes of what comes before their ports.
    /// Entries are in the order of their hashes, then of their texts.
    pub(super) fn new(entries: &[Entry], texts: &Texts) -> Self {
        let mut groups = Self::default();
        let mut heads: Vec<Entry> = Vec::new();
        for members in entries.chunk_by(|one, other| {
            let key = texts.key_before_ports(one.value);
            key.is_some_and(|key| key.starts(texts.from(other.value)))
        }) {
            if let (Some(first), Ok(group)) = (members.first(), u32::try_from(heads.len())) {
                groups.push(group, members, texts);
                heads.push(Entry {
                    value: group,
                    ..*first
                });
            }
        }
        groups.table = Table::new(&heads);
        groups.starts.shrink_to_fit();
        groups.ranges.shrink_to_fit();
        groups
    }

    pub(super) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    fn push(&mut self, group: u32, members: &[Entry], texts: &Texts) {
        self.starts
            .push(u32::try_from(self.ranges.len()).unwrap_or(u32::MAX));
        let mut members: Vec<_> = members
            .iter()
            .map(|entry| (texts.ports(entry.value), entry.value))
            .collect();
        members.sort_by_cached_key(|(ports, line)| (ports.count(), texts.line(*line)));
        if members.len() > 1 {
            let lines = members.iter().rev().map(|&(_, line)| line).collect();
            self.crowded.insert(group, lines);
        }
        self.paint(&members);
    }

    /// Gives each port to the first of these that admits it.
    fn paint(&mut self, members: &[(Ports, Line)]) {
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

    /// Whether there may be a text with this hash.
    #[inline]
    pub(super) fn may_have(&self, hash: u64) -> bool {
        self.table.may_have(hash)
    }

    /// The pattern of the fewest ports that admits this port after this text.
    pub(super) fn find(&self, hash: u64, key: Key<'_>, port: u16, texts: &Texts) -> Option<Line> {
        let ranges = self.ranges(self.group(hash, key, texts)?);
        let after = ranges.partition_point(|range| range.first <= port);
        let range = ranges.get(after.checked_sub(1)?)?;
        (port <= range.last).then_some(range.pattern)
    }

    /// Whether one pattern admits all these ports after this text.
    pub(super) fn covers(&self, hash: u64, key: Key<'_>, ports: &Ports, texts: &Texts) -> bool {
        let Some(group) = self.group(hash, key, texts) else {
            return false;
        };
        let single = self.ranges(group).first().map(|range| range.pattern);
        let covers = |line: &Line| texts.ports(*line).covers(ports);
        match self.crowded.get(&group) {
            Some(lines) => lines.iter().any(covers),
            None => single.as_ref().is_some_and(covers),
        }
    }

    fn group(&self, hash: u64, key: Key<'_>, texts: &Texts) -> Option<u32> {
        let text = |group: u32| {
            let first = self.ranges(group).first();
            first.map_or(&b""[..], |range| texts.from(range.pattern))
        };
        self.table.find(
            hash,
            |group| key.starts(text(group)),
            |group| key.cmp_start(text(group)),
        )
    }

    fn ranges(&self, group: u32) -> &[Range] {
        let at = |group: usize| self.starts.get(group).map(|&start| start as usize);
        let group = group as usize;
        let end = at(group.saturating_add(1)).unwrap_or(self.ranges.len());
        at(group)
            .and_then(|start| self.ranges.get(start..end))
            .unwrap_or_default()
    }
}
