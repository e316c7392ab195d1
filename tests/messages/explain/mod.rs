//! Explanations, word by word. The table is in `support/explanations`; the head of `origins.txt` there says
//! how it is read.
// The table has wildcards together with credentials and a Unicode domain.
#![cfg(all(feature = "idna", feature = "psl"))]

mod forms;
mod parts;
