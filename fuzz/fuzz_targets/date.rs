//! A line with a date: one that the calendar has, or none.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| vraagbaak::fuzz::date(text));
