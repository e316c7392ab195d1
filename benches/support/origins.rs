//! Many origins and patterns, all different, of the lengths that tenants have.

use cross_origin::{OriginSet, Policy, Rule};

use super::sequence::Sequence;

/// Spreads numbers over all of `u64` (the finaliser of SplitMix64).
pub fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Patterns of one form, and the origins that they do and don't admit.
#[derive(Clone, Copy)]
pub struct Family {
    pub name: &'static str,
    /// The pattern for a tenant.
    pattern: fn(&str) -> String,
    /// An origin of that tenant.
    origin: fn(&str) -> String,
}

pub const EXACT: Family = Family {
    name: "exact",
    pattern: |tenant| format!("https://{tenant}.example.com"),
    origin: |tenant| format!("https://{tenant}.example.com"),
};

pub const BELOW: Family = Family {
    name: "below",
    pattern: |tenant| format!("https://*.{tenant}.example.com"),
    origin: |tenant| format!("https://app.{tenant}.example.com"),
};

pub const IN_LABEL: Family = Family {
    name: "in-label",
    pattern: |tenant| format!("https://pr-*-web.{tenant}.example.com"),
    origin: |tenant| format!("https://pr-17-web.{tenant}.example.com"),
};

/// A tenant's name. Strangers' names have the same form and length, and differ from the tenants' in the
/// middle of the text only.
fn tenant(index: usize, is_stranger: bool) -> String {
    let seed = (index as u64) << 1 | u64::from(is_stranger);
    format!("t{index:06x}-{:08x}", mix(seed) >> 32)
}

impl Family {
    /// This many patterns.
    pub fn patterns(self, count: usize) -> Vec<String> {
        (0..count)
            .map(|index| (self.pattern)(&tenant(index, false)))
            .collect()
    }

    /// An origin that each of this many patterns admits.
    pub fn admitted(self, count: usize) -> Vec<String> {
        (0..count)
            .map(|index| (self.origin)(&tenant(index, false)))
            .collect()
    }

    /// Random origins that some of this many patterns admits, or that none admits.
    pub fn asked(self, count: usize, are_hits: bool, length: usize) -> Sequence {
        Sequence::new((0..length).map(|turn| {
            let index = (mix(turn as u64) % count as u64) as usize;
            (self.origin)(&tenant(index, !are_hits))
        }))
    }
}

/// A policy of one rule for these patterns.
pub fn policy<T: AsRef<str>>(patterns: &[T]) -> Policy {
    let rule = Rule::allow_origins(patterns.iter().map(AsRef::as_ref));
    Policy::new([rule]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A set of these patterns.
pub fn set<T: AsRef<str>>(patterns: &[T]) -> OriginSet {
    OriginSet::parse(patterns).unwrap()
}
