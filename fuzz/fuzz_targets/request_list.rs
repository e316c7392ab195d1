//! Requested names are read as a naive reader reads them, within the caps, and echoed as they came.
#![no_main]

use std::sync::LazyLock;

use cross_origin::limits::{MAX_REQUEST_HEADERS, MAX_REQUEST_HEADERS_LEN};
use cross_origin::{Denial, Policy, RequestHeaders, Rule};
use libfuzzer_sys::fuzz_target;

const ORIGIN: &str = "https://app.example";

static LISTED: LazyLock<Policy> = LazyLock::new(|| {
    Policy::new([Rule::allow_origins([ORIGIN]).allow_headers(["x-a", "content-type"])]).unwrap()
});
static ANY: LazyLock<Policy> = LazyLock::new(|| {
    Policy::new([Rule::allow_origins([ORIGIN])
        .allow_headers(["*"])
        .allow_credentials()])
    .unwrap()
});

// One value of the header per line.
fuzz_target!(|value: &[u8]| {
    let lines: Vec<&[u8]> = value.split(|&byte| byte == b'\n').collect();
    let request = RequestHeaders::new("OPTIONS")
        .header("Origin", ORIGIN)
        .header("Access-Control-Request-Method", "GET");
    let request = lines.iter().fold(request, |request, line| {
        request.header("Access-Control-Request-Headers", *line)
    });
    let decision = LISTED.evaluate(&request);
    assert_eq!(
        decision.denial(),
        expected(&lines, |name| name == "x-a" || name == "content-type")
    );

    let decision = ANY.evaluate(&request);
    let forbidden = ["cookie", "host", "origin", "authorization", "*"];
    let covered = |name: &str| !forbidden.contains(&name);
    if decision.denial().is_none() {
        assert_eq!(expected(&lines, covered), None);
        let echoed: Vec<_> = decision
            .headers()
            .filter(|(name, _)| *name == "access-control-allow-headers")
            .map(|(_, value)| value.as_bytes())
            .collect();
        assert_eq!(echoed, lines);
    }
});

fn expected(lines: &[&[u8]], allowed: impl Fn(&str) -> bool) -> Option<Denial> {
    let whole: usize = lines.iter().map(|line| line.len()).sum();
    let text: String = lines.concat_with_commas();
    let names: Vec<&str> = text
        .split(',')
        .map(|name| name.trim_matches([' ', '\t']))
        .filter(|name| !name.is_empty())
        .collect();
    let is_token = |name: &&str| {
        let symbols = "!#$%&'*+-.^_`|~";
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || symbols.contains(c))
    };
    if lines.len() > 16 || whole > MAX_REQUEST_HEADERS_LEN || names.len() > MAX_REQUEST_HEADERS {
        Some(Denial::HeadersTooLong)
    } else if !names.iter().all(is_token) {
        Some(Denial::HeadersMalformed)
    } else if !names.iter().all(|name| allowed(&name.to_ascii_lowercase())) {
        Some(Denial::HeaderNotAllowed)
    } else {
        None
    }
}

trait ConcatWithCommas {
    /// As one text, each byte a character.
    fn concat_with_commas(&self) -> String;
}

impl ConcatWithCommas for [&[u8]] {
    fn concat_with_commas(&self) -> String {
        self.join(&b',')
            .iter()
            .map(|&byte| char::from(byte))
            .collect()
    }
}
