//! Parts of a text.

/// A part of a text, from one byte up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    /// The byte at this place.
    pub(crate) fn byte(start: usize) -> Self {
        let end = start + 1;
        Self { start, end }
    }

    /// The part of this text.
    #[inline]
    pub(crate) fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}
