//! Explanations, word by word: the table is in the text files beside this one, and `origins.txt` says how
//! it is read.
// The table has wildcards beside credentials and a Unicode domain.
#![cfg(all(feature = "idna", feature = "psl"))]

mod case;
mod forms;
mod laws;
#[path = "../support/naive.rs"]
#[allow(dead_code, reason = "shared by several laws")]
mod naive;
mod parts;
#[path = "../support/requests.rs"]
#[allow(dead_code, reason = "shared by several laws")]
mod requests;
