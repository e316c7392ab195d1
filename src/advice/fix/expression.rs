//! Regular expressions, parsed as far as patterns can mean the same.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::sequence::{self, Token};

/// The most alternatives that an expression may have, and how deep its groups may be nested.
const MAX_ALTERNATIVES: usize = 64;
const MAX_DEPTH: usize = 8;

/// The longest expression that is read, in bytes.
const MAX_LEN: usize = 512;

/// Whether a text can only be meant as a regular expression.
pub(super) fn is_expression(text: &str) -> bool {
    let delimited = delimited(text).is_some();
    let anchored = text.starts_with(['^', '(']) || text.ends_with('$') || delimited;
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let starts_any = |any: &str| {
        let mut found = text.match_indices(any);
        found.any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            before.is_empty() || before.ends_with(['/', '(', '|'])
        })
    };
    if anchored || has(&["\\d", "\\/", "?://", ")?", "[0-9", "[a-z", "[A-Z", "[^"]) {
        return true;
    }
    // A backslash may also begin a path: in an expression, each dot has one.
    let is_escaped = |(at, _): (usize, &str)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at..).unwrap_or_default();
        before.ends_with('\\') || after.starts_with(".*") || after.starts_with(".+")
    };
    let escaped = text.contains("\\.") && text.match_indices('.').all(is_escaped);
    escaped || starts_any(".*") || starts_any(".+")
}

/// The text between the delimiters that some languages write around an expression.
fn delimited(text: &str) -> Option<&str> {
    let delimiter = text
        .chars()
        .next()
        .filter(|c| matches!(c, '/' | '#' | '~'))?;
    let (inner, flags) = text.get(1..)?.rsplit_once(delimiter)?;
    let is_flags = flags.len() <= 3 && flags.bytes().all(|flag| flag.is_ascii_lowercase());
    let is_path = inner.starts_with('/') && !inner.starts_with("/^");
    (is_flags && !is_path && !inner.is_empty()).then_some(inner)
}

/// Returns patterns that match nothing else than an expression does. `None` if there are none that
/// match each of its alternatives.
pub(super) fn patterns(text: &str, credentials: bool) -> Option<Vec<String>> {
    if text.len() > MAX_LEN {
        return None;
    }
    let text = delimited(text).unwrap_or(text);
    let text = text.strip_prefix("(?i)").unwrap_or(text);
    let mut parser = Parser { rest: text };
    let alternatives = parser.alternatives(0)?;
    if !parser.rest.is_empty() {
        return None;
    }
    sequence::patterns(&alternatives, credentials)
}

type Alternatives = Vec<Vec<Token>>;

struct Parser<'t> {
    rest: &'t str,
}

/// One character or group, with what it matches.
enum Atom {
    Literal(char),
    Digit,
    /// Any character.
    Dot,
    /// A class of characters that patterns do not have.
    Class,
    Group(Alternatives),
    Start,
    End,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn accept(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn alternatives(&mut self, depth: usize) -> Option<Alternatives> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence(depth)?);
            if all.len() > MAX_ALTERNATIVES {
                return None;
            }
            if !self.accept("|") {
                return Some(all);
            }
        }
    }

    fn sequence(&mut self, depth: usize) -> Option<Alternatives> {
        let mut all: Alternatives = vec![Vec::new()];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let atom = self.atom(depth)?;
            let ends = self.quantified(atom)?;
            if all.len().checked_mul(ends.len())? > MAX_ALTERNATIVES {
                return None;
            }
            let pairs = all
                .iter()
                .flat_map(|start| ends.iter().map(move |end| (start, end)));
            all = pairs
                .map(|(start, end)| [start.as_slice(), end].concat())
                .collect();
        }
        Some(all)
    }

    fn atom(&mut self, depth: usize) -> Option<Atom> {
        Some(match self.next()? {
            '(' => {
                if self.rest.starts_with('?') && !self.accept("?:") || depth >= MAX_DEPTH {
                    return None;
                }
                let group = self.alternatives(depth.saturating_add(1))?;
                if !self.accept(")") {
                    return None;
                }
                Atom::Group(group)
            }
            '[' => {
                let end = self.rest.find(']')?;
                let (class, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest.get(1..)?;
                class_of(class)
            }
            '.' => Atom::Dot,
            '^' => Atom::Start,
            '$' => Atom::End,
            '\\' => match self.next()? {
                'd' => Atom::Digit,
                'w' => Atom::Class,
                'S' => Atom::Dot,
                c if c.is_ascii_punctuation() => Atom::Literal(c),
                _ => return None,
            },
            // A quantifier of nothing.
            '*' | '+' | '?' | '{' | ')' => return None,
            c => Atom::Literal(c),
        })
    }

    /// What an atom matches with the quantifier that follows it.
    fn quantified(&mut self, atom: Atom) -> Option<Alternatives> {
        let (min, max) = if self.accept("?") {
            (0, 1)
        } else if self.accept("*") {
            (0, u8::MAX)
        } else if self.accept("+") {
            (1, u8::MAX)
        } else if self.accept("{") {
            let end = self.rest.find('}')?;
            let (counts, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest.get(1..)?;
            let (min, max) = counts.split_once(',').unwrap_or((counts, counts));
            let max = match max {
                "" => u8::MAX,
                max => max.parse().ok()?,
            };
            (min.parse().ok()?, max)
        } else {
            (1, 1)
        };
        // A lazy or possessive quantifier matches the same texts.
        if (min, max) != (1, 1) {
            let _ = self.accept("?") || self.accept("+");
        }
        let mut found = match atom {
            Atom::Dot if (min, max) == (1, 1) => vec![vec![Token::Literal('.')]],
            // A `*` of a pattern is one character or more, and has no end.
            Atom::Dot if min <= 1 && max == u8::MAX => return Some(vec![vec![Token::Any { min }]]),
            Atom::Dot => return Some(vec![vec![Token::Class]]),
            Atom::Digit => vec![vec![Token::Digits {
                min: min.max(1),
                max,
            }]],
            Atom::Class => vec![vec![Token::Class]],
            Atom::Literal(c) if min <= 1 => vec![vec![Token::Literal(c)]],
            Atom::Group(alternatives) if min <= 1 => alternatives,
            Atom::Literal(_) | Atom::Group(_) => return None,
            Atom::Start => vec![vec![Token::Start]],
            Atom::End => vec![vec![Token::End]],
        };
        if min == 0 {
            found.push(Vec::new());
        }
        Some(found)
    }
}

fn class_of(class: &str) -> Atom {
    match class {
        "0-9" | "\\d" => Atom::Digit,
        "^/" | "^\\/" | "^\\s" | "^/:" | "^:/" => Atom::Dot,
        "." | "\\." => Atom::Literal('.'),
        _ => Atom::Class,
    }
}
