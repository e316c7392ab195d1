//! Requests on standard input, answered one by one as they come.

use std::io::{self, BufRead, Write};

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::curl;
use crate::raw::{self, Part};
use crate::request::Request;

/// Answers each line with one text: an empty one too, so that the answers can be counted off against
/// the lines.
pub fn lines(
    input: impl BufRead,
    output: &mut impl Write,
    answer: impl Fn(&[u8]) -> String,
) -> io::Result<()> {
    for line in input.split(b'\n') {
        say(output, &answer(&line?))?;
    }
    Ok(())
}

/// Answers each request, and returns how many could not be read. The first byte that is not blank tells
/// what they are: JSON for a `{` or `[`, curl commands for `curl`, or else HTTP, with blank lines between.
///
/// An `Err` of an answer is written to `errors`.
pub fn requests(
    input: impl BufRead,
    output: &mut impl Write,
    errors: &mut impl Write,
    answer: impl Fn(Result<Request, String>) -> Result<String, String>,
) -> io::Result<usize> {
    let mut unread = 0;
    let mut say = |request: Result<Request, String>| {
        unread += usize::from(request.is_err());
        match answer(request) {
            Ok(text) => say(output, &text),
            Err(text) => writeln!(errors, "{text}"),
        }
    };
    let mut input = input.split(b'\n');
    let first = loop {
        match input.next().transpose()? {
            None => return Ok(0),
            Some(line) => {
                let line = line
                    .strip_prefix(b"\xef\xbb\xbf")
                    .map(<[u8]>::to_vec)
                    .unwrap_or(line);
                if !line.trim_ascii().is_empty() {
                    break line;
                }
            }
        }
    };
    let start = first.trim_ascii_start();
    if start.starts_with(b"{") || start.starts_with(b"[") {
        json(first, input, &mut say)?;
    } else if curl::is_command(start) {
        let mut text = first;
        for line in input {
            text.push(b'\n');
            text.extend(line?);
        }
        for request in curl::requests(&String::from_utf8_lossy(&text)) {
            say(request)?;
        }
    } else {
        http(first, input, &mut say)?;
    }
    Ok(unread)
}

type Say<'s> = &'s mut dyn FnMut(Result<Request, String>) -> io::Result<()>;

/// JSON values, one a line, or over several lines from the first that is not whole.
fn json(
    first: Vec<u8>,
    input: impl Iterator<Item = io::Result<Vec<u8>>>,
    say: Say<'_>,
) -> io::Result<()> {
    let mut input = std::iter::once(Ok(first)).chain(input);
    while let Some(line) = input.next().transpose()? {
        let mut text = line;
        let is_whole = |text: &[u8]| {
            let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
            !values.any(|value| value.is_err_and(|error| error.is_eof()))
        };
        if !is_whole(&text) {
            for line in input.by_ref() {
                text.push(b'\n');
                text.extend(line?);
            }
        }
        for value in serde_json::Deserializer::from_slice(&text).into_iter::<Value>() {
            match value {
                Ok(value) => Request::all_of(&value)
                    .into_iter()
                    .try_for_each(&mut *say)?,
                Err(error) => {
                    let is_curly = |bytes: &[u8]| matches!(bytes, [0xe2, 0x80, 0x9c | 0x9d]);
                    let hint = match text.windows(3).any(is_curly) {
                        true => "; use straight quotes instead of curly ones",
                        false => "",
                    };
                    say(Err(format!("invalid JSON: {error}{hint}")))?;
                }
            }
        }
    }
    Ok(())
}

fn http(
    first: Vec<u8>,
    input: impl Iterator<Item = io::Result<Vec<u8>>>,
    say: Say<'_>,
) -> io::Result<()> {
    let is_verbose = raw::is_curl(&first);
    let mut block: Vec<Vec<u8>> = Vec::new();
    for line in std::iter::once(Ok(first)).chain(input) {
        match raw::part(&line?, is_verbose) {
            Part::Nothing => {}
            Part::Line(line) => block.push(line.to_owned()),
            Part::End if block.is_empty() => {}
            Part::End => say(raw::request(&std::mem::take(&mut block)))?,
        }
    }
    match block.is_empty() {
        true => Ok(()),
        false => say(raw::request(&block)),
    }
}

fn say(output: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(output, "{text}")?;
    output.flush()
}
