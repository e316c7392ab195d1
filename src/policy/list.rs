//! Lists in one string.

/// Splits a text at commas and white space outside braces. An unclosed brace encloses nothing.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = &str> {
    let mut to_come = text.matches('}').count();
    let mut enclosed = false;
    let separates = move |c| match c {
        '{' => {
            enclosed = to_come > 0;
            false
        }
        '}' => {
            to_come = to_come.saturating_sub(1);
            enclosed = false;
            false
        }
        c => !enclosed && matches!(c, ',' | ' ' | '\t' | '\r' | '\n'),
    };
    text.split(separates).filter(|entry| !entry.is_empty())
}
