//! What came out, counted: of one input for the manifest, of all for the summary.

use super::convert::counted;
use super::status::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vraagbaak::{Severity, WrittenQuestion};

/// What is in documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Written questions.
    pub(super) documents: usize,
    /// Their tables.
    pub(super) tables: usize,
    /// The numbers in these.
    pub(super) facts: usize,
    /// Printed totals, means and 100 % that agree with what was computed.
    pub(super) checks_hold: usize,
    /// Those that do not.
    pub(super) checks_fail: usize,
    /// Diagnostics that are more than a note.
    pub(super) warnings: usize,
}

impl Counts {
    pub(super) fn of(questions: &[WrittenQuestion]) -> Self {
        let mut counts = Self { documents: questions.len(), ..Self::default() };
        for question in questions {
            let checks = question.tables.iter().flat_map(|table| &table.checks);
            let (hold, fail): (Vec<_>, Vec<_>) = checks.partition(|check| check.holds);
            counts.tables += question.tables.len();
            counts.facts += question.facts().count();
            counts.checks_hold += hold.len();
            counts.checks_fail += fail.len();
            counts.warnings += question.diagnostics.iter().filter(|told| told.severity != Severity::Info).count();
        }
        counts
    }

    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.tables += other.tables;
        self.facts += other.facts;
        self.checks_hold += other.checks_hold;
        self.checks_fail += other.checks_fail;
        self.warnings += other.warnings;
    }
}

/// What a run came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    statuses: BTreeMap<Status, usize>,
    counts: Counts,
    before: usize,
}

impl Tally {
    /// Counts an input; `before` says that an earlier run had done it.
    pub(super) fn add(&mut self, status: Status, counts: &Counts, before: bool) {
        *self.statuses.entry(status).or_default() += 1;
        self.counts.add(counts);
        self.before += usize::from(before);
    }

    pub(super) fn done(&self) -> usize {
        self.statuses.values().sum()
    }

    pub(super) fn failed(&self) -> usize {
        self.statuses.iter().filter(|(status, _)| !status.is_converted()).map(|(_, count)| count).sum()
    }

    /// The run in two lines.
    pub(super) fn lines(&self) -> [String; 2] {
        let converted = counted(self.done() - self.failed(), "file");
        let documents = counted(self.counts.documents, "written question");
        let warnings = counted(self.counts.warnings, "warning");
        let before = if self.before > 0 { format!("; {} done before", self.before) } else { String::new() };
        let failed = self.failed();
        let why = self.why();
        let (tables, facts) = (counted(self.counts.tables, "table"), counted(self.counts.facts, "fact"));
        let Counts { checks_hold, checks_fail, .. } = self.counts;
        let checks = counted(checks_hold + checks_fail, "check");
        [
            format!("{converted} converted ({documents}, {warnings}{before}), {failed} failed{why}"),
            format!("{tables}, {facts}, {checks}: {checks_hold} hold, {checks_fail} do not"),
        ]
    }

    /// `: 2 scanned, 1 out of time`.
    fn why(&self) -> String {
        let failed = self.statuses.iter().filter(|(status, _)| !status.is_converted());
        let parts: Vec<String> = failed.map(|(status, count)| format!("{count} {status}")).collect();
        if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_in_two_lines() {
        let mut tally = Tally::default();
        let counts = Counts { documents: 1, tables: 2, facts: 9, checks_hold: 3, checks_fail: 1, warnings: 1 };
        tally.add(Status::Ok, &counts, true);
        tally.add(Status::Scanned, &Counts::default(), false);
        tally.add(Status::Timeout, &Counts::default(), false);
        assert_eq!(
            tally.lines(),
            [
                "1 file converted (1 written question, 1 warning; 1 done before), 2 failed: 1 scanned, 1 out of time",
                "2 tables, 9 facts, 4 checks: 3 hold, 1 do not",
            ]
        );
    }
}
