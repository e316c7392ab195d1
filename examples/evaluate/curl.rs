//! Commands of curl, as browsers copy them for Bash.

use crate::request::Request;

/// Whether a text begins with such a command.
pub fn is_command(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"$ ").unwrap_or(text);
    text == b"curl"
        || text.starts_with(b"curl ")
        || text.starts_with(b"curl\t")
        || text.starts_with(b"curl\\")
}

/// The requests of commands, one a line or with `;` or `&` between.
pub fn requests(text: &str) -> Vec<Result<Request, String>> {
    match commands(text) {
        Ok(commands) => commands.iter().map(|words| request(words)).collect(),
        Err(error) => vec![Err(error)],
    }
}

/// Splits a text in commands and their words, as Bash does.
fn commands(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some('\r') => {
                    chars.next_if_eq(&'\n');
                }
                Some(c) => word.get_or_insert_default().push(c),
            },
            '$' if chars.next_if_eq(&'\'').is_some() => {
                escaped(&mut chars, word.get_or_insert_default())?
            }
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        None => {
                            return Err(format!(
                                "invalid curl command: expected `{c}` at the end of a quoted word"
                            ));
                        }
                        Some(next) if next == c => break,
                        Some('\\') if c == '"' => match chars.next() {
                            Some('\n') | None => {}
                            Some(next @ ('"' | '\\' | '$' | '`')) => word.push(next),
                            Some(next) => word.extend(['\\', next]),
                        },
                        Some(next) => word.push(next),
                    }
                }
            }
            '^' if chars
                .peek()
                .is_none_or(|next| matches!(next, '\r' | '\n' | '"' | '^')) =>
            {
                return Err("invalid curl command: this is the form for Windows; use \"Copy as cURL (bash)\"".into());
            }
            ' ' | '\t' | '\r' | '\n' | ';' | '&' => {
                let last = commands.last_mut();
                if let (Some(last), Some(word)) = (last, word.take()) {
                    last.push(word);
                }
                if matches!(c, '\n' | ';' | '&')
                    && commands.last().is_some_and(|words| !words.is_empty())
                {
                    commands.push(Vec::new());
                }
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    if let (Some(last), Some(word)) = (commands.last_mut(), word) {
        last.push(word);
    }
    commands.retain(|words| !words.is_empty());
    Ok(commands)
}

/// The rest of a word in `$'…'`.
fn escaped(chars: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), String> {
    while let Some(c) = chars.next() {
        match c {
            '\'' => return Ok(()),
            '\\' => match chars.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32);
                    word.push(
                        code.ok_or("invalid curl command: expected four digits after `\\u`")?,
                    );
                }
                Some(c) => word.push(c),
                None => {}
            },
            c => word.push(c),
        }
    }
    Err("invalid curl command: expected `'` at the end of a quoted word".into())
}

/// Options that are followed by a value, apart from those that are read.
const WITH_VALUE: [&str; 24] = [
    "-o",
    "--output",
    "-w",
    "--write-out",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "--resolve",
    "--retry",
    "-E",
    "--cert",
    "--key",
    "--cacert",
    "-c",
    "--cookie-jar",
    "-K",
    "--config",
    "--limit-rate",
    "--interface",
    "--connect-to",
    "-r",
    "--range",
];

fn request(words: &[String]) -> Result<Request, String> {
    let words: Vec<String> = words.iter().flat_map(|word| separated(word)).collect();
    let mut words = words
        .iter()
        .map(String::as_str)
        .skip_while(|word| *word == "$");
    if words.next() != Some("curl") {
        return Err("expected a command that begins with `curl`".into());
    }
    let mut method = None;
    let mut implied = "GET";
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    while let Some(word) = words.next() {
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value)),
            _ => match word.split_at_checked(2) {
                Some((name, value)) if is_short(name) && !value.is_empty() => (name, Some(value)),
                _ => (word, None),
            },
        };
        let mut value = || {
            let value = joined.or_else(|| words.next());
            value.ok_or_else(|| format!("invalid curl command: expected a value after `{name}`"))
        };
        let mut header = |name: &str, value: &str| {
            headers.push((name.to_owned(), value.trim().as_bytes().to_vec()))
        };
        match name {
            "-X" | "--request" => method = Some(value()?.to_owned()),
            "-H" | "--header" => {
                let line = value()?;
                // `Name:` removes a header, and `Name;` sends an empty one.
                match line.split_once(':') {
                    Some((name, value)) if !value.trim().is_empty() => header(name.trim(), value),
                    Some(_) => {}
                    None => match line.strip_suffix(';') {
                        Some(name) => header(name, ""),
                        None => {
                            return Err(format!(
                                "invalid curl command: expected `Name: value`, found `{}`",
                                line.escape_debug()
                            ));
                        }
                    },
                }
            }
            "-A" | "--user-agent" => header("User-Agent", value()?),
            "-e" | "--referer" => header("Referer", value()?),
            "-b" | "--cookie" => header("Cookie", value()?),
            "-u" | "--user" => {
                value()?;
                header("Authorization", "Basic");
            }
            "-I" | "--head" => implied = "HEAD",
            "-T" | "--upload-file" => {
                value()?;
                implied = "PUT";
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii"
            | "--data-urlencode" | "-F" | "--form" | "--json" => {
                value()?;
                implied = "POST";
            }
            name if WITH_VALUE.contains(&name) => {
                value()?;
            }
            _ => {}
        }
    }
    Ok(Request {
        method: method.unwrap_or_else(|| implied.to_owned()),
        headers,
    })
}

/// Splits options of one letter in one word: `-sIHname:value` is `-s -I -Hname:value`.
fn separated(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = match word.strip_prefix('-') {
        Some(letters) if !letters.starts_with('-') && letters.len() > 1 => letters,
        _ => return vec![word.to_owned()],
    };
    while let Some(letter) = rest.chars().next() {
        let option = format!("-{letter}");
        if is_short(&option) {
            found.push(format!("-{rest}"));
            break;
        }
        found.push(option);
        rest = &rest[letter.len_utf8()..];
    }
    found
}

/// Whether an option of one letter can have its value in the same word.
fn is_short(name: &str) -> bool {
    [
        "-X", "-H", "-A", "-e", "-b", "-u", "-d", "-F", "-T", "-o", "-w", "-m", "-x",
    ]
    .contains(&name)
}
