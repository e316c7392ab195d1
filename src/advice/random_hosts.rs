//! Schemes whose hosts are made up by browsers.

/// Schemes whose hosts are made up anew on each installation, or in each session: they cannot be listed.
pub(super) const RANDOM_HOSTS: [&str; 3] =
    ["moz-extension", "safari-web-extension", "vscode-webview"];
