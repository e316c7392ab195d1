//! A tour: a policy with a bit of everything, and requests with the answers to them.

use std::io::{self, Write};
use std::time::Duration;

use cross_origin::{Policy, Rule};

use crate::human;
use crate::page::{Colour, Page, wrap};
use crate::request::Request;

fn policy() -> Policy {
    let policy = Policy::new([
        Rule::allow_origins([
            "https://app.example.com",
            "https://*.example.org",
            "http://localhost:{3000,5173}",
        ])
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["Authorization", "Content-Type"])
        .expose_headers(["ETag"])
        .max_age(Duration::from_secs(600)),
        Rule::allow_origins(["https://partner.example"]),
    ]);
    policy.expect("the built-in policy is sound")
}

const POLICY: &str = r#"{
  "rules": [
    {
      "allow_origins": ["https://app.example.com", "https://*.example.org",
                        "http://localhost:{3000,5173}"],
      "allow_credentials": true,
      "allow_methods": ["PUT", "DELETE"],
      "allow_headers": ["Authorization", "Content-Type"],
      "expose_headers": ["ETag"],
      "max_age": 600
    },
    {"allow_origins": ["https://partner.example"]}
  ]
}"#;

type Line = (&'static str, &'static str);

/// A caption, a method and headers.
type Stop = (&'static str, &'static str, &'static [Line]);

const STOPS: [Stop; 8] = [
    (
        "A page of the app reads data, with cookies.",
        "GET",
        &[("Origin", "https://app.example.com")],
    ),
    (
        "A page on a subdomain does. One pattern matches all of them.",
        "GET",
        &[("Origin", "https://eu.app.example.org")],
    ),
    (
        "A look-alike domain is denied: the response says nothing.",
        "GET",
        &[("Origin", "https://evilexample.org")],
    ),
    (
        "A partner's page may read, but without cookies.",
        "GET",
        &[("Origin", "https://partner.example")],
    ),
    (
        "Before a PUT the browser asks with a preflight.",
        "OPTIONS",
        &[
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            (
                "Access-Control-Request-Headers",
                "authorization,content-type",
            ),
        ],
    ),
    (
        "A method that the rule does not list.",
        "OPTIONS",
        &[
            ("Origin", "http://localhost:3000"),
            ("Access-Control-Request-Method", "PATCH"),
        ],
    ),
    (
        "A header that the rule does not list.",
        "OPTIONS",
        &[
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "content-type,x-evil"),
        ],
    ),
    (
        "No Origin: CORS does not apply, but caches must know it varies.",
        "GET",
        &[],
    ),
];

const END: &str = r#"Try your own
  Save a policy as cors.json (TOML and YAML work too), and ask it:

    evaluate cors.json --explain      then paste a request: HTTP, JSON, or
                                      "Copy as cURL (bash)" from a browser
    evaluate --check cors.json        what is wrong with it
    evaluate --fix cors.json          what can be mended, mended
    evaluate --help                   everything else

  With cargo: cargo run --example evaluate -- cors.json --explain"#;

/// Writes the tour. Denied requests are explained at length, all of them with `explain`.
pub fn show(output: &mut impl Write, page: Page, explain: bool) -> io::Result<()> {
    let policy = policy();
    let title = |text: &str| page.paint(Colour::Yellow, text);
    writeln!(output, "{}\n", title("A CORS policy at work"))?;
    writeln!(
        output,
        "The policy: the first rule that matches the origin decides.\n"
    )?;
    for line in POLICY.lines() {
        writeln!(output, "  {line}")?;
    }
    for (index, (caption, method, lines)) in STOPS.iter().enumerate() {
        let request = Request {
            method: (*method).to_owned(),
            headers: lines
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.into()))
                .collect(),
        };
        let is_denied = policy.evaluate(&request.view()).denial().is_some();
        let caption = wrap(&format!("{}. {caption}", index + 1), 0);
        writeln!(output, "\n{}\n", title(&caption))?;
        let report = human::report(&policy, &request, page, explain || is_denied);
        writeln!(output, "{report}")?;
    }
    writeln!(output, "\n{END}")
}
