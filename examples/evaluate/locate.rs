//! Where in a JSON text the value of a path is.

/// The line and column, from 1, of an entry of a key of a rule; of the key or the rule if there is no
/// such entry.
pub fn position(
    text: &str,
    rule: Option<usize>,
    key: Option<&str>,
    entry: Option<usize>,
) -> Option<(usize, usize)> {
    let mut scanner = Scanner { text, at: 0 };
    if let Some(rule) = rule {
        // A policy of one rule can be written without `rules`.
        let whole = scanner.at;
        match scanner.enter_key("rules") {
            Some(()) => scanner.enter_entry(rule)?,
            None => scanner.at = whole,
        }
    }
    if let Some(key) = key {
        let before = scanner.at;
        if scanner.enter_key(key).is_none() {
            scanner.at = before;
        }
    }
    if let Some(entry) = entry {
        let before = scanner.at;
        if scanner.enter_entry(entry).is_none() {
            scanner.at = before;
        }
    }
    scanner.skip_space();
    let before = text.get(..scanner.at)?;
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Some((line, before[start..].chars().count() + 1))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes to the value of a key of the object here.
    fn enter_key(&mut self, key: &str) -> Option<()> {
        if !self.accept(b'{') {
            return None;
        }
        loop {
            self.skip_space();
            let start = self.at;
            self.skip_value()?;
            let name: String = serde_json::from_str(self.text.get(start..self.at)?).ok()?;
            if !self.accept(b':') {
                return None;
            }
            if name == key {
                return Some(());
            }
            self.skip_value()?;
            if !self.accept(b',') {
                return None;
            }
        }
    }

    /// Goes to an entry of the array here.
    fn enter_entry(&mut self, entry: usize) -> Option<()> {
        if !self.accept(b'[') {
            return None;
        }
        for _ in 0..entry {
            self.skip_value()?;
            if !self.accept(b',') {
                return None;
            }
        }
        Some(())
    }

    /// Skips a value of valid JSON.
    fn skip_value(&mut self) -> Option<()> {
        self.skip_space();
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    while self.peek()? != b'"' {
                        self.at += 1 + usize::from(self.peek() == Some(b'\\'));
                    }
                    self.at += 1;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' if depth == 0 => return Some(()),
                _ => self.at += 1,
            }
            if depth == 0 && self.text[..self.at].ends_with(['"', '}', ']']) {
                return Some(());
            }
        }
    }
}
