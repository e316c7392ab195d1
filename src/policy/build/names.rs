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
            "a rule lists at most {MAX_METHODS} methods, not {}: list fewer, or write `*`",
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
            "no more than {MAX_REQUEST_HEADERS} names are read of a request, and {} are listed: \
             list fewer, or write `*`",
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
    let mut list = read(&rule.exposed, key::EXPOSE_HEADERS, check_exposed, problems);
    if list.listed.len() > MAX_EXPOSED_HEADERS {
        let message = format!(
            "a rule exposes at most {MAX_EXPOSED_HEADERS} headers by name, not {}: list fewer",
            list.listed.len()
        );
        problems.push(
            PolicyProblem::new(ProblemKind::TooManyExposedHeaders, message)
                .at_key(key::EXPOSE_HEADERS),
        );
    }
    if list.any && rule.credentials {
        let entry = rule.exposed.iter().position(|name| name == ANY);
        problems.push(
            PolicyProblem::new(
                ProblemKind::AnyExposedWithCredentials,
                "beside credentials `*` exposes nothing but a field of that name: list the names",
            )
            .at_key(key::EXPOSE_HEADERS)
            .at_entry(entry.unwrap_or(0), ANY),
        );
    }
    list.text = if list.any {
        Some(ANY.into())
    } else {
        joined(&list.listed)
    };
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
            "{} is no method: write a token of at most {MAX_METHOD_LEN} characters, such as `PUT`",
            Quoted(text)
        );
        return Err((ProblemKind::InvalidMethod, message));
    }
    if method::is_forbidden(text.as_bytes()) {
        let message = format!("browsers never send {} for a page: delete it", Quoted(text));
        return Err((ProblemKind::ForbiddenMethod, message));
    }
    Ok(method::normalize(text).into())
}

fn check_header(text: &str) -> Checked {
    let name = checked_header_name(text)?;
    if header_name::is_cors_response(text.as_bytes()) {
        let message =
            format!("`{name}` is a field of responses, and here are those of requests: delete it");
        return Err((ProblemKind::ResponseHeaderName, message));
    }
    if header_name::is_forbidden_request_header(text.as_bytes()) {
        let message = format!("a page can't set `{name}`, browsers send it themselves: delete it");
        return Err((ProblemKind::ForbiddenHeaderName, message));
    }
    Ok(name)
}

fn check_exposed(text: &str) -> Checked {
    let name = checked_header_name(text)?;
    if header_name::is_unexposable(text.as_bytes()) {
        let message = format!("no page can read `{name}` of a response: delete it");
        return Err((ProblemKind::UnexposableHeaderName, message));
    }
    Ok(name)
}

fn checked_header_name(text: &str) -> Checked {
    if is_token(text.as_bytes()) {
        return Ok(text.to_ascii_lowercase().into_boxed_str());
    }
    let message = format!(
        "{} is no field name: write a token such as `content-type`",
        Quoted(text)
    );
    Err((ProblemKind::InvalidHeaderName, message))
}
