//! `convert`: files, folders, zips and stdin to documents in the form that is asked for.
//!
//! ```text
//! walk → batch (readers, workers) → in order: sink, then manifest, then tally and progress
//! ```

use super::Outcome;
use super::batch::{Batch, Done, Step};
use super::fault::Fault;
use super::input::{Input, is_stdin};
use super::interrupt;
use super::keeper::Terms;
use super::manifest::{Entry, Manifest};
use super::output::with_suffix;
use super::progress::Progress;
use super::reader::{self, Plan, Ready};
use super::sink::{Format, Sink, Target, is_folder};
use super::spool::Spool;
use super::status::{Failure, Status};
use super::tally::Tally;
use super::walk::{Walk, is_zip};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::available_parallelism;
use std::time::Duration;
use vraagbaak::{Extractor, Limits, WrittenQuestion};

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
}

/// Converts all that can be, and names all that cannot.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    arguments.refuse_what_cannot_be_meant()?;
    let total = (!arguments.input_list).then(|| Walk::over(arguments.paths.clone()).count() as u64);
    let mut run = Run::open(arguments, total)?;
    let stop = interrupt::watch();
    let jobs = arguments.jobs.or(available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let jobs = total.map_or(jobs, |total| jobs.min(usize::try_from(total).unwrap_or(jobs)));
    let mut batch = Batch::start(arguments.walk(), &run.plan, jobs, Arc::clone(&stop));
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
            () if self.resume && self.manifest_place().is_none() => {
                refuse("--resume needs the manifest of the earlier run: name its --output or its --manifest")
            }
            () => Ok(()),
        }
    }

    fn walk(&self) -> Walk {
        if self.input_list { Walk::over_list() } else { Walk::over(self.paths.clone()) }
    }

    /// The output, where it is not stdout.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|output| !is_stdin(output))
    }

    /// Where the manifest stands: a run over one file needs none.
    fn manifest_place(&self) -> Option<PathBuf> {
        let is_one = |path: &PathBuf| !self.input_list && !path.is_dir() && !is_zip(path);
        if self.manifest.is_some() {
            return self.manifest.clone();
        }
        let several = self.resume || self.paths.len() > 1 || !self.paths.iter().all(is_one);
        let output = self.output().filter(|_| several)?;
        // A folder of tables holds nothing else.
        let within = is_folder(output) && !self.format.is_some_and(Format::is_folder_of_tables);
        Some(if within { output.join("manifest.jsonl") } else { with_suffix(output, "manifest.jsonl") })
    }
}

/// A run that is open.
struct Run {
    plan: Arc<Plan>,
    sink: Sink,
    manifest: Option<Manifest>,
    spool: Option<Spool>,
    tally: Tally,
    progress: Progress,
    /// The file that all documents go to.
    shared: Option<PathBuf>,
    tells_sums: bool,
}

impl Run {
    fn open(arguments: &Arguments, total: Option<u64>) -> Result<Self, Fault> {
        let place = arguments.manifest_place();
        let several = total != Some(1);
        let target = Target {
            output: arguments.output(),
            format: arguments.format,
            several,
            named: &arguments.paths,
            manifest: place.as_ref(),
            tells_failures: arguments.input_list,
        };
        // The manifest is locked before anything is written where another run may be at work.
        let (manifest, earlier) =
            place.as_deref().map(|place| Manifest::open(place, arguments.resume)).transpose()?.unzip();
        let sink = Sink::open(&target)?;
        let (mut files, mut shared) = (None, None);
        match &sink {
            Sink::Folder(folder) => {
                files = Some(folder.files());
                if arguments.resume || earlier.as_ref().is_some_and(|earlier| earlier.was_there()) {
                    folder.sweep();
                }
            }
            Sink::Shared(_) => shared = target.output.map(Path::to_owned),
        }
        let spool_place = place.as_deref().filter(|_| files.is_none()).map(|place| with_suffix(place, "unfinished"));
        let (spool, spooled) = spool_place.map(|place| Spool::open(&place, arguments.resume)).transpose()?.unzip();
        let plan = Plan {
            terms: Terms { timeout: arguments.timeout, max_memory: arguments.max_memory },
            files,
            earlier,
            spooled,
            retries: arguments.retry,
            keeps_replies: spool.is_some(),
            tells_warnings: !several && !arguments.quiet,
            options: target.format().extension().to_owned(),
        };
        Ok(Self {
            plan: Arc::new(plan),
            sink,
            manifest,
            spool,
            tally: Tally::default(),
            progress: Progress::new(total, arguments.quiet),
            shared,
            tells_sums: several && !arguments.quiet,
        })
    }

    /// Takes an input whose turn it is.
    fn settle(&mut self, done: Done) -> Result<(), Fault> {
        let (input, outcome) = match done {
            Ok(done) => done,
            Err(fault) => {
                self.tally.add(Status::Io, &Default::default(), false);
                self.progress.tell(&fault);
                return Ok(());
            }
        };
        self.put(&input, outcome)
    }

    /// Puts the documents of an input into the output, and a line into the manifest.
    fn put(&mut self, input: &Input, mut outcome: reader::Outcome) -> Result<(), Fault> {
        let result = std::mem::replace(&mut outcome.result, Ok(Ready::Questions(Vec::new())));
        let placed = match result {
            Ok(ready) => {
                let key = outcome.sha256.as_deref().map(|sha256| self.plan.key(input, sha256));
                if let (Some(spool), Some(key), Some(reply)) = (&mut self.spool, key, &outcome.reply) {
                    spool.append(key, reply)?;
                }
                self.place(input, ready)?
            }
            Err(failure) => Err(failure),
        };
        let (outputs, failure) = match placed {
            Ok(outputs) => (outputs, None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        if let Some(failure) = &failure {
            (outcome.status, outcome.counts) = (failure.status, Default::default());
            self.fail(input, failure)?;
        }
        for warning in &outcome.warnings {
            self.progress.say(&format!("{}: warning: {warning}", input.label()));
        }
        self.tally.add(outcome.status, &outcome.counts, outcome.before);
        match &mut self.manifest {
            Some(manifest) if !outcome.before => {
                manifest.append(&entry(input, outcome, outputs, failure, &self.plan.options))
            }
            _ => Ok(()),
        }
    }

    /// The files that the documents are in; a fault of a shared output is the end of the run.
    fn place(&mut self, input: &Input, ready: Ready) -> Result<Result<Vec<PathBuf>, Failure>, Fault> {
        let failed = |fault: Fault| Failure::new(Status::Io, fault.message());
        Ok(match (&mut self.sink, ready) {
            (Sink::Folder(folder), Ready::Files(pending)) => folder.put(pending).map_err(failed),
            (Sink::Folder(folder), Ready::Standing(entry)) => {
                folder.keep(&entry.outputs).map(|()| entry.outputs).map_err(failed)
            }
            (Sink::Shared(shared), Ready::Questions(questions)) => {
                shared.put(input, &questions)?;
                Ok(self.shared.iter().map(|file| file.file_name().unwrap_or_default().into()).collect())
            }
            // A plan for a folder writes files, one for a shared output does not.
            _ => Err(Failure::new(Status::Crash, "documents and output do not go together")),
        })
    }

    fn fail(&mut self, input: &Input, failure: &Failure) -> Result<(), Fault> {
        self.progress.say(&format!("{}: {}", input.label(), failure.reason));
        match &mut self.sink {
            Sink::Shared(shared) => shared.put_failure(input, failure),
            Sink::Folder(_) => Ok(()),
        }
    }

    /// Lets a reader of the output have what is there.
    fn hand_on(&mut self) -> Result<(), Fault> {
        match &mut self.sink {
            Sink::Shared(shared) => shared.flush(),
            Sink::Folder(_) => Ok(()),
        }
    }

    fn show(&mut self) {
        self.progress.show(self.tally.done() as u64, self.tally.failed());
    }

    /// Ends the run. A file that all documents go to is whole or absent: it is given up when the run was stopped.
    fn finish(self, stopped: bool) -> Result<Outcome, Fault> {
        self.progress.finish();
        let gives_up = stopped && self.shared.is_some();
        if !gives_up {
            self.sink.finish()?;
            self.spool.map_or(Ok(()), Spool::finish)?;
        }
        let resumes = self.manifest.is_some();
        self.manifest.map_or(Ok(()), Manifest::finish)?;
        if self.tells_sums {
            self.tally.lines().iter().for_each(|line| self.progress.say(line));
        }
        if stopped {
            let then = if resumes { "; the same command with --resume goes on from there" } else { "" };
            self.progress.say(&format!("stopped after {}{then}", counted(self.tally.done(), "file")));
            return Ok(Outcome::Stopped);
        }
        Ok(if self.tally.failed() == 0 { Outcome::Done } else { Outcome::SomeFailed })
    }
}

/// The manifest's line of an input.
fn entry(
    input: &Input,
    outcome: reader::Outcome,
    outputs: Vec<PathBuf>,
    failure: Option<Failure>,
    options: &str,
) -> Entry {
    Entry {
        path: input.label(),
        status: outcome.status,
        reason: failure.map(|failure| failure.reason),
        sha256: outcome.sha256,
        milliseconds: outcome.milliseconds,
        outputs,
        counts: outcome.counts,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: options.to_owned(),
    }
}

/// The written questions of an input, read in this process.
pub(super) fn read(input: &Input) -> Result<Vec<WrittenQuestion>, Fault> {
    let bytes = input.read(&Limits::default())?;
    let mut extractor = Extractor::new();
    if let Some(path) = input.source_path() {
        extractor = extractor.path(path);
    }
    extractor.bytes(&bytes).map_err(|error| Fault::Document { subject: input.label(), error })
}

/// `1 file`, `2 files`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("not a time that a file can be read in".to_owned()),
    }
}

fn size(text: &str) -> Result<u64, String> {
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
