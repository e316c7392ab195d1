//! Values of `Access-Control-Request-Headers` that are made to cost.

pub const MEGABYTE: usize = 1 << 20;

/// A name of the attack, and a value of about this many bytes.
pub fn values(bytes: usize) -> Vec<(&'static str, String)> {
    let filled = |part: &str| part.repeat(bytes / part.len());
    let mut distinct = String::with_capacity(bytes + 16);
    for index in 0.. {
        if distinct.len() >= bytes {
            break;
        }
        distinct.push_str(&format!("x-{index},"));
    }
    vec![
        ("commas", filled(",")),
        ("spaces", filled(" ")),
        ("commas and spaces", filled(" ,\t")),
        ("distinct names", distinct),
        ("one name repeated", filled("content-type,")),
        ("one long name", filled("x")),
        ("junk", filled("@(\"/")),
        // What is wrong stands where a reader that has no bound comes to it last.
        ("junk at the end", filled("content-type,") + "@"),
    ]
}
