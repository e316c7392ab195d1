//! Requests on standard input, answered one by one as they come.

use std::io::{self, BufRead, Write};

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

/// Answers each request: JSON, one a line, if the first byte that is not blank is a `{`; otherwise HTTP,
/// with blank lines between.
pub fn requests(
    input: impl BufRead,
    output: &mut impl Write,
    answer: impl Fn(Result<Request, String>) -> String,
) -> io::Result<()> {
    let mut input = input.split(b'\n');
    let mut blank = 0;
    let first = loop {
        match input.next().transpose()? {
            None => return Ok(()),
            Some(line) if line.trim_ascii().is_empty() => blank += 1,
            Some(line) => break line,
        }
    };
    let is_curl = raw::is_curl(&first);
    let is_json = first.trim_ascii_start().starts_with(b"{");
    let lines = std::iter::once(Ok(first)).chain(input);
    if is_json {
        for line in std::iter::repeat_with(|| Ok(Vec::new()))
            .take(blank)
            .chain(lines)
        {
            say(output, &answer(Request::of_json(&line?)))?;
        }
        return Ok(());
    }
    let mut block: Vec<Vec<u8>> = Vec::new();
    for line in lines {
        match raw::part(&line?, is_curl) {
            Part::Nothing => {}
            Part::Line(line) => block.push(line.to_owned()),
            Part::End if block.is_empty() => {}
            Part::End => say(output, &answer(raw::request(&std::mem::take(&mut block))))?,
        }
    }
    if block.is_empty() {
        return Ok(());
    }
    say(output, &answer(raw::request(&block)))
}

fn say(output: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(output, "{text}")?;
    output.flush()
}
