//! Checks of the methods and header names of a rule.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::error::{PolicyProblem, ProblemKind, Problems, key};
use super::super::rule::Rule;
use super::super::{MAX_EXPOSED_HEADERS, MAX_METHODS, NameList};
use crate::message::token::is_token;
use crate::message::{MAX_METHOD_LEN, MAX_REQUEST_HEADERS, header_name, method};
use crate::origin::quoted::Quoted;

/// In a list it means any.
const ANY: &str = "*";

pub(super) fn methods(rule: &Rule, problems: &mut Problems) -> NameList {
    let mut list = read(&rule.methods, key::ALLOW_METHODS, check_method, problems);
    if list.listed.len() > MAX_METHODS {
        let message = format!(
            "too many methods: expected at most {MAX_METHODS}, found {}; list fewer, or use `*`",
            list.listed.len()
        );
        problems.push(
            PolicyProblem::new(ProblemKind::TooManyMethods, message).at_key(key::ALLOW_METHODS),
        );
    }
    list.text = match (list.any, rule.credentials) {
        (true, true) => None,
        (true, false) => Some(ANY.into()),
        (false, _) => joined(&list.listed),
    };
    list
}

pub(super) fn headers(rule: &Rule, problems: &mut Problems) -> NameList {
    let mut list = read(&rule.headers, key::ALLOW_HEADERS, check_header, problems);
    if list.listed.len() > MAX_REQUEST_HEADERS {
        let message = format!(
            "too many request headers: expected at most {MAX_REQUEST_HEADERS}, found {}; list fewer, \
             or use `*`",
            list.listed.len()
        );
        problems.push(
            PolicyProblem::new(ProblemKind::TooManyHeaders, message).at_key(key::ALLOW_HEADERS),
        );
    }
    let non_wildcard = || {
        let listed = list.listed.iter();
        listed.filter(|name| header_name::is_cors_non_wildcard(name.as_bytes()))
    };
    list.text = match (list.any, rule.credentials) {
        (true, true) => None,
        (true, false) => joined(core::iter::once(&Box::from(ANY)).chain(non_wildcard())),
        (false, _) => joined(&list.listed),
    };
    list
}

pub(super) fn exposed(rule: &Rule, problems: &mut Problems) -> NameList {
    let mut list = read(&rule.exposed, key::EXPOSE_HEADERS, check_header, problems);
    if list.listed.len() > MAX_EXPOSED_HEADERS {
        let message = format!(
            "too many exposed headers: expected at most {MAX_EXPOSED_HEADERS}, found {}; list fewer",
            list.listed.len()
        );
        problems.push(
            PolicyProblem::new(ProblemKind::TooManyExposedHeaders, message)
                .at_key(key::EXPOSE_HEADERS),
        );
    }
    // `*` exposes all headers only to fetches without credentials; the names are for the others.
    let any = list.any.then(|| Box::from(ANY));
    list.text = joined(any.iter().chain(&list.listed));
    list
}

/// A name in canonical form, or what is wrong with it.
type Checked = Result<Box<str>, (ProblemKind, String)>;

/// Reads each text, leaving out repeats.
fn read(
    texts: &[String],
    key: &'static str,
    check: fn(&str) -> Checked,
    problems: &mut Problems,
) -> NameList {
    let mut list = NameList::default();
    let mut seen = BTreeSet::new();
    for (entry, text) in texts.iter().enumerate() {
        if text == ANY {
            list.any = true;
            continue;
        }
        match check(text) {
            Ok(name) => {
                if seen.insert(name.clone()) {
                    list.listed.push(name);
                }
            }
            Err((kind, message)) => problems.push(
                PolicyProblem::new(kind, message)
                    .at_key(key)
                    .at_entry(entry, text),
            ),
        }
    }
    list
}

fn joined<'a>(names: impl IntoIterator<Item = &'a Box<str>>) -> Option<Box<str>> {
    let names: Vec<&str> = names.into_iter().map(|name| &**name).collect();
    (!names.is_empty()).then(|| names.join(",").into_boxed_str())
}

fn check_method(text: &str) -> Checked {
    if !is_token(text.as_bytes()) || text.len() > MAX_METHOD_LEN {
        let message = format!(
            "invalid method {}: expected a token of at most {MAX_METHOD_LEN} characters, such as `PUT`{}",
            Quoted(text),
            one_each(text)
        );
        return Err((ProblemKind::InvalidMethod, message));
    }
    Ok(method::normalize(text).into())
}

/// What to do about a list in one entry.
fn one_each(text: &str) -> &'static str {
    match text
        .split([',', ';', ' '])
        .filter(|part| !part.is_empty())
        .nth(1)
    {
        Some(_) => {
            "; write each name as an entry of its own, or all of them as one text instead of the list"
        }
        None => "",
    }
}

fn check_header(text: &str) -> Checked {
    if is_token(text.as_bytes()) {
        return Ok(text.to_ascii_lowercase().into_boxed_str());
    }
    let message = format!(
        "invalid header name {}: expected a token such as `content-type`{}",
        Quoted(text),
        one_each(text)
    );
    Err((ProblemKind::InvalidHeaderName, message))
}
