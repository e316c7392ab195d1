//! HTTP as a terminal or a browser's developer tools show it.

use crate::request::{Request, latin1};

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'l> {
    /// One of a request.
    Line(&'l [u8]),
    /// Blank: the end of a request.
    End,
    /// One that `curl -v` prints beside requests.
    Nothing,
}

/// Whether this is how `curl -v` begins, so that requests are the lines with `>` alone.
pub fn is_curl(first: &[u8]) -> bool {
    matches!(first.trim_ascii_start(), [b'*' | b'>' | b'%', ..])
}

/// What this line is, without the `>` of `curl -v`.
pub fn part(line: &[u8], is_curl: bool) -> Part<'_> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let sent = line.strip_prefix(b">");
    let sent = sent.map(|sent| sent.strip_prefix(b" ").unwrap_or(sent));
    let line = sent.filter(|_| is_curl).unwrap_or(line);
    if line.trim_ascii().is_empty() {
        Part::End
    } else if is_curl && sent.is_none() {
        Part::Nothing
    } else {
        Part::Line(line)
    }
}

/// The request of these lines: a request line, or `:method`, and headers.
pub fn request(lines: &[Vec<u8>]) -> Result<Request, String> {
    if lines.first().is_some_and(|line| line.starts_with(b"HTTP/")) {
        return Err("this is a response; expected a request line such as `GET / HTTP/1.1`".into());
    }
    let mut method = None;
    let mut headers = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index == 0
            && let Some(named) = request_line(line)
        {
            method = Some(latin1(named));
            continue;
        }
        let (name, value) = header(line).ok_or_else(|| {
            let line = latin1(line);
            format!("expected `Name: value`, found `{}`", line.escape_debug())
        })?;
        match name.strip_prefix(':') {
            None => headers.push((name, value.to_owned())),
            Some("method") => method = Some(latin1(value)),
            Some(_) => {}
        }
    }
    match method {
        Some(method) => Ok(Request { method, headers }),
        None => Err("expected a request line such as `GET / HTTP/1.1`, or `:method: GET`".into()),
    }
}

/// The method of a request line: its first word, which is not a header name with a colon.
fn request_line(line: &[u8]) -> Option<&[u8]> {
    let (method, rest) = line.split_at(line.iter().position(|&byte| byte == b' ')?);
    (!method.contains(&b':') && !rest.trim_ascii().is_empty()).then_some(method)
}

fn header(line: &[u8]) -> Option<(String, &[u8])> {
    // A pseudo-header's name starts with a colon.
    let colon = line.iter().skip(1).position(|&byte| byte == b':')? + 1;
    let (name, value) = line.split_at(colon);
    let is_name = !name.iter().any(u8::is_ascii_whitespace) && name != b":";
    is_name.then(|| (latin1(name), value[1..].trim_ascii()))
}
