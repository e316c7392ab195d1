//! What the command line asks for.

pub const USAGE: &str = "usage: evaluate [POLICY [--json] | --jsonl] [--explain]
       evaluate --check POLICY... [--json | --github] [--deny-lints]
       evaluate --fix POLICY
       evaluate --lint POLICY [--json]
       evaluate --diff OLD NEW [--json]
       evaluate --help";

pub const HELP: &str = r#"evaluate: what a CORS policy answers, and what is wrong with it

  evaluate                     a built-in policy and requests: a short tour
  evaluate POLICY              the requests on standard input, for people
  evaluate POLICY --json       the same for programs, one object a line
  evaluate --jsonl             JSON lines in, JSON lines out; see the source
  evaluate --check POLICY...   problems and lints; exit code 0, 1 or 2
  evaluate --fix POLICY        the mended policy on standard output
  evaluate --lint POLICY       valid settings that are probably mistakes
  evaluate --diff OLD NEW      what changes when NEW replaces OLD

Options
  --explain      with each decision: the reason, what came nearest to being
                 allowed, what to change, and what the console says
  --json         for programs: one JSON object a line
  --github       with --check: annotations of GitHub Actions
  --deny-lints   with --check: lints count as problems

A policy is a file in JSON, TOML or YAML. This one allows one origin to send
requests with cookies:

  {
    "allow_origins": ["https://app.example.com"],
    "allow_credentials": true,
    "allow_methods": ["PUT", "DELETE"],
    "allow_headers": ["Content-Type", "Authorization"],
    "max_age": 600
  }

For several kinds of origins use {"rules": [...]}; the first rule that matches
decides. Patterns: https://*.example.com (subdomains), http://localhost:* (any
port), http://localhost:{3000,5173} (some), http://192.168.0.0/16 (addresses),
"*" alone (any origin). Each list can also be one text: "PUT, DELETE".

Requests on standard input can be any of these:
  - HTTP, as a terminal or the developer tools show it; a blank line ends one
  - a curl command ("Copy as cURL (bash)"), or the output of curl -v
  - JSON: {"method": "GET", "headers": {"Origin": "https://a.example"}}
  - a HAR file ("Save all as HAR")

Exit codes
  0  done; with --check no problem, with --fix a policy that builds,
     with --diff no change
  1  the policy is refused, a request cannot be read, or something changes
  2  wrong arguments, or a file that cannot be read

Colours are used on a terminal only, and not if NO_COLOR is set."#;

/// What to do, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments<'a> {
    pub job: Job<'a>,
    /// Explain each decision.
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
    /// The problems and lints of these policies.
    Check {
        policies: Vec<&'a str>,
        form: Form,
        deny_lints: bool,
    },
    /// The mended policy.
    Fix {
        policy: &'a str,
    },
    /// The changes from one policy to another.
    Diff {
        old: &'a str,
        new: &'a str,
        json: bool,
    },
    /// Requests against the policy in this file.
    Requests {
        policy: &'a str,
        json: bool,
    },
}

/// How results of a check are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Json,
    Github,
}

const MODES: [&str; 5] = ["--jsonl", "--lint", "--check", "--fix", "--diff"];
const OPTIONS: [&str; 4] = ["--explain", "--json", "--github", "--deny-lints"];

impl<'a> Arguments<'a> {
    /// Reads the arguments, flags in any place.
    ///
    /// # Errors
    ///
    /// The argument that is wrong, in one sentence.
    pub fn read(arguments: &[&'a str]) -> Result<Self, String> {
        if arguments
            .iter()
            .any(|argument| ["--help", "-h"].contains(argument))
        {
            return Ok(Self {
                job: Job::Help,
                explain: false,
            });
        }
        let (flags, files): (Vec<&str>, Vec<&str>) = arguments
            .iter()
            .partition(|argument| argument.starts_with('-'));
        let known = |flag: &&str| MODES.contains(flag) || OPTIONS.contains(flag);
        if let Some(unknown) = flags.iter().find(|flag| !known(flag)) {
            return Err(format!("unknown argument `{}`", unknown.escape_debug()));
        }
        let modes: Vec<_> = flags.iter().filter(|flag| MODES.contains(flag)).collect();
        if let [one, other, ..] = modes.as_slice() {
            return Err(format!("`{one}` cannot be combined with `{other}`"));
        }
        let mode = modes.first().map_or("", |mode| **mode);
        let allowed: &[&str] = match mode {
            "--jsonl" => &["--explain"],
            "--check" => &["--json", "--github", "--deny-lints"],
            "--lint" | "--diff" => &["--json"],
            "--fix" => &[],
            _ if files.is_empty() => &["--explain"],
            _ => &["--explain", "--json"],
        };
        let is_option = |flag: &&&str| OPTIONS.contains(*flag) && !allowed.contains(*flag);
        if let Some(option) = flags.iter().find(is_option) {
            let with = match mode {
                "" if files.is_empty() => "without a policy",
                "" => "with a policy alone",
                mode => &format!("with `{mode}`"),
            };
            return Err(format!("`{option}` cannot be used {with}"));
        }
        let has = |flag: &str| flags.contains(&flag);
        let json = has("--json");
        let job = match (mode, files.as_slice()) {
            ("", []) => Job::Tour,
            ("", [policy]) => Job::Requests { policy, json },
            ("--jsonl", []) => Job::Lines,
            ("--lint", [policy]) => Job::Lint { policy, json },
            ("--fix", [policy]) => Job::Fix { policy },
            ("--diff", [old, new]) => Job::Diff { old, new, json },
            ("--check", [_, ..]) => Job::Check {
                policies: files,
                form: match (json, has("--github")) {
                    (true, true) => {
                        return Err("`--json` cannot be combined with `--github`".into());
                    }
                    (true, false) => Form::Json,
                    (false, true) => Form::Github,
                    (false, false) => Form::Text,
                },
                deny_lints: has("--deny-lints"),
            },
            ("--diff", files) => {
                return Err(format!(
                    "`--diff` expects two policies, found {}",
                    files.len()
                ));
            }
            (mode, []) => return Err(format!("`{mode}` expects a policy")),
            (_, [.., extra]) => {
                return Err(format!("unexpected argument `{}`", extra.escape_debug()));
            }
        };
        Ok(Self {
            job,
            explain: has("--explain"),
        })
    }
}
