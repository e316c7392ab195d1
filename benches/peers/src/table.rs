//! Tables in Markdown: a row a peer, a column a question.

use std::time::Duration;

pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A row for each of these.
    pub fn new(title: &str, rows: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            head: vec![title.to_owned()],
            rows: rows.into_iter().map(|name| vec![name.to_owned()]).collect(),
        }
    }

    /// A column of one cell a row.
    pub fn column(&mut self, head: &str, cells: impl IntoIterator<Item = String>) {
        self.head.push(head.to_owned());
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    /// A column of times, each with its ratio to the first.
    pub fn times(&mut self, head: &str, times: &[Option<Duration>]) {
        let first = times.first().copied().flatten().unwrap_or_default();
        let cells = times.iter().map(|time| match time {
            None => "–".to_owned(),
            Some(time) => {
                let ratio = time.as_secs_f64() / first.as_secs_f64();
                format!("{} ({})", short(*time), times_sign(ratio))
            }
        });
        self.column(head, cells.collect::<Vec<_>>());
    }

    pub fn print(&self) {
        let mut align = vec!["---"];
        align.resize(self.head.len(), "--:");
        println!("\n| {} |\n|{}|", self.head.join(" | "), align.join("|"));
        for row in &self.rows {
            println!("| {} |", row.join(" | "));
        }
    }
}

fn times_sign(ratio: f64) -> String {
    if !ratio.is_finite() {
        "–".to_owned()
    } else if ratio < 9.95 {
        format!("{ratio:.1}×")
    } else {
        format!("{ratio:.0}×")
    }
}

fn short(time: Duration) -> String {
    let nanos = time.as_secs_f64() * 1e9;
    let (value, unit) = match nanos {
        ..1e4 => (nanos, "ns"),
        ..1e7 => (nanos / 1e3, "µs"),
        _ => (nanos / 1e6, "ms"),
    };
    if value < 9.95 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}
