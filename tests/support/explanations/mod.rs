//! The table of explanations: requests of policies, with the texts that explain the decisions.

use cross_origin::{Policy, PolicyBuilder, RequestHeaders};

const TABLES: [&str; 5] = [
    include_str!("origins.txt"),
    include_str!("malformed.txt"),
    include_str!("methods.txt"),
    include_str!("headers.txt"),
    include_str!("allowed.txt"),
];

/// A request of a policy, and its explanation.
pub struct Case {
    pub policy: &'static str,
    pub request: &'static str,
    pub short: &'static str,
    /// The long form, where it is given.
    pub long: Option<String>,
}

/// Every case of every table. See the head of `origins.txt` for the form.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut policy = "";
    for line in TABLES.into_iter().flat_map(str::lines) {
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        match (key, cases.last_mut()) {
            ("" | "|", Some(case)) if !value.is_empty() => {
                let long = case.long.get_or_insert_default();
                if !long.is_empty() {
                    long.push('\n');
                }
                long.push_str(value);
            }
            ("" | "#", _) => {}
            ("policy", _) => policy = value,
            ("request", _) => cases.push(Case {
                policy,
                request: value,
                short: "",
                long: None,
            }),
            ("short", Some(case)) => case.short = value,
            _ => panic!("{line}"),
        }
    }
    cases
}

impl Case {
    pub fn builder(&self) -> PolicyBuilder {
        serde_json::from_str(self.policy).expect(self.policy)
    }

    pub fn policy(&self) -> Policy {
        if self.policy == "none" {
            return Policy::deny_all();
        }
        self.builder().build().expect(self.policy)
    }

    pub fn view(&self) -> RequestHeaders<'static> {
        request(self.request)
    }
}

/// `GET`, `GET origin VALUE`, `OPTIONS for PUT with x-a,x-b origin VALUE`; what stands there twice is
/// there twice.
pub fn request(text: &str) -> RequestHeaders<'_> {
    let mut parts = text.split(" origin ");
    let head = parts.next().unwrap_or_default();
    let mut lines = head.split(" with ");
    let mut methods = lines.next().unwrap_or_default().split(" for ");
    let mut view = RequestHeaders::new(methods.next().unwrap_or_default());
    for origin in parts {
        view = view.header("Origin", origin);
    }
    for method in methods {
        view = view.header("Access-Control-Request-Method", method);
    }
    for line in lines {
        view = view.header("Access-Control-Request-Headers", line);
    }
    view
}
