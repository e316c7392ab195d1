//! What changes when one policy takes the place of another.

use std::io::{self, Write};
use std::process::ExitCode;

use cross_origin::advice::diff::{ChangeSign, PolicyChange, PolicyDiff};
use cross_origin::{Policy, PolicyBuilder};
use serde_json::{Value, json};

const USAGE: &str = "usage: evaluate --diff OLD.json NEW.json [--json]";

/// The exit code is that of `diff`: 0 for no change, 1 for some, 2 for trouble.
pub fn run(arguments: &[&str]) -> ExitCode {
    let (as_json, paths) = match arguments {
        [paths @ .., "--json"] | ["--json", paths @ ..] => (true, paths),
        paths => (false, paths),
    };
    let diff = match changes(paths) {
        Ok(diff) => diff,
        Err(message) => return trouble(&message),
    };
    let output = &mut io::stdout().lock();
    let written = if as_json {
        lines_of_json(&diff, output)
    } else {
        words(&diff, output)
    };
    match written {
        // The reader closed the pipe.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => trouble(&error.to_string()),
        _ => ExitCode::from(u8::from(!diff.is_empty() || !diff.is_complete())),
    }
}

fn trouble(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn changes(paths: &[&str]) -> Result<PolicyDiff, String> {
    let [old, new] = paths else {
        return Err(USAGE.to_owned());
    };
    Ok(read(old)?.diff(&read(new)?))
}

fn read(path: &str) -> Result<Policy, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let builder: PolicyBuilder =
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    builder.build().map_err(|problems| {
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        format!("{path}:\n  {}", lines.join("\n  "))
    })
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
        "{added} added, {removed} removed, {reworded} in other words"
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
