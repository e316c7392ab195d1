//! The law of fixes for regular expressions: a pattern that takes the place of one matches no origin that
//! the expression does not.

use cross_origin::{Origin, OriginPattern, PolicyBuilder};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use serde_json::json;

/// A part of an expression, which is written and matched here.
#[derive(Clone, Debug)]
enum Part {
    Text(&'static str),
    /// A class of characters, repeated.
    Class(&'static str, Repeat),
    /// Alternatives, which may be left out.
    Group(Vec<Vec<Part>>, bool),
}

/// How it is written, and the least and the largest number.
type Repeat = (&'static str, usize, usize);

const REPEATS: [Repeat; 9] = [
    ("", 1, 1),
    ("?", 0, 1),
    ("*", 0, 99),
    ("+", 1, 99),
    ("{1,3}", 1, 3),
    ("{2,}", 2, 99),
    ("{4}", 4, 4),
    ("{1,5}", 1, 5),
    ("+?", 1, 99),
];

const CLASSES: [&str; 8] = [
    ".",
    ".",
    "\\d",
    "[0-9]",
    "[a-z]",
    "[a-z0-9-]",
    "[^/]",
    "[^.]",
];

fn is_in(class: &str, c: char) -> bool {
    match class {
        "." => true,
        "\\d" | "[0-9]" => c.is_ascii_digit(),
        "[a-z]" => c.is_ascii_lowercase(),
        "[a-z0-9-]" => c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
        "[^/]" => c != '/',
        _ => c != '.',
    }
}

fn written(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.replace('.', "\\."),
        Part::Class(class, (repeat, ..)) => format!("{class}{repeat}"),
        Part::Group(alternatives, optional) => {
            let alternatives: Vec<_> = alternatives.iter().map(|parts| written(parts)).collect();
            format!(
                "({}){}",
                alternatives.join("|"),
                if *optional { "?" } else { "" }
            )
        }
    };
    parts.iter().map(part).collect()
}

/// Whether the parts match a text from its start, to its end if they have to.
fn matches(parts: &[Part], text: &str, to_end: bool) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return !to_end || text.is_empty();
    };
    match part {
        Part::Text(start) => {
            let after = text.strip_prefix(start);
            after.is_some_and(|after| matches(rest, after, to_end))
        }
        Part::Class(class, (_, least, most)) => {
            let longest = text
                .chars()
                .take_while(|c| is_in(class, *c))
                .take(*most)
                .count();
            (*least..=longest).any(|len| matches(rest, &text[len..], to_end))
        }
        Part::Group(alternatives, optional) => {
            let with = |alternative: &Vec<Part>| {
                let parts = [alternative.as_slice(), rest].concat();
                matches(&parts, text, to_end)
            };
            alternatives.iter().any(with) || (*optional && matches(rest, text, to_end))
        }
    }
}

#[derive(Clone, Debug)]
struct Expression {
    parts: Vec<Part>,
    starts: bool,
    ends: bool,
}

impl Expression {
    fn text(&self) -> String {
        let (start, end) = (
            if self.starts { "^" } else { "" },
            if self.ends { "$" } else { "" },
        );
        format!("{start}{}{end}", written(&self.parts))
    }

    fn matches(&self, text: &str) -> bool {
        let starts = if self.starts { 0..=0 } else { 0..=text.len() };
        starts
            .into_iter()
            .any(|start| matches(&self.parts, &text[start..], self.ends))
    }
}

fn class() -> impl Strategy<Value = Part> {
    (select(&CLASSES[..]), select(&REPEATS[..]))
        .prop_map(|(class, repeat)| Part::Class(class, repeat))
}

fn group(texts: &'static [&'static str]) -> impl Strategy<Value = Part> {
    let part = prop_oneof![3 => select(texts).prop_map(Part::Text), 1 => class()];
    let alternatives = vec(vec(part, 1..3), 1..3);
    (alternatives, any::<bool>())
        .prop_map(|(alternatives, optional)| Part::Group(alternatives, optional))
}

fn expression() -> impl Strategy<Value = Expression> {
    let scheme = select(vec!["https://", "http://", "://", ""]).prop_map(Part::Text);
    let schemes = group(&["https://", "http://"]);
    let before = prop_oneof![
        class(),
        group(&["a.", "app-", "www.", "."]),
        select(vec!["a.", "app-", "."]).prop_map(Part::Text),
    ];
    let host = select(vec![
        "example.com",
        ".example.com",
        "localhost",
        "192.168.",
        "127.0.0.1",
    ]);
    let after = prop_oneof![
        3 => Just(Vec::new()),
        2 => select(vec![":", ":8080", "/"]).prop_map(|text| vec![Part::Text(text)]),
        2 => class().prop_map(|class| vec![Part::Text(":"), class]),
        1 => group(&[":8080", ":", ".", "/"]).prop_map(|group| vec![group]),
        1 => class().prop_map(|class| vec![class]),
    ];
    let scheme = prop_oneof![3 => scheme, 1 => schemes];
    let anchors = (any::<bool>(), any::<bool>());
    (scheme, vec(before, 0..3), host, after, anchors).prop_map(
        |(scheme, before, host, after, (starts, ends))| {
            let mut parts = vec![scheme];
            parts.extend(before);
            parts.push(Part::Text(host));
            parts.extend(after);
            Expression {
                parts,
                starts,
                ends,
            }
        },
    )
}

/// Origins near what the expressions are about.
fn origins() -> Vec<Origin> {
    let hosts = [
        "example.com",
        "a.example.com",
        "ab.example.com",
        "a.b.example.com",
        "app-1.example.com",
        "app-a-b.example.com",
        "www.example.com",
        "xexample.com",
        "localhost",
        "a.localhost",
        "127.0.0.1",
        "192.168.1.5",
        "192.168.10.255",
        "example.com.evil",
        "12345.example.com",
    ];
    let ports = ["", ":8080", ":3000", ":80", ":443", ":10000", ":1"];
    let schemes = ["https", "http"];
    let mut origins = Vec::new();
    for host in hosts {
        for port in ports {
            for scheme in schemes {
                origins.push(format!("{scheme}://{host}{port}").parse().unwrap());
            }
        }
    }
    origins
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 500,
        ..ProptestConfig::default()
    })]

    #[test]
    fn patterns_in_place_of_an_expression_match_no_more(expression in expression()) {
        let text = expression.text();
        // Others are URLs, not expressions.
        prop_assume!(text.contains(['\\', '^', '$', '(']));
        let policy = json!({ "allow_origins": [&text] });
        let built = PolicyBuilder::deserialize(&policy).unwrap().build();
        let fixes = built.err().into_iter().flatten().flat_map(|problem| problem.fixes());
        let patterns = fixes.flat_map(|edit| edit.values().to_vec());
        let patterns: Vec<OriginPattern> = patterns
            .filter_map(|value| value.to_string().trim_matches('`').parse().ok())
            .collect();
        for origin in origins() {
            let Some(pattern) = patterns.iter().find(|pattern| pattern.matches(origin.as_origin_ref())) else {
                continue;
            };
            let whole = origin.as_str();
            let (_, authority) = whole.split_once("://").unwrap();
            // Without a scheme an expression is about hosts and ports, and a port can be implicit where
            // the expression has every written one.
            let spelled = ["", ":8080", ":12345"].map(|port| format!("{whole}{port}"));
            let matched = spelled.iter().any(|text| expression.matches(text))
                || expression.matches(authority)
                || expression.matches(&format!("{authority}:8080"));
            prop_assert!(matched, "`{}` becomes {:?}, which matches {}", text, pattern, whole);
        }
    }
}
