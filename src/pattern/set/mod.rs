//! Sets of patterns.
//!
//! 1. The texts of all patterns, in canonical form, are in one string, the arena; everything else
//!    refers to them by their offset.
//! 2. Patterns of a single origin are in a hash table by their text, so an `Origin` header that is found
//!    there needs no parsing.
//! 3. A pattern's key is its scheme and host. An origin matches a wildcard if replacing some part of its
//!    host by `*` yields the key. An address matches a network if masking it to the network's prefix
//!    length does.
//! 4. One lookup is made for each shape that the set has: for each length of literal text around a
//!    `*` inside a label, each length of a parent domain and each length of a prefix.
//! 5. The most specific shapes come first, so the first pattern that is found is the most specific.
//! 6. A Bloom filter in front of the tables rejects most lookups without a cache miss.
//! 7. Ports are checked last. If a key has several patterns or ports, sorted ranges map each port to the
//!    pattern with the fewest ports that includes it.
//! 8. So the cost depends on the origin and the shapes, and at most logarithmically on the number of
//!    patterns of one key.
//! 9. Hashes have no seed, so that a set is the same everywhere. The author of a policy could choose
//!    patterns whose hashes collide: a bucket that overflows falls back to a binary search.

mod arena;
mod build;
mod filter;
mod general;
mod groups;
mod key;
mod shapes;
mod table;

use alloc::boxed::Box;
use core::fmt;

use super::{OriginPattern, ParsePatternError, PatternMatch, PatternRef};
use crate::origin::{FILE, OriginRef};
use arena::Arena;
pub(crate) use build::PatternList;
use filter::Filter;
use general::General;
use key::END;
use table::Table;

/// A set of patterns. It matches an origin if any of its patterns does.
///
/// ```
/// use cross_origin::{OriginRef, OriginSet};
///
/// let set = OriginSet::parse(["https://example.com", "https://*.example.com"])?;
///
/// let found = set.find(OriginRef::from_header(b"https://a.example.com").unwrap()).unwrap();
/// assert_eq!(found.pattern(), "https://*.example.com");
/// assert_eq!(found.capture(), Some("a"));
/// # Ok::<(), cross_origin::ParsePatternError>(())
/// ```
///
/// # Limits
///
/// The texts of all patterns take at most 2 GiB; patterns beyond that match nothing.
#[derive(Clone, Default)]
pub struct OriginSet {
    arena: Arena,
    len: usize,
    /// Patterns that match one origin each, `null` and `file://` included.
    origins: Table,
    filter: Filter,
    /// The other patterns, if there are any.
    general: Option<Box<General>>,
}

impl OriginSet {
    /// Parses each text and returns the set of the patterns.
    ///
    /// # Errors
    ///
    /// The error of the first text that is not a pattern.
    ///
    /// ```
    /// use cross_origin::{OriginRef, OriginSet};
    ///
    /// let tenants = OriginSet::parse(["https://a.example", "http://localhost:*"])?;
    /// assert!(tenants.matches(OriginRef::from_header(b"http://localhost:3000").unwrap()));
    /// assert!(OriginSet::parse(["https://a.example/"]).is_err());
    /// # Ok::<(), cross_origin::ParsePatternError>(())
    /// ```
    pub fn parse<I>(texts: I) -> Result<Self, ParsePatternError>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let mut list = PatternList::default();
        for text in texts {
            list.push(&super::parse(text.as_ref())?);
        }
        Ok(list.into())
    }

    /// Whether some pattern matches this origin.
    #[must_use]
    pub fn matches(&self, origin: OriginRef<'_>) -> bool {
        self.find(origin).is_some()
    }

    /// Returns the most specific pattern that matches this origin.
    ///
    /// The order is: an exact host, a `*` inside a label, `*.`, networks, any host; of these the one
    /// with the longer literals or prefix; of one host the pattern with the fewest ports.
    #[must_use]
    pub fn find<'s, 'o>(&'s self, origin: OriginRef<'o>) -> Option<PatternMatch<'s, 'o>> {
        let equal = self.find_single_origin(origin.as_str().as_bytes());
        equal
            .map(|pattern| PatternMatch {
                pattern,
                capture: None,
            })
            .or_else(|| self.find_general(origin))
    }

    /// The single-origin pattern whose text this is.
    #[inline]
    pub(crate) fn find_single_origin(&self, text: &[u8]) -> Option<&str> {
        match self.only() {
            Some(only) => (only.as_bytes() == text).then_some(only),
            None if self.origins.is_empty() => None,
            None => self.find_in_table(text),
        }
    }

    fn find_in_table(&self, text: &[u8]) -> Option<&str> {
        let find = |offset| {
            let pattern = self.arena.from(offset);
            // A request may have any bytes, also the one that ends a pattern.
            let is_end = pattern.as_bytes().get(text.len()) == Some(&END) && !text.contains(&END);
            is_end
                .then(|| pattern.get(..text.len()))?
                .filter(|pattern| pattern.as_bytes() == text)
        };
        let cmp = |offset| text.cmp(self.arena.text(offset).as_bytes());
        let hash = key::hash(text);
        if !self.filter.may_contain(hash) {
            return None;
        }
        self.origins.find(hash, find, cmp)
    }

    /// Whether there are patterns that match more than one origin.
    #[inline]
    pub(crate) fn has_general(&self) -> bool {
        self.general.is_some()
    }

    /// The most specific of the patterns that match more than one origin.
    pub(crate) fn find_general<'s, 'o>(
        &'s self,
        origin: OriginRef<'o>,
    ) -> Option<PatternMatch<'s, 'o>> {
        self.general.as_ref()?.find(origin, &self.arena)
    }

    /// Whether a pattern of the set covers this one. Unions of patterns do not count.
    #[must_use]
    pub fn covers<'p>(&self, pattern: impl Into<PatternRef<'p>>) -> bool {
        self.find_covering(pattern, |_| true).is_some()
    }

    /// Returns the most specific pattern of the set that covers this one and that `accept` accepts.
    ///
    /// Of patterns with one host, at most 64 that have more ports are tried: those with the most.
    ///
    /// ```
    /// use cross_origin::{OriginPattern, OriginSet};
    ///
    /// let set = OriginSet::parse(["https://*.example.com", "https://*.eu.example.com"])?;
    /// let pattern: OriginPattern = "https://*.eu.example.com".parse()?;
    /// let other = set.find_covering(&pattern, |text| text != pattern.as_str());
    /// assert_eq!(other, Some("https://*.example.com"));
    /// # Ok::<(), cross_origin::ParsePatternError>(())
    /// ```
    pub fn find_covering<'p>(
        &self,
        pattern: impl Into<PatternRef<'p>>,
        mut accept: impl FnMut(&str) -> bool,
    ) -> Option<&str> {
        let pattern = pattern.into();
        if let Some(equal) = self.find_single_origin(pattern.as_str().as_bytes())
            && accept(equal)
        {
            return Some(equal);
        }
        let general = self.general.as_ref()?;
        general.find_covering(pattern, &self.arena, accept)
    }

    /// The patterns in canonical form, in the order given, each once.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.arena.patterns().map(|(_, text)| text)
    }

    /// Returns the number of patterns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The only pattern, if it matches exactly one tuple origin.
    pub(crate) fn single_origin(&self) -> Option<&str> {
        self.only()
            .filter(|text| text.contains("://") && *text != FILE)
    }

    /// The only pattern, if it matches only the origin of its text.
    #[inline]
    fn only(&self) -> Option<&str> {
        if self.len != 1 || self.general.is_some() {
            return None;
        }
        self.arena.as_str().strip_suffix(char::from(END))
    }

    /// Whether `*` is in the set.
    pub(crate) fn has_any(&self) -> bool {
        self.general.as_ref().is_some_and(|general| general.any)
    }
}

/// Sets are equal if they have the same patterns in the same order.
impl PartialEq for OriginSet {
    fn eq(&self, other: &Self) -> bool {
        self.arena == other.arena
    }
}

impl Eq for OriginSet {}

impl fmt::Debug for OriginSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OriginSet")?;
        f.debug_set().entries(self.patterns()).finish()
    }
}
