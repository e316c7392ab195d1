//! Policies that are costly to read, build, lint or compare, in any size.

use serde_json::{Value, json};

/// A kind of policy: its name, the smaller of two sizes, and the text of a policy of a size.
///
/// `seed` makes another policy of the same kind, to compare with.
pub struct Shape {
    pub name: &'static str,
    pub small: usize,
    pub text: fn(size: usize, seed: usize) -> Value,
}

pub const SHAPES: &[Shape] = &[
    shape("exact hosts", 4000, |n, s| {
        origins(n, |i| format!("https://t{}.example", i + s))
    }),
    shape("repeats of one host", 4000, |n, _| {
        origins(n, |_| "https://a.example".into())
    }),
    shape("hosts below each other", 4000, |n, s| {
        origins(n, |i| {
            format!("https://{}x{}.example", "a.".repeat(i % 60), i + s)
        })
    }),
    shape("wildcards", 4000, |n, s| {
        origins(n, |i| format!("https://*.t{}.example", i + s))
    }),
    shape("nested wildcards", 4000, |n, s| {
        origins(n, |i| {
            format!("https://*.{}x{}.example", "a.".repeat(i % 60), (i + s) / 60)
        })
    }),
    shape("hosts below one wildcard", 4000, |n, s| {
        origins(n, |i| match i {
            0 => "https://*.example".into(),
            i => format!("https://t{}.example", i + s),
        })
    }),
    shape("prefixes in a label", 2000, |n, s| {
        origins(n, |i| format!("https://pr-{}-*.app.example", i + s))
    }),
    shape("suffixes in a label", 2000, |n, s| {
        origins(n, |i| format!("https://*-{}.app.example", i + s))
    }),
    shape("both in a label", 2000, |n, s| {
        origins(n, |i| format!("https://p{}-*-s{}.app.example", i + s, i))
    }),
    shape("prefixes and suffixes that meet", 2000, |n, s| {
        origins(n, |i| match i % 2 {
            0 => format!("https://p{}-*.app.example", i + s),
            _ => format!("https://*-s{}.app.example", i + s),
        })
    }),
    shape("nested prefixes", 2000, |n, s| {
        origins(n, |i| {
            format!(
                "https://{}-{}*.app.example",
                "a".repeat(i % 40),
                (i + s) / 40
            )
        })
    }),
    shape("port lists of one host", 4000, |n, s| {
        origins(n, |i| {
            format!("http://a.example:{{{},{}}}", i + 1, i + s + 30_000)
        })
    }),
    shape("ascending ranges of one host", 2000, |n, s| {
        origins(n, |i| format!("http://a.example:{{1-{}}}", i + s % 7 + 2))
    }),
    shape("descending ranges of one host", 2000, |n, s| {
        origins(n, |i| {
            format!("http://a.example:{{1-{}}}", 60_000 - i - s % 7)
        })
    }),
    shape("port lists of a wildcard and hosts", 1000, |n, s| {
        origins(n, |i| match i % 2 {
            0 => format!("http://*.example:{{{},{}}}", i + 1, i + s % 7 + 30_000),
            _ => format!("http://t{}.example:*", i + s),
        })
    }),
    shape("one long port list", 4000, |n, s| {
        let ports: Vec<_> = (0..n).map(|i| (2 * i + 1 + s % 2).to_string()).collect();
        origins(2, |i| match i {
            0 => format!("http://a.example:{{{}}}", ports.join(",")),
            _ => "http://b.example".into(),
        })
    }),
    shape("networks", 4000, |n, s| {
        origins(n, |i| {
            format!("http://10.{}.{}.0/24", (i + s) / 256 % 256, i % 256)
        })
    }),
    shape("nested networks and addresses", 4000, |n, s| {
        origins(n, |i| match i % 32 {
            0 => format!("http://10.{}.{}.1", (i + s) / 256 % 256, i % 256),
            bits => format!(
                "http://{}/{bits}",
                std::net::Ipv4Addr::from_bits(1 << (32 - bits))
            ),
        })
    }),
    shape("hosts of a scheme", 4000, |n, s| {
        origins(n, |i| match i {
            0 => "app://*".into(),
            i => format!("app://t{}", i + s),
        })
    }),
    shape("mixed kinds", 2000, |n, s| {
        origins(n, |i| match i % 6 {
            0 => format!("https://t{}.example", i + s),
            1 => format!("https://*.t{}.example", i + s),
            2 => format!("https://p{}-*.app.example", i + s),
            3 => format!("http://a.example:{{{},{}}}", i + 1, i + s % 7 + 30_000),
            4 => format!("http://10.{}.{}.0/24", (i + s) / 256 % 256, i % 256),
            _ => format!("https://t{}.example:{{1,{}}}", i % 9, i + s % 7 + 2),
        })
    }),
    shape("rules", 250, |n, s| {
        rules(n, |i| json!({"allow_origins": [host(i + s)]}))
    }),
    shape("rules that differ", 250, |n, s| {
        rules(n, |i| {
            json!({
                "allow_origins": [host(i + s), format!("https://*.w{}.example", i + s)],
                "allow_methods": [format!("M{}", (i + s) % 9)],
                "allow_headers": [format!("x-{i}")],
                "expose_headers": [format!("x-{i}")],
            })
        })
    }),
    shape("rules for any origin below", 250, |n, s| {
        rules(n, |i| match i + 1 == n {
            true => json!({"allow_origins": "*"}),
            false => json!({"allow_origins": [host(i + s)], "allow_methods": ["PUT"]}),
        })
    }),
    shape("names", 32, |n, s| {
        let names =
            |start: &str| -> Vec<_> { (0..n).map(|i| format!("{start}{}", i + s)).collect() };
        json!({
            "allow_origins": ["https://a.example"],
            "allow_methods": names("M"),
            "allow_headers": names("x-"),
            "expose_headers": names("x-"),
        })
    }),
    shape("too many names", 4000, |n, s| {
        let names: Vec<_> = (0..n).map(|i| format!("x-{}", i + s)).collect();
        json!({"allow_origins": ["https://a.example"], "expose_headers": names, "allow_methods": names})
    }),
    shape("origins with paths", 4000, |n, s| {
        origins(n, |i| format!("https://t{}.example/", i + s))
    }),
    shape("null among others", 4000, |n, _| {
        origins(n, |i| if i == 0 { host(0) } else { "null".into() })
    }),
    shape("insecure origins with credentials", 4000, |n, s| {
        let mut policy = origins(n, |i| format!("http://t{}.example", i + s));
        policy["allow_credentials"] = true.into();
        policy
    }),
    shape("zeros", 4000, |n, _| json!({"rules": vec![0; n]})),
    shape("unknown keys", 4000, |n, s| {
        Value::Object((0..n).map(|i| (format!("k{}", i + s), 0.into())).collect())
    }),
    shape(
        "one long origin",
        20_000,
        |n, _| json!({"allow_origins": ["https://".to_owned() + &"a.".repeat(n)]}),
    ),
    shape(
        "one long label",
        20_000,
        |n, _| json!({"allow_origins": ["https://".to_owned() + &"é".repeat(n)]}),
    ),
    shape(
        "slashes",
        20_000,
        |n, _| json!({"allow_origins": ["https://a".to_owned() + &"/".repeat(n)]}),
    ),
];

const fn shape(
    name: &'static str,
    small: usize,
    text: fn(size: usize, seed: usize) -> Value,
) -> Shape {
    Shape { name, small, text }
}

fn host(number: usize) -> String {
    format!("https://t{number}.example")
}

fn origins(count: usize, origin: impl Fn(usize) -> String) -> Value {
    json!({"allow_origins": (0..count).map(origin).collect::<Vec<_>>()})
}

fn rules(count: usize, rule: impl Fn(usize) -> Value) -> Value {
    json!({"rules": (0..count).map(rule).collect::<Vec<_>>()})
}
