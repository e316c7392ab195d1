//! Every message of a lint, with its suggestion, as one table.
//!
//! `lints.txt` has a policy a line, and below it the lints. Set `BLESS` to write it anew, and read what
//! changed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use cross_origin::advice::lint::LintKind;
use cross_origin::{Policy, PolicyBuilder};
use serde::Deserialize;

const TABLE: &str = include_str!("lints.txt");

fn policies() -> impl Iterator<Item = (&'static str, Policy)> {
    let lines = TABLE.lines().filter(|line| line.starts_with('{'));
    lines.map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let built = PolicyBuilder::deserialize(value).unwrap().build();
        (
            line,
            built.unwrap_or_else(|problems| panic!("{line}: {problems}")),
        )
    })
}

#[test]
fn messages_and_suggestions_of_lints() {
    let mut text = String::new();
    for (line, policy) in policies() {
        let _ = writeln!(text, "{line}");
        for lint in policy.lints() {
            let _ = writeln!(text, "  {}: {lint} [{}]", lint.severity(), lint.kind());
            if let Some(suggestion) = lint.suggestion() {
                let _ = writeln!(text, "    fix: {suggestion}");
            }
        }
    }
    if std::env::var_os("BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages/lints.txt");
        std::fs::write(path, &text).unwrap();
    }
    for (found, expected) in text.lines().zip(TABLE.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(text, TABLE);
}

#[test]
fn lint_table_has_every_kind() {
    let mut kinds: BTreeSet<_> = LintKind::ALL.iter().copied().collect();
    for (_, policy) in policies() {
        for lint in policy.lints() {
            kinds.remove(&lint.kind());
        }
    }
    assert!(kinds.is_empty(), "{kinds:?}");
}
