//! `convert`: files, folders and stdin to JSON, JSON lines or facts.

use super::Outcome;
use super::fault::Fault;
use super::input::{self, Input};
use super::sink::{Format, Sink};
use std::io::{self, Write};
use std::path::PathBuf;
use vraagbaak::{Extractor, Limits, Severity, WrittenQuestion};

/// What `convert` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files, folders (searched for .txt and .pdf), or `-` for stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A folder (one file a document) or a file (all in one); stdout when not named
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The form of the output [default: by the output's name; json; to stdout jsonl when there are several inputs]
    #[arg(short, long)]
    format: Option<Format>,
    /// Say nothing of warnings and sums, only what failed
    #[arg(short, long)]
    quiet: bool,
}

/// What a run came to.
#[derive(Debug, Default)]
struct Sums {
    converted: usize,
    documents: usize,
    warnings: usize,
    failed: usize,
}

/// Converts all that can be, and names all that cannot.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let (inputs, faults) = input::collect(&arguments.paths);
    let mut sums = Sums { failed: faults.len(), ..Sums::default() };
    faults.iter().for_each(Fault::tell);
    if inputs.is_empty() {
        return Ok(Outcome::SomeFailed);
    }
    let mut sink = Sink::open(arguments.output.as_deref(), arguments.format, &inputs)?;
    let tells_each = inputs.len() == 1 && !arguments.quiet;
    for input in &inputs {
        match read(input) {
            Ok(questions) => put(input, &questions, &mut sink, &mut sums, tells_each)?,
            Err(fault) => sums.fail(&fault),
        }
    }
    sink.finish()?;
    if !arguments.quiet && inputs.len() > 1 {
        sums.tell();
    }
    Ok(if sums.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// Writes the documents of an input. A stream that fails is the end of the run, a file in a folder is not.
fn put(
    input: &Input,
    questions: &[WrittenQuestion],
    sink: &mut Sink,
    sums: &mut Sums,
    tells_each: bool,
) -> Result<(), Fault> {
    match sink.put(input, questions) {
        Ok(()) => sums.add(input, questions, tells_each),
        Err(fault) if sink.is_shared() => return Err(fault),
        Err(fault) => sums.fail(&fault),
    }
    Ok(())
}

/// The written questions of an input.
pub(super) fn read(input: &Input) -> Result<Vec<WrittenQuestion>, Fault> {
    let bytes = input.read(&Limits::default())?;
    let mut extractor = Extractor::new();
    if let Some(path) = input.source_path() {
        extractor = extractor.path(path);
    }
    extractor.bytes(&bytes).map_err(|error| Fault::Document { subject: input.label(), error })
}

impl Sums {
    fn add(&mut self, input: &Input, questions: &[WrittenQuestion], tells_each: bool) {
        self.converted += 1;
        self.documents += questions.len();
        let told = questions.iter().flat_map(|question| &question.diagnostics);
        for warning in told.filter(|diagnostic| diagnostic.severity != Severity::Info) {
            self.warnings += 1;
            if tells_each {
                let code = warning.code;
                let _ = writeln!(io::stderr(), "{}: warning: {} [{code}]", input.label(), warning.message);
            }
        }
    }

    fn fail(&mut self, fault: &Fault) {
        fault.tell();
        self.failed += 1;
    }

    fn tell(&self) {
        let converted = counted(self.converted, "file");
        let documents = counted(self.documents, "written question");
        let warnings = counted(self.warnings, "warning");
        let failed = self.failed;
        let _ = writeln!(io::stderr(), "vraagbaak: {converted} converted ({documents}, {warnings}), {failed} failed");
    }
}

/// `1 file`, `2 files`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
