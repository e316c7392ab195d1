//! Lints of a policy, with what they suggest.

use std::io::{self, Write};

use cross_origin::Policy;
use cross_origin::advice::lint::Lint;
use serde_json::{Value, json};

use crate::fix;

/// How wide a line is.
const COLUMNS: usize = 80;

/// The lints for people.
pub fn human(policy: &Policy, output: &mut impl Write) -> io::Result<()> {
    let lints = policy.lints();
    for lint in &lints {
        let place = lint.to_string();
        let text = format!("{}: {place} [{}]", lint.severity(), lint.kind());
        write_wrapped(output, "", &text)?;
        if let Some(value) = lint.found() {
            write_wrapped(output, "  found: ", value)?;
        }
        if let Some(suggestion) = lint.suggestion() {
            write_wrapped(output, "  fix: ", &suggestion.to_string())?;
        }
    }
    if lints.left_out() > 0 {
        writeln!(output, "and {} more", lints.left_out())?;
    }
    if lints.is_empty() {
        writeln!(output, "no lints")?;
    }
    Ok(())
}

/// The lints for programs, one a line.
pub fn json(policy: &Policy, output: &mut impl Write) -> io::Result<()> {
    let lints = policy.lints();
    for lint in &lints {
        writeln!(output, "{}", object(lint))?;
    }
    match lints.left_out() {
        0 => Ok(()),
        more => writeln!(output, "{}", json!({ "lints_left_out": more })),
    }
}

/// A lint as JSON.
pub fn object(lint: &Lint) -> Value {
    json!({
        "rule": lint.rule_index(),
        "field": lint.key(),
        "path": lint.path(),
        "entry": lint.entry_index(),
        "value": lint.found(),
        "kind": lint.kind().as_str(),
        "severity": lint.severity().as_str(),
        "message": lint.message(),
        "suggestion": lint.suggestion().map(fix::object),
    })
}

/// Writes a text in lines, each but the first indented; a word that is longer than a line stays one.
fn write_wrapped(output: &mut impl Write, before: &str, text: &str) -> io::Result<()> {
    let mut line = before.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            writeln!(output, "{line}")?;
            line = "    ".to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    writeln!(output, "{line}")
}
