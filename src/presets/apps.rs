//! Origins of apps in a web view.

/// A Capacitor app on iOS
/// ([configuration](https://capacitorjs.com/docs/config): `iosScheme` and `hostname`).
pub const CAPACITOR_IOS: &str = "capacitor://localhost";

/// A Capacitor app on Android, from version 6 on
/// ([ionic-team/capacitor#7431](https://github.com/ionic-team/capacitor/discussions/7431)). Version 5
/// gives new apps the same
/// ([#6342](https://github.com/ionic-team/capacitor/issues/6342)).
///
/// It is also what a server on the machine itself has, at port 443.
pub const CAPACITOR_ANDROID: &str = "https://localhost";

/// Capacitor apps on iOS and Android, from version 6 on.
pub const CAPACITOR: [&str; 2] = [CAPACITOR_IOS, CAPACITOR_ANDROID];

/// A Cordova app with the Ionic web view on iOS
/// ([README](https://github.com/ionic-team/cordova-plugin-ionic-webview/commit/d52d37e4292308cd6100f507fb956dc638f2d3e5)).
pub const IONIC_WEBVIEW_IOS: &str = "ionic://localhost";

/// A Cordova app with the Ionic web view on Android
/// ([README](https://github.com/ionic-team/cordova-plugin-ionic-webview/commit/d52d37e4292308cd6100f507fb956dc638f2d3e5)).
///
/// It is also what a server on the machine itself has, at port 80.
pub const IONIC_WEBVIEW_ANDROID: &str = "http://localhost";

/// Cordova apps with the Ionic web view.
pub const IONIC_WEBVIEW: [&str; 2] = [IONIC_WEBVIEW_IOS, IONIC_WEBVIEW_ANDROID];

/// A Tauri app on macOS, iOS and Linux, in version 1 and 2
/// ([tauri-apps/tauri 4cb51a2](https://github.com/tauri-apps/tauri/commit/4cb51a2d56cfcae0749062c79ede5236bd8c02c2):
/// all but Windows and Android).
pub const TAURI_APPLE_LINUX: &str = "tauri://localhost";

/// A Tauri app on Windows and Android, from version 2 on
/// ([2.0.0-alpha.13](https://v2.tauri.app/release/tauri/v2.0.0-alpha.13) for Windows,
/// [2.0.0-alpha.8](https://v2.tauri.app/release/@tauri-apps/api/v2.0.0-alpha.8) of its API for
/// Android).
pub const TAURI_WINDOWS_ANDROID: &str = "http://tauri.localhost";

/// Tauri apps on all platforms, from version 2 on, without `useHttpsScheme`.
pub const TAURI: [&str; 2] = [TAURI_APPLE_LINUX, TAURI_WINDOWS_ANDROID];
