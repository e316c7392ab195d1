//! Real browsers against servers that embed the crate. They are ignored unless asked for, as they
//! need what is not there everywhere:
//!
//! ```sh
//! apt-get install chromium chromium-driver firefox-esr
//! cargo test --all-features --test browsers -- --ignored
//! ```

mod agreement;
mod caches;
mod departures;
mod driver;
mod fault;
mod generate;
#[path = "../support/naive.rs"]
mod naive;
mod playground;
mod rows;
mod scenario;
mod stage;
