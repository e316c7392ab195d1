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

/// How often each work is timed for either size.
const ROUNDS: usize = 5;

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
            let case = Case::new(shape, 8);
            (0..WORK.len()).for_each(|work| {
                case.time(work);
            });
            continue;
        }
        print!("{:<36}", shape.name);
        for (work, index) in WORK.into_iter().zip(0..) {
            let Some((many, ratio)) = growth(shape, index) else {
                print!(" {:>17}", "-");
                continue;
            };
            print!(" {many:>10.2?} {ratio:>5.1}×");
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

/// The time for four times as many entries, and the median of its ratios to the time for as many.
///
/// The machine may be quicker at one time than at another, so both are timed in turns, for about as long.
fn growth(shape: &Shape, work: usize) -> Option<(Duration, f64)> {
    let (few, many) = (
        Case::new(shape, shape.small),
        Case::new(shape, 4 * shape.small),
    );
    let mut rounds = (0..ROUNDS)
        .map(|_| {
            let few = (0..4).map(|_| few.time(work)).sum::<Option<Duration>>()? / 4;
            let many = many.time(work)?;
            Some((many, many.as_secs_f64() / few.as_secs_f64()))
        })
        .collect::<Option<Vec<_>>>()?;
    rounds.sort_by(|one, other| one.1.total_cmp(&other.1));
    rounds.get(ROUNDS / 2).copied()
}

/// What the work is done with.
struct Case {
    text: String,
    builder: PolicyBuilder,
    /// The policy, and another one of its size.
    built: Option<(Policy, Policy)>,
}

impl Case {
    fn new(shape: &Shape, size: usize) -> Self {
        let text = (shape.text)(size, 0).to_string();
        let other = (shape.text)(size, size / 2).to_string();
        let builder = read(&text);
        let built = builder.build().ok().zip(read(&other).build().ok());
        Self {
            text,
            builder,
            built,
        }
    }

    /// The time that this one of [`WORK`] takes, if it can be done.
    fn time(&self, work: usize) -> Option<Duration> {
        let start = Instant::now();
        match (work, &self.built) {
            (0, _) => drop(black_box(read(&self.text))),
            (1, _) => drop(black_box(self.builder.build())),
            (2, Some((policy, _))) => drop(black_box(policy.lints())),
            (3, Some((policy, other))) => drop(black_box(policy.diff(other).to_string())),
            (4, Some((policy, _))) => drop(black_box(serde_json::to_string(policy))),
            (5, _) => match self.builder.build() {
                Ok(policy) => drop(black_box(format!("{policy:?}"))),
                Err(problems) => drop(black_box(problems.to_string())),
            },
            _ => return None,
        }
        Some(start.elapsed())
    }
}

fn read(text: &str) -> PolicyBuilder {
    serde_json::from_str(text).unwrap()
}
