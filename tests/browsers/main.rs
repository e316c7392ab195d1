//! Real browsers against servers that embed the crate. They are ignored unless asked for, as they
//! need what is not there everywhere:
//!
//! ```sh
//! apt-get install chromium chromium-driver firefox-esr
//! cargo test --all-features --test browsers -- --ignored
//! ```

mod caches;
mod driver;
mod fault;
pub mod playground;
mod stage;
