//! A run that is open: each input's documents to the output, its line to the manifest, its count to the sums.

use super::Outcome;
use super::batch::Done;
use super::convert::counted;
use super::fault::Fault;
use super::input::Input;
use super::keeper::Terms;
use super::manifest::{Entry, Manifest};
use super::output::{folder_of, sweep, with_suffix};
use super::progress::Progress;
use super::reader::{self, Plan, Ready, Report};
use super::sink::{Shared, Sink, Target};
use super::spool::Spool;
use super::status::{Failure, Status};
use super::tally::{Counts, Tally};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a run goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// How many inputs there are, where it is known.
    pub(super) total: Option<u64>,
    /// Whether it goes on where an earlier one stopped.
    pub(super) resumes: bool,
    /// Whether it then tries again what failed.
    pub(super) retries: bool,
    /// Whether it only says what failed.
    pub(super) quiet: bool,
}

/// A run that is open.
pub(super) struct Run {
    pub(super) plan: Arc<Plan>,
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
    /// Opens the output, and what an earlier run has left where this one goes on.
    pub(super) fn open(target: &Target<'_>, terms: Terms, how: How) -> Result<Self, Fault> {
        let place = target.manifest.cloned();
        // The manifest is locked before anything is written where another run may be at work.
        let (manifest, earlier) = place.as_deref().map(|place| Manifest::open(place, how.resumes)).transpose()?.unzip();
        let (sink, manifest) = match (Sink::open(target), manifest, &earlier) {
            (Err(fault), Some(manifest), Some(earlier)) => {
                manifest.abandon(earlier);
                return Err(fault);
            }
            (sink, manifest, _) => (sink?, manifest),
        };
        let goes_after_another = earlier.as_ref().is_some_and(|earlier| earlier.was_there());
        let (mut files, mut shared) = (None, None);
        match &sink {
            Sink::Folder(folder) => {
                files = Some(folder.files());
                if goes_after_another {
                    folder.sweep();
                }
            }
            Sink::Shared(_) => {
                shared = target.output.map(Path::to_owned);
                if let Some(output) = target.output.filter(|_| goes_after_another) {
                    sweep(folder_of(output));
                }
            }
        }
        let spool_place = place.as_deref().filter(|_| files.is_none()).map(|place| with_suffix(place, "unfinished"));
        let (spool, spooled) = spool_place.map(|place| Spool::open(&place, how.resumes)).transpose()?.unzip();
        let plan = Plan {
            terms,
            files,
            earlier,
            spooled,
            retries: how.retries,
            keeps_replies: spool.is_some(),
            tells_warnings: !target.several && !how.quiet,
            options: std::iter::once(target.format_name().as_str())
                .chain(terms.reading.arguments())
                .collect::<Vec<_>>()
                .join(" "),
        };
        Ok(Self {
            plan: Arc::new(plan),
            sink,
            manifest,
            spool,
            tally: Tally::default(),
            progress: Progress::new(how.total, how.quiet),
            shared,
            tells_sums: target.several && !how.quiet,
        })
    }

    /// A run into one output that is open already, without a manifest.
    pub(super) fn into(shared: Box<dyn Shared>, place: &Path, terms: Terms, total: u64, quiet: bool) -> Self {
        let plan = Plan {
            terms,
            files: None,
            earlier: None,
            spooled: None,
            retries: false,
            keeps_replies: false,
            tells_warnings: false,
            options: String::new(),
        };
        Self {
            plan: Arc::new(plan),
            sink: Sink::Shared(shared),
            manifest: None,
            spool: None,
            tally: Tally::default(),
            progress: Progress::new(Some(total), quiet),
            shared: Some(place.to_owned()),
            tells_sums: total != 1 && !quiet,
        }
    }

    /// Takes an input whose turn it is.
    pub(super) fn settle(&mut self, done: Done) -> Result<(), Fault> {
        let (input, outcome) = match done {
            Ok(done) => done,
            Err(fault) => {
                let path = fault.subject().to_owned();
                return self.record(path, Err(fault.into()), Report::default());
            }
        };
        let reader::Outcome { result, report, reply } = outcome;
        let placed = match result {
            Err(failure) => Err(failure),
            Ok(ready) => {
                self.keep(&input, &report, reply)?;
                self.place(&input, ready)?
            }
        };
        self.record(input.label(), placed, report)
    }

    /// Keeps a reply until the file that all documents go to is whole.
    fn keep(&mut self, input: &Input, report: &Report, reply: Option<Vec<u8>>) -> Result<(), Fault> {
        match (&mut self.spool, &report.sha256, reply) {
            (Some(spool), Some(sha256), Some(reply)) => spool.append(self.plan.key(input, sha256), &reply),
            _ => Ok(()),
        }
    }

    /// Tells and counts how an input came out, and gives it its line in the manifest.
    fn record(&mut self, path: String, placed: Result<Vec<PathBuf>, Failure>, report: Report) -> Result<(), Fault> {
        let counts = if placed.is_ok() { report.counts } else { Counts::default() };
        let status = placed.as_ref().map_or_else(|failure| failure.status, |_| report.status);
        if let Err(failure) = &placed {
            self.progress.say(&format!("{path}: {}", failure.reason));
            if let Sink::Shared(shared) = &mut self.sink {
                shared.put_failure(&path, failure)?;
            }
        }
        for warning in &report.warnings {
            self.progress.say(&format!("{path}: warning: {warning}"));
        }
        self.tally.add(status, &counts, report.before);
        let Some(manifest) = self.manifest.as_mut().filter(|_| !report.before) else { return Ok(()) };
        manifest.append(&Entry {
            path,
            status,
            reason: placed.as_ref().err().map(|failure| failure.reason.clone()),
            sha256: report.sha256,
            milliseconds: report.milliseconds,
            outputs: placed.unwrap_or_default().iter().map(|place| place.to_string_lossy().into_owned()).collect(),
            counts,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: self.plan.options.clone(),
        })
    }

    /// The files that the documents are in; a fault of a shared output is the end of the run.
    fn place(&mut self, input: &Input, ready: Ready) -> Result<Result<Vec<PathBuf>, Failure>, Fault> {
        let failed = |fault: Fault| Failure::new(Status::Io, fault.message());
        Ok(match (&mut self.sink, ready) {
            (Sink::Folder(folder), Ready::Files(pending)) => folder.put(pending).map_err(failed),
            (Sink::Folder(folder), Ready::Standing(entry)) => {
                let outputs: Vec<PathBuf> = entry.outputs.iter().map(PathBuf::from).collect();
                folder.keep(&outputs).map(|()| outputs).map_err(failed)
            }
            (Sink::Shared(shared), Ready::Questions(questions)) => {
                shared.put(input, &questions)?;
                Ok(self.shared.iter().map(|file| file.file_name().unwrap_or_default().into()).collect())
            }
            // A plan for a folder writes files, one for a shared output does not.
            _ => Err(Failure::new(Status::Crash, "documents and output do not go together")),
        })
    }

    /// Lets a reader of the output have what is there.
    pub(super) fn hand_on(&mut self) -> Result<(), Fault> {
        match &mut self.sink {
            Sink::Shared(shared) => shared.flush(),
            Sink::Folder(_) => Ok(()),
        }
    }

    pub(super) fn show(&mut self) {
        self.progress.show(self.tally.done() as u64, self.tally.failed());
    }

    /// Ends the run. A file that all documents go to is whole or absent: it is given up when the run was stopped.
    pub(super) fn finish(self, stopped: bool) -> Result<Outcome, Fault> {
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
