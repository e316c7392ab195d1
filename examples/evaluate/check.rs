//! Checks of policies, for continuous integration.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::arguments::Form;
use crate::policy_file::PolicyFile;
use crate::{json, lint};

/// The exit code: 0 for no problem, 1 for some, 2 for a file that cannot be read.
pub fn run(
    policies: &[&str],
    form: Form,
    deny_lints: bool,
    output: &mut impl Write,
    errors: &mut impl Write,
) -> io::Result<u8> {
    let mut code = 0;
    for path in policies {
        let found = match PolicyFile::read(path) {
            Err(error) => {
                match form {
                    Form::Text => writeln!(errors, "{error}")?,
                    Form::Json => writeln!(output, "{}", json!({ "file": path, "error": error }))?,
                    Form::Github => annotation(output, "error", path, None, "unreadable", &error)?,
                }
                2
            }
            Ok(file) => check(&file, form, deny_lints, output, errors)?,
        };
        code = code.max(found);
    }
    Ok(code)
}

fn check(
    file: &PolicyFile,
    form: Form,
    deny_lints: bool,
    output: &mut impl Write,
    errors: &mut impl Write,
) -> io::Result<u8> {
    let policy = match file.build() {
        Err(problems) => {
            match form {
                Form::Text => file
                    .lines(&problems)
                    .iter()
                    .try_for_each(|line| writeln!(errors, "{line}"))?,
                Form::Json => {
                    let mut object = json::refusal(&problems);
                    object.insert("file".into(), file.path.as_str().into());
                    writeln!(output, "{}", Value::Object(object))?;
                }
                Form::Github => {
                    for problem in &problems {
                        let place = (problem.rule_index(), problem.key(), problem.entry_index());
                        let position = file.position(place.0, place.1, place.2);
                        let kind = problem.kind().as_str();
                        annotation(
                            output,
                            "error",
                            &file.path,
                            position,
                            kind,
                            &problem.to_string(),
                        )?;
                    }
                }
            }
            return Ok(1);
        }
        Ok(policy) => policy,
    };
    let lints = policy.lints();
    for lint in &lints {
        match form {
            Form::Text => {
                let target: &mut dyn Write = if deny_lints { errors } else { output };
                writeln!(
                    target,
                    "{}: {}: {lint} [{}]",
                    file.path,
                    lint.severity(),
                    lint.kind()
                )?;
            }
            Form::Json => {}
            Form::Github => {
                let level = if deny_lints { "error" } else { "warning" };
                let rule = lint.rule_index();
                let position = file.position(rule, Some(lint.key()), None);
                annotation(
                    output,
                    level,
                    &file.path,
                    position,
                    lint.kind().as_str(),
                    &lint.to_string(),
                )?;
            }
        }
    }
    match form {
        Form::Json => {
            let lints: Vec<_> = lints.iter().map(lint::object).collect();
            writeln!(
                output,
                "{}",
                json!({ "file": file.path, "problems": [], "lints": lints })
            )?;
        }
        Form::Text if lints.is_empty() => writeln!(output, "{}: no problems, no lints", file.path)?,
        Form::Text | Form::Github => {}
    }
    Ok(u8::from(deny_lints && !lints.is_empty()))
}

/// A workflow command of GitHub Actions.
fn annotation(
    output: &mut impl Write,
    level: &str,
    path: &str,
    position: Option<(usize, usize)>,
    kind: &str,
    message: &str,
) -> io::Result<()> {
    let escaped = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let position = position.map(|(line, column)| format!(",line={line},col={column}"));
    writeln!(
        output,
        "::{level} file={}{},title=CORS policy%3A {}::{}",
        property(path),
        position.unwrap_or_default(),
        property(kind),
        escaped(message),
    )
}
