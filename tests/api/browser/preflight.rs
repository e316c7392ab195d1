//! The check of a preflight's answer.

use cross_origin::Headers;
use cross_origin::browser::Credentials::{self, Include, Omit, SameOrigin};
use cross_origin::browser::{Fetch, PreflightFailure, Response};

use super::{PAGE, allow_origin, fetch, response};

/// Whether a preflight with this `Access-Control-Allow-Methods` and `-Headers` lets the fetch go on.
fn preflight(fetch: &Fetch, methods: &[&str], headers: &[&str]) -> Result<(), PreflightFailure> {
    let mut answer = allow_origin(&[PAGE]).header("Access-Control-Allow-Credentials", "true");
    for value in methods {
        answer = answer.header("Access-Control-Allow-Methods", value);
    }
    for value in headers {
        answer = answer.header("Access-Control-Allow-Headers", value);
    }
    fetch.preflight_check(&answer).map(|_| ())
}

#[test]
fn methods_are_compared_case_sensitively() {
    let table: &[(&str, &[&str], Credentials, bool)] = &[
        ("PUT", &["PUT"], Omit, true), // acam-listed
        ("put", &["PUT"], Omit, true),
        ("PUT", &["put"], Omit, false),
        ("delete", &["delete"], Omit, false),
        ("patch", &["PATCH"], Omit, false), // xhr-patch-lower
        ("PATCH", &["patch"], Omit, false),
        ("patch", &["patch"], Omit, true),
        ("PUT", &[], Omit, false), // xhr-put-none
        ("PUT", &[""], Omit, false),
        ("PUT", &["GET, ,\tPUT ,"], Omit, true),
        ("PUT", &["GET", "PUT"], Omit, true),
        ("PUT", &["*"], Omit, true),
        ("PUT", &["GET, *"], SameOrigin, true),
        ("PUT", &["*"], Include, false),
        ("*", &["*"], Include, true),
        ("CHICKEN", &["*"], Omit, true),
        ("QUERY", &[], Omit, false),
        ("GET", &[], Omit, true),
        ("HEAD", &["PUT"], Include, true),
        ("POST", &[], Omit, true), // xhr-post
        ("PUT", &["PUT, @"], Omit, false),
        ("PUT", &["PUT", "@"], Omit, false),
        ("PUT", &["PUT POST"], Omit, false),
        ("PUT", &["\"PUT\""], Omit, false),
        ("GET", &["@"], Omit, false), // acam-GET-bad-acam
    ];
    for (method, methods, credentials, passes) in table {
        let fetch = fetch(PAGE, method, &[]).credentials(*credentials);
        let checked = preflight(&fetch, methods, &[]);
        assert_eq!(
            checked.is_ok(),
            *passes,
            "{method} by {methods:?}: {checked:?}"
        );
    }
}

#[test]
fn request_headers_are_compared_case_insensitively() {
    let commas = format!("{}x-a", ",".repeat(1000));
    let table: &[(&str, &[&str], Credentials, bool)] = &[
        ("X-A", &["x-a"], Omit, true), // xhr-header
        ("x-a", &["X-A"], Omit, true),
        ("x-a", &[], Omit, false),
        ("x-a", &["x-b"], Omit, false),
        ("x-a", &["x-b,\tx-a , x-a,"], Omit, true),
        ("x-a", &["x-b", "x-a"], Omit, true),
        ("x-a", &[&commas], Omit, true),
        ("x-a", &["*"], Omit, true),
        ("x-a", &["*"], Include, false),
        ("*", &["*"], Include, true),
        ("authorization", &["authorization"], Include, true),
        ("authorization", &["*, Authorization"], Omit, true),
        ("authorization", &["*"], Omit, false), // acah-auth-star
        ("dpr", &["x-a"], Omit, false),         // safe-dpr
        ("user-agent", &["x-a"], Omit, false),  // safe-user-agent
        ("x-a", &["x-a x-b"], Omit, false),
        ("x-a", &["x-a; x-b"], Omit, false),
        ("x-a", &["x-a, \u{fc}"], Omit, false),
        ("x-a", &["x-a", "\"x-b\""], Omit, false),
        ("accept", &["@"], Omit, false), // acah-bad-unneeded
    ];
    for (name, headers, credentials, passes) in table {
        let fetch = fetch(PAGE, "GET", &[(name, "1")]).credentials(*credentials);
        let checked = preflight(&fetch, &[], headers);
        assert_eq!(
            checked.is_ok(),
            *passes,
            "{name} by {headers:?}: {checked:?}"
        );
    }
}

#[test]
fn first_denied_header_in_byte_order_is_reported() {
    let fetch = fetch(PAGE, "GET", &[("X-C", "1"), ("X-B", "1"), ("X-A", "1")]);
    let name = "x-b".into();
    assert_eq!(
        preflight(&fetch, &[], &["x-a"]),
        Err(PreflightFailure::HeaderNotAllowed { name })
    );
}

#[test]
fn preflight_needs_an_ok_status() {
    let put = fetch(PAGE, "PUT", &[]);
    let lines = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "*"),
    ];
    for status in [200, 201, 202, 204, 205, 206, 226, 299] {
        assert!(
            put.preflight_check(&response(status, &lines)).is_ok(),
            "{status}"
        );
    }
    for status in [199, 300, 301, 302, 304, 307, 400, 401, 403, 404, 500, 503] {
        assert_eq!(
            put.preflight_check(&response(status, &lines)),
            Err(PreflightFailure::Status(status))
        );
    }
    // xhr-post-404
    let upload = fetch(PAGE, "POST", &[]).use_cors_preflight();
    assert_eq!(
        upload.preflight_check(&response(404, &lines)),
        Err(PreflightFailure::Status(404))
    );
}

#[test]
fn failures_are_in_the_order_of_fetch() {
    let fetch = fetch(PAGE, "PUT", &[("X-A", "1"), ("Authorization", "x")]);
    let mut answer = response(
        404,
        &[
            ("Access-Control-Allow-Methods", "@"),
            ("Access-Control-Allow-Headers", "@"),
        ],
    );
    let mut fail = |name: &'static str, value: &str, status: u16, step: &str, console: &str| {
        if !name.is_empty() {
            answer.set(name, value);
        }
        let answer = Response::new(status).headers(answer.header_list());
        let failure = fetch.preflight_check(&answer).unwrap_err();
        assert_eq!(failure.step().number(), step);
        assert_eq!(failure.console(), console);
    };
    fail(
        "",
        "",
        404,
        "2",
        "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    );
    fail(
        "access-control-allow-origin",
        "https://other.example",
        404,
        "4",
        "Response to preflight request doesn't pass access control check: The 'Access-Control-Allow-Origin' header has a value 'https://other.example' that is not equal to the supplied origin.",
    );
    fail(
        "access-control-allow-origin",
        "*",
        404,
        "7",
        "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
    );
    fail(
        "",
        "",
        200,
        "7.3",
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
    );
    fail(
        "access-control-allow-methods",
        "",
        200,
        "7.3",
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
    );
    fail(
        "access-control-allow-headers",
        "",
        200,
        "7.5",
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    );
    fail(
        "access-control-allow-methods",
        "*",
        200,
        "7.6",
        "Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.",
    );
    fail(
        "access-control-allow-headers",
        "authorization",
        200,
        "7.7",
        "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
    );
}
