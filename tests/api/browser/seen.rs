//! What a page sees of a response, its timing, and the whole fetch.

use cross_origin::browser::Credentials::{self, Include, Omit, SameOrigin};
use cross_origin::browser::{CheckFailure, Failure, Fetch, PreflightFailure, Response};
use cross_origin::{Policy, Rule};

use super::{PAGE, fetch};

#[test]
fn exposed_headers() {
    const ALWAYS: [&str; 6] = [
        "cache-control",
        "content-language",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    const STAR: &[&str] = &[
        "*",
        "access-control-allow-origin",
        "access-control-expose-headers",
        "authorization",
        "date",
        "etag",
        "vary",
        "x-bar",
        "x-foo",
    ];
    let table: &[(&[&str], Credentials, &[&str])] = &[
        (&[], Omit, &[]),                                   // aceh-none
        (&["x-foo"], Omit, &["x-foo"]),                     // aceh-named
        (&["X-FOO,x-BAR"], Omit, &["x-bar", "x-foo"]),      // aceh-case
        (&["*"], Omit, STAR),                               // aceh-star
        (&["*"], Include, &["*"]),                          // aceh-star-cred
        (&["*, x-foo"], Include, &["*", "x-foo"]),          // aceh-star-cred-named
        (&["*"], SameOrigin, STAR),                         // aceh-star-same-origin
        (&["x-foo, *"], Omit, STAR),                        // aceh-star-list
        (&["x-foo", "x-bar"], Omit, &["x-bar", "x-foo"]),   // aceh-lines
        (&["x-foo", "*"], Omit, STAR),                      // aceh-star-lines
        (&[", x-foo ,,x-bar,"], Omit, &["x-bar", "x-foo"]), // aceh-empty-elements
        (&["x-foo, b@d"], Omit, &[]),                       // aceh-bad
        (&["x-foo x-bar"], Omit, &[]),                      // aceh-space
        (&["set-cookie, x-foo"], Omit, &["x-foo"]),         // aceh-set-cookie
    ];
    for (lines, credentials, exposed) in table {
        let headers = [
            "X-Foo",
            "X-Bar",
            "Cache-Control",
            "Content-Language",
            "Content-Type",
            "Expires",
            "Last-Modified",
            "Pragma",
            "ETag",
            "Set-Cookie",
            "Vary",
            "Authorization",
            "*",
            "Date",
            "Access-Control-Allow-Origin",
        ];
        let mut answer = Response::new(200).headers(headers.iter().map(|name| (*name, "1")));
        for value in *lines {
            answer = answer.header("Access-Control-Expose-Headers", value);
        }
        let seen = fetch(PAGE, "GET", &[])
            .credentials(*credentials)
            .filtered(&answer);
        let mut seen: Vec<_> = names(&seen)
            .into_iter()
            .filter(|name| !ALWAYS.contains(name))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, *exposed, "{lines:?}");
    }
}

#[test]
fn timing_allow_origin() {
    let table: &[(&str, &[&str], bool)] = &[
        (PAGE, &[], false),                                            // tao-none
        (PAGE, &["*"], true),                                          // tao-star
        (PAGE, &[PAGE], true),                                         // tao-exact
        (PAGE, &["https://other.example"], false),                     // tao-other
        (PAGE, &["https://x.example, https://app.example.com"], true), // tao-list
        (PAGE, &["https://x.example", PAGE], true),                    // tao-lines
        (PAGE, &["https://app.example.com/"], false),                  // tao-slash
        (PAGE, &["https://APP.example.com"], false),                   // tao-case
        (PAGE, &["http://x.example, *"], true),                        // tao-star-list
        ("null", &["null"], true),                                     // tao-null
        (PAGE, &["@ @, https://app.example.com"], true),
        (
            PAGE,
            &["\"https://x.example, https://app.example.com\""],
            false,
        ),
    ];
    for (origin, lines, passes) in table {
        let answer = lines.iter().fold(Response::new(200), |answer, value| {
            answer.header("Timing-Allow-Origin", value)
        });
        assert_eq!(
            fetch(origin, "GET", &[]).tao_check(&answer),
            *passes,
            "{lines:?}"
        );
    }
}

#[test]
fn policy_and_browser_agree() {
    let policy = Policy::new([Rule::allow_origins([PAGE])
        .allow_credentials()
        .allow_methods(["PUT"])
        .allow_headers(["X-A"])])
    .unwrap();
    let run = |fetch: &Fetch| {
        let mut requests = 0;
        let outcome = fetch.send_to(|request| {
            requests += 1;
            let decision = policy.evaluate(&request.request_headers());
            let mut answer = Response::new(decision.status().unwrap_or(200));
            decision.apply(&mut answer);
            answer
        });
        (requests, outcome.map(|seen| seen.status()))
    };
    let include = |method, headers: &[_]| fetch(PAGE, method, headers).credentials(Include);
    assert_eq!(run(&include("GET", &[])), (1, Ok(200)));
    assert_eq!(run(&include("PUT", &[("X-A", "1")])), (2, Ok(200)));
    let (requests, outcome) = run(&include("DELETE", &[]));
    assert_eq!(requests, 1);
    assert!(matches!(
        outcome,
        Err(Failure::Preflight(
            PreflightFailure::MethodNotAllowed { .. }
        ))
    ));
    let (requests, outcome) = run(&fetch("https://evil.example", "GET", &[]));
    assert_eq!(requests, 1);
    assert!(matches!(
        outcome,
        Err(Failure::Response(CheckFailure::AllowOriginMismatch { .. }))
    ));
}

fn names(response: &Response) -> Vec<&str> {
    response
        .header_list()
        .iter()
        .map(|(name, _)| name.as_str())
        .collect()
}
