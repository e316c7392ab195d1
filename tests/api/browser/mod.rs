//! The model of the browser against what Chromium and Firefox were seen to do, where both follow
//! the standard, and against the standard where they do not. Comments give the scenarios' names.

mod caches;
mod check;
mod preflight;
mod seen;
mod sending;
mod sent;
mod whole;

use cross_origin::OriginRef;
use cross_origin::browser::{Fetch, Response};

use crate::support::Lines;

const PAGE: &str = "https://app.example.com";
const URL: &str = "https://api.example.com/thing";

#[track_caller]
fn fetch(origin: &str, method: &str, headers: Lines) -> Fetch {
    let origin = OriginRef::from_header(origin.as_bytes()).unwrap();
    let fetch = Fetch::new(origin, method).unwrap();
    headers.iter().fold(fetch, |fetch, (name, value)| {
        fetch.header(name, value).unwrap()
    })
}

fn response(status: u16, lines: Lines) -> Response {
    Response::new(status).headers(lines)
}

fn allow_origin(lines: &[&str]) -> Response {
    lines.iter().fold(Response::new(200), |response, value| {
        response.header("Access-Control-Allow-Origin", value)
    })
}

fn value<'r>(lines: &'r [(String, Vec<u8>)], name: &str) -> Option<&'r str> {
    let (_, value) = lines.iter().find(|(known, _)| known == name)?;
    std::str::from_utf8(value).ok()
}
