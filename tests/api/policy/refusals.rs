//! What a policy is refused for by the shape of its rules: each refusal once with its place, its kind
//! and its sentence, and beside it the nearest policy that is accepted.

use cross_origin::{Policy, PolicyProblem, ProblemKind, Rule};

use ProblemKind as K;

use crate::support::problems::{above, accepts, below, is, only_problem};

/// The text as the second origin of the second rule.
#[track_caller]
fn refuses_origin(text: &str, kind: ProblemKind) {
    let found = text.replace("u:p@", "…@");
    let rules = [
        above(),
        Rule::allow_origins(["https://first.example", text]),
    ];
    let problem = only_problem(rules);
    is(
        &problem,
        (Some(1), "allow_origins", Some(1), Some(&*found)),
        kind,
    );
}

#[test]
fn policy_without_rules_denies_all() {
    let policy = Policy::new([]).unwrap();
    assert_eq!(policy, Policy::deny_all());
    assert_eq!(policy.to_builder().build(), Ok(policy));
}

#[test]
fn rule_without_origins() {
    let problem = only_problem([above(), Rule::allow_origins([""; 0])]);
    let place = (Some(1), "allow_origins", None, None);
    is(&problem, place, K::NoOrigin);
    accepts([above(), below()]);
}

#[test]
fn invalid_patterns() {
    let table = [
        // nothing, no scheme
        ("", K::Empty),
        ("a.example", K::SchemeMissing),
        ("//a.example", K::SchemeMissing),
        ("*.a.example", K::SchemeMissing),
        ("ask", K::SchemeMissing),
        // a path and what may follow it; userinfo, be it empty
        ("https://a.example/x", K::Path),
        ("https://*.a.example/", K::Path),
        ("https://a.example:8080/", K::Path),
        ("https://a.example?x", K::Query),
        ("https://a.example#x", K::Fragment),
        ("https://u:p@a.example", K::Userinfo),
        ("https://@a.example", K::Userinfo),
        // schemes whose origin is opaque
        ("file:///x", K::OpaqueScheme),
        ("blob://https://a.example", K::OpaqueScheme),
        // ports
        ("https://a.example:0", K::PortZero),
        ("https://a.example:{443,0}", K::PortZero),
        ("https://a.example:65536", K::Unparsable),
        ("https://a.example:", K::Unparsable),
        ("https://a.example:{2-1}", K::Unparsable),
        // schemes and hosts that are none
        ("1http://a.example", K::Unparsable),
        ("https://", K::Unparsable),
        ("app://:80", K::Unparsable),
    ];
    for (text, kind) in table {
        refuses_origin(text, kind);
    }
}

#[test]
fn invalid_wildcards() {
    let table = [
        "*://a.example",
        "https://*",
        "https://*.",
        "https://a.*",
        "https://a.*.example",
        "https://**.a.example",
        "https://app-*.com",
        "https://xn--*.a.example",
        "https://*.0.0.1",
        "app://*.a",
        "https://a.example:8*",
    ];
    // Without the feature `idna` `0.0.1` is no spelling of an address.
    let strict = |text| cfg!(not(feature = "idna")) && text == "https://*.0.0.1";
    for text in table.into_iter().filter(|text| !strict(*text)) {
        refuses_origin(text, K::Wildcard);
    }
}

#[test]
fn similar_valid_patterns() {
    for text in [
        "https://a.example",
        "https://a.example:1",
        "https://a.example:65535",
        "https://a.example:{1-2}",
        "https://a.example:*",
        "http1://a.example",
        "files://",
        "app://*",
        "https://*.example",
        "https://app-*.a.example",
        "https://xn-*.a.example",
        "https://[::1]:1",
    ] {
        accepts([
            above(),
            Rule::allow_origins(["https://first.example", text]),
        ]);
    }
}

#[test]
fn any_and_null_among_other_origins() {
    for (texts, entry, found) in [
        (["*", "https://a.example"], 0, "*"),
        (["https://a.example", "*"], 1, "*"),
        (["null", "https://a.example"], 0, "null"),
        (["https://a.example", "null"], 1, "null"),
    ] {
        let problem = only_problem([Rule::allow_origins(texts)]);
        let place = (Some(0), "allow_origins", Some(entry), Some(found));
        is(&problem, place, K::Mixed);
    }
    // Each of the two is mixed with the other.
    let both = Policy::new([Rule::allow_origins(["*", "null"])]).unwrap_err();
    let places: Vec<_> = both.iter().map(|p| (p.entry_index(), p.kind())).collect();
    assert_eq!(places, [(Some(0), K::Mixed), (Some(1), K::Mixed)]);

    let null = || Rule::allow_origins(["null"]);
    accepts([
        Rule::allow_origins(["https://a.example"]),
        null(),
        Rule::allow_any_origin(),
    ]);
    accepts([Rule::allow_origins(["null", "null"])]);
    accepts([Rule::allow_origins(["*", "*"])]);
}

#[test]
fn several_rules_that_ask() {
    let problem = only_problem([Rule::ask(), above(), Rule::ask()]);
    let place = (Some(2), "allow_origins", None, Some("ask"));
    is(&problem, place, K::SecondAsk);
    let three = Policy::new([Rule::ask(), Rule::ask(), Rule::ask()]).unwrap_err();
    let rules: Vec<_> = three.iter().map(PolicyProblem::rule_index).collect();
    assert_eq!(rules, [Some(1), Some(2)]);
    accepts([above(), Rule::ask()]);
}
