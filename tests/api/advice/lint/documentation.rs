//! No lint is given for a policy that the README or the crate's documentation shows, but where it asks
//! for them to show what they are.

use std::path::Path;
use std::time::Duration;

use cross_origin::{Policy, Rule};

/// The README, and what is documentation of the sources, without white space. The notes for who comes
/// from another library are left out: they say again what is written there, whatever that is.
fn documentation() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = vec![std::fs::read_to_string(root.join("README.md")).unwrap()];
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(of_source(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    let visible = |text: String| text.split_whitespace().collect();
    texts.into_iter().map(visible).collect()
}

fn of_source(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let docs = lines.filter_map(|line| {
        let line = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))?;
        Some(format!("{line}\n"))
    });
    docs.collect()
}

/// The text in brackets that a text starts with, and what follows it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (mut depth, mut quoted) = (0, false);
    for (index, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((text.get(1..index)?, &text[index + 1..]));
        }
    }
    None
}

/// The texts of a list that has nothing else.
fn strings(list: &str) -> Option<Vec<String>> {
    let (list, "") = bracketed(list)? else {
        return None;
    };
    let mut texts = Vec::new();
    let mut rest = list;
    while let Some(text) = rest.strip_prefix('"') {
        let (text, after) = text.split_once('"')?;
        texts.push(text.to_owned());
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    rest.is_empty().then_some(texts)
}

/// The rule that a text starts with, if all of it is spelled out, and what follows.
fn rule(text: &str) -> Option<(Rule, &str)> {
    let text = text.strip_prefix("Rule::")?;
    let (name, after) = text.split_at(text.find('(')?);
    let (arguments, mut rest) = bracketed(after)?;
    let mut rule = match name {
        "allow_origins" => Rule::allow_origins(strings(arguments)?),
        "allow_any_origin" => Rule::allow_any_origin(),
        "ask" => Rule::ask(),
        _ => return None,
    };
    while let Some(call) = rest.strip_prefix('.') {
        let (name, after) = call.split_at(call.find('(')?);
        let (arguments, after) = bracketed(after)?;
        rule = match name {
            "allow_credentials" => rule.allow_credentials(),
            "allow_methods" => rule.allow_methods(strings(arguments)?),
            "allow_headers" => rule.allow_headers(strings(arguments)?),
            "expose_headers" => rule.expose_headers(strings(arguments)?),
            "timing_allow_origin" => rule.timing_allow_origin(),
            "timing_allow_any_origin" => rule.timing_allow_any_origin(),
            "max_age" => {
                let seconds = arguments.strip_prefix("Duration::from_secs(")?;
                let seconds = seconds.strip_suffix(')')?.parse().ok()?;
                rule.max_age(Duration::from_secs(seconds))
            }
            _ => return Some((rule, rest)),
        };
        rest = after;
    }
    Some((rule, rest))
}

/// The rules that follow each other from here on.
fn rules(mut text: &str) -> Vec<Rule> {
    let mut rules = Vec::new();
    while let Some((rule, rest)) = rule(text) {
        rules.push(rule);
        text = rest.strip_prefix(',').unwrap_or(rest);
    }
    rules
}

#[test]
fn documented_policies_have_no_lints() {
    let mut shown = 0;
    let texts = documentation();
    let blocks = texts.iter().flat_map(|text| text.split("```"));
    for mut rest in blocks.filter(|block| !block.contains(".lints()")) {
        while let Some(at) = rest.find("Rule::") {
            let written = rules(&rest[at..]);
            rest = &rest[at + "Rule::".len()..];
            if written.is_empty() {
                continue;
            }
            // What is shown to be refused has problems, and no lints.
            if let Ok(policy) = Policy::new(written) {
                shown += 1;
                assert_eq!(policy.lints()[..], [], "{:?}", policy.to_builder());
            }
        }
    }
    // The first of the README, and so on.
    assert!(shown >= 15, "only {shown} policies were read");
}

#[test]
fn documented_policies_are_parsed() {
    let written =
        r#"Rule::allow_origins(["https://a.example","http://a.example",]).allow_credentials()"#;
    let (read, "") = rule(written).unwrap() else {
        panic!("all of it is a rule");
    };
    let texts = ["https://a.example", "http://a.example"];
    assert_eq!(read, Rule::allow_origins(texts).allow_credentials());
    assert_eq!(rules(&format!("{written},Rule::ask(),])?;")).len(), 2);
    assert!(rule("Rule::allow_origins(texts)").is_none());
    assert!(rule("Rule::allow_origins`]").is_none());
}
