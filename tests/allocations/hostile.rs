//! One megabyte of hostile JSON: bounded memory, and a bounded text of its problems.

use allocation_counter::measure;
use cross_origin::PolicyBuilder;

const MEGABYTE: usize = 1 << 20;

/// A megabyte of `start`, many times `repeated`, and `end`.
fn text(start: &str, repeated: &str, end: &str) -> String {
    let room = MEGABYTE - start.len() - end.len();
    let mut text = start.to_owned();
    for _ in 0..room / repeated.len() {
        text.push_str(repeated);
    }
    // A comma before the end is not JSON.
    text.truncate(text.trim_end_matches(',').len());
    text + end
}

/// A megabyte of distinct texts.
fn numbered(start: &str, each: impl Fn(usize) -> String, end: &str) -> String {
    let mut text = start.to_owned();
    for number in 0.. {
        let more = each(number);
        if text.len() + more.len() + end.len() > MEGABYTE {
            break;
        }
        text.push_str(&more);
    }
    text.truncate(text.trim_end_matches(',').len());
    text + end
}

#[track_caller]
fn check(name: &str, json: &str) {
    assert!((MEGABYTE - 64..=MEGABYTE).contains(&json.len()), "{name}");
    let mut shown = 0;
    let used = measure(|| {
        let text = match serde_json::from_str::<PolicyBuilder>(json) {
            Err(error) => error.to_string(),
            Ok(builder) => match builder.build() {
                Err(problems) => problems.to_string(),
                Ok(policy) => {
                    std::hint::black_box(policy.lints());
                    String::new()
                }
            },
        };
        shown = text.len();
    });
    let peak = used.bytes_max;
    assert!(peak <= 64 << 20, "{name}: {peak} bytes");
    assert!(shown <= MEGABYTE, "{name}: {shown} bytes of messages");
}

#[test]
fn megabyte_of_hostile_json_takes_bounded_memory() {
    let nested = "[".repeat(MEGABYTE / 2) + &"]".repeat(MEGABYTE / 2);
    check("brackets", &nested);
    for (name, start, repeated, end) in [
        ("zeros", r#"{"rules":["#, "0,", "]}"),
        ("empty rules", r#"{"rules":["#, "{},", "]}"),
        ("rules of a key", r#"{"rules":["#, r#"{"":0},"#, "]}"),
        ("rules that are lists", r#"{"rules":["#, "[0],", "]}"),
        (
            "rules that ask",
            r#"{"rules":["#,
            r#"{"allow_origins":"ask"},"#,
            "]}",
        ),
        ("one key", "{", r#""":0,"#, "}"),
        ("keys of a rule", r#"{"rules":[{"#, r#""":[],"#, "}]}"),
        ("empty origins", r#"{"allow_origins":["#, r#""","#, "]}"),
        ("origins that are zero", r#"{"allow_origins":["#, "0,", "]}"),
        (
            "origins that are maps",
            r#"{"allow_origins":["#,
            r#"{"":[]},"#,
            "]}",
        ),
        ("any origin", r#"{"allow_origins":["#, r#""*","#, "]}"),
        (
            "short origins",
            r#"{"allow_origins":["#,
            r#""a://b","#,
            "]}",
        ),
        (
            "control bytes",
            r#"{"allow_methods":["#,
            r#""\u0001\u0001","#,
            "]}",
        ),
        ("one origin", r#"{"allow_origins":[""#, "a", r#""]}"#),
        ("one host", r#"{"allow_origins":["https://"#, "é", r#""]}"#),
        ("labels", r#"{"allow_origins":["https://"#, "a.", r#""]}"#),
        ("ats", r#"{"allow_origins":["https://"#, "@", r#""]}"#),
        ("slashes", r#"{"allow_origins":["https://a"#, "/", r#""]}"#),
        ("quotes", r#"{"allow_origins":[""#, "'", r#""]}"#),
        (
            "brackets in an origin",
            r#"{"allow_origins":[""#,
            "[",
            r#""]}"#,
        ),
        ("blobs", r#"{"allow_origins":[""#, "blob:", r#""]}"#),
        (
            "ports",
            r#"{"allow_origins":["http://a:{1"#,
            ",1",
            r#"}"]}"#,
        ),
        ("stars", r#"{"allow_origins":["http://"#, "*.", r#""]}"#),
        ("dangers", r#"{"dangerously_allow":["#, "0,", "]}"),
        ("floats", r#"{"expose_headers":["#, "1.5,", "]}"),
        ("strings as lists", r#"{"allow_methods":""#, "PUT,", r#""}"#),
    ] {
        check(name, &text(start, repeated, end));
    }
    for (name, start, each, end) in [
        (
            "keys",
            "{",
            (|n| format!(r#""{n}":0,"#)) as fn(usize) -> String,
            "}",
        ),
        (
            "keys of one rule",
            r#"{"rules":[{"#,
            |n| format!(r#""{n}":0,"#),
            "}]}",
        ),
        (
            "methods",
            r#"{"allow_methods":["#,
            |n| format!(r#""{n}","#),
            "]}",
        ),
        (
            "port lists",
            r#"{"allow_origins":["#,
            |n| {
                format!(
                    r#""http://a:{{{},{}}}","#,
                    n % 32_000 + 1,
                    n / 32_000 + 40_000
                )
            },
            "]}",
        ),
        (
            "wildcards",
            r#"{"allow_origins":["#,
            |n| format!(r#""https://*.t{n}.a","#),
            "]}",
        ),
        (
            "in-label patterns",
            r#"{"allow_origins":["#,
            |n| format!(r#""https://p{n}-*-s{n}.a.b","#),
            "]}",
        ),
        (
            "networks",
            r#"{"allow_origins":["#,
            |n| format!(r#""http://10.{}.{}.0/24","#, n / 256 % 256, n % 256),
            "]}",
        ),
        (
            "origins",
            r#"{"allow_origins":["#,
            |n| format!(r#""https://t{n}.a","#),
            "]}",
        ),
        (
            "insecure origins",
            r#"{"allow_credentials":true,"allow_origins":["#,
            |n| format!(r#""http://t{n}.a","#),
            "]}",
        ),
    ] {
        check(name, &numbered(start, each, end));
    }
}
