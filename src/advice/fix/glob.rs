//! Globs and lists of ports as other libraries write them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::hosts::is_loopback;

/// Returns the hosts that a host and port in another notation stand for, and the port with its colon.
pub(super) fn hosts_and_port(authority: &str) -> Option<(Vec<String>, String)> {
    let (mut host, mut port) = split(authority);
    // `localhost:127.0.0.1:3000` names the same machine twice.
    if let Some(rest) = port
        && let (second, Some(number)) = split(rest)
        && is_loopback(host)
        && is_loopback(second)
    {
        (host, port) = (second, Some(number));
    }
    let open_end = host
        .strip_suffix('*')
        .filter(|host| !host.is_empty() && !host.ends_with(['.', '*']));
    let hosts = hosts(open_end.unwrap_or(host))?;
    let port = match port {
        // `localhost*` matches all ports, and other hosts that are not meant.
        None if open_end.is_some() && hosts.iter().all(|host| is_loopback(host)) => ":*".to_owned(),
        None => String::new(),
        Some(port) => ports(port)?,
    };
    Some((hosts, port))
}

/// Splits a host from its port, at the first colon that is not part of an IPv6 address.
fn split(authority: &str) -> (&str, Option<&str>) {
    let after = match authority.starts_with('[') {
        true => authority.find(']').unwrap_or(0),
        false => 0,
    };
    let colon = authority
        .get(after..)
        .and_then(|rest| rest.find(':'))
        .and_then(|at| after.checked_add(at));
    match colon.and_then(|at| authority.split_at_checked(at)) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => (authority, None),
    }
}

/// Whether a text ends in a colon and a number, so that a number after a comma is another port.
pub(super) fn ends_in_port(text: &str) -> bool {
    let is_port = |c: char| c.is_ascii_digit() || matches!(c, '|' | '-');
    text.rsplit_once(':')
        .is_some_and(|(_, port)| !port.is_empty() && port.chars().all(is_port))
}

/// The domain and the hosts below it.
fn domain_and_below(domain: &str) -> Option<Vec<String>> {
    let is_domain = !domain.contains('*') && (domain.contains('.') || domain == "localhost");
    is_domain.then(|| vec![domain.to_owned(), format!("*.{domain}")])
}

fn hosts(host: &str) -> Option<Vec<String>> {
    if let Some(domain) = host.strip_prefix("[*.]") {
        return domain_and_below(domain);
    }
    if let Some(base) = host.strip_prefix("**.") {
        return Some(vec![format!("*.{base}")]);
    }
    match host.strip_prefix('*') {
        // `*example.com` matches `evilexample.com`, which is not meant.
        Some(domain) if domain.starts_with(|c: char| c.is_alphanumeric()) => {
            domain_and_below(domain)
        }
        _ if host.contains(['{', '}', '(', ')', '|', ',']) => None,
        _ => Some(vec![host.to_owned()]),
    }
}

fn ports(text: &str) -> Option<String> {
    let list = text.trim_start_matches(['{', '[', '(']);
    let list = list.trim_end_matches(['}', ']', ')', '?']);
    match list {
        "" if text.is_empty() => return Some(String::new()),
        "*" | "\\d+" | "0-9]+" | ".*" | "[0-9]+" => return Some(":*".to_owned()),
        _ => {}
    }
    // `3000*` matches 3000 and 30001; what is meant is 3000.
    let list = list
        .strip_suffix('*')
        .filter(|_| list == text)
        .unwrap_or(list);
    let separates = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let parts = list.split(separates).filter(|part| !part.is_empty());
    let ranges: Vec<_> = parts.map(range).collect::<Option<_>>()?;
    match ranges.as_slice() {
        [] => None,
        [only] if !only.contains('-') => Some(format!(":{only}")),
        ranges => Some(format!(":{{{}}}", ranges.join(","))),
    }
}

fn range(text: &str) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(text) {
        return Some(text.to_owned());
    }
    let (first, last) = text.split_once("..").or_else(|| text.split_once('-'))?;
    (is_number(first) && is_number(last)).then(|| format!("{first}-{last}"))
}
