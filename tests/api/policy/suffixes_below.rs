//! The table of domains below which the public suffix list has suffixes: made from the list, and
//! kept in step with it.
#![cfg(feature = "psl")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/policy/build/suffixes_below.rs"
);

#[test]
fn suffixes_below_match_the_public_suffix_list() {
    let kept = std::fs::read_to_string(TABLE).unwrap();
    assert!(
        kept == generated(),
        "run `cargo test --test api suffixes_below -- --ignored` and look at the difference"
    );
}

/// With an older list, wildcards would be safe to it that the table does not know to be unsafe.
#[test]
fn lowest_version_of_the_list_is_that_of_the_table() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let list = std::fs::read_to_string(list().with_file_name("../Cargo.toml")).unwrap();
    let version = list
        .lines()
        .find_map(|line| line.strip_prefix("version = "));
    let requirement = format!("psl = {{ version = {},", version.unwrap());
    assert!(manifest.unwrap().contains(&requirement), "{requirement}");
}

#[test]
#[ignore = "writes the table anew; run it when the list was updated"]
fn write_suffixes_below() {
    std::fs::write(TABLE, generated()).unwrap();
}

fn generated() -> String {
    let rules = std::fs::read_to_string(list()).unwrap();
    let mut text = String::from(
        "//! Made from the public suffix list by `tests/api/policy/suffixes_below.rs`.\n\n\
         /// The domains that are no suffix and have suffixes below them, sorted. Those whose very next\n\
         /// label makes a suffix, by a wildcard rule of the list, are found without this table.\n\
         #[rustfmt::skip]\n\
         pub(super) const BASES: &[&str] = &[",
    );
    let mut column = WIDTH;
    for base in bases(&rules) {
        let entry = format!(" \"{base}\",");
        column += entry.len();
        if column > WIDTH {
            text.push_str("\n   ");
            column = 3 + entry.len();
        }
        text.push_str(&entry);
    }
    text + "\n];\n"
}

/// How long the lines of the table are.
const WIDTH: usize = 100;

/// Every domain above a suffix of the list that is no suffix itself.
fn bases(rules: &str) -> BTreeSet<String> {
    let mut bases = BTreeSet::new();
    for rule in rules.lines().filter(|rule| !rule.starts_with('!')) {
        let suffix = idna::domain_to_ascii(rule.trim_start_matches("*.")).unwrap();
        let mut above = suffix.as_str();
        while let Some((_, rest)) = above.split_once('.') {
            above = rest;
            if psl::suffix_str(above) != Some(above) {
                bases.insert(above.to_owned());
            }
        }
    }
    bases
}

/// The list as the crate `psl` ships it.
fn list() -> PathBuf {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    // Other platforms' packages need not be there.
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let psl = packages
        .iter()
        .find(|package| package["name"] == "psl")
        .unwrap();
    let manifest = PathBuf::from(psl["manifest_path"].as_str().unwrap());
    manifest.with_file_name("data").join("rules.txt")
}
