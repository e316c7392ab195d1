//! Origins of browser extensions.

use alloc::boxed::Box;
use alloc::format;

use crate::origin::Origin;
use crate::origin::quoted::Quoted;

/// Any extension of Firefox, by any publisher.
///
/// Firefox makes up a UUID for each extension on each installation, so that the extension can't be
/// told by its origin
/// ([MDN, `web_accessible_resources`](https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/manifest.json/web_accessible_resources)).
pub const ANY_FIREFOX_EXTENSION: &str = "moz-extension://*";

/// The origin of the Chrome extension with this id: 32 letters from `a` to `p`
/// ([Chromium, `extension_id.h`](https://chromium.googlesource.com/chromium/src/+/main/extensions/common/extension_id.h)).
///
/// The same extension has other ids where it is loaded unpacked without a `key` in its manifest.
///
/// # Errors
///
/// The text is not such an id.
///
/// ```
/// use cross_origin::presets::chrome_extension;
///
/// let origin = chrome_extension("aapbdbdomjkkjkaonfhkkikfgjllcleb")?;
/// assert_eq!(origin.as_str(), "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb");
/// assert!(chrome_extension("*").is_err());
/// # Ok::<(), cross_origin::presets::InvalidExtensionId>(())
/// ```
pub fn chrome_extension(id: &str) -> Result<Origin, InvalidExtensionId> {
    let is_id = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'a'..=b'p'));
    let expected = "the id of a Chrome extension has 32 letters from `a` to `p`";
    origin("chrome-extension", id, is_id, expected)
}

/// The origin of an extension on one installation of Firefox, by the *internal UUID* that
/// `about:debugging` shows. On another installation it is another one: see
/// [`ANY_FIREFOX_EXTENSION`].
///
/// # Errors
///
/// The text is not a UUID in lower case. The id in the extension's manifest is something else.
pub fn firefox_extension(internal_uuid: &str) -> Result<Origin, InvalidExtensionId> {
    let groups = internal_uuid.split('-').map(|group| {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        group.bytes().all(is_hex).then_some(group.len())
    });
    let is_uuid = groups.eq([8, 4, 4, 4, 12].map(Some));
    let expected = "the internal UUID of a Firefox extension has 32 digits from `0` to `f` in five groups, \
         such as `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`";
    origin("moz-extension", internal_uuid, is_uuid, expected)
}

fn origin(
    scheme: &str,
    id: &str,
    is_id: bool,
    expected: &'static str,
) -> Result<Origin, InvalidExtensionId> {
    let invalid = || InvalidExtensionId {
        found: id.into(),
        expected,
    };
    let text = is_id
        .then(|| format!("{scheme}://{id}"))
        .ok_or_else(invalid)?;
    text.parse().map_err(|_| invalid())
}

/// The reason why a text is not the id of an extension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{expected}, and nothing else: {} is none", Quoted(.found))]
pub struct InvalidExtensionId {
    found: Box<str>,
    expected: &'static str,
}
