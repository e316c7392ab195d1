//! CORS without any framework, on a small server of std and `httparse`. Copy what is of use.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use arc_swap::ArcSwap;
use cross_origin::{OwnedDecision, Policy, RequestHeaders};

const MAX_HEAD: usize = 16 * 1024;
const MAX_BODY: usize = 1024 * 1024;
const MAX_HEADERS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Request {
    pub method: String,
    pub path: String,
    pub body: Vec<u8>,
}

pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Box<dyn Read>,
}

impl Response {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Box::new(io::Cursor::new(body.into())),
        }
    }
}

pub type Application = fn(&Request) -> Response;

/// Serves one request on each connection, in a thread of its own.
pub fn serve(listener: &TcpListener, policy: &Arc<ArcSwap<Policy>>, application: Application) {
    for stream in listener.incoming() {
        let policy = policy.load_full();
        thread::spawn(move || {
            let served = stream.and_then(|stream| answer(stream, &policy, application));
            if let Err(error) = served {
                eprintln!("{error}");
            }
        });
    }
}

fn answer(mut stream: TcpStream, policy: &Policy, application: Application) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let (request, decision) = read(&mut stream, policy)?;
    let mut response = match (&request, decision.status()) {
        (None, _) => Response::new(400, "Bad Request\n"),
        (Some(_), Some(status)) => Response::new(status, ""),
        (Some(request), None) => catch_unwind(AssertUnwindSafe(|| application(request)))
            .unwrap_or_else(|_| Response::new(500, "Internal Server Error\n")),
    };
    // Not to a 101, which is not the end of the response.
    if response.status >= 200 {
        decision.apply(&mut response.headers);
    }
    let is_head = request.is_some_and(|request| request.method == "HEAD");
    write(&mut stream, is_head, response)
}

/// Reads a request, `None` if it is malformed, and evaluates it. Without a complete head the decision is that on
/// a request without headers.
fn read(stream: &mut TcpStream, policy: &Policy) -> io::Result<(Option<Request>, OwnedDecision)> {
    let no_head = || policy.evaluate(&RequestHeaders::new("GET")).to_owned();
    let (mut bytes, mut more) = (Vec::new(), [0; 1024]);
    while bytes.len() < MAX_HEAD {
        let count = stream.read(&mut more)?;
        bytes.extend_from_slice(&more[..count]);
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let body = match head.parse(&bytes) {
            Ok(httparse::Status::Complete(end)) => bytes[end..].to_vec(),
            Ok(httparse::Status::Partial) if count > 0 => continue,
            _ => return Ok((None, no_head())),
        };
        let (Some(method), Some(path)) = (head.method, head.path) else {
            return Ok((None, no_head()));
        };
        let lines = head
            .headers
            .iter()
            .map(|header| (header.name, header.value));
        let decision = policy.evaluate(&RequestHeaders::new(method).headers(lines));
        let decision = decision.to_owned();
        let Some(length) = body_length(head.headers) else {
            return Ok((None, decision));
        };
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            body: read_on(stream, body, length)?,
        };
        return Ok((Some(request), decision));
    }
    Ok((None, no_head()))
}

/// Returns the length of the body; `None` if it is too long or ambiguous. A server that takes another length
/// than a proxy in front of it can be made to take a part of a body for a request
/// ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)), so this one refuses:
/// `Transfer-Encoding`, which it does not implement; differing lengths; and everything but digits.
fn body_length(headers: &[httparse::Header<'_>]) -> Option<usize> {
    let named = |name: &'static str| {
        let lines = headers.iter();
        lines.filter(move |header| header.name.eq_ignore_ascii_case(name))
    };
    if named("Transfer-Encoding").next().is_some() {
        return None;
    }
    let mut lengths = named("Content-Length").map(|header| header.value);
    let Some(length) = lengths.next() else {
        return Some(0);
    };
    let is_number = length.iter().all(u8::is_ascii_digit);
    if !is_number || lengths.any(|other| other != length) {
        return None;
    }
    let length = str::from_utf8(length).ok()?.parse().ok()?;
    (length <= MAX_BODY).then_some(length)
}

fn read_on(stream: &mut TcpStream, mut body: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
    let read = body.len().min(length);
    body.resize(length, 0);
    stream.read_exact(&mut body[read..])?;
    Ok(body)
}

/// The end of the connection is the end of the body, so that it needs no length.
fn write(stream: &mut TcpStream, is_head: bool, response: Response) -> io::Result<()> {
    let Response {
        status,
        headers,
        mut body,
    } = response;
    let mut head = format!("HTTP/1.1 {status} \r\nconnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all((head + "\r\n").as_bytes())?;
    if !is_head && status != 204 && status != 304 {
        io::copy(&mut body, stream)?;
    }
    Ok(())
}
