//! What a rule with credentials is refused for, and what each `dangerously_…` hatch lifts: its own
//! kind and no other.

use cross_origin::{Policy, PolicyBuilder, ProblemKind, Rule};

use ProblemKind as K;

const SAFETY: [ProblemKind; 5] = [
    K::AnyOriginWithCredentials,
    K::AnyHostWithCredentials,
    K::NullWithCredentials,
    K::InsecureOriginWithCredentials,
    K::PublicSuffixWithCredentials,
];

fn builder(text: &str) -> PolicyBuilder {
    PolicyBuilder::new([Rule::allow_origins([text]).allow_credentials()])
}

#[track_caller]
fn accepts(text: &str) {
    if let Err(problems) = builder(text).build() {
        panic!("{text}: {problems}");
    }
}

#[track_caller]
fn refuses(text: &str, kind: ProblemKind) {
    let problems = builder(text).build().expect_err(text);
    assert_eq!(problems.iter().count(), 1, "{problems}");
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.kind(), kind);
    assert_eq!(problem.rule_index(), Some(0));
    assert_eq!(problem.key(), Some("allow_origins"));
    assert_eq!(problem.entry_index(), Some(0));
    // as it was written, and not as it was read
    assert_eq!(problem.found(), Some(text));
    // It is the credentials that make the difference.
    assert!(Policy::new([Rule::allow_origins([text])]).is_ok(), "{text}");
}

// ---------------------------------------------------------------- any origin, any host, null

#[test]
fn any_origin_with_credentials() {
    refuses("*", K::AnyOriginWithCredentials);
    let both = Policy::new([
        Rule::allow_origins(["https://a.example"]).allow_credentials(),
        Rule::allow_any_origin(),
    ]);
    assert!(both.is_ok());
}

#[test]
fn any_host_with_credentials() {
    refuses("chrome-extension://*", K::AnyHostWithCredentials);
    refuses("app://*:*", K::AnyHostWithCredentials);
    accepts("chrome-extension://mpognobbkildjkofajifpdfhcoklimli");
    accepts("app://x:*");
    accepts("app://");
}

#[test]
fn null_with_credentials() {
    refuses("null", K::NullWithCredentials);
    accepts("https://null");
}

// ---------------------------------------------------------------- insecure origins

#[track_caller]
fn insecure(text: &str) {
    refuses(text, K::InsecureOriginWithCredentials);
}

#[test]
fn insecure_origins_with_credentials() {
    for text in [
        "http://a.example",
        "http://a.example:8080",
        "http://a.example:*",
        "ws://a.example",
        "ws://a.example:81",
        "ftp://a.example",
        // addresses: near loopback is not loopback
        "http://10.0.0.1",
        "http://126.255.255.255",
        "http://128.0.0.0",
        "http://0.0.0.0",
        "http://[::2]",
        "http://[::]",
        "http://[::ffff:7f00:1]",
        // names: near localhost is not localhost
        "http://notlocalhost",
        "http://localhost.example",
        "http://127.0.0.1.example",
    ] {
        insecure(text);
    }
}

#[test]
fn secure_and_loopback_origins_with_credentials() {
    for text in [
        "https://a.example",
        "wss://a.example",
        // loopback
        "http://127.0.0.0",
        "http://127.0.0.1",
        "http://127.0.0.1:*",
        "http://127.255.255.255:3000",
        "http://[::1]",
        "ws://[::1]:8080",
        "http://localhost",
        "http://localhost.",
        "http://localhost:{3000,5173}",
        "http://a.b.localhost",
        "http://a.localhost.",
        "ftp://localhost",
        // other schemes
        "tauri://localhost",
        "app://a.example",
        "chrome-extension://abc",
    ] {
        accepts(text);
    }
}

#[cfg(feature = "idna")]
#[test]
fn loopback_addresses_in_any_spelling() {
    accepts("http://127.1");
    accepts("http://0x7f000001");
    accepts("http://[0:0:0:0:0:0:0:1]");
    accepts("HTTP://LOCALHOST");
    insecure("http://[::ffff:127.0.0.1]");
}

// ---------------------------------------------------------------- wildcards over many owners

#[track_caller]
fn many_owners(text: &str) {
    refuses(text, K::PublicSuffixWithCredentials);
}

#[cfg(feature = "psl")]
#[test]
fn wildcard_over_a_public_suffix_with_credentials() {
    for text in [
        // suffixes, and those of the private section
        "https://*.com",
        "https://*.co.uk",
        "https://*.github.io",
        "https://*.vercel.app",
        "https://app-*-team.vercel.app",
        "https://*-x.co.uk:8443",
        "wss://*.github.io:*",
        // a trailing dot is no way around
        "https://*.github.io.",
        "https://x-*.github.io.",
        // wildcard rules of the list: `*.ck`, `*.kawasaki.jp`
        "https://*.kawasaki.jp",
        "https://*.a.kawasaki.jp",
        "https://*.a.ck",
        // suffixes in other scripts, as browsers send them
        "https://*.xn--55qx5d.cn",
    ] {
        many_owners(text);
    }
    // suffixes further below
    many_owners("https://*.amazonaws.com");
    many_owners("https://*.amazonaws.com.");
    // labels that the list does not know
    many_owners("https://*.corp");
    many_owners("https://*.corp.");
}

#[cfg(feature = "psl")]
#[test]
fn wildcard_above_a_wildcard_suffix_rule() {
    // `*.ck` is in the list, `ck` is not.
    let problems = builder("https://*.ck").build().unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.kind(), K::PublicSuffixWithCredentials);
}

#[cfg(all(feature = "psl", feature = "idna"))]
#[test]
fn public_suffixes_in_unicode() {
    many_owners("https://*.公司.cn");
    many_owners("https://*.GitHub.IO");
    accepts("https://*.例子.公司.cn");
}

#[cfg(feature = "psl")]
#[test]
fn wildcard_within_one_site_with_credentials() {
    for text in [
        "https://*.example.com",
        "https://*.example.com.",
        "https://*.example.co.uk",
        "https://*.me.github.io",
        "https://app-*-team.example.com",
        "https://*.team.vercel.app",
        // exceptions of the list
        "https://*.city.kawasaki.jp",
        "https://*.www.ck",
        // the table has the bases themselves, not all names around them
        "https://*.notamazonaws.com",
        "https://*.me.s3.amazonaws.com",
        // a domain below a label that the list does not know
        "https://*.app.corp",
        "https://x-*.app.corp",
        // no wildcard, no question
        "https://github.io",
        "https://github.io:*",
        "https://corp",
    ] {
        accepts(text);
    }
}

#[test]
fn wildcard_over_localhost() {
    accepts("http://*.localhost");
    accepts("https://*.localhost.");
    accepts("http://x-*.a.localhost:*");
}

#[cfg(not(feature = "psl"))]
#[test]
fn without_psl_wildcards_with_credentials_are_refused() {
    for text in [
        "https://*.example.com",
        "https://*.github.io.",
        "https://app-*-team.example.com",
    ] {
        many_owners(text);
    }
    accepts("https://github.io");
}

// ---------------------------------------------------------------- hatches

type Hatch = fn(PolicyBuilder) -> PolicyBuilder;

#[test]
fn each_danger_lifts_only_its_own_problem() {
    let hatches: [(ProblemKind, Hatch); 4] = [
        (
            K::AnyHostWithCredentials,
            PolicyBuilder::dangerously_allow_any_host,
        ),
        (
            K::NullWithCredentials,
            PolicyBuilder::dangerously_allow_null_with_credentials,
        ),
        (
            K::InsecureOriginWithCredentials,
            PolicyBuilder::dangerously_allow_insecure_origins,
        ),
        (
            K::PublicSuffixWithCredentials,
            PolicyBuilder::dangerously_allow_public_suffixes,
        ),
    ];
    let examples = [
        "*",
        "app://*",
        "null",
        "http://a.example",
        "https://*.github.io",
    ];
    for (text, kind) in examples.into_iter().zip(SAFETY) {
        for (lifts, hatch) in hatches {
            let kinds: Vec<_> = match hatch(builder(text)).build() {
                Ok(_) => Vec::new(),
                Err(problems) => problems.iter().map(|problem| problem.kind()).collect(),
            };
            let expected: &[_] = if kind == lifts { &[] } else { &[kind] };
            assert_eq!(kinds, expected, "{text} with the hatch for {lifts}");
        }
        // Nothing opens the door to any origin.
        let all = hatches
            .iter()
            .fold(builder(text), |builder, (_, hatch)| hatch(builder));
        assert_eq!(all.build().is_ok(), text != "*", "{text}");
    }
}

#[test]
fn one_entry_can_have_two_problems() {
    let problems = builder("http://*.github.io").build().unwrap_err();
    let kinds: Vec<_> = problems.iter().map(|problem| problem.kind()).collect();
    assert_eq!(
        kinds,
        [
            K::InsecureOriginWithCredentials,
            K::PublicSuffixWithCredentials
        ]
    );
    let one = builder("http://*.github.io").dangerously_allow_insecure_origins();
    let kinds: Vec<_> = one.build().unwrap_err().iter().map(|p| p.kind()).collect();
    assert_eq!(kinds, [K::PublicSuffixWithCredentials]);
}
