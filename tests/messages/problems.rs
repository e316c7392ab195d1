//! Every message about a policy that is refused, with its fixes and the text they make, as one table.
//!
//! `problems.txt` has a policy a line, and below it the problems (path, kind, message), their fixes, and
//! after `=>` the mended text, or what is left of the problems. Set `BLESS` to write it anew, and read
//! what changed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use cross_origin::limits::{MAX_PROBLEM_LEN, MAX_QUOTED_LEN};
use cross_origin::{Policy, PolicyBuilder, ProblemKind, Rule};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::fix::fixed;

const TABLE: &str = include_str!("problems.txt");

fn inputs() -> impl Iterator<Item = &'static str> {
    TABLE
        .lines()
        .filter(|line| line.starts_with(['{', '[', '"']))
}

fn build(policy: &Value) -> Result<Policy, cross_origin::PolicyProblems> {
    PolicyBuilder::deserialize(policy).unwrap().build()
}

fn shown(line: &str) -> String {
    let policy: Value = serde_json::from_str(line).unwrap();
    let mut text = format!("{line}\n");
    let problems = build(&policy).expect_err(line);
    for problem in &problems {
        let _ = writeln!(text, "  {} [{}]", problem, problem.kind());
        for (index, edit) in problem.fixes().iter().enumerate() {
            let name = if index == 0 { "fix" } else { "or" };
            let _ = writeln!(text, "    {name}: {edit}");
        }
    }
    let fixed = fixed(&policy);
    if !fixed.changes.is_empty() {
        let _ = writeln!(text, "  => {}", fixed.policy);
        for problem in fixed.left.iter().flatten() {
            let _ = writeln!(text, "     left: {}", problem.path());
        }
    }
    text
}

#[test]
fn messages_and_fixes_of_refused_policies() {
    let mut text = String::new();
    for line in TABLE.lines() {
        if line.starts_with('#') {
            let start = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{start}{line}");
        } else if line.starts_with(['{', '[', '"']) {
            text += &shown(line);
        }
    }
    if std::env::var_os("BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages/problems.txt");
        std::fs::write(path, &text).unwrap();
    }
    for (found, expected) in text.lines().zip(TABLE.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(text, TABLE);
}

#[test]
fn table_has_every_kind() {
    assert!(inputs().count() >= 120);
    let mut kinds: BTreeSet<_> = ProblemKind::ALL.iter().map(|kind| kind.as_str()).collect();
    for line in inputs() {
        for problem in &build(&serde_json::from_str(line).unwrap()).unwrap_err() {
            kinds.remove(problem.kind().as_str());
        }
    }
    // JSON values have each key once; the others need a large policy.
    let others = [
        "duplicate-key",
        "too-many-exposed-headers",
        "too-many-headers",
        "too-many-methods",
        "too-many-rules",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), others);
}

#[test]
fn messages_about_large_policies() {
    let names = |count| (0..count).map(|number| format!("x-{number}"));
    let rule = || Rule::allow_origins(["https://a.example"]);
    let only = |rules: Vec<Rule>| Policy::new(rules).unwrap_err().to_string();
    assert_eq!(
        only(vec![rule().allow_methods(names(129))]),
        "rules[0].allow_methods: too many methods: expected at most 128, found 129; list fewer, or use `*`"
    );
    assert_eq!(
        only(vec![rule().allow_headers(names(129))]),
        "rules[0].allow_headers: too many request headers: expected at most 128, found 129; list fewer, or use `*`"
    );
    assert_eq!(
        only(vec![rule().expose_headers(names(129))]),
        "rules[0].expose_headers: too many exposed headers: expected at most 128, found 129; list fewer"
    );
    let many = names(1001).map(|name| Rule::allow_origins([format!("https://{name}.example")]));
    assert_eq!(
        only(many.collect()),
        "rules: too many rules: expected at most 1000, found 1001; merge rules that allow the same"
    );
    let text = r#"{"allow_origins":"*","max_age":1,"max_age":1}"#;
    let twice: PolicyBuilder = serde_json::from_str(text).unwrap();
    assert_eq!(
        twice.build().unwrap_err().to_string(),
        "max_age: key `max_age` occurs twice: delete one"
    );
}

#[test]
fn messages_are_printable_and_short() {
    let mut texts: Vec<String> = inputs()
        .filter_map(|line| Some(line.split('"').nth(3)?.to_owned()))
        .collect();
    texts.extend(["\u{1b}[31m", "\0", "a\r\nb", "\u{202e}x", "é\u{85}"].map(str::to_owned));
    let long = |text: &String| {
        let middle = text.replacen("://", &format!("://{}.", "a".repeat(300)), 1);
        [
            text.clone(),
            text.repeat(400),
            middle,
            format!("{text}\u{1b}\u{7f}"),
        ]
    };
    for text in texts.iter().flat_map(long) {
        for credentials in [false, true] {
            let policy = json!({
                "allow_origins": [text],
                "allow_credentials": credentials,
                "allow_methods": [text],
                "allow_headers": text,
                "max_age": text,
                "preflight_status": text,
                "dangerously_allow": [text],
                text.clone(): 1,
            });
            for problem in build(&policy).err().iter().flatten() {
                let message = problem.to_string();
                assert!(!message.chars().any(char::is_control), "{message:?}");
                assert!(problem.message().len() <= MAX_PROBLEM_LEN, "{message}");
                for edit in problem.fixes() {
                    let edit = edit.to_string();
                    assert!(!edit.chars().any(char::is_control), "{edit:?}");
                }
            }
        }
    }
    const { assert!(MAX_PROBLEM_LEN > 4 * MAX_QUOTED_LEN) };
}
