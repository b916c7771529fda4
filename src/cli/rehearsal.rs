//! What the worst file could do to a worker, done on demand, so that tests can show what it costs the others.
//!
//! ```text
//! VRAAGBAAK_REHEARSE=abort:kwaad.pdf,hang:traag.pdf      the worker aborts at inputs whose path ends in kwaad.pdf, …
//! ```

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

/// Where the acts are named.
const VARIABLE: &str = "VRAAGBAAK_REHEARSE";

/// Does what is to be done at this input, if anything.
pub(super) fn perform(label: &str) {
    let Ok(acts) = std::env::var(VARIABLE) else { return };
    for (act, name) in acts.split(',').filter_map(|act| act.split_once(':')) {
        if label.ends_with(name) {
            play(act);
        }
    }
}

#[expect(clippy::panic, reason = "a panic is one of the acts")]
fn play(act: &str) {
    match act {
        "abort" => std::process::abort(),
        "exit" => std::process::exit(3),
        "hang" => loop {
            thread::sleep(Duration::from_secs(3600));
        },
        "spin" => loop {
            std::hint::spin_loop();
        },
        "eat" => eat(),
        "overflow" => drop(overflow(1)),
        "panic" => panic!("as rehearsed"),
        "babble" => drop(writeln!(io::stdout(), "not a reply")),
        "slow" => thread::sleep(Duration::from_millis(300)),
        _ => {}
    }
}

/// Takes memory until there is none.
fn eat() {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(vec![1; 16 << 20]);
    }
}

/// Calls itself until the stack is used up.
#[expect(unconditional_recursion, reason = "that is the act")]
fn overflow(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 512]);
    overflow(depth + 1) + frame[0]
}
