//! The pages in `docs/` and CONTRIBUTING.md: every command that they show is run, and prints what they say.
//!
//! A block of the kind `console` has commands behind `$ ` and their output below; `…` on a line of its own stands for any
//! lines, within a line for any text.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::{run, stderr, stdout, vraagbaak};
use std::fs;
use std::path::Path;

/// The pages whose commands need nothing but this program.
const PAGES: [&str; 2] = ["docs/how-a-table-is-read.md", "CONTRIBUTING.md"];

/// The commands of a page with what they should print.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        for line in block.split("\n```").next().unwrap().lines() {
            match (line.strip_prefix("$ vraagbaak "), commands.last_mut()) {
                (Some(command), _) => commands.push((command, Vec::new())),
                (None, Some((_, output))) => output.push(line),
                (None, None) => panic!("output without a command: {line}"),
            }
        }
    }
    commands
}

/// Whether text is as a pattern says, in which `…` is any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        let found = if index + 1 == parts.len() {
            rest.ends_with(part).then(|| rest.len() - part.len())
        } else {
            rest.find(part)
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty() || !parts.is_empty()
}

#[test]
fn every_command_prints_what_the_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in PAGES {
        let page = fs::read_to_string(root.join(name)).unwrap();
        for (command, expected) in commands(&page) {
            let output = run(vraagbaak().args(command.split_whitespace()).current_dir(root));
            let printed = stdout(&output).trim_end();
            let pattern = expected.join("\n");
            // Lines of their own: any lines, also none.
            let pattern = pattern.replace("\n…\n", "…\n").replace("…\n", "…");
            assert!(fits(pattern.trim_end(), printed), "{name}: {command}\n{printed}\n{}", stderr(&output));
        }
    }
}

#[test]
fn patterns_leave_out_what_they_say() {
    assert!(
        fits("a…c", "abc") && fits("…c", "abc") && fits("a…", "abc") && fits("abc", "abc") && fits("a…b…c", "a1b2c")
    );
    assert!(!fits("a…d", "abc") && !fits("ab", "abc") && !fits("b…c", "abc"));
}
