//! The pages in `docs/` and CONTRIBUTING.md: every command that they show is run, and prints what they say.
//!
//! A block of the kind `console` has commands behind `$ ` and their output below; `…` on a line of its own stands for any
//! lines, within a line for any text. Other programs are run where they are installed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::{Scratch, run, stderr, stdout, vraagbaak};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The pages whose commands need nothing but this program.
const PAGES: [&str; 3] = ["docs/first-steps.md", "docs/how-a-table-is-read.md", "CONTRIBUTING.md"];

/// The commands of a page with what they should print.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        for line in block.split("\n```").next().unwrap().lines() {
            match (line.strip_prefix("$ "), commands.last_mut()) {
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

/// What a command prints; none where its program is not installed.
fn perform(command: &str, scratch: &Scratch) -> Option<Output> {
    if let Some(arguments) = command.strip_prefix("vraagbaak ") {
        return Some(run(vraagbaak().args(arguments.split_whitespace()).current_dir(scratch.path(""))));
    }
    let program = command.split(' ').next()?;
    let is_here = Command::new(program).arg("--version").output().is_ok();
    is_here.then(|| run(Command::new("sh").args(["-c", command]).current_dir(scratch.path(""))))
}

#[test]
fn every_command_prints_what_the_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in PAGES {
        let page = fs::read_to_string(root.join(name)).unwrap();
        let scratch = Scratch::new("docs");
        for folder in ["seeds", "fixtures"] {
            std::os::unix::fs::symlink(root.join(folder), scratch.path(folder)).unwrap();
        }
        for (command, expected) in commands(&page) {
            let Some(output) = perform(command, &scratch) else { continue };
            // As on a terminal, which shows both.
            let printed = format!("{}{}", stdout(&output), stderr(&output));
            let printed = printed.trim_end();
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
