//! `report`: documents, an archive, or what `convert` has written of them, as one HTML file for people: to read on a
//! screen of any size, to check, to search and to print. It asks nothing of the network, and what documents say is never
//! taken for markup.
//!
//! ```text
//! documents ─ worker ─→ questions ─┐   ┌ document ─ table ─ chart, checks
//! JSON of convert ────→ questions ─┼─→ │          ─ doubts
//! source ──── worker ─→ Original  ─┘   └ source    index → report.html
//! ```

mod chart;
mod document;
mod doubts;
mod file;
mod html;
mod index;
mod outputs;
mod series;
mod source;
mod table;

use super::Outcome;
use super::convert::{self, drive};
use super::fault::Fault;
use super::input::is_stdin;
use super::keeper::Terms;
use super::reading::Reading;
use super::run::Run;
use super::sink::{Shared, refuse_input};
use super::walk::Walk;
use file::ReportFile;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Paths that the title names; `*.pdf` may stand for hundreds.
const NAMED: usize = 3;

/// What `report` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Documents, folders and zips of them, or what `convert` wrote of them: JSON, JSON lines, or a folder with its manifest
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The HTML file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What the report calls itself [default: the names of the paths]
    #[arg(long)]
    title: Option<String>,
    /// Leave the sources out: a smaller file, whose figures lead nowhere
    #[arg(long)]
    no_source: bool,
    /// Say nothing of progress and sums, only what failed
    #[arg(short, long)]
    quiet: bool,
    /// How many files are read at once [default: one for each core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Seconds after which a file is given up
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = convert::seconds)]
    timeout: Duration,
    /// Memory that a file may take: bytes, or with a unit, as 512MiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = convert::size)]
    max_memory: u64,
    #[command(flatten)]
    reading: Reading,
}

/// Writes the report.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    if is_stdin(&arguments.output) {
        return Err(Fault::Usage("a report goes to a file: name it with --output".to_owned()));
    }
    refuse_input(&arguments.output, &arguments.paths)?;
    let terms = Terms { timeout: arguments.timeout, max_memory: arguments.max_memory, reading: arguments.reading };
    let title = arguments.title.clone().unwrap_or_else(|| arguments.names());
    let mut report = ReportFile::create(&arguments.output, title, (!arguments.no_source).then_some(terms))?;
    let (written, documents): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.paths.iter().cloned().partition(|path| outputs::are_at(path));
    for path in &written {
        outputs::put(path, &mut report)?;
    }
    if documents.is_empty() {
        Shared::finish(Box::new(report))?;
        return Ok(Outcome::Done);
    }
    let total = Walk::over(documents.clone()).count() as u64;
    let run = Run::into(Box::new(report), &arguments.output, terms, total, arguments.quiet);
    drive(run, Walk::over(documents), Some(total), arguments.jobs)
}

impl Arguments {
    fn names(&self) -> String {
        let name =
            |path: &PathBuf| path.file_name().map_or("stdin".to_owned(), |name| name.to_string_lossy().into_owned());
        let names = self.paths.iter().map(name).take(NAMED).collect::<Vec<_>>().join(", ");
        match self.paths.len() - self.paths.len().min(NAMED) {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}
