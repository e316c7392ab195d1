//! Evaluates requests against policies, and checks and mends policies, for people and for other
//! programs.
//!
//! `cargo run --example evaluate` is a short tour, and `cargo run --example evaluate -- --help` lists
//! what else there is. Policies are read from JSON, TOML and YAML, requests from HTTP, JSON, HAR and curl
//! commands.
//!
//! ```sh
//! curl -sv -o /dev/null -H 'Origin: https://a.example' https://api.example 2>&1 |
//!     cargo run --example evaluate -- POLICY.json --explain
//! ```
//!
//! With `--jsonl` it answers one JSON object a line: what each asks for is told by its keys, such as
//! `{"id":1,"policy":{…},"request":{"method":"GET","headers":[["Origin","https://a.example"]]}}` or
//! `{"id":2,"fix":{…policy…}}`.

#[path = "evaluate/arguments.rs"]
mod arguments;
#[path = "evaluate/check.rs"]
mod check;
#[path = "evaluate/curl.rs"]
mod curl;
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
#[path = "evaluate/locate.rs"]
mod locate;
#[path = "evaluate/page.rs"]
mod page;
#[path = "evaluate/policy_file.rs"]
mod policy_file;
#[path = "evaluate/raw.rs"]
mod raw;
#[path = "evaluate/request.rs"]
mod request;
#[path = "evaluate/tour.rs"]
mod tour;
#[path = "evaluate/write.rs"]
mod write;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use arguments::{Arguments, HELP, Job, USAGE};
use cross_origin::Policy;
use page::Page;
use policy_file::PolicyFile;

/// Exit codes: something is wrong with a policy or a request; something cannot be read.
const REFUSED: u8 = 1;
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let code = match Arguments::read(&arguments) {
        Ok(arguments) => run(&arguments),
        Err(error) => Err(Failure {
            code: UNREADABLE,
            message: format!("evaluate: {error}\n{USAGE}"),
        }),
    };
    match code {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("{}", failure.message);
            }
            ExitCode::from(failure.code)
        }
    }
}

/// Why nothing more is done.
struct Failure {
    code: u8,
    message: String,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // The reader closed the pipe.
            io::ErrorKind::BrokenPipe => Self {
                code: 0,
                message: String::new(),
            },
            _ => Self {
                code: UNREADABLE,
                message: format!("evaluate: {error}"),
            },
        }
    }
}

fn run(arguments: &Arguments<'_>) -> Result<u8, Failure> {
    let explain = arguments.explain;
    let page = Page::of_stdout();
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut errors = io::stderr().lock();
    match &arguments.job {
        Job::Help => writeln!(output, "{HELP}")?,
        Job::Tour => tour::show(&mut output, page, explain)?,
        Job::Lines => input::lines(input, &mut output, |line| jsonl::answer(line, explain))?,
        Job::Lint { policy, json } => {
            let policy = read(policy, REFUSED)?;
            match json {
                true => lint::json(&policy, &mut output)?,
                false => lint::human(&policy, &mut output)?,
            }
        }
        Job::Check {
            policies,
            form,
            deny_lints,
        } => {
            return Ok(check::run(
                policies,
                *form,
                *deny_lints,
                &mut output,
                &mut errors,
            )?);
        }
        Job::Fix { policy } => return mend(policy, &mut output, &mut errors),
        Job::Diff { old, new, json } => {
            let (old, new) = (read(old, UNREADABLE)?, read(new, UNREADABLE)?);
            return Ok(diff::run(&old, &new, *json, &mut output)?);
        }
        Job::Requests { policy, json } => {
            let policy = read(policy, REFUSED)?;
            if io::stdin().is_terminal() {
                writeln!(
                    errors,
                    "Paste requests (HTTP, JSON or a curl command), a blank line after each; Ctrl-D ends."
                )?;
            }
            let unread = input::requests(input, &mut output, &mut errors, |request| match json {
                true => Ok(json::answer(&policy, request, explain)),
                false => human::answer(&policy, request, page, explain),
            })?;
            return Ok(if unread > 0 { REFUSED } else { 0 });
        }
    }
    Ok(0)
}

/// The policy in a file; a failure with this code if it is refused.
fn read(path: &str, code: u8) -> Result<Policy, Failure> {
    let file = read_file(path)?;
    file.build().map_err(|problems| Failure {
        code,
        message: file.lines(&problems).join("\n"),
    })
}

fn read_file(path: &str) -> Result<PolicyFile, Failure> {
    PolicyFile::read(path).map_err(|message| Failure {
        code: UNREADABLE,
        message,
    })
}

/// Writes the mended policy, and to `errors` what changed and what is left.
fn mend(path: &str, output: &mut impl Write, errors: &mut impl Write) -> Result<u8, Failure> {
    let file = read_file(path)?;
    if let Some(problems) = fix::repeats(&file.builder) {
        for line in file.lines(&problems) {
            writeln!(errors, "{line}")?;
        }
        return Ok(REFUSED);
    }
    let value = file.value().map_err(|error| Failure {
        code: UNREADABLE,
        message: format!("{path}: {error}"),
    })?;
    let fixed = fix::fixed(&value);
    for change in &fixed.changes {
        writeln!(errors, "{path}: {change} [{}]", change.kind())?;
    }
    for problem in fixed.left.iter().flatten() {
        writeln!(errors, "{path}: left: {problem}")?;
    }
    write!(output, "{}", write::text(&fixed.policy, file.format))?;
    Ok(if fixed.left.is_some() { REFUSED } else { 0 })
}
