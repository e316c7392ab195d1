//! How the time to read, build, lint, compare, write and show a policy grows with its size: the ratio of
//! the times of four times as many entries and of as many. At most 5.7 is n^1.25.
//!
//! With names of shapes as arguments, only these.

#[path = "support/hostile_policies.rs"]
mod hostile_policies;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cross_origin::{Policy, PolicyBuilder};
use hostile_policies::{SHAPES, Shape};

const LARGEST: f64 = 5.7;

/// What is timed.
const WORK: [&str; 6] = ["read", "build", "lint", "diff", "write", "show"];

/// Shorter times are mostly noise.
const SHORTEST: Duration = Duration::from_micros(200);

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|argument| argument == "--test");
    let names: Vec<_> = arguments
        .iter()
        .filter(|name| !name.starts_with("--"))
        .collect();
    let shapes = SHAPES.iter().filter(|shape| {
        names.is_empty() || names.iter().any(|name| shape.name.contains(name.as_str()))
    });
    print!("{:<36}", "shape");
    WORK.iter().for_each(|work| print!(" {work:>17}"));
    println!();
    let mut slow = Vec::new();
    for shape in shapes {
        if is_test {
            times(shape, 8, 1);
            continue;
        }
        let (few, many) = (
            times(shape, shape.small, 3),
            times(shape, 4 * shape.small, 3),
        );
        print!("{:<36}", shape.name);
        for ((few, many), work) in few.into_iter().zip(many).zip(WORK) {
            let (Some(few), Some(many)) = (few, many) else {
                print!(" {:>17}", "-");
                continue;
            };
            let ratio = many.as_secs_f64() / few.as_secs_f64();
            print!(" {:>10.2?} {ratio:>5.1}×", many);
            if ratio > LARGEST && many > SHORTEST {
                slow.push(format!("{}, {work}: {ratio:.1}", shape.name));
            }
        }
        println!();
    }
    match slow.is_empty() {
        true => println!("Success: no ratio is above {LARGEST}"),
        false => println!("above {LARGEST}:\n  {}", slow.join("\n  ")),
    }
}

/// The least times of each work on a policy of this size, as far as it can be done.
fn times(shape: &Shape, size: usize, rounds: usize) -> [Option<Duration>; 6] {
    let text = (shape.text)(size, 0).to_string();
    let other = (shape.text)(size, size / 2).to_string();
    let read = |text: &str| serde_json::from_str::<PolicyBuilder>(text).unwrap();
    let builder = read(&text);
    let built: Option<(Policy, Policy)> = builder.build().ok().zip(read(&other).build().ok());
    let least = |work: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        (0..rounds).map(|_| once()).min()
    };
    let with = |work: &dyn Fn(&Policy, &Policy)| {
        let (one, other) = built.as_ref()?;
        least(&|| work(one, other))
    };
    [
        least(&|| drop(black_box(read(&text)))),
        least(&|| drop(black_box(builder.build()))),
        with(&|policy, _| drop(black_box(policy.lints()))),
        with(&|policy, other| drop(black_box(policy.diff(other).to_string()))),
        with(&|policy, _| drop(black_box(serde_json::to_string(policy)))),
        least(&|| match builder.build() {
            Ok(policy) => drop(black_box(format!("{policy:?}"))),
            Err(problems) => drop(black_box(problems.to_string())),
        }),
    ]
}
