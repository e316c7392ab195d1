//! Origins that are easy to get wrong: of apps, of browser extensions, and of development servers.
//!
//! Each says where it is from. They are what a program has unless it is configured otherwise, so look
//! at the `Origin` that yours sends. None is a wildcard but those whose names start with `ANY`.
//!
//! ```
//! use cross_origin::{Policy, Rule, presets};
//!
//! let policy = Policy::new([
//!     Rule::allow_origins(["https://app.example.com"])
//!         .allow_credentials(),
//!     Rule::allow_origins(presets::CAPACITOR),
//!     Rule::allow_origins([presets::VITE, presets::STORYBOOK]),
//!     Rule::allow_origins([presets::chrome_extension("aapbdbdomjkkjkaonfhkkikfgjllcleb")?]),
//! ])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An app's own origin is no secret: anybody can write another app, or run a server on
//! `http://localhost`, that has the same one. So none of these is much to trust with credentials.
//!
//! A development server takes the next port where its own is taken, and `http://127.0.0.1:5173` and
//! `http://[::1]:5173` are other origins than `http://localhost:5173`.
//!
//! Electron has no origin of its own: which one an app has depends on how it loads its pages, such as
//! `app://main` for a scheme that it registers itself.

mod apps;
mod development;
mod extensions;

pub use apps::{
    CAPACITOR, CAPACITOR_5_ANDROID, CAPACITOR_ANDROID, CAPACITOR_IOS, IONIC_WEBVIEW,
    IONIC_WEBVIEW_ANDROID, IONIC_WEBVIEW_IOS, TAURI, TAURI_1, TAURI_1_WINDOWS, TAURI_APPLE_LINUX,
    TAURI_WINDOWS_ANDROID, TAURI_WINDOWS_ANDROID_HTTPS,
};
pub use development::{
    ANGULAR, ASTRO, CREATE_REACT_APP, DEVELOPMENT, IONIC_SERVE, NEXT, STORYBOOK, VITE,
    VITE_PREVIEW, VUE_CLI,
};
pub use extensions::{
    ANY_FIREFOX_EXTENSION, ANY_VSCODE_WEBVIEW, InvalidExtensionId, chrome_extension,
    firefox_extension,
};
