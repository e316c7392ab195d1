//! What the command line asks for.

pub const USAGE: &str = "usage: evaluate [POLICY.json [--json] | --jsonl] [--explain]
       evaluate --lint POLICY.json [--json]
       evaluate --diff OLD.json NEW.json [--json]";

/// What to do, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments<'a> {
    pub job: Job<'a>,
    /// Say why each decision is as it is.
    pub explain: bool,
}

/// One of them at a time.
#[derive(Debug, PartialEq, Eq)]
pub enum Job<'a> {
    Help,
    /// The built-in policy and requests.
    Tour,
    /// JSON, a line in and a line out.
    Lines,
    /// The lints of the policy in this file.
    Lint {
        policy: &'a str,
        json: bool,
    },
    /// Requests against the policy in this file.
    Requests {
        policy: &'a str,
        json: bool,
    },
}

impl<'a> Arguments<'a> {
    /// The arguments, flags in any place; `None` if they are none of the forms of [`USAGE`].
    pub fn read(arguments: &[&'a str]) -> Option<Self> {
        let mut rest = arguments.to_vec();
        let mut flag = |name| {
            let before = rest.len();
            rest.retain(|argument| *argument != name);
            rest.len() < before
        };
        let (explain, json, lines) = (flag("--explain"), flag("--json"), flag("--jsonl"));
        let job = match (rest.as_slice(), json, lines) {
            (["--lint", policy] | [policy, "--lint"], _, false) if !explain => {
                Job::Lint { policy, json }
            }
            ([], false, false) => Job::Tour,
            ([], false, true) => Job::Lines,
            (["--help" | "-h"], ..) => Job::Help,
            ([policy], _, false) if !policy.starts_with('-') => Job::Requests { policy, json },
            _ => return None,
        };
        Some(Self { job, explain })
    }
}
