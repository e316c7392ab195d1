//! Policies in files: JSON, TOML and YAML.

use std::path::Path;

use cross_origin::{Policy, PolicyBuilder, PolicyProblem, PolicyProblems};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::locate;

/// The format of a policy in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Toml,
    Yaml,
}

/// A policy as written.
pub struct PolicyFile {
    pub path: String,
    pub format: Format,
    text: String,
    pub builder: PolicyBuilder,
}

const EXAMPLE: &str = r#"expected a policy such as {"allow_origins": ["https://app.example.com"]}"#;

impl PolicyFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// One sentence that begins with the path.
    pub fn read(path: &str) -> Result<Self, String> {
        let error = |what: String| format!("{path}: {what}");
        if Path::new(path).is_dir() {
            return Err(error("this is a directory; expected a file".into()));
        }
        let bytes = std::fs::read(path).map_err(|failure| error(failure.to_string()))?;
        Self::of_bytes(path, bytes).map_err(error)
    }

    /// Reads the bytes of a file, whose format its name tells.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, String> {
        let text = String::from_utf8(bytes).map_err(|failure| {
            let at = failure.utf8_error().valid_up_to();
            format!("the text is not UTF-8 (byte {at})")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        if text.trim().is_empty() {
            return Err(format!("the file is empty; {EXAMPLE}"));
        }
        let extension = Path::new(path).extension().and_then(|it| it.to_str());
        let format = match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("toml") => Format::Toml,
            Some("yaml" | "yml") => Format::Yaml,
            _ => Format::Json,
        };
        let builder = parse(format, &text)?;
        Ok(Self {
            path: path.to_owned(),
            format,
            text,
            builder,
        })
    }

    pub fn build(&self) -> Result<Policy, PolicyProblems> {
        self.builder.build()
    }

    /// The values of the text.
    pub fn value(&self) -> Result<Value, String> {
        parse(self.format, &self.text)
    }

    /// The line and column of a problem, from 1, where the format gives them.
    pub fn position(
        &self,
        rule: Option<usize>,
        key: Option<&str>,
        entry: Option<usize>,
    ) -> Option<(usize, usize)> {
        match self.format {
            Format::Json => locate::position(&self.text, rule, key, entry),
            Format::Toml | Format::Yaml => None,
        }
    }

    /// The path of the file and the position of a problem: `cors.json:3:20`.
    pub fn place(&self, problem: &PolicyProblem) -> String {
        let place = (problem.rule_index(), problem.key(), problem.entry_index());
        match self.position(place.0, place.1, place.2) {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }

    /// One line for each problem, with its fix.
    pub fn lines(&self, problems: &PolicyProblems) -> Vec<String> {
        let mut lines: Vec<_> = problems
            .iter()
            .map(|problem| {
                let fixes = problem.fixes();
                let fix = fixes.first().map(|fix| format!(" [fix: {fix}]"));
                format!(
                    "{}: {problem}{}",
                    self.place(problem),
                    fix.unwrap_or_default()
                )
            })
            .collect();
        if problems.left_out() > 0 {
            lines.push(format!("{}: and {} more", self.path, problems.left_out()));
        }
        lines
    }
}

fn parse<T: DeserializeOwned>(format: Format, text: &str) -> Result<T, String> {
    let one_line = |message: String| message.lines().next().unwrap_or_default().to_owned();
    match format {
        Format::Json => serde_json::from_str(text).map_err(|error| {
            let hint = match text.contains(['“', '”']) {
                true => "; use straight quotes instead of curly ones",
                false => "",
            };
            format!("invalid JSON: {error}{hint}")
        }),
        Format::Toml => toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map(|span| text[..span.start].lines().count().max(1));
            let line = line
                .map(|line| format!(" at line {line}"))
                .unwrap_or_default();
            format!(
                "invalid TOML: {}{line}",
                one_line(error.message().to_owned())
            )
        }),
        Format::Yaml => serde_saphyr::from_str(text)
            .map_err(|error| format!("invalid YAML: {}", one_line(error.to_string()))),
    }
}
