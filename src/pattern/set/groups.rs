//! Patterns with one key: which of them is found for which port.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::arena::{Arena, Offset};
use crate::pattern::PortPattern;

/// How many patterns of one key are tried as covers of one pattern.
const MAX_COVERS: usize = 64;

/// The groups of patterns that have one key, if they have several ports.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// Where the ranges of each group start.
    starts: Vec<u32>,
    ranges: Vec<Range>,
    /// The patterns of the groups that have more than one, with the number of their ports, the fewest
    /// ports first.
    patterns: BTreeMap<u32, Vec<(u32, Offset)>>,
}

/// Ports and the pattern that is found for them. The ranges of a group ascend and do not overlap.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: u16,
    last: u16,
    pattern: Offset,
}

impl Groups {
    /// Adds a group and returns its number.
    pub(super) fn push(&mut self, members: impl Iterator<Item = Offset>, arena: &Arena) -> u32 {
        // There are fewer groups and ranges than bytes of text.
        let group = self.starts.len() as u32;
        self.starts.push(self.ranges.len() as u32);
        let mut members: Vec<_> = members
            .filter_map(|offset| Some((arena.pattern(offset).ports()?, offset)))
            .collect();
        members.sort_by_cached_key(|(ports, _)| (ports.count(), *ports));
        if members.len() > 1 {
            let counted = members
                .iter()
                .map(|&(ports, offset)| (ports.count(), offset));
            self.patterns.insert(group, counted.collect());
        }
        self.assign(&members);
        group
    }

    /// Assigns each port to the first of these patterns that has it, in one sweep over their edges.
    fn assign(&mut self, members: &[(PortPattern<'_>, Offset)]) {
        let mut edges: Vec<(u32, bool, usize)> = Vec::new();
        for (rank, (ports, _)) in members.iter().enumerate() {
            for (first, last) in ports.ranges() {
                edges.push((first.into(), true, rank));
                edges.push((u32::from(last) + 1, false, rank));
            }
        }
        edges.sort_unstable();
        let mut open = BTreeSet::new();
        for edges in edges.windows(2) {
            let &[(port, opens, rank), (next, ..)] = edges else {
                continue;
            };
            match opens {
                true => open.insert(rank),
                false => open.remove(&rank),
            };
            let best = open.first().and_then(|&rank| members.get(rank));
            if let (Some(&(_, pattern)), true) = (best, next > port) {
                self.ranges.push(Range {
                    first: port as u16,
                    last: (next - 1) as u16,
                    pattern,
                });
            }
        }
    }

    /// Some pattern of a group.
    #[inline]
    pub(super) fn first(&self, group: u32) -> Option<Offset> {
        Some(self.ranges(group).first()?.pattern)
    }

    /// The pattern of a group with the fewest ports that has this port.
    #[inline]
    pub(super) fn find(&self, group: u32, port: u16) -> Option<Offset> {
        let ranges = self.ranges(group);
        let after = ranges.partition_point(|range| range.first <= port);
        let range = ranges.get(after.checked_sub(1)?)?;
        (port <= range.last).then_some(range.pattern)
    }

    /// The patterns of a group that can cover these ports: the one with exactly these, then the fewest
    /// ports first. Of more than [`MAX_COVERS`], those with the most ports are returned.
    pub(super) fn covering(
        &self,
        group: u32,
        own: PortPattern<'_>,
        arena: &Arena,
    ) -> impl Iterator<Item = Offset> {
        let several = self.patterns.get(&group).map_or(&[][..], Vec::as_slice);
        let only = self.first(group).filter(|_| several.is_empty());
        let own_count = own.count();
        let is_before = |&(count, offset): &(u32, Offset)| {
            (count, arena.pattern(offset).ports()) < (own_count, Some(own))
        };
        let same = several.partition_point(is_before);
        let wider = several.partition_point(|&(count, _)| count <= own_count);
        let most = wider.max(several.len().saturating_sub(MAX_COVERS));
        let several = several
            .iter()
            .skip(same)
            .take(1)
            .chain(several.iter().skip(most));
        several.map(|&(_, offset)| offset).chain(only)
    }

    fn ranges(&self, group: u32) -> &[Range] {
        let at = |group: usize| self.starts.get(group).map(|&start| start as usize);
        let group = group as usize;
        let end = at(group + 1).unwrap_or(self.ranges.len());
        at(group)
            .and_then(|start| self.ranges.get(start..end))
            .unwrap_or_default()
    }
}
