//! Origins that one text lists, as an environment variable has them.

use cross_origin::{Policy, ProblemKind, Rule};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use ProblemKind as K;

use crate::support::problems::{is, only_problem};
use crate::support::{A, B};

fn listed(text: &str) -> Rule {
    Rule::parse_origins(text)
}

#[test]
fn separators() {
    let both = Rule::allow_origins([A, B]);
    for text in [
        "https://a.example,https://b.example",
        "https://a.example, https://b.example",
        "https://a.example https://b.example",
        "https://a.example\thttps://b.example",
        "https://a.example\nhttps://b.example\n",
        "https://a.example\r\nhttps://b.example\r\n",
        " \t,,https://a.example ,\n, https://b.example,, ",
    ] {
        assert_eq!(listed(text), both, "{text:?}");
    }
    assert_eq!(listed(A), Rule::allow_origins([A]));
    assert_eq!(listed("*"), Rule::allow_any_origin());
    // No other white space does.
    for text in [
        "https://a.example\u{a0}https://b.example",
        "https://a.example\x0chttps://b.example",
        "https://a.example;https://b.example",
    ] {
        assert_eq!(listed(text), Rule::allow_origins([text]), "{text:?}");
    }
}

#[test]
fn commas_in_braces_do_not_separate() {
    let ports = "http://localhost:{3000,5173,8000-8999}";
    assert_eq!(listed(ports), Rule::allow_origins([ports]));
    let text = format!("{A},{ports},{B} {ports}");
    assert_eq!(listed(&text), Rule::allow_origins([A, ports, B, ports]));
    // A space between ports is no separator either, and none of theirs.
    let spaced = "http://localhost:{3000, 5173}";
    assert_eq!(listed(spaced), Rule::allow_origins([spaced]));
    assert_eq!(only_problem([listed(spaced)]).kind(), K::Unparsable);
    // What nothing closes takes nothing along.
    let open = listed("http://localhost:{3000,https://b.example}");
    assert_eq!(
        open,
        Rule::allow_origins(["http://localhost:{3000,https://b.example}"])
    );
    let open = listed("http://localhost:{3000,https://b.example");
    assert_eq!(open, Rule::allow_origins(["http://localhost:{3000", B]));
    let twice = listed("http://a:{1,{2,3} http://b:}4,5");
    assert_eq!(
        twice,
        Rule::allow_origins(["http://a:{1,{2,3}", "http://b:}4", "5"])
    );
}

#[test]
fn empty_list_is_a_problem() {
    for text in ["", " ", "\n", ",", " , ,\t\r\n"] {
        let problem = only_problem([listed(text)]);
        let place = (Some(0), "allow_origins", None, None);
        is(&problem, place, K::NoOrigin);
    }
}

#[test]
fn problems_have_the_entry_index() {
    let text = format!("{A},\n{B},,https://c.example/, {A}");
    let problem = only_problem([listed(&text)]);
    let place = (
        Some(0),
        "allow_origins",
        Some(2),
        Some("https://c.example/"),
    );
    is(&problem, place, K::Path);
    let problem = only_problem([listed(&format!("{A} *"))]);
    let place = (Some(0), "allow_origins", Some(1), Some("*"));
    is(&problem, place, K::Mixed);
}

#[test]
fn quotes_and_brackets() {
    for (text, entry, found, instead) in [
        (r#""https://a.example""#, 0, r#""https://a.example""#, A),
        ("'https://a.example'", 0, "'https://a.example'", A),
        ("`https://a.example`", 0, "`https://a.example`", A),
        ("“https://a.example”", 0, "“https://a.example”", A),
        ("[https://a.example]", 0, "[https://a.example]", A),
        (r#"["https://a.example"]"#, 0, r#"["https://a.example"]"#, A),
        (
            r#"["HTTPS://a.example:443"]"#,
            0,
            r#"["HTTPS://a.example:443"]"#,
            A,
        ),
        ("https://b.example,'*'", 1, "'*'", "*"),
        (r#""http://[::1]""#, 0, r#""http://[::1]""#, "http://[::1]"),
        (
            r#"["http://[::1]"]"#,
            0,
            r#"["http://[::1]"]"#,
            "http://[::1]",
        ),
        ("[http://[::1]]", 0, "[http://[::1]]", "http://[::1]"),
        ("[http://[::1]", 0, "[http://[::1]", "http://[::1]"),
        (
            r#"'http://localhost:{1,2}'"#,
            0,
            r#"'http://localhost:{1,2}'"#,
            "http://localhost:{1-2}",
        ),
        (
            "https://b.example https://a.example'",
            1,
            "https://a.example'",
            A,
        ),
    ] {
        if cfg!(not(feature = "idna")) && text.contains("HTTPS") {
            continue;
        }
        let problem = only_problem([listed(text)]);
        let used = format!("; use `{instead}`");
        assert!(problem.message().ends_with(&used), "{problem}");
        assert_eq!(problem.entry_index(), Some(entry), "{text}");
        assert_eq!(problem.found(), Some(found), "{text}");
    }
    // A list of JSON in pieces.
    let problems =
        Policy::new([listed(r#"["https://a.example", "https://b.example"]"#)]).unwrap_err();
    let kinds: Vec<_> = problems.iter().map(|problem| problem.kind()).collect();
    assert_eq!(kinds, [K::Unparsable, K::Unparsable]);
    // What has something else wrong with it is told so.
    assert_eq!(
        only_problem([listed("'https://a.example/'")]).kind(),
        K::Unparsable
    );
    assert_eq!(
        only_problem([listed("https://a.example/]")]).kind(),
        K::Path
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joined_origins_are_split(
        entries in vec(select(&[A, B, "*", "null", "http://localhost:{1,2-3}", "x{", "y}", "'z'"][..]), 0..6),
        separators in vec(select(&[",", " ", ", ", "\n", ",,\t"][..]), 7),
    ) {
        // A brace that nothing closes may find what closes it further on.
        let open = entries.iter().position(|entry| *entry == "x{");
        let closed = open.is_some_and(|at| entries[at..].iter().any(|entry| entry.contains('}')));
        prop_assume!(!closed);
        let pairs = entries.iter().zip(&separators);
        let text: String = pairs.flat_map(|(entry, separator)| [*entry, separator]).collect();
        prop_assert_eq!(listed(&text), Rule::allow_origins(entries));
    }

    #[test]
    fn splitting_loses_no_text(text in "[a-z{}, \t\n*é]{0,20}") {
        let rule = listed(&text);
        let builder = cross_origin::PolicyBuilder::new([rule]);
        let json = serde_json::to_value(&builder).unwrap();
        let entries = json["allow_origins"].as_array().unwrap();
        let kept: String = entries.iter().map(|entry| entry.as_str().unwrap()).collect();
        let visible = |text: &str| text.replace([',', ' ', '\t', '\n'], "");
        prop_assert_eq!(visible(&kept), visible(&text));
        prop_assert!(entries.iter().all(|entry| entry != ""));
    }
}
