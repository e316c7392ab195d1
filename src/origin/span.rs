//! Parts of a text.

/// A part of a text, from one byte up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// A part of this part.
    pub(crate) fn part(self, start: usize, end: usize) -> Self {
        Self {
            start: self.start.saturating_add(start),
            end: self.start.saturating_add(end),
        }
    }

    /// The part of this text.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}
