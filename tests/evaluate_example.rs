//! The example `evaluate`: how it is asked, what it reads, and what people and programs get.
#![cfg(all(feature = "idna", feature = "psl"))]
#![allow(dead_code, reason = "the example's own `main` takes the rest")]

#[path = "../examples/evaluate/arguments.rs"]
mod arguments;
#[path = "../examples/evaluate/check.rs"]
mod check;
#[path = "../examples/evaluate/curl.rs"]
mod curl;
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
#[path = "../examples/evaluate/lint.rs"]
mod lint;
#[path = "../examples/evaluate/locate.rs"]
mod locate;
#[path = "../examples/evaluate/page.rs"]
mod page;
#[path = "../examples/evaluate/policy_file.rs"]
mod policy_file;
#[path = "../examples/evaluate/raw.rs"]
mod raw;
#[path = "../examples/evaluate/request.rs"]
mod request;
#[path = "../examples/evaluate/tour.rs"]
mod tour;
#[path = "../examples/evaluate/write.rs"]
mod write;

use std::ffi::OsStr;
use std::path::Path;

use arguments::{Arguments, Form, HELP, Job, USAGE};
use cross_origin::{Policy, PolicyBuilder, Rule};
use page::{Colour, Page, wrap};
use policy_file::PolicyFile;
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
    let mut errors = Vec::new();
    let answer = |request| Ok(shown(request));
    input::requests(input, &mut output, &mut errors, answer).unwrap();
    assert!(errors.is_empty());
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
        assert_eq!(read(text), Ok(Arguments { job, explain }), "{text}");
    }
    let check = |policies: &[&'static str], form, deny_lints| Job::Check {
        policies: policies.to_vec(),
        form,
        deny_lints,
    };
    for (text, job) in [
        (
            "--lint p.json --json",
            Job::Lint {
                policy: "p.json",
                json: true,
            },
        ),
        ("p.json --fix", Job::Fix { policy: "p.json" }),
        (
            "--diff a b --json",
            Job::Diff {
                old: "a",
                new: "b",
                json: true,
            },
        ),
        ("--check a.json", check(&["a.json"], Form::Text, false)),
        (
            "--check a b --github --deny-lints",
            check(&["a", "b"], Form::Github, true),
        ),
        ("--json --check a", check(&["a"], Form::Json, false)),
        ("p.json --jsonl --help", Job::Help),
    ] {
        let expected = Arguments {
            job,
            explain: false,
        };
        assert_eq!(read(text), Ok(expected), "{text}");
    }
}

#[test]
fn wrong_arguments_are_named() {
    for (text, error) in [
        ("p.json q.json", "unexpected argument `q.json`"),
        ("--json", "`--json` cannot be used without a policy"),
        ("p.json --jsonl", "unexpected argument `p.json`"),
        ("--unknown", "unknown argument `--unknown`"),
        ("-p", "unknown argument `-p`"),
        ("--fix", "`--fix` expects a policy"),
        (
            "--fix --check p",
            "`--fix` cannot be combined with `--check`",
        ),
        ("--fix p --json", "`--json` cannot be used with `--fix`"),
        (
            "--check p --explain",
            "`--explain` cannot be used with `--check`",
        ),
        (
            "p --github",
            "`--github` cannot be used with a policy alone",
        ),
        (
            "--check p --json --github",
            "`--json` cannot be combined with `--github`",
        ),
        ("--diff p", "`--diff` expects two policies, found 1"),
    ] {
        let arguments: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(Arguments::read(&arguments), Err(error.to_owned()), "{text}");
    }
    assert!(
        HELP.lines()
            .chain(USAGE.lines())
            .all(|line| line.len() <= 80)
    );
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
            "error: expected `Name: value`, found `PUT / HTTP/1.1`"
        } else {
            "PUT "
        };
        assert_eq!((found.len(), last), (1, Some(expected)), "{first}");
    }
    let without = read(b"GET / HTTP/1.1\n> Origin: null");
    assert_eq!(
        without,
        ["error: expected `Name: value`, found `> Origin: null`"]
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
            "error: expected `Name: value`, found `Origin`",
        ),
        (
            "GET / HTTP/1.1\n folded: x",
            "error: expected `Name: value`, found ` folded: x`",
        ),
        (
            "GET / HTTP/1.1\nx y: z",
            "error: expected `Name: value`, found `x y: z`",
        ),
        (
            "GET / HTTP/1.1\n: z",
            "error: expected `Name: value`, found `: z`",
        ),
        (
            "GET / HTTP/1.1\n:: z",
            "error: expected `Name: value`, found `:: z`",
        ),
        (
            "GET / HTTP/1.1\n\x1b[31m",
            "error: expected `Name: value`, found `\\u{1b}[31m`",
        ),
        ("GET", "error: expected `Name: value`, found `GET`"),
    ] {
        assert_eq!(read(input.as_bytes()), [expected], "{input}");
    }
    // the next one is read all the same
    let after = read(b"nonsense\n\nGET / HTTP/1.1\nOrigin: null\n");
    assert_eq!(after.len(), 2);
    assert_eq!(after[1], "GET Origin=null");
}

#[test]
fn json_requests() {
    let input =
        b"\n  {\"method\":\"GET\",\"headers\":[[\"Origin\",\"null\"]]}\n\n{\"method\":\"PUT\"}\n";
    let read = read(input);
    assert_eq!(read, ["GET Origin=null", "PUT "]);
    // over several lines, with headers in other forms
    let pretty = "\u{feff}{\n  \"method\": \"GET\",\n  \"headers\": {\"Origin\": \"null\"}\n}\n\
        [{\"method\": \"PUT\"}, {\"method\": \"HEAD\", \"headers\": [{\"name\": \"a\", \"value\": \"b\"}]}]";
    let expected = ["GET Origin=null", "PUT ", "HEAD a=b"];
    assert_eq!(read_text(pretty), expected);
    // a line that is not JSON does not end the input
    let broken = "{\"method\":\"GET\"}\n{x}\n{\"method\":\"PUT\"}";
    let found = read_text(broken);
    assert_eq!((found.len(), &*found[0], &*found[2]), (3, "GET ", "PUT "));
    assert!(
        found[1].starts_with("error: invalid JSON: "),
        "{}",
        found[1]
    );
    let curly = read_text("{\u{201c}method\u{201d}: 1}");
    assert!(
        curly[0].ends_with("use straight quotes instead of curly ones"),
        "{}",
        curly[0]
    );
}

fn read_text(input: &str) -> Vec<String> {
    read(input.as_bytes())
}

#[test]
fn har_files() {
    let har = r#"{"log": {"version": "1.2", "entries": [
        {"time": 1, "request": {"method": "GET", "url": "https://x", "headers": [{"name": "Origin", "value": "null"}]}},
        {"request": {"headers": []}},
        {"request": {"method": "PUT", "headers": []}, "response": {}}
    ]}}"#;
    assert_eq!(
        read_text(har),
        [
            "GET Origin=null",
            "error: a request of a HAR file has a `method`",
            "PUT "
        ]
    );
}

#[test]
fn curl_commands() {
    let command = "curl 'https://api.example/x?a=b' \\\n  -X 'PUT' \\\n  -H 'Origin: https://app.example.com' \\\n  \
        -H $'x-b: it\\'s\\u0021' \\\n  -H 'empty;' -H 'gone:' --data-raw '{\"a\":1}' --compressed\n\
        $ curl -sIHaccept:x \"https://api.example\" -o out; curl -d a=b https://x & curl -Ta https://x";
    assert_eq!(
        read_text(command),
        [
            "PUT Origin=https://app.example.com x-b=it's! empty=",
            "HEAD accept=x",
            "POST ",
            "PUT ",
        ]
    );
    for (command, error) in [
        (
            "curl 'https://x",
            "error: invalid curl command: expected `'` at the end of a quoted word",
        ),
        (
            "curl -H",
            "error: invalid curl command: expected a value after `-H`",
        ),
        (
            "curl -H abc",
            "error: invalid curl command: expected `Name: value`, found `abc`",
        ),
        (
            "curl ^\"https://x^\" ^\n  -H ^\"a: b^\"",
            "error: invalid curl command: this is the form for Windows; use \"Copy as cURL (bash)\"",
        ),
    ] {
        assert_eq!(read_text(command), [error], "{command}");
    }
    let response = "error: this is a response; expected a request line such as `GET / HTTP/1.1`";
    assert_eq!(read_text("HTTP/1.1 200 OK\nVary: origin\n"), [response]);
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
    let unread = input::requests(raw.as_bytes(), &mut output, &mut Vec::new(), answer).unwrap();
    assert_eq!(unread, 0);
    String::from_utf8(output).unwrap()
}

#[test]
fn output_for_people() {
    let raw = "GET / HTTP/1.1\nHost: api.example\nOrigin: http://app.example.com\nCookie: a=b\n";
    let denied = "  > GET
  > Origin: http://app.example.com
  > (2 other headers, not used by CORS)

actual request denied
  origin-not-allowed: origin `http://app.example.com` is not allowed;
      `https://app.example.com` is: the scheme differs

  < vary: origin

";
    assert_eq!(shown(raw, PLAIN(), false), denied);
    let explained = "  > GET
  > Origin: http://app.example.com
  > (2 other headers, not used by CORS)

denied: origin-not-allowed
  asked    `GET`, origin `http://app.example.com`
  why      origin `http://app.example.com` is not allowed
  nearest  `https://app.example.com` is: the scheme differs
  policy   don't add an insecure origin: a network attacker can inject a script
           into its pages
  page     open the page at `https://app.example.com`
  console  No 'Access-Control-Allow-Origin' header is present on the requested
           resource.
  standard https://fetch.spec.whatwg.org/#concept-cors-check, step 2

  < vary: origin

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
        coloured.contains("\n\x1b[32mactual request allowed\x1b[0m\n"),
        "{coloured}"
    );
    assert!(!shown(raw, PLAIN(), true).contains('\x1b'));
}

#[test]
fn tour() {
    for explain in [false, true] {
        let mut output = Vec::new();
        tour::show(&mut output, PLAIN(), explain).unwrap();
        let output = String::from_utf8(output).unwrap();
        assert!(output.starts_with("A CORS policy at work\n"));
        assert_eq!(output.matches("\n  > ").count(), 8 + 7 + 5, "{output}");
        assert_eq!(output.matches("\n  console ").count(), 3);
        let asked = output.matches("\n  asked  ").count();
        assert_eq!(asked, if explain { 8 } else { 3 });
        assert!(output.contains("\nTry your own\n"));
        assert!(output.lines().all(|line| line.chars().count() <= 80));
    }
}

// --- Files ------------------------------------------------------------------------------------------

/// A file with this text, in a folder of the test.
fn file(name: &str, bytes: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("evaluate-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The exit code of a check, its output and its errors, with `F` for the path.
fn checked(path: &str, form: Form, deny_lints: bool) -> (u8, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let code = check::run(&[path], form, deny_lints, &mut output, &mut errors).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(path, "F");
    (code, text(output), text(errors))
}

#[test]
fn checks() {
    let sound = file("sound.json", br#"{"allow_origins": ["https://a.example"]}"#);
    let clean = (0, "F: no problems, no lints\n".to_owned(), String::new());
    assert_eq!(checked(&sound, Form::Text, true), clean);

    let linted = file(
        "linted.json",
        b"{\"allow_origins\": \"*\",\n \"allow_methods\": [\"TRACE\"]}",
    );
    let (code, output, errors) = checked(&linted, Form::Text, false);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(
        output.starts_with("F: hint: rules[0].allow_methods[0]: "),
        "{output}"
    );
    let (code, output, errors) = checked(&linted, Form::Text, true);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(errors.ends_with(" [forbidden-method]\n"), "{errors}");
    let (code, output, _) = checked(&linted, Form::Github, false);
    assert_eq!(code, 0);
    let start = "::warning file=F,line=2,col=19,title=CORS policy%3A forbidden-method::rules[0].";
    assert!(output.starts_with(start), "{output}");
    let (_, output, _) = checked(&linted, Form::Json, false);
    let object: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(
        object["lints"][0]["suggestion"]["to"],
        serde_json::json!([])
    );

    let refused = file(
        "refused.json",
        b"{\n  \"allow_origins\": [\"https://a.example\",\n    \"localhost:3000\"]\n}",
    );
    let (code, output, errors) = checked(&refused, Form::Text, false);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(errors.starts_with("F:3:5: allow_origins[1]: "), "{errors}");
    assert!(
        errors.ends_with(" [fix: replace `allow_origins[1]` with `http://localhost:3000`]\n"),
        "{errors}"
    );
    assert_eq!(errors.lines().count(), 1);
    let (_, output, _) = checked(&refused, Form::Github, false);
    assert!(
        output.starts_with("::error file=F,line=3,col=5,title="),
        "{output}"
    );
    let (_, output, _) = checked(&refused, Form::Json, false);
    let object: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(object["problems"][0]["path"], "allow_origins[1]");
}

#[test]
fn unreadable_files_are_one_sentence() {
    let brackets = "[".repeat(1_000_000);
    for (name, bytes, error) in [
        (
            "empty.json",
            &b" \n"[..],
            "F: the file is empty; expected a policy such as",
        ),
        (
            "latin1.json",
            b"{\"allow_origins\": \"\xff\"}",
            "F: the text is not UTF-8 (byte 19)",
        ),
        ("brackets.json", brackets.as_bytes(), "F: invalid JSON: "),
        ("brackets.toml", brackets.as_bytes(), "F: invalid TOML: "),
        ("brackets.yaml", brackets.as_bytes(), "F: invalid YAML: "),
        (
            "curly.json",
            "{\u{201c}a\u{201d}: 1}".as_bytes(),
            "F: invalid JSON: ",
        ),
    ] {
        let path = file(name, bytes);
        let (code, output, errors) = checked(&path, Form::Text, false);
        assert_eq!((code, output.as_str()), (2, ""), "{name}");
        assert!(
            errors.starts_with(error) && errors.lines().count() == 1,
            "{name}: {errors}"
        );
        assert!(errors.len() < 300, "{name}");
    }
    let (code, _, errors) = checked(env!("CARGO_TARGET_TMPDIR"), Form::Text, false);
    assert_eq!(
        (code, &*errors),
        (2, "F: this is a directory; expected a file\n")
    );
    assert_eq!(checked("no such file.json", Form::Text, false).0, 2);
}

#[test]
fn mended_text_has_its_format() {
    let mended = |name: &str, text: &str| {
        let read = PolicyFile::of_bytes(name, text.into()).unwrap();
        let fixed = fix::fixed(&read.value().unwrap());
        assert!(fixed.left.is_none(), "{name}");
        let text = write::text(&fixed.policy, read.format);
        let again = PolicyFile::of_bytes(name, text.clone().into()).unwrap();
        let built = again.build().unwrap();
        let value: PolicyBuilder = serde_json::from_value(fixed.policy).unwrap();
        assert_eq!(value.build(), Ok(built), "{text}");
        text
    };
    assert_eq!(
        mended(
            "p.toml",
            "# ours\nmax-age = '10m'\n[[rules]]\nallow_origins = 'a.example b.example'\n"
                .replace("max-age = '10m'\n", "")
                .as_str()
        ),
        "[[rules]]\nallow_origins = \"https://a.example, https://b.example\"\n".replace(", ", " ")
    );
    assert_eq!(
        mended("p.yml", "maxAge: 600\norigins:\n- 'a.example'\n"),
        "max_age: 600\nallow_origins:\n  - \"https://a.example\"\n"
    );
    assert_eq!(
        mended(
            "p.yaml",
            "rules:\n- allow_origins: '*'\n  max_age: 1h\npreflight_status: '200'\n"
        ),
        "rules:\n  - allow_origins: \"*\"\n    max_age: 3600\npreflight_status: 200\n"
    );
    let json = mended("p.json", r#"{"max_age": "1d", "origins": ["a.example"]}"#);
    assert!(
        json.starts_with("{\n  \"max_age\": 86400,\n  \"allow_origins\": ["),
        "{json}"
    );
}

#[test]
fn fix_line() {
    let answer = |line: &str| -> serde_json::Value {
        serde_json::from_str(&jsonl::answer(line.as_bytes(), false)).unwrap()
    };
    assert_eq!(
        answer(r#"{"id":9,"fix":{"allow_origins":["localhost:3000"]}}"#),
        serde_json::json!({"id": 9, "fixed": {"allow_origins": ["http://localhost:3000"]}, "changes": [
            {"path": "allow_origins[0]", "kind": "scheme-missing", "from": "localhost:3000", "to": ["http://localhost:3000"]},
        ], "left": []})
    );
    let renamed = answer(r#"{"fix":{"AllowedOrigins":"*"}}"#);
    assert_eq!(renamed["changes"][0]["key"], true);
    let sound = answer(r#"{"fix":{"allow_origins":"*"}}"#);
    assert_eq!(
        sound,
        serde_json::json!({"fixed": {"allow_origins": "*"}, "changes": [], "left": []})
    );
    let left = answer(r#"{"fix":{"allow_origins":["a.example/", "null"]}}"#);
    assert_eq!(left["fixed"], serde_json::Value::Null);
    assert_eq!(left["left"][0]["kind"], "mixed");
    let twice = answer(r#"{"fix":{"allow_origins":"*","allow_origins":"a.example"}}"#);
    assert_eq!(twice["fixed"], serde_json::Value::Null);
    assert_eq!(twice["left"][0]["kind"], "duplicate-key");
}

#[test]
fn output_as_json() {
    let request = |explain| {
        let mut output = Vec::new();
        let answer = |request| json::answer(&policy(), request, explain);
        let input =
            "{\"method\":\"GET\",\"headers\":[[\"Origin\",\"http://app.example.com\"]]}\nx\n";
        let answer = |request| Ok(answer(request));
        input::requests(input.as_bytes(), &mut output, &mut Vec::new(), answer).unwrap();
        String::from_utf8(output).unwrap()
    };
    let plain = "{\"kind\":\"actual\",\"allowed\":false,\"denial\":\"origin-not-allowed\",\
        \"status\":null,\"rule\":null,\"headers\":[[\"vary\",\"origin\"]],\
        \"remove\":[\"access-control-allow-origin\",\"access-control-allow-credentials\",\
        \"access-control-allow-methods\",\"access-control-allow-headers\",\
        \"access-control-expose-headers\",\"access-control-max-age\"]";
    let error = "{\"error\":\"invalid JSON: expected value at line 1 column 1\"}";
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
fn all_denied_headers_as_json() {
    let request = r#"{"method":"OPTIONS","headers":{"Origin":"https://app.example.com","Access-Control-Request-Method":"PUT","Access-Control-Request-Headers":"x-a,x-b"}}"#;
    let request = request::Request::of(&serde_json::from_str(request).unwrap());
    let answer: serde_json::Value =
        serde_json::from_str(&json::answer(&policy(), request, false)).unwrap();
    assert_eq!(answer["denied_header"], "x-a");
    assert_eq!(answer["denied_headers"], serde_json::json!(["x-a", "x-b"]));
}

#[test]
fn jsonl() {
    let line = br#"{"id":1,"policy":{"allow_origins":["null"]},"request":{"method":"GET"}}"#;
    let plain = jsonl::answer(line, false);
    assert!(plain.starts_with("{\"id\":1,\"kind\":\"not-cors\"") && !plain.contains("explanation"));
    let explained = jsonl::answer(line, true);
    let long = "\"long\":\"not a CORS request\\n  asked    `GET`, no `Origin`\\n";
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
