//! A playground: edit a policy, choose a fetch, and see what the policy decides, what a browser
//! should make of the answer, and what *this* browser really does.
//!
//! ```sh
//! cargo run --example playground
//! ```
//!
//! Then open the address that it prints. One machine, two ports: the page is served on one and the
//! API that it asks on another, so they are of different origins; a third port and other names of
//! this machine are further origins to ask from. Everything is on 127.0.0.1, and nothing listens
//! beyond it.
//!
//! A fetch that CORS blocks makes the browser write an error to its console. That one is expected.

mod server;

use std::process::ExitCode;

use server::Playground;

fn main() -> ExitCode {
    let playground = match Playground::start() {
        Ok(playground) => playground,
        Err(error) => {
            eprintln!("no port of 127.0.0.1 to listen on: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("the page  {}", playground.page());
    println!("the API   {}", playground.api());
    println!("Ctrl+C ends it.");
    loop {
        std::thread::park();
    }
}
