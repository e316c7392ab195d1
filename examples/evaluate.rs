//! Evaluates requests against policies, for people and for other programs.
//!
//! - `cargo run --example evaluate`: a built-in policy and a handful of requests.
//! - `cargo run --example evaluate -- POLICY.json`: requests on standard input, for people; with
//!   `--json` for programs.
//! - `cargo run --example evaluate -- --lint POLICY.json`: valid settings that are probably mistakes,
//!   for people; with `--json` for programs, one object a line.
//! - `cargo run --example evaluate -- --jsonl`: one JSON object a line in, one a line out, in order.
//! - `cargo run --example evaluate -- --diff OLD.json NEW.json`: what changes when one policy takes
//!   the place of another, one change a line; with `--json` for programs. Like `diff` it exits with 0 if
//!   nothing changes, 1 if something does, and 2 if a policy can't be read.
//! - `--explain` where requests are decided: why each decision is as it is, what came nearest to being allowed,
//!   what to change, and what the browser's console says.
//!
//! Requests on standard input are JSON, one a line, if the first thing there is a `{`:
//!
//! ```json
//! {"method": "GET", "headers": [["Origin", "https://a.example"]]}
//! ```
//!
//! Otherwise they are HTTP as a terminal shows it or a browser's "copy request headers", with a
//! blank line after each. `:method: GET` and the other pseudo-headers of HTTP/2 are all right. Of what
//! `curl -v` prints the lines with `>` are read, and the others are not.
//!
//! ```sh
//! curl -sv -o /dev/null -H 'Origin: https://a.example' https://api.example 2>&1 |
//!     cargo run --example evaluate -- POLICY.json --explain
//! ```
//!
//! Colours are for terminals, and not for those who set `NO_COLOR`.

#[path = "evaluate/arguments.rs"]
mod arguments;
#[path = "evaluate/diff.rs"]
mod diff;
#[path = "evaluate/fix.rs"]
mod fix;
#[path = "evaluate/human.rs"]
mod human;
#[path = "evaluate/input.rs"]
mod input;
#[path = "evaluate/json.rs"]
mod json;
#[path = "evaluate/jsonl.rs"]
mod jsonl;
#[path = "evaluate/line.rs"]
mod line;
#[path = "evaluate/lint.rs"]
mod lint;
#[path = "evaluate/page.rs"]
mod page;
#[path = "evaluate/raw.rs"]
mod raw;
#[path = "evaluate/request.rs"]
mod request;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Arguments, Job, USAGE};
use cross_origin::{Policy, PolicyBuilder};
use page::Page;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["--diff", arguments @ ..] = arguments.as_slice() {
        return diff::run(arguments);
    }
    let done = match Arguments::read(&arguments) {
        Some(arguments) => run(&arguments),
        None => Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // The reader closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments<'_>) -> io::Result<()> {
    let explain = arguments.explain;
    let page = Page::of_stdout();
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    match arguments.job {
        Job::Help => writeln!(output, "{USAGE}"),
        Job::Tour => human::tour(&mut output, page, explain),
        Job::Lines => input::lines(input, &mut output, |line| jsonl::answer(line, explain)),
        Job::Lint { policy, json } => {
            let policy = read_policy(policy)?;
            match json {
                true => lint::json(&policy, &mut output),
                false => lint::human(&policy, &mut output),
            }
        }
        Job::Requests { policy, json } => {
            let policy = read_policy(policy)?;
            input::requests(input, &mut output, |request| match json {
                true => json::answer(&policy, request, explain),
                false => human::answer(&policy, request, page, explain),
            })
        }
    }
}

fn read_policy(path: &str) -> io::Result<Policy> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let builder: PolicyBuilder =
        serde_json::from_str(&text).map_err(|error| invalid(format!("{path}: {error}")))?;
    builder.build().map_err(|problems| {
        let listed: Vec<_> = problems.iter().map(ToString::to_string).collect();
        invalid(format!("{path}:\n  {}", listed.join("\n  ")))
    })
}
