//! How far a run is: a bar on a terminal, a line now and then elsewhere.
//!
//! ```text
//! █████████████░░░░░░░ 6312/10000, 3 failed, 310 files/s, 12s left
//! vraagbaak: 6312 of 10000 files, 3 failed, 310.0 files/s, 12 s left
//! ```

use super::fault;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Between two lines where there is no terminal: often enough to see that it goes on, seldom enough for a log.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// How often the bar is drawn.
const HERTZ: u8 = 10;

/// How far a run is.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: Option<u64>,
    begun: Instant,
    told: Instant,
    quiet: bool,
}

impl Progress {
    /// Of a run over so many files, or over a list that may never end.
    pub(super) fn new(total: Option<u64>, quiet: bool) -> Self {
        let shown = !quiet && total.is_some_and(|total| total > 1) && io::stderr().is_terminal();
        let bar = total.filter(|_| shown).map(bar);
        Self { bar, total, begun: Instant::now(), told: Instant::now(), quiet }
    }

    /// So many files are done, so many of which failed.
    pub(super) fn show(&mut self, done: u64, failed: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(failed.to_string());
            bar.set_position(done);
        } else if !self.quiet && self.told.elapsed() >= BETWEEN_LINES {
            self.told = Instant::now();
            self.say(&line(done, self.total, failed, self.begun.elapsed()));
        }
    }

    /// Says a line, above the bar.
    pub(super) fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| fault::say(text)),
            None => fault::say(text),
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(HERTZ));
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.0}", state.per_sec());
    };
    let template = "{bar:30} {pos}/{len}, {msg} failed, {rate} files/s, {eta} left";
    // The template is ours: where it could not be read, the plain bar says enough.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", rate).progress_chars("█▌░"));
    }
    bar
}

fn line(done: u64, total: Option<u64>, failed: usize, taken: Duration) -> String {
    let rate = done as f64 / taken.as_secs_f64().max(f64::EPSILON);
    let mut line = match total {
        Some(total) => format!("{done} of {total} files"),
        None => format!("{done} files"),
    };
    let _ = write!(line, ", {failed} failed, {rate:.1} files/s");
    if let Some(total) = total.filter(|_| rate > 0.0) {
        let _ = write!(line, ", {:.0} s left", total.saturating_sub(done) as f64 / rate);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_it_is_and_how_long_it_takes() {
        let ten = Duration::from_secs(10);
        assert_eq!(line(500, Some(2000), 3, ten), "500 of 2000 files, 3 failed, 50.0 files/s, 30 s left");
        assert_eq!(line(500, None, 0, ten), "500 files, 0 failed, 50.0 files/s");
        assert_eq!(line(0, Some(9), 0, ten), "0 of 9 files, 0 failed, 0.0 files/s");
    }
}
