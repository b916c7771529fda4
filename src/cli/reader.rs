//! One input to what comes of it: from an earlier run where it was done there, from a worker otherwise.

use super::archive::Shelf;
use super::input::Input;
use super::keeper::{Keeper, Terms};
use super::manifest::{Earlier, Entry, Key};
use super::message::{Reply, Request, Want};
use super::output::Pending;
use super::sink::Files;
use super::spool::Spooled;
use super::status::{Failure, Status};
use super::tally::Counts;
use std::sync::Arc;
use std::time::Instant;
use vraagbaak::{Limits, WrittenQuestion};

/// What came of an input.
pub(super) struct Outcome {
    pub(super) result: Result<Ready, Failure>,
    pub(super) report: Report,
    /// The worker's reply, where it is kept.
    pub(super) reply: Option<Vec<u8>>,
}

/// What is told of an input.
#[derive(Default)]
pub(super) struct Report {
    /// How it came out, where its output does too.
    pub(super) status: Status,
    pub(super) counts: Counts,
    pub(super) sha256: Option<String>,
    pub(super) milliseconds: u64,
    /// Whether an earlier run had done it.
    pub(super) before: bool,
    /// The warnings, where they are told.
    pub(super) warnings: Vec<String>,
}

/// Documents on their way to the output.
pub(super) enum Ready {
    /// Written, and to be moved to their places.
    Files(Vec<Pending>),
    /// In their places since an earlier run.
    Standing(Entry),
    /// To be put into a shared output.
    Questions(Vec<WrittenQuestion>),
}

/// What all readers of a run have in common.
pub(super) struct Plan {
    pub(super) terms: Terms,
    /// Writes the files of a folder; a shared output is written elsewhere.
    pub(super) files: Option<Arc<Files>>,
    /// What an earlier run has done.
    pub(super) earlier: Option<Earlier>,
    pub(super) spooled: Option<Spooled>,
    /// Whether what failed in an earlier run is tried again.
    pub(super) retries: bool,
    /// Whether replies are kept.
    pub(super) keeps_replies: bool,
    /// Whether warnings are told.
    pub(super) tells_warnings: bool,
    /// What of the command line makes a difference to the documents.
    pub(super) options: String,
}

impl Plan {
    /// What an input is found by in an earlier run's manifest.
    pub(super) fn key(&self, input: &Input, sha256: &str) -> Key {
        Key::new(&input.label(), sha256, env!("CARGO_PKG_VERSION"), &self.options)
    }
}

/// Reads inputs, one after the other.
pub(super) struct Reader {
    plan: Arc<Plan>,
    keeper: Keeper,
    shelf: Shelf,
}

impl Reader {
    pub(super) fn new(plan: Arc<Plan>, keeper: Keeper) -> Self {
        Self { plan, keeper, shelf: Shelf::default() }
    }

    /// What comes of an input.
    pub(super) fn read(&mut self, input: &Input) -> Outcome {
        self.earlier(input).unwrap_or_else(|| self.anew(input))
    }

    /// What an earlier run has made of an input that is still the same.
    fn earlier(&mut self, input: &Input) -> Option<Outcome> {
        let earlier = self.plan.earlier.as_ref().filter(|earlier| !earlier.is_empty())?;
        let sha256 = input.sha256(&Limits::default(), &mut self.shelf).ok()?;
        let key = self.plan.key(input, &sha256);
        let entry = earlier.entry(key)?;
        let (status, counts, milliseconds) = (entry.status, entry.counts, entry.milliseconds);
        let result = if !status.is_converted() {
            if self.plan.retries || status.may_change() {
                return None;
            }
            Err(Failure::new(status, entry.reason.unwrap_or_default()))
        } else if let Some(files) = &self.plan.files {
            files.has(&entry.outputs).then_some(Ok(Ready::Standing(entry)))?
        } else {
            Ok(Ready::Questions(self.plan.spooled.as_ref()?.questions(key)?))
        };
        let (sha256, before, warnings) = (Some(sha256), true, Vec::new());
        let report = Report { status, counts, sha256, milliseconds, before, warnings };
        Some(Outcome { result, report, reply: None })
    }

    fn anew(&mut self, input: &Input) -> Outcome {
        let begun = Instant::now();
        let mut outcome = match self.ask(input) {
            Ok((questions, reply)) => self.converted(input, questions, reply),
            Err(failure) => self.failed(input, failure),
        };
        outcome.report.milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        outcome
    }

    fn ask(&mut self, input: &Input) -> Result<(Vec<WrittenQuestion>, Vec<u8>), Failure> {
        let body = if input.is_stdin() { input.bytes(&Limits::default(), &mut self.shelf)? } else { Vec::new() };
        match self.keeper.ask(&Request { input: input.clone(), body, want: Want::Questions })? {
            (Reply::Questions(questions), reply) => Ok((questions, reply)),
            (Reply::Failure(failure), _) => Err(failure),
            (Reply::Original(_), _) => Err(Failure::new(Status::Crash, "the reader gave no sensible reply")),
        }
    }

    fn converted(&self, input: &Input, questions: Vec<WrittenQuestion>, reply: Vec<u8>) -> Outcome {
        let (status, counts) = (Status::of(&questions), Counts::of(&questions));
        let warnings = if self.plan.tells_warnings { warnings(&questions) } else { Vec::new() };
        let sha256 = questions.first().map(|question| question.source.sha256.clone());
        let ready = match &self.plan.files {
            Some(files) => files.write(&input.name, &questions).map(Ready::Files),
            None => Ok(Ready::Questions(questions)),
        };
        let reply = self.plan.keeps_replies.then_some(reply);
        let result = ready.map_err(|fault| Failure::new(Status::Io, fault.message()));
        let report = Report { status, counts, sha256, warnings, ..Report::default() };
        Outcome { result, report, reply }
    }

    fn failed(&mut self, input: &Input, failure: Failure) -> Outcome {
        // What cannot be read has no hash, and is read again by the next run.
        let sha256 = self.plan.earlier.as_ref().and_then(|_| input.sha256(&Limits::default(), &mut self.shelf).ok());
        Outcome { report: Report { sha256, ..Report::default() }, ..Outcome::of(failure) }
    }
}

impl Outcome {
    /// Of an input that failed.
    pub(super) fn of(failure: Failure) -> Self {
        Self { result: Err(failure), report: Report::default(), reply: None }
    }
}

/// What is doubtful, in sentences.
fn warnings(questions: &[WrittenQuestion]) -> Vec<String> {
    let told = questions.iter().flat_map(|question| &question.diagnostics);
    let told = told.filter(|told| told.severity != vraagbaak::Severity::Info);
    told.map(|told| format!("{} [{}]", told.message, told.code)).collect()
}
