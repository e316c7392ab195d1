//! Text of explanations: escaping, truncation and line breaks.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// Bytes of a request in backticks: visible ASCII as it is, everything else escaped, and cut where
/// there are many.
pub(super) struct Shown<'a>(pub(super) &'a [u8]);

impl Shown<'_> {
    /// How many bytes are shown.
    const SHOWN: usize = 100;
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('`')?;
        for (index, &byte) in self.0.iter().enumerate() {
            if index == Self::SHOWN {
                f.write_char('…')?;
                break;
            }
            match byte {
                b'\'' | b'"' => f.write_char(char::from(byte))?,
                _ => write!(f, "{}", byte.escape_ascii())?,
            }
        }
        f.write_char('`')
    }
}

/// The lines of a list header as one value, or as much of it as is shown.
pub(super) fn joined<'l>(lines: impl Iterator<Item = &'l [u8]>) -> Vec<u8> {
    let mut value = Vec::new();
    for line in lines {
        if !value.is_empty() {
            value.extend_from_slice(b", ");
        }
        value.extend(line.iter().take(Shown::SHOWN.saturating_add(1)));
        if value.len() > Shown::SHOWN {
            break;
        }
    }
    value
}

/// Cuts a text to `most` bytes, the sign for it included.
pub(super) fn cut(text: &mut String, most: usize) {
    const CUT: char = '…';
    if text.len() <= most {
        return;
    }
    let mut end = most.saturating_sub(CUT.len_utf8());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.truncate(end);
    text.push(CUT);
}

/// Where lines end, as far as words permit.
const WIDTH: usize = 80;

/// Where the text of a paragraph starts.
const INDENT: usize = 11;

/// Adds a paragraph: its label, and its words in lines of 80 columns, all below the first. A list that
/// is longer than a line is broken after commas.
pub(super) fn paragraph(out: &mut String, label: &str, text: &str) {
    let _ = write!(out, "\n  {label:<8}");
    let mut column = INDENT.saturating_sub(1);
    for (index, word) in text.split(' ').enumerate() {
        let mut space = " ";
        if word.is_empty() && column < WIDTH {
            out.push_str(space); // two spaces of a value that is shown stay two
            column = column.saturating_add(1);
        } else if word.is_empty() {
            let _ = write!(out, "\n{:INDENT$}", "");
            column = INDENT;
        }
        let is_long = word.chars().count().saturating_add(INDENT) > WIDTH;
        for piece in word.split_inclusive(|c| is_long && c == ',') {
            let len = piece.chars().count().saturating_add(space.len());
            let is_first = index == 0 && !space.is_empty();
            if column.saturating_add(len) <= WIDTH || is_first {
                out.push_str(space);
                column = column.saturating_add(len);
            } else {
                let _ = write!(out, "\n{:INDENT$}", "");
                column = INDENT.saturating_add(piece.chars().count());
            }
            out.push_str(piece);
            space = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn texts_are_cut_between_characters() {
        let table = [
            ("abcdef", 6, "abcdef"),
            ("abcdefg", 6, "abc…"),
            ("aééé", 7, "aééé"),
            ("aéééx", 7, "aé…"),
            ("éééé", 7, "éé…"),
            ("éééé", 6, "é…"),
        ];
        for (text, most, expected) in table {
            let mut text = text.to_string();
            cut(&mut text, most);
            assert_eq!(text, expected);
            assert!(text.len() <= most);
        }
    }

    #[test]
    fn lines_are_joined_as_far_as_they_are_shown() {
        let lines: [&[u8]; 3] = [b"a, b", b"", b"c"];
        assert_eq!(joined(lines.into_iter()), b"a, b, , c");
        assert_eq!(joined([].into_iter()), b"");
        let long = [b'x'; 9000];
        let lines: [&[u8]; 2] = [&long, b"y"];
        assert_eq!(joined(lines.into_iter()), [b'x'; 101]);
        assert_eq!(Shown(&long).to_string().len(), 2 + 100 + '…'.len_utf8());
    }

    #[test]
    fn lines_of_a_paragraph() {
        let mut text = String::new();
        paragraph(&mut text, "label", &["x".repeat(69), "y".into()].join(" "));
        assert_eq!(
            text,
            format!("\n  label    {}\n           y", "x".repeat(69))
        );
        text.clear();
        paragraph(&mut text, "label", &["x".repeat(67), "y".into()].join(" "));
        assert_eq!(text, format!("\n  label    {} y", "x".repeat(67)));
        // a word that is longer stays whole, a list is broken
        text.clear();
        paragraph(&mut text, "label", &"x".repeat(90));
        assert_eq!(text, format!("\n  label    {}", "x".repeat(90)));
        text.clear();
        let list = ["x".repeat(40), "y".repeat(40)].join(",");
        paragraph(&mut text, "label", &list);
        let (x, y) = ("x".repeat(40), "y".repeat(40));
        assert_eq!(text, format!("\n  label    {x},\n           {y}"));
    }
}
