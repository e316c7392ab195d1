//! Text from outside inside a message.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt::{self, Write};

/// The longest quotation of a text in a message, in bytes, without its backticks and the `…` that
/// ends a longer one.
pub const MAX_QUOTED_LEN: usize = 200;

/// A text in backticks, with everything in it escaped that is not to be shown as it is: a message
/// can be logged and shown whatever it quotes. It is cut at [`MAX_QUOTED_LEN`] bytes, and what
/// precedes an `@` is hidden.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('`')?;
        let mut room = MAX_QUOTED_LEN;
        let (scheme, text) = without_secret(self.0);
        let hidden = (scheme.len() + text.len() < self.0.len()).then_some('…');
        for c in scheme.chars().chain(hidden).chain(text.chars()) {
            let len = match c {
                '\'' | '"' | '\\' => 1,
                c => c.escape_debug().map(char::len_utf8).sum(),
            };
            let Some(rest) = room.checked_sub(len) else {
                f.write_char('…')?;
                break;
            };
            room = rest;
            match c {
                '\'' | '"' | '\\' => f.write_char(c)?,
                c => c.escape_debug().fmt(f)?,
            }
        }
        f.write_char('`')
    }
}

/// The text as a problem repeats it: cut at [`MAX_QUOTED_LEN`] bytes, with what precedes an `@`
/// hidden.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let (scheme, rest) = without_secret(text);
    if scheme.len() + rest.len() == text.len() && text.len() <= MAX_QUOTED_LEN {
        return text.into();
    }
    let hidden = match scheme.len() + rest.len() == text.len() {
        true => String::from(text),
        false => format!("{scheme}…{rest}"),
    };
    match hidden.len() <= MAX_QUOTED_LEN {
        true => hidden.into(),
        false => {
            let ends = hidden.char_indices().map(|(start, c)| start + c.len_utf8());
            let end = ends.take_while(|&end| end <= MAX_QUOTED_LEN).last();
            let (start, _) = hidden
                .split_at_checked(end.unwrap_or(0))
                .unwrap_or_default();
            format!("{start}…").into()
        }
    }
}

/// Splits a text in the scheme with its `://` and the rest, without what precedes an `@`: it may be a
/// password.
fn without_secret(text: &str) -> (&str, &str) {
    let Some(at) = text.rfind('@') else {
        return ("", text);
    };
    let scheme = text.get(..at).and_then(|before| before.find("://"));
    let scheme = scheme.map_or(0, |scheme| scheme + "://".len());
    let (scheme, _) = text.split_at_checked(scheme).unwrap_or_default();
    match scheme.len() == at {
        // There is nothing to hide.
        true => ("", text),
        false => (scheme, text.get(at..).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn quotations_are_cut_and_hide_what_precedes_an_at() {
        for (text, expected) in [
            ("https://example.com/", "https://example.com/"),
            ("https://user:password@example.com", "https://…@example.com"),
            ("user:pass://word@example.com", "user:pass://…@example.com"),
            ("user:a@b@example.com/", "…@example.com/"),
            ("https://@example.com", "https://@example.com"),
            ("@", "@"),
        ] {
            assert_eq!(shown(text), expected);
            assert_eq!(Quoted(text).to_string(), format!("`{expected}`"));
        }
        let long = format!("{}é{}", "a".repeat(199), "b".repeat(1000));
        let cut = format!("{}…", "a".repeat(199));
        assert_eq!(shown(&long), cut);
        assert_eq!(Quoted(&long).to_string(), format!("`{cut}`"));
        let fits = "é".repeat(100);
        assert_eq!(shown(&fits), fits);
        assert_eq!(Quoted(&fits).to_string(), format!("`{fits}`"));
        let escaped = Quoted(&"\u{1}".repeat(1000)).to_string();
        assert!(escaped.len() <= MAX_QUOTED_LEN + "`…`".len());
    }
}
