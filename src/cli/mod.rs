//! The command: arguments, and one file a subcommand. Sees the library's public face alone.
//!
//! Results go to stdout or to the named output, all else to stderr. Exit status: 0 all done, 1 some of it failed,
//! 2 the command line was wrong, 130 it was stopped.

mod against;
mod align;
mod archive;
mod attempt;
mod batch;
mod check;
mod convert;
mod diff;
mod draw;
mod fault;
mod input;
mod inspect;
mod interrupt;
mod keeper;
mod manifest;
mod message;
mod output;
mod own;
mod progress;
mod reader;
mod reading;
mod rehearsal;
mod report;
mod run;
mod show;
mod sink;
mod spool;
mod status;
mod style;
mod tables;
mod tally;
mod text;
mod walk;
mod words;
mod worker;
mod wrap;

use clap::{CommandFactory, Parser, Subcommand};
use fault::Fault;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reads written questions of the Flemish Parliament with the ministers' answers: PDF or text in, checked JSON out.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The same with one subcommand: what the others are told is not set up for it, a tenth of what a small PDF takes.
#[derive(Debug, Parser)]
struct ConvertAlone {
    #[command(subcommand)]
    command: Conversion,
}

#[derive(Debug, Subcommand)]
enum Conversion {
    Convert(convert::Arguments),
}

/// What the command line asks for. Whatever is not simply a conversion, help and errors too, is for all of it to tell.
fn command() -> Command {
    let converts = std::env::args_os().nth(1).is_some_and(|name| name == "convert");
    match converts.then(ConvertAlone::try_parse) {
        Some(Ok(ConvertAlone { command: Conversion::Convert(arguments) })) => Command::Convert(arguments),
        _ => Arguments::parse().command,
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Convert files and folders to JSON, JSON lines or a table of facts
    Convert(convert::Arguments),
    /// Show a document for reading: each question with its answer and tables
    Show(show::Arguments),
    /// One HTML file to read, check, search and print: of documents, an archive, or what convert wrote
    Report(report::Arguments),
    /// The tables of any PDF or text, whatever the document
    Tables(tables::Arguments),
    /// The text of a PDF in reading order, paragraphs whole
    Text(text::Arguments),
    /// Draw how a page of a PDF was read, as SVG
    Inspect(inspect::Arguments),
    /// Parse every fixture again and compare with what is expected
    Check(check::Arguments),
    /// Print the JSON Schema of the output
    Schema,
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of the command and its subcommands into a folder
    Man {
        /// The folder
        folder: PathBuf,
    },
    /// Read documents for another process of this program
    #[command(hide = true)]
    Worker(worker::Arguments),
}

/// The status for a command line that cannot be meant.
const USAGE: u8 = 2;

/// How a command that ran to its end came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All was done.
    Done,
    /// Some failed, each named on stderr.
    SomeFailed,
    /// Ctrl-C came before the end.
    Stopped,
    /// A copy of this process has told what there was to tell, and ended with this status.
    As(u8),
}

/// Runs the command line that the process was started with.
pub(crate) fn run() -> ExitCode {
    reading::tell_own_panics();
    let outcome = match command() {
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Tables(arguments) => tables::run(&arguments),
        Command::Text(arguments) => text::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Schema => schema(),
        Command::Completions { shell } => completions(shell),
        Command::Man { folder } => manual(&folder),
        Command::Worker(arguments) => worker::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::Stopped) => ExitCode::from(interrupt::STATUS),
        Ok(Outcome::As(status)) => ExitCode::from(status),
        // Whoever read our output has what it wanted (`vraagbaak show x | head`).
        Err(fault) if fault.is_closed_pipe() => ExitCode::SUCCESS,
        Err(fault) => {
            fault.tell();
            ExitCode::from(if matches!(fault, Fault::Usage(_)) { USAGE } else { 1 })
        }
    }
}

fn schema() -> Result<Outcome, Fault> {
    let text = format!("{:#}\n", vraagbaak::json_schema());
    print(text.as_bytes())
}

fn completions(shell: clap_complete::Shell) -> Result<Outcome, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "vraagbaak", &mut script);
    print(&script)
}

fn manual(folder: &Path) -> Result<Outcome, Fault> {
    std::fs::create_dir_all(folder).map_err(|error| Fault::io_at(folder, error))?;
    clap_mangen::generate_to(Arguments::command(), folder).map_err(|error| Fault::io_at(folder, error))?;
    Ok(Outcome::Done)
}

/// Prints on stdout. On a terminal, what a document says does not steer that.
fn print(bytes: &[u8]) -> Result<Outcome, Fault> {
    let mut out = std::io::stdout().lock();
    let tamed = out.is_terminal().then(|| tame(&String::from_utf8_lossy(bytes)));
    let bytes = tamed.as_deref().map_or(bytes, str::as_bytes);
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Fault::io("stdout", error))?;
    Ok(Outcome::Done)
}

/// The text without control characters; lines, tabs and ends of pages are none.
fn tame(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(|character: char| character.is_control() && !"\n\t\u{c}".contains(character), "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_steered_by_what_a_document_says() {
        assert_eq!(tame("a\tb\u{c}\n\u{1b}]0;c\u{7} \u{9b}d\r\n"), "a\tb\u{c}\n\u{fffd}]0;c\u{fffd} \u{fffd}d\n");
    }
}
