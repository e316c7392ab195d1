//! What the servers have in common: a policy that can be changed while they run, and a place to
//! listen.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::{env, error, fs, io, thread};

use arc_swap::ArcSwap;
use cross_origin::{Policy, PolicyBuilder, PolicyProblems, Rule};

pub type Result<T> = std::result::Result<T, Box<dyn error::Error + Send + Sync>>;

/// The policy of the file that the first argument names, or the built-in one.
///
/// Each line of standard input has the file read again. Requests that came before keep the policy they
/// came to; a file with problems changes nothing.
pub fn policy() -> Result<Arc<ArcSwap<Policy>>> {
    let Some(path) = env::args().nth(1) else {
        return Ok(Arc::new(ArcSwap::from_pointee(built_in()?)));
    };
    let policy = Arc::new(ArcSwap::from_pointee(read(&path)?));
    let shared = Arc::clone(&policy);
    println!("press return to read {path} again");
    thread::spawn(move || {
        for _ in io::stdin().lines().map_while(io::Result::ok) {
            match read(&path) {
                Ok(changed) => {
                    shared.store(Arc::new(changed));
                    println!("{path} is the policy now");
                }
                Err(problems) => eprintln!("the policy stays as it was: {problems}"),
            }
        }
    });
    Ok(policy)
}

/// Our pages may send cookies, everybody else's may not.
fn built_in() -> std::result::Result<Policy, PolicyProblems> {
    Policy::new([
        Rule::allow_origins(["https://app.example.com", "http://localhost:5173"])
            .allow_credentials()
            .allow_methods(["PUT"])
            .allow_headers(["Content-Type"]),
        Rule::allow_any_origin(),
    ])
}

fn read(path: &str) -> Result<Policy> {
    let builder: PolicyBuilder = serde_json::from_str(&fs::read_to_string(path)?)?;
    Ok(builder.build()?)
}

/// Listens on this machine alone, at port 3000 or that of the environment's `PORT`.
pub fn listener() -> Result<TcpListener> {
    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(listener)
}
