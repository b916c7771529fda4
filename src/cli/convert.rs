//! `convert`: files, folders, zips and stdin to documents in the form that is asked for.
//!
//! ```text
//! walk → batch (readers, workers) → in order: sink, then manifest, then tally and progress
//! ```

use super::Outcome;
use super::attempt::{self, Attempt, Word};
use super::batch::{Batch, Step};
use super::fault::Fault;
use super::input::{Input, is_stdin};
use super::interrupt;
use super::keeper::{Keeper, Terms};
use super::output::{folder_of, with_suffix};
use super::reader::Reader;
use super::reading::Reading;
use super::run::{How, Run};
use super::sink::{Format, Target, is_folder, schema_beside};
use super::walk::{Walk, is_zip};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::available_parallelism;
use std::time::Duration;
use vraagbaak::{Limits, WrittenQuestion};

/// The least memory for a worker, in which it can start and read what is small.
const LEAST_MEMORY: u64 = 128 << 20;

/// What `convert` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files, folders and zips (searched for .txt and .pdf), or `-` for stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A folder (one file a document) or a file (all in one); stdout when not named
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The form of the output [default: by the output's name; json; to stdout jsonl when there are several inputs]
    #[arg(short, long)]
    format: Option<Format>,
    /// Say nothing of progress, warnings and sums, only what failed
    #[arg(short, long)]
    quiet: bool,
    /// How many files are read at once [default: one for each core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Seconds after which a file is given up
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
    /// Memory that a file may take: bytes, or with a unit, as 512MiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    max_memory: u64,
    /// Where every input gets a line on how it came out [default: in or beside the output, when there are several inputs]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Go on where an earlier run stopped: what its manifest has, under the same hash, version and options, is done
    #[arg(long)]
    resume: bool,
    /// With --resume: try again what failed
    #[arg(long, requires = "resume")]
    retry: bool,
    /// With `-`: stdin is a list of paths, one a line; one that fails gets a line of its own in the output
    #[arg(long)]
    input_list: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Converts all that can be, and names all that cannot.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    arguments.refuse_what_cannot_be_meant()?;
    let total = (!arguments.input_list).then(|| Walk::over(arguments.paths.clone()).count() as u64);
    if arguments.is_one_file_to_stdout() {
        match attempt::begin(arguments.max_memory, arguments.timeout) {
            Attempt::Copy(word) => return read_here(arguments.open(total)?, arguments.walk(), word),
            Attempt::Done(outcome) => return Ok(outcome),
            Attempt::Failed => {}
        }
    }
    drive(arguments.open(total)?, arguments.walk(), total, arguments.jobs)
}

/// Reads the only input in this process, gives word, and puts it into the output.
fn read_here(mut run: Run, mut walk: Walk, word: Word) -> Result<Outcome, Fault> {
    let mut reader = Reader::new(Arc::clone(&run.plan), Keeper::in_a_copy(run.plan.terms));
    let done = walk.next().map(|found| found.map(|input| (reader.read(&input), input)));
    drop(word);
    if let Some(done) = done {
        run.settle(done.map(|(outcome, input)| (input, outcome)))?;
    }
    run.finish(false)
}

/// Has all inputs read and put into the output of a run.
pub(super) fn drive(
    mut run: Run,
    walk: Walk,
    total: Option<u64>,
    jobs: Option<NonZeroUsize>,
) -> Result<Outcome, Fault> {
    let stop = interrupt::watch();
    let jobs = jobs.or(available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let jobs = total.map_or(jobs, |total| jobs.min(usize::try_from(total).unwrap_or(jobs)));
    let mut batch = Batch::start(walk, &run.plan, jobs, Arc::clone(&stop));
    loop {
        match batch.step() {
            Step::Done(done) => {
                run.settle(*done)?;
                if !batch.has_next() {
                    run.hand_on()?;
                }
            }
            Step::Waiting => {}
            Step::End => break,
        }
        run.show();
    }
    run.finish(stop.load(Ordering::SeqCst))
}

impl Arguments {
    fn refuse_what_cannot_be_meant(&self) -> Result<(), Fault> {
        let refuse = |reason: &str| Err(Fault::Usage(reason.to_owned()));
        let stdins = self.paths.iter().filter(|path| is_stdin(path)).count();
        match () {
            () if self.input_list && (self.paths.len(), stdins) != (1, 1) => {
                refuse("--input-list reads paths from stdin: give it `-`, and no other path")
            }
            () if stdins > 1 => refuse("stdin can be read only once: `-` is given twice"),
            () if self.names_one_file_twice() => {
                refuse("the output would be written over the manifest: name another file for one of them")
            }
            () if self.resume && self.manifest_place().is_none() => {
                refuse("--resume needs the manifest of the earlier run: name its --output or its --manifest")
            }
            () => Ok(()),
        }
    }

    /// Whether the manifest has the place of the output, or of the description beside it.
    fn names_one_file_twice(&self) -> bool {
        let place = |path: &Path| Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
        let (Some(manifest), Some(output)) = (&self.manifest, self.output()) else { return false };
        let manifest = place(manifest);
        manifest.is_some() && [output, &schema_beside(output)].into_iter().any(|other| place(other) == manifest)
    }

    fn walk(&self) -> Walk {
        if self.input_list { Walk::over_list() } else { Walk::over(self.paths.clone()) }
    }

    fn open(&self, total: Option<u64>) -> Result<Run, Fault> {
        let manifest = self.manifest_place();
        let target = Target {
            output: self.output(),
            format: self.format,
            several: total != Some(1),
            named: &self.paths,
            manifest: manifest.as_ref(),
            tells_failures: self.input_list,
        };
        Run::open(&target, self.terms(), How { total, resumes: self.resume, retries: self.retry, quiet: self.quiet })
    }

    fn terms(&self) -> Terms {
        Terms { timeout: self.timeout, max_memory: self.max_memory, reading: self.reading }
    }

    /// The output, where it is not stdout.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|output| !is_stdin(output))
    }

    /// Whether there is one file to read, which can be read again, and nothing to leave but on stdout.
    fn is_one_file_to_stdout(&self) -> bool {
        let [path] = self.paths.as_slice() else { return false };
        let leaves = self.output().is_some() || self.manifest.is_some() || self.resume;
        !leaves && self.is_one(path) && path.is_file()
    }

    fn is_one(&self, path: &Path) -> bool {
        !self.input_list && !path.is_dir() && !is_zip(path)
    }

    /// Where the manifest stands: a run over one file needs none.
    fn manifest_place(&self) -> Option<PathBuf> {
        if self.manifest.is_some() {
            return self.manifest.clone();
        }
        let several = self.resume || self.paths.len() > 1 || !self.paths.iter().all(|path| self.is_one(path));
        let output = self.output().filter(|_| several)?;
        // A folder of tables holds nothing else.
        if is_folder(output) && !self.format.is_some_and(Format::is_folder_of_tables) {
            return Some(output.join("manifest.jsonl"));
        }
        // Without the separator that a folder's name may end in.
        Some(with_suffix(&output.components().collect::<PathBuf>(), "manifest.jsonl"))
    }
}

/// The written questions of an input, read in this process.
pub(super) fn read(input: &Input, reading: &Reading) -> Result<Vec<WrittenQuestion>, Fault> {
    let bytes = input.read(&Limits::default())?;
    let mut extractor = reading.extractor();
    if let Some(path) = input.source_path() {
        extractor = extractor.path(path);
    }
    extractor.bytes(&bytes).map_err(|error| Fault::Document { subject: input.label(), error })
}

/// `1 file`, `2 files`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A time on the command line.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("not a time that a file can be read in".to_owned()),
    }
}

/// A size on the command line.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err("not a size: a number, or one with KiB, MiB or GiB".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "not a size: a number, or one with KiB, MiB or GiB".to_owned())?;
    match number.checked_mul(unit) {
        Some(size) if size >= LEAST_MEMORY => Ok(size),
        Some(_) => Err(format!("too little to read anything: at least {} MiB", LEAST_MEMORY >> 20)),
        None => Err("more than any machine has".to_owned()),
    }
}
