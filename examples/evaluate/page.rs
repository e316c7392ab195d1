//! Text for a terminal: 80 columns, and colours where they are welcome.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};

const WIDTH: usize = 80;

/// What text is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    coloured: bool,
}

#[derive(Clone, Copy)]
pub enum Colour {
    Green,
    Red,
    Yellow,
}

impl Page {
    pub fn of_stdout() -> Self {
        let no_color = std::env::var_os("NO_COLOR");
        Self::new(io::stdout().is_terminal(), no_color.as_deref())
    }

    /// `no_color` is the environment's `NO_COLOR`, which counts if it is not empty.
    pub fn new(is_terminal: bool, no_color: Option<&OsStr>) -> Self {
        Self {
            coloured: is_terminal && no_color.is_none_or(OsStr::is_empty),
        }
    }

    pub fn paint(self, colour: Colour, text: &str) -> String {
        let code = match colour {
            Colour::Green => 32,
            Colour::Red => 31,
            Colour::Yellow => 33,
        };
        if self.coloured {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The text in lines of 80 columns, all with this indent, and four columns more from the second on.
/// It is broken after spaces and commas; a word that is longer than a line stays whole.
pub fn wrap(text: &str, indent: usize) -> String {
    let mut wrapped = " ".repeat(indent);
    let mut column = indent;
    for word in text.split_inclusive([' ', ',']) {
        let end = column + word.trim_end().chars().count();
        if end > WIDTH && column > indent {
            wrapped.truncate(wrapped.trim_end().len());
            wrapped.push('\n');
            column = indent + 4;
            wrapped.push_str(&" ".repeat(column));
        }
        wrapped.push_str(word);
        column += word.chars().count();
    }
    wrapped
}
