//! A label for each intersection of patterns with a `*` inside the same label.
//!
//! Which of them admit a label follows from the longest of their beginnings and the longest of their
//! ends that it has, as long as something is between the two: so one label for each pair will do,
//! and besides it those labels in which a beginning and an end touch or overlap.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::budget::Budget;
use super::ports::ListedPorts;
use crate::pattern::InLabel;

/// The bytes that a `*` matches.
const WILD: &str = "abcdefghijklmnopqrstuvwxyz0123456789-";

/// How much longer a label is made where shorter ones are taken.
const LONGEST: usize = 64;

/// The steps that a beginning with an end takes, and each label that is tried for them.
const STEPS_PER_PAIR: usize = 8;

/// A label, and the label as reported: with a `*`, or the label itself.
pub(super) struct Example {
    pub(super) label: String,
    pub(super) reported_label: String,
}

/// The patterns that have the same labels after theirs, by what precedes and follows their `*`.
#[derive(Default)]
pub(super) struct Labels<'p> {
    /// The distinct lengths of the literals.
    shapes: BTreeSet<(usize, usize)>,
    /// By what precedes the `*`, then by what follows it.
    patterns: BTreeMap<&'p str, BTreeMap<&'p str, (InLabel<'p>, Vec<ListedPorts>)>>,
}

impl<'p> Labels<'p> {
    pub(super) fn insert(&mut self, pattern: InLabel<'p>, ports: ListedPorts) {
        self.shapes
            .insert((pattern.prefix.len(), pattern.suffix.len()));
        let known = self.patterns.entry(pattern.prefix).or_default();
        let known = known.entry(pattern.suffix);
        let (_, listed) = known.or_insert_with(|| (pattern, Vec::new()));
        listed.push(ports);
    }

    /// Returns the patterns that match this label, with their ports. One lookup is made for each shape.
    pub(super) fn matching<'s>(
        &'s self,
        label: &str,
    ) -> impl Iterator<Item = (InLabel<'s>, &'s Vec<ListedPorts>)> {
        self.shapes.iter().filter_map(move |&(prefix, suffix)| {
            let prefix = label.get(..prefix)?;
            let suffix = label.get(label.len().checked_sub(suffix)?..)?;
            let (pattern, ports) = self.patterns.get(prefix)?.get(suffix)?;
            pattern.capture(label)?;
            Some((*pattern, ports))
        })
    }

    /// Returns the labels. Those that are taken have a pattern of their own.
    pub(super) fn examples(&self, taken: impl Fn(&str) -> bool, budget: &Budget) -> Vec<Example> {
        let prefixes = texts(self.patterns.keys().map(|prefix| (*prefix).to_owned()));
        let suffixes = self.patterns.values().flat_map(BTreeMap::keys);
        let suffixes = texts(suffixes.map(|suffix| reversed(suffix)));
        let ends = suffixes.iter().map(|suffix| {
            let end = next_after(suffix, &suffixes).map(|end| reversed(&end));
            (suffix.as_str(), (reversed(suffix), end))
        });
        let ends: BTreeMap<_, _> = ends.collect();
        let mut found = Vec::new();
        for prefix in &prefixes {
            let start = next_after(prefix, &prefixes);
            for (suffix, meeting) in self.meeting(prefix, &suffixes, budget) {
                let Some((suffix, end)) = ends.get(suffix) else {
                    continue;
                };
                let admitted = |label: &str| {
                    let mut meeting = meeting.iter();
                    budget.labels.take(STEPS_PER_PAIR)
                        && meeting.any(|one| one.capture(label).is_some())
                        && !taken(label)
                };
                let between = start.as_deref().zip(end.as_deref());
                let label = between.and_then(|(start, end)| {
                    let label = |star: &str| format!("{prefix}{star}{suffix}");
                    let mut labels = fillings(start, end).map(|star| label(&star));
                    labels.find(|label| admitted(label)).or_else(|| {
                        // Only one byte may be left of the 63 of a label.
                        let labels = WILD.chars().map(|c| label(c.encode_utf8(&mut [0; 4])));
                        let mut labels = labels.filter(|label| admitted(label));
                        labels.find(|label| {
                            !has_longer(label, prefix, &prefixes)
                                && !has_longer(&reversed(label), &reversed(suffix), &suffixes)
                        })
                    })
                });
                found.extend(label.map(|label| (label, format!("{prefix}*{suffix}"))));
                let touching = overlaps(prefix, suffix).filter(|label| admitted(label));
                found.extend(touching.map(|label| (label.clone(), label)));
            }
        }
        found.sort_unstable();
        found.dedup();
        let example = |(label, reported_label)| Example {
            label,
            reported_label,
        };
        found.into_iter().map(example).collect()
    }

    /// Returns the patterns whose beginning this prefix has, by the ends of labels that they match.
    /// Ends are reversed.
    fn meeting<'s>(
        &self,
        prefix: &str,
        suffixes: &'s BTreeSet<String>,
        budget: &Budget,
    ) -> BTreeMap<&'s str, Vec<InLabel<'p>>> {
        let mut meeting: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let beginnings = (0..=prefix.len()).filter_map(|len| prefix.get(..len));
        let patterns = beginnings.filter_map(|beginning| self.patterns.get(beginning));
        for (pattern, _) in patterns.flat_map(BTreeMap::values) {
            let end = reversed(pattern.suffix);
            let longer = suffixes.range(end.clone()..);
            for suffix in longer.take_while(|suffix| suffix.starts_with(&end)) {
                if !budget.labels.take(STEPS_PER_PAIR) {
                    return meeting;
                }
                meeting.entry(suffix).or_default().push(*pattern);
            }
        }
        meeting
    }
}

fn texts(texts: impl Iterator<Item = String>) -> BTreeSet<String> {
    texts.chain([String::new()]).collect()
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The shortest text with which a label that has this beginning has no longer one that is known;
/// none if there is no such label.
fn next_after(beginning: &str, known: &BTreeSet<String>) -> Option<String> {
    let mut open = VecDeque::from([beginning.to_owned()]);
    while let Some(text) = open.pop_front() {
        for next in WILD.chars() {
            let longer = format!("{text}{next}");
            if known.contains(&longer) {
                continue;
            }
            let mut above = known.range(longer.clone()..);
            if above.next().is_some_and(|text| text.starts_with(&longer)) {
                open.push_back(longer);
            } else {
                return longer.strip_prefix(beginning).map(str::to_owned);
            }
        }
    }
    None
}

/// Whether a label begins with a known text that is longer than this beginning.
fn has_longer(label: &str, beginning: &str, known: &BTreeSet<String>) -> bool {
    let mut longer = (beginning.len() + 1..=label.len()).filter_map(|len| label.get(..len));
    longer.any(|text| known.contains(text))
}

/// What can stand between a beginning and an end, from the shortest on.
fn fillings(start: &str, end: &str) -> impl Iterator<Item = String> {
    let shortest = (start == end).then(|| start.to_owned());
    let longer = (0..LONGEST).map(move |more| format!("{start}{}{end}", "0".repeat(more)));
    shortest.into_iter().chain(longer)
}

/// The labels that have this beginning and this end with nothing between them.
fn overlaps(prefix: &str, suffix: &str) -> impl Iterator<Item = String> {
    (0..=suffix.len()).filter_map(move |shared| {
        let (shared, rest) = suffix.split_at_checked(shared)?;
        prefix.ends_with(shared).then(|| format!("{prefix}{rest}"))
    })
}
