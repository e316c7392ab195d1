//! Evaluates requests against policies, for people and for other programs.
//!
//! - `cargo run --example evaluate`: a built-in policy and a handful of requests.
//! - `cargo run --example evaluate -- POLICY.json`: requests as JSON lines on standard input, for
//!   people; with `--json` for programs.
//! - `cargo run --example evaluate -- --jsonl`: one JSON object a line in, one a line out, in order.
//!
//! A request is `{"method": "GET", "headers": [["Origin", "https://a.example"]]}`.

#[path = "evaluate/human.rs"]
mod human;
#[path = "evaluate/json.rs"]
mod json;
#[path = "evaluate/jsonl.rs"]
mod jsonl;
#[path = "evaluate/line.rs"]
mod line;
#[path = "evaluate/request.rs"]
mod request;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use cross_origin::{Policy, PolicyDraft};

const USAGE: &str = "usage: evaluate [POLICY.json [--json] | --jsonl]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => human::tour(&mut io::stdout().lock()),
        ["--jsonl"] => lines(jsonl::answer),
        ["--help" | "-h"] => writeln!(io::stdout(), "{USAGE}"),
        [path, "--json"] | ["--json", path] => with_policy(path, |policy| {
            lines(|line| json::answer_request(policy, line))
        }),
        [path] if !path.starts_with('-') => with_policy(path, |policy| {
            lines(|line| human::answer_request(policy, line))
        }),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers each line of standard input, as it comes, with one text on standard output: an empty one
/// too, so that the answers can be counted off against the lines.
fn lines(answer: impl Fn(&[u8]) -> String) -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        writeln!(output, "{}", answer(&line?))?;
        output.flush()?;
    }
    Ok(())
}

fn with_policy(path: &str, run: impl Fn(&Policy) -> io::Result<()>) -> io::Result<()> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let draft: PolicyDraft =
        serde_json::from_str(&text).map_err(|error| invalid(format!("{path}: {error}")))?;
    match draft.build() {
        Ok(policy) => run(&policy),
        Err(problems) => {
            let listed: Vec<_> = problems.iter().map(ToString::to_string).collect();
            Err(invalid(format!("{path}:\n  {}", listed.join("\n  "))))
        }
    }
}
