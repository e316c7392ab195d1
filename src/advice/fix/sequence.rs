//! Alternatives of an expression without repetition, as patterns.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::hosts::{canonical, is_loopback};

/// A part of one alternative of an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Literal(char),
    Digits {
        min: u8,
        max: u8,
    },
    /// At least so many characters, whatever they are.
    Any {
        min: u8,
    },
    /// Characters of a class, which no pattern has.
    Class,
    Start,
    End,
}

/// An origin pattern in its parts.
struct PatternParts {
    /// `None` if the expression has none.
    scheme: Option<String>,
    host: String,
    /// With its colon.
    port: String,
}

/// What an alternative is as patterns.
enum Read {
    /// It matches no origin.
    Nothing,
    Patterns(Vec<PatternParts>),
}

/// Returns patterns that match nothing else than these alternatives. `None` if one of them matches
/// origins, and no pattern does that matches no others.
pub(super) fn patterns(alternatives: &[Vec<Token>], credentials: bool) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for tokens in alternatives {
        if let Read::Patterns(patterns) = read(tokens)? {
            found.extend(patterns);
        }
    }
    // Of `(https?://)?host` the alternative without a scheme matches no origin.
    if found.iter().any(|pattern| pattern.scheme.is_some()) {
        found.retain(|pattern| pattern.scheme.is_some());
    }
    // Without a scheme, a word such as `null` is not a host.
    let is_word = |pattern: &PatternParts| {
        let has_dot = pattern.host.contains(['.', ':']);
        pattern.scheme.is_none() && !has_dot && pattern.port.is_empty()
    };
    if found
        .iter()
        .any(|pattern| is_word(pattern) && !is_loopback(&pattern.host))
    {
        return None;
    }
    let is_safe = |pattern: &PatternParts| {
        pattern.scheme.as_deref() != Some("http") || is_loopback(&pattern.host)
    };
    if credentials && found.iter().any(is_safe) {
        found.retain(is_safe);
    }
    let mut texts: Vec<String> = Vec::new();
    for PatternParts { scheme, host, port } in &found {
        let scheme = scheme.as_deref().unwrap_or(match is_loopback(host) {
            true => "http",
            false => "https",
        });
        let any_port = format!("{scheme}://{host}:*");
        let is_covered = port.is_empty()
            && found.iter().any(|other| {
                other.port == ":*"
                    && other.host == *host
                    && other.scheme.as_deref().is_none_or(|it| it == scheme)
            });
        let text = if is_covered {
            any_port
        } else {
            format!("{scheme}://{host}{port}")
        };
        let text = canonical(&text)?;
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then_some(texts)
}

fn read(tokens: &[Token]) -> Option<Read> {
    let (tokens, starts) = match tokens {
        [Token::Start, rest @ ..] => (rest, true),
        tokens => (tokens, false),
    };
    let (tokens, ends) = match tokens {
        [rest @ .., Token::End] => (rest, true),
        tokens => (tokens, false),
    };
    if tokens
        .iter()
        .any(|token| matches!(token, Token::Start | Token::End))
    {
        return Some(Read::Nothing);
    }
    let (scheme, rest) = scheme(tokens, starts)?;
    let (host, port) = split(rest);
    // No origin ends in a colon.
    if port.is_some_and(<[Token]>::is_empty) {
        return Some(Read::Nothing);
    }
    if host.contains(&Token::Literal('/'))
        || port.is_some_and(|port| port.contains(&Token::Literal('/')))
    {
        return Some(Read::Nothing);
    }
    // `localhost:*[0-9]+` also matches `localhost1`; no top-level domain ends in a digit.
    if let [.., Token::Literal(before), Token::Digits { .. }] = host
        && *before != '.'
    {
        return Some(Read::Nothing);
    }
    let is_open = !starts && scheme.is_none();
    let is_closed = starts && (ends || port.is_some());
    let hosts = match in_label(host).filter(|_| is_closed) {
        Some(host) => vec![host],
        None => hosts(host, is_open)?,
    };
    let port = match port {
        None => String::new(),
        Some(port) => self::port(port)?,
    };
    let patterns = hosts.into_iter().map(|host| PatternParts {
        scheme: scheme.clone(),
        host,
        port: port.clone(),
    });
    Some(Read::Patterns(patterns.collect()))
}

/// Splits off the scheme, if it is written out.
fn scheme(tokens: &[Token], starts: bool) -> Option<(Option<String>, &[Token])> {
    let separator = [':', '/', '/'].map(Token::Literal);
    let Some(at) = tokens.windows(3).position(|window| window == separator) else {
        return Some((None, tokens));
    };
    let (before, rest) = tokens.split_at_checked(at)?;
    let rest = rest.get(3..)?;
    match before {
        [Token::Any { .. }] => Some((Some("https".into()), rest)),
        [] if !starts => Some((Some("https".into()), rest)),
        before => Some((Some(literal(before)?), rest)),
    }
}

/// The text of tokens that are all literal.
fn literal(tokens: &[Token]) -> Option<String> {
    let chars = tokens.iter().map(|token| match token {
        Token::Literal(c) => Some(*c),
        _ => None,
    });
    chars.collect()
}

/// Splits a host from its port.
fn split(tokens: &[Token]) -> (&[Token], Option<&[Token]>) {
    let end = tokens
        .iter()
        .position(|token| *token == Token::Literal(']'));
    let from = end.unwrap_or(0);
    let colon = tokens
        .iter()
        .enumerate()
        .position(|(at, token)| at >= from && *token == Token::Literal(':'));
    match colon.and_then(|at| tokens.split_at_checked(at)) {
        Some((host, port)) => (host, port.get(1..)),
        None => (tokens, None),
    }
}

/// A label that begins with literal text, with a wildcard inside it: `app-.*\.example\.com`.
fn in_label(tokens: &[Token]) -> Option<String> {
    let any = tokens
        .iter()
        .position(|token| matches!(token, Token::Any { .. }))?;
    let (prefix, rest) = tokens.split_at_checked(any)?;
    let (prefix, rest) = (literal(prefix)?, literal(rest.get(1..)?)?);
    let is_inside = !prefix.is_empty() && !prefix.contains('.') && rest.contains('.');
    is_inside.then(|| format!("{prefix}*{rest}"))
}

fn hosts(tokens: &[Token], is_open: bool) -> Option<Vec<String>> {
    // What may follow or may be missing is left out.
    let tokens = match tokens {
        [rest @ .., Token::Any { min: 0 }] if !rest.is_empty() => rest,
        tokens => tokens,
    };
    let (any, rest) = match tokens {
        [Token::Any { min }, rest @ ..] => (Some(*min), rest),
        rest => (is_open.then_some(0), rest),
    };
    if let Some(network) = address_glob(rest).filter(|_| any.is_none()) {
        return Some(vec![network]);
    }
    // The root's dot is another host, or none after an address.
    let host = literal(rest).filter(|host| !host.ends_with('.'))?;
    let has_dot = host.trim_start_matches('.').contains('.') || is_loopback(&host);
    match (any, host.strip_prefix('.')) {
        (None, _) => Some(vec![host]),
        (Some(_), Some(base)) if !base.is_empty() => Some(vec![format!("*.{base}")]),
        (Some(0), None) if has_dot && !is_address(&host) => {
            Some(vec![host.clone(), format!("*.{host}")])
        }
        (Some(0), None) if is_address(&host) => Some(vec![host]),
        (Some(_), None) if has_dot => Some(vec![format!("*.{host}")]),
        _ => None,
    }
}

/// An address with any numbers at its end, which is a network.
fn address_glob(tokens: &[Token]) -> Option<String> {
    let chars = tokens.iter().map(|token| match token {
        Token::Literal(c) if c.is_ascii_digit() || *c == '.' => Some(*c),
        Token::Digits { min: 1, max: 3.. } => Some('*'),
        _ => None,
    });
    let glob: String = chars.collect::<Option<_>>()?;
    let numbers = glob.split('.').filter(|number| !number.is_empty()).count();
    (numbers == 4 && glob.contains('*')).then_some(glob)
}

fn is_address(host: &str) -> bool {
    host.starts_with('[')
        || host
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn port(tokens: &[Token]) -> Option<String> {
    // `:8080.*` matches longer numbers too; what is meant is 8080.
    let tokens = match tokens {
        [rest @ .., Token::Any { min: 0 }] if !rest.is_empty() => rest,
        tokens => tokens,
    };
    match tokens {
        [Token::Any { .. }] | [Token::Digits { min: 1, max: 5.. }] => Some(":*".into()),
        [Token::Digits { min: 4, max: 4 }] => Some(":{1000-9999}".into()),
        [Token::Digits { min: 4, max: 5.. }] => Some(":{1000-65535}".into()),
        [Token::Digits { min: 5, max: 5.. }] => Some(":{10000-65535}".into()),
        tokens => {
            let digits = literal(tokens)?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| format!(":{digits}"))
        }
    }
}
