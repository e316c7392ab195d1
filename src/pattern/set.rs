//! Many patterns, one look-up.
//!
//! Patterns are kept by scheme, and below it by what their host has fixed: the whole host, the
//! labels after a `*` inside the leftmost one, or the domain after `*.`. An origin then asks for its
//! own host, for what follows its leftmost label, and for each of its parent domains, from the
//! longest to the shortest. So the cost depends on the origin's labels, and on how many patterns
//! there are only as the depth of a tree does; and the first pattern found is the most specific one.
//! Patterns that share a key are kept by their port where they have one, and the others are tried
//! from the most specific to the least.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::ports::Ports;
use super::{Form, HostPattern, InLabel, OriginPattern};
use crate::origin::OriginRef;

/// A set of origins given by patterns. It admits what any of its patterns admits.
///
/// ```
/// use cross_origin::{OriginPattern, OriginRef, OriginSet};
///
/// let patterns = ["https://example.com", "https://*.example.com"];
/// let set: OriginSet = patterns
///     .into_iter()
///     .map(str::parse::<OriginPattern>)
///     .collect::<Result<_, _>>()?;
///
/// let found = set.find(OriginRef::from_header(b"https://a.example.com").unwrap()).unwrap();
/// assert_eq!(found.pattern(), "https://*.example.com");
/// assert_eq!(found.capture(), Some("a"));
/// # Ok::<(), cross_origin::ParsePatternError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct OriginSet {
    patterns: Vec<OriginPattern>,
    pub(super) any: Option<usize>,
    pub(super) opaque: Option<usize>,
    pub(super) schemes: BTreeMap<Box<str>, Hosts>,
}

/// That a set admits an origin: the most specific pattern that does, and its capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SetMatch<'s, 'o> {
    pattern: &'s str,
    capture: Option<&'o str>,
}

impl<'s, 'o> SetMatch<'s, 'o> {
    /// The pattern, in canonical form.
    #[must_use]
    pub fn pattern(self) -> &'s str {
        self.pattern
    }

    /// What the `*` in the pattern's host stands for; `None` if there is no such `*`.
    #[must_use]
    pub fn capture(self) -> Option<&'o str> {
        self.capture
    }
}

/// The host patterns of one scheme.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    pub(super) exact: BTreeMap<Box<str>, Entries>,
    pub(super) in_label: BTreeMap<Box<str>, Vec<(InLabel, Entry)>>,
    pub(super) below: BTreeMap<Box<str>, Entries>,
    pub(super) any: Entries,
}

/// The patterns of one key: those of one port by their port, and the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    single: BTreeMap<u16, usize>,
    several: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) ports: Ports,
    pattern: usize,
}

impl OriginSet {
    /// Whether some pattern admits this origin.
    #[must_use]
    pub fn matches(&self, origin: OriginRef<'_>) -> bool {
        self.find(origin).is_some()
    }

    /// The most specific pattern that admits this origin: a whole host before a `*` inside a label,
    /// that before `*.`, and longer literals first.
    #[must_use]
    pub fn find<'s, 'o>(&'s self, origin: OriginRef<'o>) -> Option<SetMatch<'s, 'o>> {
        let (index, capture) = self
            .find_tuple(origin)
            .or_else(|| origin.is_opaque().then_some((self.opaque?, None)))
            .or_else(|| Some((self.any?, None)))?;
        let pattern = self.patterns.get(index)?.as_str();
        Some(SetMatch { pattern, capture })
    }

    /// The patterns in canonical form, in the order given, each once.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.patterns.iter().map(OriginPattern::as_str)
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The only pattern, if it is the only one and admits exactly one tuple origin.
    pub(crate) fn single_origin(&self) -> Option<&str> {
        match self.patterns.as_slice() {
            [only] if only.is_exact() => Some(only.as_str()),
            _ => None,
        }
    }

    /// Whether each of these patterns is covered.
    pub(crate) fn covers_all(&self, other: &Self) -> bool {
        other.patterns.iter().all(|pattern| self.covers(pattern))
    }

    /// Adds the patterns of another set for [`covers`](Self::covers) alone.
    pub(crate) fn add_for_covers(&mut self, other: &Self) {
        for pattern in &other.patterns {
            self.insert(0, &pattern.form);
        }
    }

    /// Whether there is `*`.
    pub(crate) fn has_any(&self) -> bool {
        self.any.is_some()
    }

    fn find_tuple<'o>(&self, origin: OriginRef<'o>) -> Option<(usize, Option<&'o str>)> {
        let hosts = self.schemes.get(origin.scheme()?.as_str())?;
        let host = origin.host_str()?;
        hosts.find(host, Ports::number(origin))
    }

    fn insert(&mut self, index: usize, form: &Form) {
        match form {
            Form::Any => self.any = Some(index),
            Form::Opaque => self.opaque = Some(index),
            Form::Tuple {
                scheme,
                host,
                ports,
            } => {
                let entry = Entry {
                    ports: ports.clone(),
                    pattern: index,
                };
                let hosts = self.schemes.entry(scheme.clone()).or_default();
                hosts.insert(host, entry);
            }
        }
    }
}

impl FromIterator<OriginPattern> for OriginSet {
    fn from_iter<I: IntoIterator<Item = OriginPattern>>(patterns: I) -> Self {
        let mut order: BTreeMap<OriginPattern, usize> = BTreeMap::new();
        for pattern in patterns {
            let next = order.len();
            order.entry(pattern).or_insert(next);
        }
        // In the order of their texts, patterns of equal specificity get a place that does not
        // depend on the order in which they were given.
        let mut set = Self::default();
        for (pattern, &index) in &order {
            set.insert(index, &pattern.form);
        }
        set.schemes.values_mut().for_each(Hosts::sort);
        let mut patterns: Vec<_> = order.into_iter().collect();
        patterns.sort_unstable_by_key(|&(_, index)| index);
        set.patterns = patterns.into_iter().map(|(pattern, _)| pattern).collect();
        set
    }
}

/// Sets are equal if they have the same patterns in the same order.
impl PartialEq for OriginSet {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for OriginSet {}

impl Hosts {
    fn insert(&mut self, host: &HostPattern, entry: Entry) {
        match host {
            HostPattern::Exact(host) => self.exact.entry(host.clone()).or_default().insert(entry),
            HostPattern::Below(base) => self.below.entry(base.clone()).or_default().insert(entry),
            HostPattern::InLabel(in_label) => {
                let group = self.in_label.entry(in_label.rest.clone()).or_default();
                group.push((in_label.clone(), entry));
            }
            HostPattern::Any => self.any.insert(entry),
        }
    }

    /// Puts what shares a key in the order in which it is tried.
    fn sort(&mut self) {
        let groups = self.exact.values_mut().chain(self.below.values_mut());
        for group in groups.chain([&mut self.any]) {
            group.several.sort_by_key(|entry| entry.ports.count());
        }
        for group in self.in_label.values_mut() {
            group.sort_by_key(|(InLabel { prefix, suffix, .. }, entry)| {
                let literal = prefix.len().saturating_add(suffix.len());
                (Reverse((literal, prefix.len())), entry.ports.count())
            });
        }
    }

    fn find<'h>(&self, host: &'h str, port: u16) -> Option<(usize, Option<&'h str>)> {
        let exact = self.exact.get(host).and_then(|group| group.find(port));
        if let Some(pattern) = exact {
            return Some((pattern, None));
        }
        self.find_in_label(host, port)
            .or_else(|| self.find_below(host, port))
            .or_else(|| {
                let pattern = self.any.find(port)?;
                (!host.is_empty()).then_some((pattern, Some(host)))
            })
    }

    fn find_in_label<'h>(&self, host: &'h str, port: u16) -> Option<(usize, Option<&'h str>)> {
        let (label, rest) = host.split_once('.')?;
        self.in_label
            .get(rest)?
            .iter()
            .find_map(|(pattern, entry)| {
                let capture = pattern.capture(label)?;
                let admitted = entry.ports.contains(port);
                admitted.then_some((entry.pattern, Some(capture)))
            })
    }

    fn find_below<'h>(&self, host: &'h str, port: u16) -> Option<(usize, Option<&'h str>)> {
        if self.below.is_empty() {
            return None;
        }
        parents(host).find_map(|(below, base)| {
            let pattern = self.below.get(base)?.find(port)?;
            Some((pattern, Some(below)))
        })
    }
}

/// The domains above this host, from the longest to the shortest, each with what the host has
/// before it.
pub(super) fn parents(host: &str) -> impl Iterator<Item = (&str, &str)> {
    host.match_indices('.').filter_map(|(dot, _)| {
        let (below, base) = host.split_at_checked(dot)?;
        Some((below, base.strip_prefix('.')?))
    })
}

impl Entries {
    fn insert(&mut self, entry: Entry) {
        match entry.ports.single() {
            Some(port) => {
                self.single.insert(port, entry.pattern);
            }
            None => self.several.push(entry),
        }
    }

    /// The pattern of the fewest ports that admits this one.
    fn find(&self, port: u16) -> Option<usize> {
        let single = self.single.get(&port).copied();
        single.or_else(|| {
            let mut several = self.several.iter();
            let entry = several.find(|entry| entry.ports.contains(port))?;
            Some(entry.pattern)
        })
    }

    pub(super) fn covers(&self, ports: &Ports) -> bool {
        let single = ports.single();
        single.is_some_and(|port| self.single.contains_key(&port))
            || self.several.iter().any(|entry| entry.ports.covers(ports))
    }
}
