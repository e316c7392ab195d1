//! Somebody's text inside a message.

use core::fmt::{self, Write};

/// A text in backticks, with everything in it escaped that is not to be shown as it is, and cut
/// where it is long: a message can be logged and shown whatever it quotes.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Quoted<'_> {
    /// How many characters of a text are shown.
    const SHOWN: usize = 100;
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('`')?;
        for (index, c) in self.0.chars().enumerate() {
            if index == Self::SHOWN {
                f.write_char('…')?;
                break;
            }
            match c {
                '\'' | '"' | '\\' => f.write_char(c)?,
                c => c.escape_debug().fmt(f)?,
            }
        }
        f.write_char('`')
    }
}
