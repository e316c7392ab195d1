//! Many patterns, one look-up.
//!
//! 1. The texts of all patterns, in canonical form, stand one after the other in one string, and
//!    everything else refers to them by their place there.
//! 2. A pattern that is one origin is in a table by its text: the bytes of an `Origin` field that are
//!    found there are that origin, without being read.
//! 3. Whoever matches a pattern with a `*` in its host has, in the place of the `*`, a part of their
//!    own host: so the pattern's text is the origin's text with that part replaced.
//! 4. Where there are such patterns, one look-up is made for each part that may be replaced: a label's
//!    inside, the labels before a dot, or the whole host.
//! 5. Only parts are tried that some pattern of the set may have: before a dot, by how much follows it; inside a
//!    label, by how much stands before the part and after it, and where those lengths are many, by what it is.
//! 6. The most specific parts come first, so that most often the first pattern that is found is the one; where
//!    lengths are many, hashes grow and shrink along the host instead of being made anew.
//! 7. Patterns of several ports are in a table by what comes before the ports; for each such text there
//!    are ranges of ports in order, each with the pattern that has the fewest ports of those that admit it.
//! 8. A pattern of one port comes before one of several with the same host.
//! 9. So the cost depends on the origin, and on which parts the patterns replace, but not on how many
//!    patterns there are.
//! 10. Hashes have no seed, so that a set is the same everywhere, and whoever writes a policy may choose
//!     patterns whose hashes collide: a table then falls back on a binary search.

mod build;
mod filter;
mod key;
mod keys;
mod several;

mod table;
mod texts;
mod wider;

use alloc::boxed::Box;
use core::fmt;

use super::{OriginPattern, ParsePatternError, canonical};
use crate::origin::OriginRef;
pub(crate) use build::PatternList;
use key::END;
use table::Table;
use texts::Texts;
use wider::Wider;

/// A set of origins given by patterns. It admits what any of its patterns admits.
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
/// The texts of a set's patterns are 4 GiB together at the most; patterns beyond it admit nothing.
#[derive(Clone, Default)]
pub struct OriginSet {
    texts: Texts,
    len: usize,
    /// Patterns that are one origin each, `null` among them.
    origins: Table,
    filter: filter::Filter,
    /// The other patterns, if there are any.
    wider: Option<Box<Wider>>,
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

impl OriginSet {
    /// The set of the patterns with these texts.
    ///
    /// # Errors
    ///
    /// The first text that is no pattern.
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
            let text = text.as_ref();
            if canonical::is_canonical(text) {
                list.push(text);
            } else {
                list.push(text.parse::<OriginPattern>()?.as_str());
            }
        }
        Ok(list.into())
    }

    /// Whether some pattern admits this origin.
    #[must_use]
    pub fn matches(&self, origin: OriginRef<'_>) -> bool {
        self.find(origin).is_some()
    }

    /// The most specific pattern that admits this origin: a whole host before a `*` inside a label,
    /// that before `*.`, and longer literals first; of those with the same host, the one of the fewest
    /// ports.
    #[must_use]
    pub fn find<'s, 'o>(&'s self, origin: OriginRef<'o>) -> Option<SetMatch<'s, 'o>> {
        let of_origin = self.find_text(origin.as_str().as_bytes());
        of_origin
            .map(|pattern| SetMatch {
                pattern,
                capture: None,
            })
            .or_else(|| self.find_wider(origin))
    }

    /// The pattern that is this text and the origin of this text alone.
    #[inline]
    pub(crate) fn find_text(&self, text: &[u8]) -> Option<&str> {
        match self.only() {
            Some(only) => (only.as_bytes() == text).then_some(only),
            None if self.origins.is_empty() => None,
            None => self.find_among_many(text),
        }
    }

    fn find_among_many(&self, text: &[u8]) -> Option<&str> {
        let is_it = |line| {
            let rest = self.texts.from(line).as_bytes().strip_prefix(text);
            // A request may have any bytes, also that which ends a pattern.
            rest.and_then(<[u8]>::first) == Some(&END) && !text.contains(&END)
        };
        let order = |line| text.cmp(self.texts.line(line).as_bytes());
        let hash = key::hash(text);
        if !self.filter.may_contain(hash) {
            return None;
        }
        let line = self.origins.find(hash, is_it, order)?;
        self.texts.from(line).get(..text.len())
    }

    /// Whether there are patterns of more than one origin.
    #[inline]
    pub(crate) fn has_wider(&self) -> bool {
        self.wider.is_some()
    }

    /// The most specific pattern of more than one origin that admits this one.
    pub(crate) fn find_wider<'s, 'o>(&'s self, origin: OriginRef<'o>) -> Option<SetMatch<'s, 'o>> {
        let (pattern, star) = self.wider.as_ref()?.find(origin, &self.texts)?;
        let capture = star.map(|span| span.of(origin.as_str()));
        Some(SetMatch { pattern, capture })
    }

    /// Whether one of the patterns covers this one: the same as asking each, but only those are
    /// asked whose host could.
    #[must_use]
    pub fn covers(&self, pattern: &OriginPattern) -> bool {
        self.find_text(pattern.as_str().as_bytes()).is_some()
            || self
                .wider
                .as_ref()
                .is_some_and(|wider| wider.covers(pattern, &self.texts))
    }

    /// The patterns of both.
    pub(crate) fn merged(&self, other: &Self) -> Self {
        let mut list = PatternList::default();
        list.push_all(self);
        list.push_all(other);
        list.into()
    }

    /// The patterns in canonical form, in the order given, each once.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.texts.lines().map(|(_, text)| text)
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The only pattern, if it is the only one and admits exactly one tuple origin.
    pub(crate) fn single_origin(&self) -> Option<&str> {
        self.only().filter(|text| text.contains("://"))
    }

    /// The only pattern, if there is one only and it is an origin, `null` among them.
    #[inline]
    fn only(&self) -> Option<&str> {
        if self.len != 1 || self.wider.is_some() {
            return None;
        }
        self.texts.as_str().strip_suffix(char::from(END))
    }

    /// Whether there is `*`.
    pub(crate) fn has_any(&self) -> bool {
        self.wider.as_ref().is_some_and(|wider| wider.any)
    }
}

/// Sets are equal if they have the same patterns in the same order.
impl PartialEq for OriginSet {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Eq for OriginSet {}

impl fmt::Debug for OriginSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OriginSet")?;
        f.debug_set().entries(self.patterns()).finish()
    }
}
