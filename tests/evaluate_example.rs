//! The example `evaluate`: how it is asked, what it reads, and what people and programs get.
#![cfg(all(feature = "idna", feature = "psl"))]
#![allow(dead_code, reason = "the example's own `main` takes the rest")]

#[path = "../examples/evaluate/arguments.rs"]
mod arguments;
#[path = "../examples/evaluate/fix.rs"]
mod fix;
#[path = "../examples/evaluate/human.rs"]
mod human;
#[path = "../examples/evaluate/input.rs"]
mod input;
#[path = "../examples/evaluate/json.rs"]
mod json;
#[path = "../examples/evaluate/jsonl.rs"]
mod jsonl;
#[path = "../examples/evaluate/line.rs"]
mod line;
#[path = "../examples/evaluate/page.rs"]
mod page;
#[path = "../examples/evaluate/raw.rs"]
mod raw;
#[path = "../examples/evaluate/request.rs"]
mod request;

use std::ffi::OsStr;

use arguments::{Arguments, Job};
use cross_origin::{Policy, Rule};
use page::{Colour, Page, wrap};
use request::latin1;

fn policy() -> Policy {
    let rule = Rule::allow_origins(["https://app.example.com", "https://*.example.org"])
        .allow_methods(["PUT"]);
    Policy::new([rule]).unwrap()
}

/// What is read of this input: a request a line.
fn read(input: &[u8]) -> Vec<String> {
    let mut output = Vec::new();
    let shown = |request: Result<request::Request, String>| match request {
        Ok(request) => {
            let lines = request.headers.iter();
            let lines = lines.map(|(name, value)| format!("{name}={}", latin1(value)));
            format!("{} {}", request.method, lines.collect::<Vec<_>>().join(" "))
        }
        Err(error) => format!("error: {error}"),
    };
    input::requests(input, &mut output, shown).unwrap();
    let output = String::from_utf8(output).unwrap();
    output.lines().map(str::to_owned).collect()
}

// --- Arguments --------------------------------------------------------------------------------------

#[test]
fn arguments() {
    let read = |text: &'static str| {
        let arguments: Vec<&str> = text.split_whitespace().collect();
        Arguments::read(&arguments)
    };
    let requests = |json| Job::Requests {
        policy: "p.json",
        json,
    };
    for (text, job, explain) in [
        ("", Job::Tour, false),
        ("--explain", Job::Tour, true),
        ("--jsonl", Job::Lines, false),
        ("--explain --jsonl", Job::Lines, true),
        ("p.json", requests(false), false),
        ("--json p.json", requests(true), false),
        ("p.json --explain --json", requests(true), true),
        ("-h", Job::Help, false),
    ] {
        assert_eq!(read(text), Some(Arguments { job, explain }), "{text}");
    }
    for text in [
        "p.json q.json",
        "--json",
        "p.json --jsonl",
        "--unknown",
        "-p",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

// --- Input ------------------------------------------------------------------------------------------

#[test]
fn http_as_printed_by_curl() {
    let input = b"* Host api.example:443 was resolved.\n\
        * IPv4: 192.0.2.1\n\
        { [5 bytes data]\n\
        > OPTIONS /thing HTTP/1.1\r\n\
        > Host: api.example\r\n\
        > Origin: https://app.example.com\r\n\
        > Access-Control-Request-Method:PUT\r\n\
        > \r\n\
        * Request completely sent off\n\
        < HTTP/1.1 200 OK\r\n\
        < vary: origin\r\n\
        < \r\n\
        } [5 bytes data]\n\
        <html lang=\"en\">\n\
        \n\
        the body\n\
        * Connection #0 to host api.example left intact\n\
        > GET /again HTTP/2\r\n\
        > Host: api.example\r\n\
        >\n\
        <\n";
    assert_eq!(
        read(input),
        [
            "OPTIONS Host=api.example Origin=https://app.example.com Access-Control-Request-Method=PUT",
            "GET Host=api.example",
        ]
    );
}

#[test]
fn curl_output_is_detected() {
    for first in [
        "* Trying 192.0.2.1",
        "> GET / HTTP/1.1",
        "  % Total    % Received",
    ] {
        let input = format!("{first}\n> PUT / HTTP/1.1\nbody");
        let found = read(input.as_bytes());
        let last = found.last().map(String::as_str);
        let expected = if first.starts_with('>') {
            "error: expected `Name: value`, not `PUT / HTTP/1.1`"
        } else {
            "PUT "
        };
        assert_eq!((found.len(), last), (1, Some(expected)), "{first}");
    }
    let without = read(b"GET / HTTP/1.1\n> Origin: null");
    assert_eq!(
        without,
        ["error: expected `Name: value`, not `> Origin: null`"]
    );
}

#[test]
fn http_as_copied_from_a_browser() {
    let input =
        b"\n\nGET /thing?a:b HTTP/1.1\nHost: api.example\nOrigin:  https://app.example.com \n\n\n\
        :method: PUT\r\n:authority: api.example\r\n:path: /\r\norigin: null\r\nx-empty:\r\n\r\n\
        POST https://api.example/ HTTP/1.1\nOrigin: https://b\xfc.example";
    assert_eq!(
        read(input),
        [
            "GET Host=api.example Origin=https://app.example.com",
            "PUT origin=null x-empty=",
            "POST Origin=https://b\u{fc}.example",
        ]
    );
}

#[test]
fn invalid_http() {
    let no_method = "error: expected a request line such as `GET / HTTP/1.1`, or `:method: GET`";
    for (input, expected) in [
        ("Origin: https://app.example.com", no_method),
        (":path: /", no_method),
        (
            "GET / HTTP/1.1\nOrigin",
            "error: expected `Name: value`, not `Origin`",
        ),
        (
            "GET / HTTP/1.1\n folded: x",
            "error: expected `Name: value`, not ` folded: x`",
        ),
        (
            "GET / HTTP/1.1\nx y: z",
            "error: expected `Name: value`, not `x y: z`",
        ),
        (
            "GET / HTTP/1.1\n: z",
            "error: expected `Name: value`, not `: z`",
        ),
        (
            "GET / HTTP/1.1\n:: z",
            "error: expected `Name: value`, not `:: z`",
        ),
        (
            "GET / HTTP/1.1\n\x1b[31m",
            "error: expected `Name: value`, not `\\u{1b}[31m`",
        ),
        ("GET", "error: expected `Name: value`, not `GET`"),
    ] {
        assert_eq!(read(input.as_bytes()), [expected], "{input}");
    }
    // the next one is read all the same
    let after = read(b"nonsense\n\nGET / HTTP/1.1\nOrigin: null\n");
    assert_eq!(after.len(), 2);
    assert_eq!(after[1], "GET Origin=null");
}

#[test]
fn json_is_detected_by_its_first_byte() {
    let input =
        b"\n  {\"method\":\"GET\",\"headers\":[[\"Origin\",\"null\"]]}\n\n{\"method\":\"PUT\"}\n";
    let read = read(input);
    // an answer a line, whatever the line is
    assert_eq!(read.len(), 4);
    assert!(read[0].starts_with("error: EOF"), "{}", read[0]);
    assert_eq!(read[1], "GET Origin=null");
    assert!(read[2].starts_with("error: EOF"), "{}", read[2]);
    assert_eq!(read[3], "PUT ");
}

#[test]
fn empty_input() {
    assert!(read(b"").is_empty());
    assert!(read(b"\n \r\n").is_empty());
}

// --- Output -----------------------------------------------------------------------------------------

const PLAIN: fn() -> Page = || Page::new(false, None);

fn shown(raw: &str, page: Page, explain: bool) -> String {
    let mut output = Vec::new();
    let answer = |request| human::answer(&policy(), request, page, explain);
    input::requests(raw.as_bytes(), &mut output, answer).unwrap();
    String::from_utf8(output).unwrap()
}

#[test]
fn output_for_people() {
    let raw = "GET / HTTP/1.1\nHost: api.example\nOrigin: http://app.example.com\nCookie: a=b\n";
    let denied = "\
GET
  Origin: http://app.example.com
  and 2 that CORS does not read
-> actual request denied
  origin-not-allowed: origin `http://app.example.com` is not allowed;
      `https://app.example.com` is: the scheme differs
  vary: origin

";
    assert_eq!(shown(raw, PLAIN(), false), denied);
    let explained = "\
GET
  Origin: http://app.example.com
  and 2 that CORS does not read
-> denied: origin-not-allowed
  asked    `GET`, origin `http://app.example.com`
  why      origin `http://app.example.com` is not allowed
  nearest  `https://app.example.com` is: the scheme differs
  policy   don't add an insecure origin: whoever is on the network's way can
           write its pages
  page     open the page at `https://app.example.com`
  console  No 'Access-Control-Allow-Origin' header is present on the requested
           resource.
  standard https://fetch.spec.whatwg.org/#concept-cors-check, step 2
  vary: origin

";
    assert_eq!(shown(raw, PLAIN(), true), explained);
}

#[test]
fn lines_have_at_most_80_columns() {
    let names = vec!["x-something-long"; 20].join(",");
    let raw = format!(
        "OPTIONS / HTTP/1.1\nOrigin: https://a.example.org\nAccess-Control-Request-Method: PUT\n\
         Access-Control-Request-Headers: {names}\n"
    );
    for explain in [false, true] {
        for line in shown(&raw, PLAIN(), explain).lines() {
            let is_word = !line.trim().contains([' ', ',']);
            assert!(line.chars().count() <= 80 || is_word, "{line}");
        }
    }
    let wrapped = wrap("one two, three", 78);
    assert_eq!(
        wrapped.split_whitespace().collect::<Vec<_>>(),
        ["one", "two,", "three"]
    );
    let long = "x".repeat(100);
    assert_eq!(wrap(&long, 2), format!("  {long}"));
    assert_eq!(wrap(&format!("y {long}"), 0), format!("y\n    {long}"));
}

#[test]
fn colours() {
    let raw = "GET / HTTP/1.1\nOrigin: https://app.example.com\n";
    let red = |page: Page| page.paint(Colour::Red, "no");
    assert_eq!(red(Page::new(true, None)), "\x1b[31mno\x1b[0m");
    assert_eq!(
        red(Page::new(true, Some(OsStr::new("")))),
        "\x1b[31mno\x1b[0m"
    );
    assert_eq!(red(Page::new(true, Some(OsStr::new("1")))), "no");
    assert_eq!(red(Page::new(false, None)), "no");
    let coloured = shown(raw, Page::new(true, None), false);
    assert!(
        coloured.contains("-> \x1b[32mactual request allowed\x1b[0m\n"),
        "{coloured}"
    );
    assert!(!shown(raw, PLAIN(), true).contains('\x1b'));
}

#[test]
fn built_in_examples() {
    for explain in [false, true] {
        let mut output = Vec::new();
        human::tour(&mut output, PLAIN(), explain).unwrap();
        let output = String::from_utf8(output).unwrap();
        assert_eq!(output.matches("\n-> ").count(), 8);
        assert_eq!(
            output.matches("\n  console ").count(),
            if explain { 3 } else { 0 }
        );
        assert!(output.lines().all(|line| line.chars().count() <= 80));
    }
}

#[test]
fn output_as_json() {
    let request = |explain| {
        let mut output = Vec::new();
        let answer = |request| json::answer(&policy(), request, explain);
        let input =
            "{\"method\":\"GET\",\"headers\":[[\"Origin\",\"http://app.example.com\"]]}\nx\n";
        input::requests(input.as_bytes(), &mut output, answer).unwrap();
        String::from_utf8(output).unwrap()
    };
    let plain = "{\"kind\":\"actual\",\"allowed\":false,\"denial\":\"origin-not-allowed\",\
        \"status\":null,\"rule\":null,\"headers\":[[\"vary\",\"origin\"]],\
        \"remove\":[\"access-control-allow-origin\",\"access-control-allow-credentials\",\
        \"access-control-allow-methods\",\"access-control-allow-headers\",\
        \"access-control-expose-headers\",\"access-control-max-age\"]";
    let error = "{\"error\":\"expected value at line 1 column 1\"}";
    assert_eq!(request(false), format!("{plain}}}\n{error}\n"));
    let explained = request(true);
    let explanation = explained.strip_prefix(plain).unwrap();
    assert!(
        explanation.starts_with(
            ",\"explanation\":{\"short\":\"origin-not-allowed: origin `http://app.example.com` is not \
             allowed; `https://app.example.com` is: the scheme differs\",\"long\":\"denied: "
        ),
        "{explanation}"
    );
    assert!(
        explanation.ends_with(&format!("step 2\"}}}}\n{error}\n")),
        "{explanation}"
    );
}

#[test]
fn jsonl() {
    let line = br#"{"id":1,"policy":{"allow_origins":["null"]},"request":{"method":"GET"}}"#;
    let plain = jsonl::answer(line, false);
    assert!(plain.starts_with("{\"id\":1,\"kind\":\"not-cors\"") && !plain.contains("explanation"));
    let explained = jsonl::answer(line, true);
    let long = "\"long\":\"no CORS request\\n  asked    `GET`, no `Origin`\\n";
    assert!(explained.contains(long), "{explained}");
    let mut output = Vec::new();
    input::lines(&b"\n{}\n"[..], &mut output, |line| line.len().to_string()).unwrap();
    assert_eq!(output, b"0\n2\n");
}

#[test]
fn jsonl_counts_the_problems_that_it_leaves_out() {
    let paths: Vec<String> = (0..1_003)
        .map(|n| format!("\"https://a{n}.example/\""))
        .collect();
    let line = |paths: &[String]| {
        let policy = format!("{{\"allow_origins\":[{}]}}", paths.join(","));
        format!("{{\"policy\":{policy},\"request\":{{\"method\":\"GET\"}}}}")
    };
    let answer = |paths: &[String]| -> serde_json::Value {
        serde_json::from_str(&jsonl::answer(line(paths).as_bytes(), false)).unwrap()
    };
    let many = answer(&paths);
    assert_eq!(many["problems"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(many["problems_left_out"], 3);
    let few = answer(&paths[..1_000]);
    assert!(few.get("problems_left_out").is_none(), "{few}");
}
