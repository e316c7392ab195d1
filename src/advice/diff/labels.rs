//! Labels that stand for every way in which patterns with a `*` inside the same label meet.
//!
//! Which of them admit a label follows from the longest of their beginnings and the longest of their
//! ends that it has, as long as something is between the two: so one label for each pair will do,
//! and besides it those labels in which a beginning and an end touch or overlap.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeSet, VecDeque};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::pattern::InLabel;

/// What a `*` stands for is made of these.
const WILD: &str = "abcdefghijklmnopqrstuvwxyz0123456789-";

/// How much longer a label is made where shorter ones are taken.
const LONGEST: usize = 64;

/// A label, and what it stands for: a label with a `*`, or itself alone.
pub(super) struct Example {
    pub(super) label: String,
    pub(super) reported_label: String,
}

/// The labels for patterns that have the same labels after theirs. Those that are taken have a
/// pattern of their own.
pub(super) fn examples(group: &[InLabel<'_>], taken: impl Fn(&str) -> bool) -> Vec<Example> {
    let prefixes: BTreeSet<String> = texts(group.iter().map(|pattern| pattern.prefix.to_owned()));
    let suffixes: BTreeSet<String> = texts(group.iter().map(|pattern| reversed(pattern.suffix)));
    let ends = suffixes.iter().map(|suffix| {
        let end = next_after(suffix, &suffixes).map(|end| reversed(&end));
        (reversed(suffix), end)
    });
    let ends: Vec<_> = ends.collect();
    let mut found = Vec::new();
    for prefix in &prefixes {
        // Most patterns have nothing to do with most beginnings.
        let begin_so = group.iter().filter(|one| prefix.starts_with(one.prefix));
        let begin_so: Vec<_> = begin_so.collect();
        let start = next_after(prefix, &prefixes);
        for (suffix, end) in &ends {
            let meeting = begin_so.iter().filter(|one| suffix.ends_with(one.suffix));
            let meeting: Vec<_> = meeting.collect();
            let admitted = |label: &str| {
                meeting.iter().any(|one| one.capture(label).is_some()) && !taken(label)
            };
            let between = start.as_deref().zip(end.as_deref());
            let label = between
                .filter(|_| !meeting.is_empty())
                .and_then(|(start, end)| {
                    let mut labels =
                        fillings(start, end).map(|star| format!("{prefix}{star}{suffix}"));
                    labels.find(|label| admitted(label)).or_else(|| {
                        // Only one byte may be left of the 63 of a label.
                        let label = |star| format!("{prefix}{star}{suffix}");
                        let mut labels = WILD.chars().map(label).filter(|label| admitted(label));
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
