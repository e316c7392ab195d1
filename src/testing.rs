//! A test of implementations of [`Headers`].

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::message::Headers;

/// The first fault of an implementation of [`Headers`] that [`check_headers`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HeadersFault(&'static str);

impl fmt::Display for HeadersFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for HeadersFault {}

/// Tests an implementation of [`Headers`]: call it in a test, with a function that creates the headers of a
/// response from lines, names as an application writes them.
///
/// # Errors
///
/// The first fault, such as a `Vary` that is lost or doubled, or a name that is compared by case.
///
/// ```
/// use cross_origin::check_headers;
///
/// let fault = check_headers(|lines| -> Vec<(String, String)> {
///     lines.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
/// });
/// assert_eq!(fault, Ok(()));
/// ```
pub fn check_headers<H: Headers>(
    create: impl Fn(&[(&'static str, &'static str)]) -> H,
) -> Result<(), HeadersFault> {
    let fails = |is_fault, fault| {
        if is_fault {
            Err(HeadersFault(fault))
        } else {
            Ok(())
        }
    };

    let mut headers = create(&[("Content-Type", "text/plain"), ("Vary", "Accept-Encoding")]);
    let is_found = members(&headers, "vary") == ["accept-encoding"];
    fails(!is_found, "`get_all` does not find a name in another case")?;
    let is_empty = members(&headers, "access-control-max-age").is_empty();
    fails(!is_empty, "`get_all` finds a header that is not there")?;

    let has_room = headers.append("vary", "origin");
    fails(
        !has_room,
        "`append` reports that there is no room in a small response",
    )?;
    let vary = members(&headers, "vary");
    let is_lost = !vary.iter().any(|member| member == "accept-encoding");
    fails(is_lost, "`append` loses the line of the application")?;
    fails(vary.len() < 2, "`append` does not add the line")?;
    let is_appended = vary == ["accept-encoding", "origin"];
    fails(
        !is_appended,
        "`append` doubles a member, or does not add the line at the end",
    )?;

    let has_room = headers.set("access-control-allow-origin", "https://a.example")
        && headers.set("access-control-allow-origin", "https://b.example");
    fails(
        !has_room,
        "`set` reports that there is no room in a small response",
    )?;
    let is_set = members(&headers, "access-control-allow-origin") == ["https://b.example"];
    fails(!is_set, "`set` does not replace the line that is there")?;

    let mut upstream = create(&[("Access-Control-Allow-Origin", "*"), ("ETag", "1")]);
    upstream.set("access-control-allow-origin", "https://a.example");
    let is_set = members(&upstream, "access-control-allow-origin") == ["https://a.example"];
    fails(
        !is_set,
        "`set` does not replace a line whose name has another case",
    )?;

    headers.remove("vary");
    let is_removed = members(&headers, "vary").is_empty();
    fails(
        !is_removed,
        "`remove` leaves a line, or one whose name has another case",
    )?;
    let is_kept =
        members(&headers, "content-type") == ["text/plain"] && members(&upstream, "etag") == ["1"];
    fails(!is_kept, "another header is lost")
}

/// The members of all lines, in lower case.
fn members(headers: &impl Headers, name: &str) -> Vec<String> {
    let mut members = Vec::new();
    headers.get_all(name, &mut |line| {
        let line = String::from_utf8_lossy(line).to_ascii_lowercase();
        let line = line.split(',').map(str::trim);
        members.extend(line.filter(|member| !member.is_empty()).map(String::from));
    });
    members
}
