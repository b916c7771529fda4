//! The text of a cell: typed, its number finite.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| vraagbaak::fuzz::number(text));
