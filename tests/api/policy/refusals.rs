//! What a policy is refused for by the shape of its rules: each refusal once with its place, its kind
//! and its sentence, and beside it the nearest policy that is accepted.

use cross_origin::{Policy, PolicyProblem, ProblemKind, Rule};

use ProblemKind as K;

use crate::support::problems::{above, accepts, below, is, only_problem};

/// The text as the second origin of the second rule.
#[track_caller]
fn refuses_origin(text: &str, kind: ProblemKind, message: &str) {
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
        message,
    );
    let display = format!("rules[1].allow_origins[1]: {message}");
    assert_eq!(problem.to_string(), display);
}

#[test]
fn policy_without_rules_denies_all() {
    let policy = Policy::new([]).unwrap();
    assert_eq!(policy, Policy::deny_all());
    assert_eq!(policy.to_builder().build(), Ok(policy));
}

#[test]
fn rule_without_origins() {
    let message = "a rule has at least one origin, and an empty list or variable never means any: \
                   list those that it allows, or delete it";
    let problem = only_problem([above(), Rule::allow_origins([""; 0])]);
    let place = (Some(1), "allow_origins", None, None);
    is(&problem, place, K::NoOrigin, message);
    let display = format!("rules[1].allow_origins: {message}");
    assert_eq!(problem.to_string(), display);
    accepts([above(), below()]);
}

#[test]
fn invalid_patterns() {
    const SCHEME: &str =
        "write lower-case letters, and after the first one digits, `+`, `-` or `.` too";
    let table = [
        // nothing, no scheme
        (
            "",
            K::Empty,
            "an origin is not empty: write one such as `https://example.com`",
        ),
        (
            "a.example",
            K::SchemeMissing,
            "an origin starts with a scheme and `://`: write `https://a.example`",
        ),
        (
            "//a.example",
            K::SchemeMissing,
            "an origin starts with a scheme and `://`: write `https://a.example`",
        ),
        (
            "*.a.example",
            K::SchemeMissing,
            "an origin starts with a scheme and `://`: write `https://*.a.example`",
        ),
        (
            "ask",
            K::SchemeMissing,
            "a rule that asks has no list: write `\"ask\"` in its place (in Rust, `Rule::ask()`)",
        ),
        // a path and what may follow it; userinfo, be it empty
        (
            "https://a.example/x",
            K::Path,
            "an origin has no path: write `https://a.example`",
        ),
        (
            "https://*.a.example/",
            K::Path,
            "an origin has no path: write `https://*.a.example`",
        ),
        (
            "https://a.example:8080/",
            K::Path,
            "an origin has no path: write `https://a.example:8080`",
        ),
        (
            "https://a.example?x",
            K::Query,
            "an origin has no query: write `https://a.example`",
        ),
        (
            "https://a.example#x",
            K::Fragment,
            "an origin has no fragment: write `https://a.example`",
        ),
        (
            "https://u:p@a.example",
            K::Userinfo,
            "an origin has no user name and no password: write `https://a.example`",
        ),
        (
            "https://@a.example",
            K::Userinfo,
            "an origin has no user name and no password: write `https://a.example`",
        ),
        // schemes whose origin is opaque
        (
            "file:///x",
            K::OpaqueScheme,
            "the origin of a `file:` page is `file://` in a web view (Electron, Cordova) and `null` in a desktop browser: use one of these",
        ),
        (
            "blob://https://a.example",
            K::OpaqueScheme,
            "browsers send `null` for pages of `blob:` URLs: write `null` if any such page is meant",
        ),
        // ports
        (
            "https://a.example:0",
            K::PortZero,
            "port 0 is never connected to: write a port from 1 to 65535",
        ),
        (
            "https://a.example:{443,0}",
            K::PortZero,
            "port 0 is never connected to: write a port from 1 to 65535",
        ),
        (
            "https://a.example:65536",
            K::Unparsable,
            "`65536` is no port: write a number from 1 to 65535",
        ),
        (
            "https://a.example:",
            K::Unparsable,
            "expected a port after `:`: write `https://a.example`",
        ),
        (
            "https://a.example:{2-1}",
            K::Unparsable,
            "`{2-1}` is no list of ports: write one such as `{3000,8000-8999}`",
        ),
        // schemes and hosts that are none
        (
            "1http://a.example",
            K::Unparsable,
            &format!("`1http` is no scheme: {SCHEME}"),
        ),
        (
            "https://",
            K::Unparsable,
            "`` is no host of an origin: it is empty",
        ),
        (
            "app://:80",
            K::Unparsable,
            "`` is no host of an origin: it is empty",
        ),
    ];
    for (text, kind, message) in table {
        refuses_origin(text, kind, message);
    }
}

#[test]
fn invalid_wildcards() {
    const PLACE: &str = "a `*` in a host is its whole leftmost label or stands inside it: \
                         write one such as `https://*.example.com`";
    const FEW: &str = "at least two labels follow one that has a `*` in it: \
                       write one such as `https://app-*.example.com`";
    let table = [
        (
            "*://a.example",
            "a scheme has no `*`: write a pattern for each scheme, such as `https://*.example.com`",
        ),
        (
            "https://*",
            "`*` can't be any host of this scheme: write `https://*.example.com`, or `*` alone for any origin",
        ),
        (
            "https://*.",
            "`*.` stands before a domain: write one such as `https://*.example.com`",
        ),
        ("https://a.*", PLACE),
        ("https://a.*.example", PLACE),
        ("https://**.a.example", PLACE),
        ("https://app-*.com", FEW),
        (
            "https://xn--*.a.example",
            "beside a `*` a label has letters, digits, `-` and `_` of ASCII alone, and does not start with `xn--`: write the whole host",
        ),
        (
            "https://*.0.0.1",
            "a `*` cannot be part of an address; networks are written `http://192.168.0.0/16` or `http://[fd00::/8]`",
        ),
        (
            "app://*.a",
            "hosts of this scheme have no labels: write one host, or `*` alone for any host of it",
        ),
        (
            "https://a.example:8*",
            "a `*` in a port is all of it: write `:*` for any port",
        ),
    ];
    // Without the feature `idna` `0.0.1` is no spelling of an address.
    let strict = |text| cfg!(not(feature = "idna")) && text == "https://*.0.0.1";
    for (text, message) in table.into_iter().filter(|(text, _)| !strict(*text)) {
        refuses_origin(text, K::Wildcard, message);
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
    const ANY: &str =
        "`*` admits the other origins of the rule too: give it a rule of its own, below this one";
    const NULL: &str =
        "`null` stands for pages of any kind, as no other origin does: give it a rule of its own";
    for (texts, entry, found, message) in [
        (["*", "https://a.example"], 0, "*", ANY),
        (["https://a.example", "*"], 1, "*", ANY),
        (["null", "https://a.example"], 0, "null", NULL),
        (["https://a.example", "null"], 1, "null", NULL),
    ] {
        let problem = only_problem([Rule::allow_origins(texts)]);
        let place = (Some(0), "allow_origins", Some(entry), Some(found));
        is(&problem, place, K::Mixed, message);
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
    let message = "a policy asks in one rule at most: let the application's answer cover both";
    let problem = only_problem([Rule::ask(), above(), Rule::ask()]);
    let place = (Some(2), "allow_origins", None, Some("ask"));
    is(&problem, place, K::SecondAsk, message);
    let three = Policy::new([Rule::ask(), Rule::ask(), Rule::ask()]).unwrap_err();
    let rules: Vec<_> = three.iter().map(PolicyProblem::rule_index).collect();
    assert_eq!(rules, [Some(1), Some(2)]);
    accepts([above(), Rule::ask()]);
}
