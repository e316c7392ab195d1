//! The lines of one header.

use core::fmt;

/// The number of lines of `Access-Control-Request-Headers` that are read. Browsers send one.
pub const MAX_REQUEST_HEADERS_LINES: usize = 16;

/// The lines of one header, in order, up to [`MAX_REQUEST_HEADERS_LINES`] of them.
///
/// The array for further lines is filled only once a second line arrives.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    pub(super) first: Option<&'a [u8]>,
    pub(super) others: Option<Others<'a>>,
}

/// The lines after the first.
#[derive(Clone, Copy)]
pub(super) struct Others<'a> {
    lines: [&'a [u8]; MAX_REQUEST_HEADERS_LINES - 1],
    /// The number of lines; `None` once there were too many.
    len: Option<usize>,
}

impl<'a> Lines<'a> {
    #[cold]
    pub(super) fn add_other(&mut self, value: &'a [u8]) {
        let Others { lines, len } = self.others.get_or_insert(Others {
            lines: [&[]; MAX_REQUEST_HEADERS_LINES - 1],
            len: Some(0),
        });
        *len = len.and_then(|len| {
            *lines.get_mut(len)? = value;
            len.checked_add(1)
        });
    }

    /// Returns the lines, or `None` if there were too many.
    #[inline]
    pub(crate) fn kept(&self) -> Option<impl Iterator<Item = &'a [u8]> + Clone> {
        let others = match &self.others {
            Some(Others { lines, len }) => lines.get(..(*len)?)?,
            None => &[],
        };
        Some(self.first.into_iter().chain(others.iter().copied()))
    }

    /// Returns the lines that are UTF-8, as lists of tokens are.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'a str> {
        let lines = self.kept().into_iter().flatten();
        lines.filter_map(|line| core::str::from_utf8(line).ok())
    }
}

impl PartialEq for Lines<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.kept(), other.kept()) {
            (Some(lines), Some(others)) => lines.eq(others),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Eq for Lines<'_> {}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kept() {
            Some(lines) => f.debug_list().entries(lines.map(Escaped)).finish(),
            None => f.write_str("too many"),
        }
    }
}

/// Bytes of a request, escaped for logs.
pub(super) struct Escaped<'a>(pub(super) &'a [u8]);

impl fmt::Debug for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.escape_ascii())
    }
}
