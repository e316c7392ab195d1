//! Real browsers, without a window, driven from outside.

mod child;
mod chromium;
mod firefox;

pub use child::scratch;
pub use chromium::Chromium;
pub use firefox::Firefox;

use serde_json::Value;

/// Why a browser does not do what it is told.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// How often a browser that does not start is started. Nothing else is ever tried twice.
const STARTS: usize = 3;

/// A browser that opens pages.
pub trait Browser {
    /// Opens this address in place of the page that there is.
    fn open(&self, url: &str) -> Result<(), Failed>;

    /// The value that a script returns, run in the page.
    fn run(&self, script: &str) -> Result<Value, Failed>;
}

fn started<B>(name: &str, start: impl Fn() -> Result<B, Failed>) -> B {
    let mut failures = Vec::new();
    for _ in 0..STARTS {
        match start() {
            Ok(browser) => return browser,
            Err(error) => failures.push(error.to_string()),
        }
    }
    panic!(
        "{name} does not start: {failures:?} \
         (Debian: apt-get install chromium chromium-driver firefox-esr)"
    );
}
