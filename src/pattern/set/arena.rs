//! The texts of a set's patterns, in one string.

use alloc::boxed::Box;
use alloc::string::String;

use super::key::{END, Key};
use crate::pattern::PatternRef;

/// The offset of a pattern in the arena, less than 2 GiB.
pub(super) type Offset = u32;

pub(super) const MAX_OFFSET: Offset = i32::MAX as Offset;

/// Patterns in canonical form, in the order given, each followed by [`END`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arena(Box<str>);

impl Arena {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The patterns and their offsets; those beyond [`MAX_OFFSET`] are left out.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (Offset, &str)> {
        let mut start = 0_usize;
        self.0
            .split_terminator(char::from(END))
            .map_while(move |text| {
                let offset = Offset::try_from(start)
                    .ok()
                    .filter(|&start| start <= MAX_OFFSET)?;
                start += text.len() + 1;
                Some((offset, text))
            })
    }

    /// The text from a pattern to the end of the arena.
    #[inline]
    pub(super) fn from(&self, offset: Offset) -> &str {
        self.0.get(offset as usize..).unwrap_or_default()
    }

    /// The text of a pattern.
    pub(super) fn text(&self, offset: Offset) -> &str {
        self.from(offset)
            .split(char::from(END))
            .next()
            .unwrap_or_default()
    }

    pub(super) fn pattern(&self, offset: Offset) -> PatternRef<'_> {
        PatternRef::from_canonical(self.text(offset))
    }

    /// The key of a pattern of tuple origins.
    pub(super) fn key(&self, offset: Offset) -> Option<Key<'_>> {
        Key::of_pattern(self.pattern(offset))
    }
}
