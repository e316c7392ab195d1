//! Presets admit what their names say, and nothing that is near.

use cross_origin::advice::lint::LintKind;
use cross_origin::presets::{self, chrome_extension as chrome, firefox_extension as firefox};
use cross_origin::{Origin, OriginPattern, OriginRef, Rule};

use crate::support::{from, policy};

const PRESETS: [(&str, &str); 8] = [
    (presets::CAPACITOR_IOS, "capacitor://localhost"),
    (presets::CAPACITOR_ANDROID, "https://localhost"),
    (presets::IONIC_WEBVIEW_IOS, "ionic://localhost"),
    (presets::IONIC_WEBVIEW_ANDROID, "http://localhost"),
    (presets::TAURI_APPLE_LINUX, "tauri://localhost"),
    (presets::TAURI_WINDOWS_ANDROID, "http://tauri.localhost"),
    (presets::CAPACITOR[0], "capacitor://localhost"),
    (presets::TAURI[1], "http://tauri.localhost"),
];

/// Nobody that a preset may take for itself.
const STRANGERS: [&str; 24] = [
    "null",
    "http://localhost:80",
    "https://localhost:8443",
    "http://localhost.",
    "http://localhost:3001",
    "http://localhost:5174",
    "http://localhost:1",
    "https://localhost:5173",
    "http://127.0.0.1",
    "http://127.0.0.1:5173",
    "http://[::1]:5173",
    "http://localhost.evil.example",
    "http://evil-localhost",
    "http://tauri.localhost.evil.example",
    "http://tauri.localhost:8080",
    "http://x.tauri.localhost",
    "http://tauri.evil.localhost",
    "capacitor://",
    "capacitor://evil",
    "capacitor://Localhost",
    "tauri://evil",
    "tauri://localhost:1",
    "ionic://localhost.evil.example",
    "https://evil.example",
];

#[test]
fn presets_are_canonical_origins() {
    for (preset, text) in PRESETS {
        assert_eq!(preset, text);
        let pattern: OriginPattern = preset.parse().unwrap();
        assert!(pattern.as_pattern_ref().is_exact(), "{preset}");
        assert_eq!(pattern.as_str(), preset);
        let decides = policy([Rule::allow_origins([preset])]);
        assert!(decides.evaluate(&from(preset)).is_allowed());
        for stranger in STRANGERS {
            let same = stranger.parse::<Origin>().unwrap().as_str() == preset;
            let allowed = decides.evaluate(&from(stranger)).is_allowed();
            assert_eq!(allowed, same, "{preset} and {stranger}");
        }
        for (other, _) in PRESETS {
            let allowed = decides.evaluate(&from(other)).is_allowed();
            assert_eq!(allowed, other == preset, "{preset} and {other}");
        }
    }
}

#[test]
fn groups_list_their_members() {
    assert_eq!(
        presets::CAPACITOR,
        ["capacitor://localhost", "https://localhost"]
    );
    assert_eq!(
        presets::IONIC_WEBVIEW,
        ["ionic://localhost", "http://localhost"]
    );
    assert_eq!(
        presets::TAURI,
        ["tauri://localhost", "http://tauri.localhost"]
    );
}

#[test]
fn any_firefox_extension_matches_one_scheme() {
    let any = presets::ANY_FIREFOX_EXTENSION;
    let admitted = "moz-extension://0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    let pattern: OriginPattern = any.parse().unwrap();
    let matches =
        |origin: &str| pattern.matches(OriginRef::from_header(origin.as_bytes()).unwrap());
    assert!(matches(admitted), "{any}");
    for stranger in [
        "chrome-extension://x",
        "moz-extension2://x",
        "vscode-file://vscode-app",
        "null",
        "https://x",
    ] {
        assert!(!matches(stranger), "{any} and {stranger}");
    }
    // It can't stand beside credentials, and has no lint without.
    let alone = || Rule::allow_origins([any]);
    assert!(cross_origin::Policy::new([alone().allow_credentials()]).is_err());
    let lints = policy([alone()]).lints();
    assert!(lints.iter().all(|lint| lint.kind() != LintKind::AnyHost));
}

#[test]
fn chrome_extensions() {
    let id = "aapbdbdomjkkjkaonfhkkikfgjllcleb";
    assert_eq!(
        chrome(id).unwrap().as_str(),
        format!("chrome-extension://{id}")
    );
    let origins = [chrome(id).unwrap()];
    assert!(
        policy([Rule::allow_origins(origins)])
            .evaluate(&from(&format!("chrome-extension://{id}")))
            .is_allowed()
    );
    for wrong in [
        "",
        "*",
        "aapbdbdomjkkjkaonfhkkikfgjllcle",
        "aapbdbdomjkkjkaonfhkkikfgjllclebb",
        "aapbdbdomjkkjkaonfhkkikfgjllcleq",
        "Aapbdbdomjkkjkaonfhkkikfgjllcleb",
        "aapbdbdomjkkjkaonfhkkikfgjllcle:",
        "chrome-extension://aapbdbdomjkkj",
        "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
    ] {
        let error = chrome(wrong).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "the id of a Chrome extension has 32 letters from `a` to `p`, and nothing else: `{wrong}` is none"
            )
        );
    }
    assert!(!chrome("a\n").unwrap_err().to_string().contains('\n'));
}

#[test]
fn firefox_extensions() {
    let uuid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    assert_eq!(
        firefox(uuid).unwrap().as_str(),
        format!("moz-extension://{uuid}")
    );
    for wrong in [
        "",
        "*",
        "0F1E2D3C-4b5a-6978-8796-a5b4c3d2e1f0",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0-",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg",
        "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}",
    ] {
        let error = firefox(wrong).unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("and nothing else: `{wrong}` is none")),
            "{error}"
        );
    }
}
