//! One table of requests, for every embedding: policies, and what a client asks of them.

use cross_origin::{Policy, PolicyBuilder, Rule};

pub const A: &str = "https://a.example";
pub const B: &str = "https://b.example";
pub const EVIL: &str = "https://a.example.evil.example";

/// Static and dynamic, of one rule and of several.
pub fn policies() -> Vec<(&'static str, Policy)> {
    let sound = |rules: Vec<Rule>| Policy::new(rules).unwrap();
    let a = || Rule::allow_origins([A]);
    let full = || {
        Rule::allow_origins([A, "https://x.tenants.example"])
            .allow_credentials()
            .allow_methods(["PUT", "DELETE"])
            .allow_headers(["content-type", "x-b"])
            .expose_headers(["etag", "x-own"])
            .max_age(std::time::Duration::from_secs(600))
            .timing_allow_origin()
    };
    let any_names = || full().allow_methods(["*"]).allow_headers(["*"]);
    let status_200 = PolicyBuilder::new([full()]).preflight_status(200);
    vec![
        ("nothing", Policy::deny_all()),
        ("one origin", sound(vec![a().allow_methods(["PUT"])])),
        ("any origin", sound(vec![Rule::allow_any_origin()])),
        (
            "any origin, method and header",
            sound(vec![
                Rule::allow_any_origin()
                    .allow_methods(["*"])
                    .allow_headers(["*", "authorization"])
                    .expose_headers(["*"])
                    .timing_allow_any_origin(),
            ]),
        ),
        ("one rule", sound(vec![full()])),
        ("another status", status_200.build().unwrap()),
        ("names repeated", sound(vec![any_names()])),
        (
            "wildcards",
            sound(vec![Rule::allow_origins(["https://*.tenants.example:*"])]),
        ),
        ("null", sound(vec![Rule::allow_origins(["null"]), a()])),
        ("a rule that asks", sound(vec![a(), Rule::ask()])),
        (
            "ours with cookies, the rest without",
            sound(vec![full(), Rule::allow_any_origin()]),
        ),
        (
            "several rules",
            sound(vec![
                full(),
                Rule::allow_origins([B]).expose_headers(["x-b"]),
                Rule::allow_origins(["null"]),
            ]),
        ),
    ]
}

/// A request as a client sends it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: &'static str,
    pub path: &'static str,
    pub headers: Vec<(&'static str, Vec<u8>)>,
}

type Pair = (&'static str, &'static str);

fn ask(method: &'static str, path: &'static str, headers: &[Pair]) -> Asked {
    let headers = headers.iter();
    Asked {
        method,
        path,
        headers: headers
            .map(|(name, value)| (*name, value.as_bytes().to_vec()))
            .collect(),
    }
}

fn from(origin: &'static str) -> Asked {
    ask("GET", "/", &[("origin", origin)])
}

fn preflight(origin: &'static str, more: &[Pair]) -> Asked {
    let headers = [&[("origin", origin)], more].concat();
    ask("OPTIONS", "/", &headers)
}

const METHOD: &str = "access-control-request-method";
const HEADERS: &str = "access-control-request-headers";

pub fn requests() -> Vec<Asked> {
    [actual(), preflights(), options(), everywhere()].concat()
}

fn actual() -> Vec<Asked> {
    let mut bytes = from(A);
    bytes.headers[0].1 = b"https://\xff.example".to_vec();
    vec![
        ask("GET", "/", &[]),
        ask("HEAD", "/", &[]),
        from(A),
        from(B),
        from("https://x.tenants.example"),
        from(EVIL),
        from("http://a.example"),
        from("null"),
        // Malformed.
        bytes,
        from("https://a.example/"),
        from("HTTPS://A.EXAMPLE"),
        from(""),
        ask("GET", "/", &[("origin", A), ("origin", A)]),
        // The port that it has anyway.
        from("https://a.example:443"),
        // A header that means nothing here.
        ask("GET", "/", &[("origin", A), (METHOD, "PUT")]),
    ]
}

fn preflights() -> Vec<Asked> {
    let put = (METHOD, "PUT");
    let mut too_long = preflight(A, &[put]);
    too_long.headers.push((HEADERS, vec![b','; 9000]));
    let mut odd = preflight(A, &[put]);
    odd.headers.push((HEADERS, b"x-\xff".to_vec()));
    vec![
        preflight(A, &[put]),
        preflight(A, &[put, (HEADERS, "content-type")]),
        preflight(
            A,
            &[put, (HEADERS, "content-type"), (HEADERS, "x-b, X-B,,")],
        ),
        preflight(B, &[put]),
        preflight("https://x.tenants.example", &[put]),
        preflight(EVIL, &[put]),
        preflight("null", &[put]),
        preflight("https://a.example/", &[put]),
        // The method and the headers are denied in words.
        preflight(A, &[(METHOD, "PURGE")]),
        preflight(A, &[(METHOD, "put")]),
        preflight(A, &[(METHOD, "")]),
        preflight(A, &[(METHOD, "P T")]),
        preflight(A, &[put, put]),
        preflight(A, &[put, (HEADERS, "x-c")]),
        preflight(A, &[put, (HEADERS, "authorization")]),
        preflight(A, &[put, (HEADERS, "x-b, not a name")]),
        odd,
        too_long,
        // Where there is no route, and where the route fails.
        Asked {
            path: "/missing",
            ..preflight(A, &[put])
        },
        Asked {
            path: "/broken",
            ..preflight(EVIL, &[put])
        },
    ]
}

/// The application's own `OPTIONS`.
fn options() -> Vec<Asked> {
    vec![
        ask("OPTIONS", "/", &[]),
        ask("OPTIONS", "/", &[("origin", A)]),
        ask("OPTIONS", "/", &[("origin", EVIL)]),
        ask("OPTIONS", "/", &[(METHOD, "PUT")]),
    ]
}

/// Every way to fail or to answer at length, for an origin of ours, another and none.
fn everywhere() -> Vec<Asked> {
    let mut requests = Vec::new();
    let failing = ["/missing", "/error", "/broken", "/refused"];
    for path in [&failing[..], &["/stream", "/same", "/moved"]].concat() {
        requests.push(ask("GET", path, &[]));
        for origin in [A, B, EVIL, "null"] {
            requests.push(ask("GET", path, &[("origin", origin)]));
        }
    }
    for method in ["HEAD", "DELETE"] {
        requests.push(ask(method, "/", &[("origin", A)]));
        requests.push(ask(method, "/", &[("origin", EVIL)]));
    }
    requests
}
