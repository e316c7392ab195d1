//! What changes when one policy takes the place of another.

use std::io::{self, Write};

use cross_origin::Policy;
use cross_origin::advice::diff::{ChangeSign, PolicyChange, PolicyDiff};
use serde_json::{Value, json};

/// Writes what changes. The exit code is that of `diff`: 0 for no change, 1 for some.
pub fn run(old: &Policy, new: &Policy, as_json: bool, output: &mut impl Write) -> io::Result<u8> {
    let diff = old.diff(new);
    match as_json {
        true => lines_of_json(&diff, output)?,
        false => words(&diff, output)?,
    }
    Ok(u8::from(!diff.is_empty() || !diff.is_complete()))
}

fn words(diff: &PolicyDiff, output: &mut impl Write) -> io::Result<()> {
    if diff.is_empty() && diff.is_complete() {
        return writeln!(output, "no change");
    }
    let count = |sign| diff.iter().filter(|change| change.sign() == sign).count();
    let (added, removed) = (count(ChangeSign::Added), count(ChangeSign::Removed));
    let reworded = count(ChangeSign::Reworded);
    writeln!(output, "{diff}")?;
    writeln!(
        output,
        "{added} added, {removed} removed, {reworded} reworded"
    )
}

fn lines_of_json(diff: &PolicyDiff, output: &mut impl Write) -> io::Result<()> {
    let mut lines = diff.iter().map(line_of_json);
    lines.try_for_each(|line| writeln!(output, "{line}"))?;
    if diff.left_out() > 0 {
        writeln!(output, "{}", json!({ "changes_left_out": diff.left_out() }))?;
    }
    match diff.is_complete() {
        true => Ok(()),
        false => writeln!(output, "{}", json!({ "incomplete": true })),
    }
}

fn line_of_json(change: &PolicyChange) -> Value {
    let example = change.example();
    let headers: Vec<_> = example.headers().map(|line| json!(line)).collect();
    json!({
        "sign": change.sign().to_string(),
        "kind": change.kind().as_str(),
        "value": change.kind().value(),
        "origins": change.origins().as_str(),
        "pattern": change.origins().pattern().map(ToString::to_string),
        "on_yes": change.is_on_yes(),
        "example": { "method": example.method(), "headers": headers },
    })
}
