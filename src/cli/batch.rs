//! Many inputs, read by several workers at once and given back in their own order.
//!
//! ```text
//! walk ──┬─→ reader ─ worker ─┐
//!        ├─→ reader ─ worker ─┼─→ 3 1 2 … → in order: 1 2 3 …
//!        └─→ reader ─ worker ─┘
//! ```
//!
//! A reader takes the next input when it is done with the last. None runs ahead of the input whose turn it is by more
//! than a few, so that what waits for its turn is little, however many inputs there are. Readers are threads that are left
//! alone when the run ends before they do: one may wait for a line of stdin that never comes.

use super::fault::Fault;
use super::input::Input;
use super::keeper::Keeper;
use super::reader::{Outcome, Plan, Reader};
use super::status::{Failure, Status};
use super::walk::Walk;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How many inputs for each worker may be ahead of the one whose turn it is.
const AHEAD: u64 = 8;

/// How often the end of the run is looked for while nothing comes.
const LOOK: Duration = Duration::from_millis(100);

/// An input with what came of it, or why there is no input.
pub(super) type Done = Result<(Input, Outcome), Fault>;

/// A run over inputs.
pub(super) struct Batch {
    state: Arc<State>,
    done: Receiver<(u64, Done)>,
    waiting: BTreeMap<u64, Done>,
    next: u64,
}

/// What the readers of a run share.
struct State {
    walk: Mutex<Walk>,
    /// Inputs taken from the walk.
    taken: AtomicU64,
    /// Inputs that have had their turn.
    settled: Mutex<u64>,
    moved: Condvar,
    ahead: u64,
    /// Raised when no more inputs are to be taken.
    stop: Arc<AtomicBool>,
}

/// What a run gives next.
pub(super) enum Step {
    /// The input whose turn it is.
    Done(Box<Done>),
    /// None yet.
    Waiting,
    /// There are no more.
    End,
}

impl Batch {
    /// Begins to read, with so many workers.
    pub(super) fn start(walk: Walk, plan: &Arc<Plan>, jobs: usize, stop: Arc<AtomicBool>) -> Self {
        let state = Arc::new(State {
            walk: Mutex::new(walk),
            taken: AtomicU64::new(0),
            settled: Mutex::new(0),
            moved: Condvar::new(),
            ahead: jobs as u64 * AHEAD,
            stop,
        });
        let (sender, done) = channel();
        for _ in 0..jobs {
            let (state, sender) = (Arc::clone(&state), sender.clone());
            let mut reader = Reader::new(Arc::clone(plan), Keeper::new(plan.terms));
            thread::spawn(move || state.work(&mut reader, &sender));
        }
        Self { state, done, waiting: BTreeMap::new(), next: 0 }
    }

    /// The next of the inputs in their order.
    pub(super) fn step(&mut self) -> Step {
        if let Some(done) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.state.settle(self.next);
            return Step::Done(Box::new(done));
        }
        match self.done.recv_timeout(LOOK) {
            Ok((index, done)) => {
                self.waiting.insert(index, done);
                Step::Waiting
            }
            Err(RecvTimeoutError::Timeout) if self.state.is_drained(self.next) => Step::End,
            Err(RecvTimeoutError::Timeout) => Step::Waiting,
            Err(RecvTimeoutError::Disconnected) => Step::End,
        }
    }

    /// Whether the input whose turn it is has come.
    pub(super) fn has_next(&self) -> bool {
        self.waiting.contains_key(&self.next)
    }
}

impl State {
    fn work(&self, reader: &mut Reader, sender: &Sender<(u64, Done)>) {
        while let Some((index, found)) = self.take() {
            self.wait_for_turn(index);
            let done = found.map(|input| {
                // The last net: an input whose reading fails in a way that nobody thought of is still accounted for.
                let read = catch_unwind(AssertUnwindSafe(|| reader.read(&input)));
                let failure = || Failure::new(Status::Crash, "the program failed at it: please report it");
                (input, read.unwrap_or_else(|_| Outcome::of(failure())))
            });
            if sender.send((index, done)).is_err() {
                return;
            }
        }
    }

    /// The next input and its number.
    fn take(&self) -> Option<(u64, Result<Input, Fault>)> {
        let mut walk = self.walk.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stop.load(Ordering::SeqCst) {
            return None;
        }
        let found = walk.next()?;
        if self.stop.load(Ordering::SeqCst) {
            return None;
        }
        Some((self.taken.fetch_add(1, Ordering::SeqCst), found))
    }

    fn wait_for_turn(&self, index: u64) {
        let settled = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        let is_far = |settled: &mut u64| index >= *settled + self.ahead;
        drop(self.moved.wait_while(settled, is_far));
    }

    fn settle(&self, count: u64) {
        *self.settled.lock().unwrap_or_else(PoisonError::into_inner) = count;
        self.moved.notify_all();
    }

    /// Whether the run was stopped and all that was taken has had its turn.
    fn is_drained(&self, settled: u64) -> bool {
        self.stop.load(Ordering::SeqCst) && self.taken.load(Ordering::SeqCst) == settled
    }
}
