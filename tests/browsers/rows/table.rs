//! The rows: the answers, the fetches, and what comes of them.

use std::time::Duration;

/// Whether the last fetch is shared, how many preflights there are, and how many other requests.
pub type Outcome = (bool, usize, usize);

/// Headers; `PAGE` as a value stands for the page's origin.
pub type Lines = &'static [(&'static str, &'static str)];

pub const PAGE: &str = "PAGE";

/// One fetch: method, headers, credentials mode, and the time since the one before.
#[derive(Clone, Copy)]
pub struct Ask(pub &'static str, pub Lines, pub &'static str, pub Duration);

#[derive(Clone, Copy)]
pub struct Row {
    pub id: &'static str,
    pub frame: Option<&'static str>,
    pub preflight: Lines,
    pub actual: Lines,
    /// What another host answers, to preflights and to the rest, where the answer is a redirect to it.
    pub redirected: Option<(Lines, Lines)>,
    pub asks: &'static [Ask],
    pub standard: Outcome,
    pub chromium: Option<Outcome>,
    pub firefox: Option<Outcome>,
}

pub const NOW: Duration = Duration::ZERO;
const SECOND: Duration = Duration::from_secs(1);
/// Longer than a preflight lasts that does not say how long.
const LONG: Duration = Duration::from_millis(5600);

pub const PUT: Ask = Ask("PUT", &[], "same-origin", NOW);
const X_A: Lines = &[("X-A", "1")];
const AUTHORIZATION: Lines = &[("Authorization", "x")];

const ORIGIN: (&str, &str) = ("access-control-allow-origin", PAGE);
const NULL: (&str, &str) = ("access-control-allow-origin", "null");
const ANY: (&str, &str) = ("access-control-allow-origin", "*");
const ALLOW_PUT: (&str, &str) = ("access-control-allow-methods", "PUT");
const ANY_METHOD: (&str, &str) = ("access-control-allow-methods", "*");
const ANY_HEADER: (&str, &str) = ("access-control-allow-headers", "*");
const ALLOW_X_A: (&str, &str) = ("access-control-allow-headers", "x-a");
const LASTING: (&str, &str) = ("access-control-max-age", "600");
const CREDENTIALS: (&str, &str) = ("access-control-allow-credentials", "true");

pub const BASE: Row = Row {
    id: "",
    frame: None,
    preflight: &[ORIGIN, ALLOW_PUT, LASTING],
    actual: &[ORIGIN],
    redirected: None,
    asks: &[PUT, PUT],
    standard: (true, 1, 2),
    chromium: None,
    firefox: None,
};

const TWICE: Option<Outcome> = Some((true, 2, 2));

/// A preflight whose max-age is this, asked for again at once.
macro_rules! max_age {
    ($id:literal, $($value:literal)+) => {
        Row {
            id: $id,
            preflight: &[ORIGIN, ALLOW_PUT, $(("access-control-max-age", $value)),+],
            ..BASE
        }
    };
}

pub const ROWS: [Row; 17] = [
    Row {
        id: "cached by all",
        ..BASE
    },
    Row {
        chromium: TWICE,
        firefox: TWICE,
        ..max_age!("acma--1", "-1")
    },
    Row {
        firefox: TWICE,
        ..max_age!("acma-abc", "abc")
    },
    Row {
        firefox: TWICE,
        ..max_age!("acma-5.5", "5.5")
    },
    Row {
        asks: &[PUT, Ask("PUT", &[], "same-origin", LONG)],
        standard: (true, 2, 2),
        chromium: Some((true, 1, 2)),
        ..max_age!("acma-plus", "+600")
    },
    Row {
        asks: &[PUT, Ask("PUT", &[], "same-origin", SECOND)],
        chromium: TWICE,
        firefox: TWICE,
        ..max_age!("acma-negative-late", "-600")
    },
    Row {
        asks: &[PUT, Ask("PUT", &[], "same-origin", LONG)],
        chromium: TWICE,
        ..max_age!("acma-2e63", "9223372036854775808")
    },
    Row {
        firefox: TWICE,
        ..max_age!("acma-lines-0", "0" "600")
    },
    Row {
        id: "acma-star",
        preflight: &[ORIGIN, ANY_METHOD, ANY_HEADER, LASTING],
        asks: &[Ask("PUT", X_A, "same-origin", NOW); 2],
        firefox: TWICE,
        ..BASE
    },
    Row {
        id: "acma-star-methods",
        preflight: &[ORIGIN, ANY_METHOD, LASTING],
        firefox: TWICE,
        ..BASE
    },
    Row {
        id: "acma-star-headers",
        preflight: &[ORIGIN, ANY_HEADER, LASTING],
        asks: &[Ask("GET", X_A, "same-origin", NOW); 2],
        firefox: TWICE,
        ..BASE
    },
    Row {
        id: "acma-null",
        frame: Some("sandbox"),
        chromium: TWICE,
        ..BASE
    },
    Row {
        id: "acma-null-data",
        frame: Some("data"),
        chromium: TWICE,
        ..BASE
    },
    Row {
        id: "acma-actual-fail",
        actual: &[],
        standard: (false, 2, 2),
        chromium: Some((false, 1, 2)),
        ..BASE
    },
    Row {
        id: "cache-cred-omit",
        preflight: &[ORIGIN, CREDENTIALS, ALLOW_PUT, LASTING],
        actual: &[ORIGIN, CREDENTIALS],
        asks: &[
            Ask("PUT", &[], "include", NOW),
            Ask("PUT", &[], "omit", NOW),
        ],
        firefox: TWICE,
        ..BASE
    },
    Row {
        id: "cache-star-auth",
        preflight: &[ORIGIN, ANY_HEADER, LASTING],
        asks: &[
            Ask("GET", X_A, "same-origin", NOW),
            Ask("GET", AUTHORIZATION, "same-origin", NOW),
        ],
        standard: (false, 2, 1),
        chromium: TWICE,
        firefox: TWICE,
        ..BASE
    },
    Row {
        id: "expired by all",
        preflight: &[ORIGIN, ALLOW_PUT],
        asks: &[PUT, Ask("PUT", &[], "same-origin", LONG)],
        standard: (true, 2, 2),
        ..BASE
    },
];

const REDIRECT: Row = Row {
    preflight: &[ORIGIN, ALLOW_PUT, ALLOW_X_A],
    asks: &[Ask("PUT", X_A, "same-origin", NOW)],
    standard: (true, 2, 2),
    ..BASE
};

pub const REDIRECTS: [Row; 3] = [
    Row {
        id: "redir-put-307-other",
        redirected: Some((&[NULL, ALLOW_PUT, ALLOW_X_A], &[NULL])),
        firefox: Some((false, 2, 1)),
        ..REDIRECT
    },
    Row {
        id: "redir-put-307-other-mixed",
        redirected: Some((&[ORIGIN, ALLOW_PUT, ALLOW_X_A], &[NULL])),
        standard: (false, 2, 1),
        firefox: TWICE,
        ..REDIRECT
    },
    Row {
        id: "redir-auth-other",
        preflight: &[ORIGIN, ("access-control-allow-headers", "authorization")],
        redirected: Some((&[ANY], &[ANY])),
        asks: &[Ask("GET", AUTHORIZATION, "same-origin", NOW)],
        standard: (true, 1, 2),
        firefox: TWICE,
        ..REDIRECT
    },
];
