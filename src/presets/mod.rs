//! Origins of apps and of browser extensions.
//!
//! Each has one right value, and cites the document that gives it. An app can be configured to have
//! another origin, so check the `Origin` header that yours sends. Only [`ANY_FIREFOX_EXTENSION`] is a
//! wildcard.
//!
//! ```
//! use cross_origin::{Policy, Rule, presets};
//!
//! let policy = Policy::new([
//!     Rule::allow_origins(["https://app.example.com"])
//!         .allow_credentials(),
//!     Rule::allow_origins(presets::CAPACITOR),
//!     Rule::allow_origins([presets::chrome_extension("aapbdbdomjkkjkaonfhkkikfgjllcleb")?]),
//! ])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An app's own origin is no secret: anybody can write another app, or run a server on
//! `http://localhost`, that has the same one. So none of these is much to trust with credentials.
//!
//! A development server takes the next port if its own is in use: allow `http://localhost:*`, and only
//! during development.
//!
//! Electron has no origin of its own: which one an app has depends on how it loads its pages, such as
//! `app://main` for a scheme that it registers itself.

mod apps;
mod extensions;

pub use apps::{
    CAPACITOR, CAPACITOR_ANDROID, CAPACITOR_IOS, IONIC_WEBVIEW, IONIC_WEBVIEW_ANDROID,
    IONIC_WEBVIEW_IOS, TAURI, TAURI_APPLE_LINUX, TAURI_WINDOWS_ANDROID,
};
pub use extensions::{
    ANY_FIREFOX_EXTENSION, InvalidExtensionId, chrome_extension, firefox_extension,
};
