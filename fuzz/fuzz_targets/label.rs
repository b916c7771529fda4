//! A line that a label may open: its length within the line.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| vraagbaak::fuzz::label(text));
