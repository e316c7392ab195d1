//! Sets of patterns that are expensive to look up, and the origins that are the most expensive.

/// A set that is larger or smaller, and what to ask it.
pub struct Hostile {
    pub name: &'static str,
    pub sizes: &'static [usize],
    /// The patterns, given how many.
    pub patterns: fn(usize) -> Vec<String>,
    /// Origins that go the longest way, given how many patterns there are.
    pub asked: fn(usize) -> Vec<String>,
}

pub const ALL: &[Hostile] = &[
    // Each parent domain of the origin is as long as some base, and only the last is one.
    Hostile {
        name: "nested wildcards",
        sizes: &[1, 12, 120, 100_000],
        patterns: |count| nested(count, ""),
        asked: |_| {
            let strangers = "b.".repeat(126);
            vec![
                format!("https://{strangers}a"),
                format!("https://{strangers}b"),
            ]
        },
    },
    // Each parent domain of the origin is a base, and none of them has the port.
    Hostile {
        name: "nested wildcards of other ports",
        sizes: &[1, 12, 120, 100_000],
        patterns: |count| nested(count, ":8080"),
        asked: |_| vec![format!("https://{}a", "a.".repeat(126))],
    },
    // Each network contains the address, and none of them has the port.
    Hostile {
        name: "nested networks of other ports",
        sizes: &[1, 12, 128],
        patterns: |count| {
            let network = |len: usize| {
                let host_bits = u128::MAX.checked_shr(len as u32).unwrap_or(0);
                let address = std::net::Ipv6Addr::from_bits(!host_bits);
                format!("https://[{address}/{len}]:8080")
            };
            (0..count).map(network).collect()
        },
        asked: |_| vec![format!("https://[{}ffff]", "ffff:".repeat(7))],
    },
    // A label and a parent domain ask for three forms at every level.
    Hostile {
        name: "nested wildcards of every form",
        sizes: &[1, 12, 60],
        patterns: |count| {
            let in_label = |depth: usize| format!("https://x*y.{}a.a", "a.".repeat(depth));
            let exact = |depth: usize| format!("https://x.{}a.a", "a.".repeat(depth));
            let forms = (0..count).flat_map(|depth| [in_label(depth), exact(depth)]);
            forms.chain(nested(count, ":{8080,9000-9999}")).collect()
        },
        asked: |_| {
            let parents = "a.".repeat(100);
            vec![
                format!("https://xzy.{parents}a"),
                format!("https://xz.{parents}a"),
            ]
        },
    },
    Hostile {
        name: "hosts of 127 labels that differ in the first",
        sizes: &[1, 36],
        patterns: |count| {
            let rest = "a.".repeat(125);
            letters(count)
                .map(|c| format!("https://{c}.{rest}a"))
                .collect()
        },
        asked: |_| {
            let rest = "a.".repeat(125);
            vec![format!("https://-.{rest}a"), format!("https://a.{rest}a")]
        },
    },
    Hostile {
        name: "hosts of 127 labels that differ in the last",
        sizes: &[1, 26],
        patterns: |count| {
            let rest = "a.".repeat(126);
            letters(count)
                .map(|c| format!("https://{rest}{c}"))
                .collect()
        },
        asked: |_| {
            let rest = "a.".repeat(126);
            vec![format!("https://{rest}-"), format!("https://{rest}a")]
        },
    },
    Hostile {
        name: "one host in many schemes",
        sizes: &[1, 20, 2_000],
        patterns: |count| {
            let scheme = |index| format!("app-{index:06}://host");
            (0..count).map(scheme).collect()
        },
        asked: |count| {
            let (last, beyond) = (count - 1, count);
            vec![
                format!("app-{last:06}://host"),
                format!("app-{beyond:06}://host"),
            ]
        },
    },
    Hostile {
        name: "any host of many schemes and ports",
        sizes: &[1, 20, 2_000],
        patterns: |count| {
            let pattern = |index| format!("app-{index:06}://*:{{1-{}}}", index + 2);
            (0..count).map(pattern).collect()
        },
        asked: |count| vec![format!("app-{:06}://host:60000", count - 1)],
    },
    Hostile {
        name: "one host with many ports",
        sizes: &[1, 1_000, 60_000],
        patterns: |count| {
            let pattern = |port| format!("https://host.example:{port}");
            (1_000..1_000 + count).map(pattern).collect()
        },
        asked: |count| {
            let last = 999 + count;
            vec![
                format!("https://host.example:{last}"),
                "https://host.example".into(),
            ]
        },
    },
    Hostile {
        name: "one pattern with many ranges of ports",
        sizes: &[2, 1_000, 20_000],
        patterns: |count| {
            let range = |index: usize| format!("{}-{}", index * 3 + 1, index * 3 + 2);
            let ranges: Vec<_> = (0..count).map(range).collect();
            vec![format!("https://host.example:{{{}}}", ranges.join(","))]
        },
        asked: |count| {
            let (gap, last) = (count / 2 * 3, (count - 1) * 3 + 2);
            vec![
                format!("https://host.example:{gap}"),
                format!("https://host.example:{last}"),
            ]
        },
    },
    Hostile {
        name: "one host with many ranges of ports",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |index: usize| {
                format!(
                    "https://host.example:{{{}-{}}}",
                    index * 3 + 1,
                    index * 3 + 2
                )
            };
            (0..count).map(pattern).collect()
        },
        asked: |count| {
            vec![
                "https://host.example:60000".into(),
                format!("https://host.example:{}", (count - 1) * 3 + 2),
            ]
        },
    },
    Hostile {
        name: "one host with many ranges that overlap",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |first| format!("https://host.example:{{{first}-40000}}");
            (1..=count).map(pattern).collect()
        },
        asked: |_| {
            vec![
                "https://host.example:50000".into(),
                "https://host.example:1".into(),
                "https://host.example:40000".into(),
            ]
        },
    },
    Hostile {
        name: "hosts below one domain with many ranges that overlap",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |first| format!("https://*.host.example:{{{first}-40000}}");
            (1..=count).map(pattern).collect()
        },
        asked: |_| {
            vec![
                "https://a.host.example:50000".into(),
                "https://a.host.example:1".into(),
            ]
        },
    },
    Hostile {
        name: "labels that begin differently",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |index| format!("https://pr{index:06}-*.example.com");
            (0..count).map(pattern).collect()
        },
        asked: |count| {
            vec![
                format!("https://pr{:06}-1.example.com", count - 1),
                "https://pr999999-1.example.com".into(),
            ]
        },
    },
    Hostile {
        name: "labels that end differently",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |index| format!("https://*-{index:06}pr.example.com");
            (0..count).map(pattern).collect()
        },
        asked: |count| {
            vec![
                format!("https://1-{:06}pr.example.com", count - 1),
                "https://1-999999pr.example.com".into(),
            ]
        },
    },
    // Every length of a prefix with every length of a suffix.
    Hostile {
        name: "labels of nested beginnings and ends",
        sizes: &[1, 100, 1_800],
        patterns: |count| {
            let lengths = (0..61).flat_map(|before| (0..61).map(move |after| (before, after)));
            let fitting = lengths.filter(|(before, after)| (1..=60).contains(&(before + after)));
            let pattern = |(before, after)| {
                let (before, after) = ("a".repeat(before), "b".repeat(after));
                format!("https://{before}*{after}.example.com")
            };
            fitting.map(pattern).take(count).collect()
        },
        asked: |_| {
            let label = |before: usize, middle: &str, after: usize| {
                let (before, after) = ("a".repeat(before), "b".repeat(after));
                format!("https://{before}{middle}{after}.example.com")
            };
            vec![
                label(31, "c", 31),
                label(0, "c", 0),
                label(62, "c", 0),
                label(0, "c", 62),
            ]
        },
    },
    // Every beginning of the label is some pattern's and every end is, and no two are of one pattern: each way
    // to cut the label in three is tried.
    Hostile {
        name: "labels of beginnings and ends that are not together",
        sizes: &[3, 300, 2_000, 100_000],
        patterns: |count| not_together(62, count),
        asked: |_| vec![format!("https://{}.example.com", "a".repeat(62))],
    },
    // Labels of this length are in no DNS, but a header may have them.
    Hostile {
        name: "long labels of beginnings and ends that are not together",
        sizes: &[3, 1_000, 100_000],
        patterns: |count| not_together(230, count),
        asked: |_| vec![format!("https://{}.example.com", "a".repeat(230))],
    },
    // As many lengths as are all tried, in the longest host that there is.
    Hostile {
        name: "few ways in long hosts",
        sizes: &[1, 8, 100_000],
        patterns: |count| {
            let rest = "a.".repeat(100);
            let pattern = |index: usize| {
                let before = "x".repeat(index % 8);
                format!("https://{before}*{:06}.{rest}example.com", index / 8)
            };
            (0..count).map(pattern).collect()
        },
        asked: |_| {
            let rest = "a.".repeat(100);
            vec![
                format!("https://xxxxxxxx-000000.{rest}example.com"),
                format!("https://xxxxxxxx-999999.{rest}example.com"),
            ]
        },
    },
    Hostile {
        name: "one label with many ranges that overlap",
        sizes: &[1, 1_000, 10_000],
        patterns: |count| {
            let pattern = |first| format!("https://pr-*.example.com:{{{first}-40000}}");
            (1..=count).map(pattern).collect()
        },
        asked: |_| vec!["https://pr-1.example.com:50000".into()],
    },
    // The same eight bytes in another order: alike for a hash that adds words up, and for one that
    // looks at the length and both ends.
    Hostile {
        name: "hosts of the same words in another order",
        sizes: &[1, 1_000, 40_000],
        patterns: |count| (0..count).map(permuted).collect(),
        asked: |count| vec![permuted(count - 1), permuted(40_319)],
    },
    // The same hash for all, in the crate `rustc-hash` 2: the eight bytes after `meet-` are what the
    // first sixteen come to, so they cancel each other out, and with them the eight that follow.
    Hostile {
        name: "hosts of one hash",
        sizes: &[1, 1_000, 100_000],
        patterns: |count| (0..count).map(of_one_hash).collect(),
        asked: |count| vec![of_one_hash(0), of_one_hash(count - 1), of_one_hash(count)],
    },
    Hostile {
        name: "hosts below domains of one hash",
        sizes: &[1, 1_000, 100_000],
        patterns: |count| {
            let pattern = |index| format!("https://*{}", base_of_one_hash(index));
            (0..count).map(pattern).collect()
        },
        asked: |count| {
            let below = |index| format!("https://app{}", base_of_one_hash(index));
            vec![below(0), below(count - 1), below(count)]
        },
    },
];

fn of_one_hash(index: usize) -> String {
    format!("https://edvqaaaa-chosen-to-meet-ci7tyvtk{index:08}.tenants.example.com")
}

fn base_of_one_hash(index: usize) -> String {
    format!(".tenants8uayaaaa-chosen-to-meet-11wrfxor{index:08}.hosts.example.com")
}

/// `https://*.a`, `https://*.a.a` and so on, and then others of the same lengths.
fn nested(count: usize, ports: &str) -> Vec<String> {
    let parents = |depth: usize| "a.".repeat(depth % 120);
    let pattern = |index: usize| match index / 120 {
        0 => format!("https://*.{}a{ports}", parents(index)),
        other => format!("https://*.s{other:06}.{}a{ports}", parents(index)),
    };
    (0..count).map(pattern).collect()
}

/// Patterns whose beginnings are those of a label of `a`s and whose ends are not, and the other way around; and then
/// others of all lengths that fit into the label.
fn not_together(label: usize, count: usize) -> Vec<String> {
    let ends = (1..label - 1).map(|len| format!("{}*x", "a".repeat(len)));
    let starts = (1..label - 1).map(|len| format!("x*{}", "a".repeat(len)));
    let of_other_letters = (0..).flat_map(|turn: usize| {
        let lengths =
            (1..label - 1).map(move |before| (before, 1 + turn / 24 % (label - 1 - before)));
        let letter = char::from(b'b' + u8::try_from(turn % 24).unwrap());
        lengths.map(move |(before, after)| {
            let (before, after) = (letter.to_string().repeat(before), "y".repeat(after));
            format!("{before}*{after}{turn}")
        })
    });
    let labels = ends.zip(starts).flat_map(|(one, other)| [one, other]);
    let labels = labels.chain(of_other_letters).take(count);
    labels
        .map(|label| format!("https://{label}.example.com"))
        .collect()
}

fn letters(count: usize) -> impl Iterator<Item = char> {
    ('a'..='z').chain('0'..='9').take(count)
}

/// One of the 40,320 orders of eight labels that are seven bytes long, each one word with its dot.
fn permuted(mut order: usize) -> String {
    let mut words: Vec<_> = letters(8)
        .map(|letter| format!("tenant{letter}."))
        .collect();
    let mut host = String::new();
    for left in (1..=words.len()).rev() {
        host.push_str(&words.remove(order % left));
        order /= left;
    }
    format!("https://{host}example.com")
}
