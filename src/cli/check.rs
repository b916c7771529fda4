//! `check`: every fixture parsed again and compared with what is expected of it.
//!
//! ```text
//! ✓ nr-26
//! ✗ nr-808  1 difference, 2 known gaps
//!     title: [-Jongerenwebsite-]{+Jongeren website+} NokNok
//! meta 0.994, around 1.000, questions 1.000, answers 1.000, …, facts 0.998, …, perfect 0.917
//! 24 fixtures, 23 as expected; 2 known gaps
//! ```

use super::Outcome;
use super::against;
use super::convert::counted;
use super::diff;
use super::fault::Fault;
use super::style::Style;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use vraagbaak::fixture::{Difference, Fixture, Mean, Tally, Verdict, compare};
use vraagbaak::parse_all_bytes;

/// What to do about a folder without fixtures.
const NO_FIXTURES: &str = "no fixtures in it: each is a folder with the document as input.txt or input.pdf, and beside it \
                           what is expected of it, as expected.json, t1.md or t1.csv";

/// What to do about a document of which nothing is expected.
const NOTHING_EXPECTED: &str = "nothing is expected of it yet: write expected.json, t1.md or t1.csv beside it, or accept all \
                                that came out with --bless";

/// Names of fixtures that are shown where a filter fits none.
const NAMES_SHOWN: usize = 8;

/// What `check` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a fixture, or one with a folder for each; with --against, any folder of documents, or JSON lines
    dir: PathBuf,
    /// Only the fixtures whose name contains this
    #[arg(long)]
    filter: Option<String>,
    /// Accept what came out as what is expected (never in CI)
    #[arg(long, conflicts_with_all = ["gaps", "program"])]
    bless: bool,
    /// Note what differs as known gaps, and expect on (never in CI)
    #[arg(long, conflicts_with = "program")]
    gaps: bool,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Ask another program for the JSON: a shell command with {input} for the document's path
    #[arg(long, value_name = "COMMAND")]
    program: Option<String>,
    /// Say what changed since an older run (JSON lines), by kind, and compare with no expectation
    #[arg(long, value_name = "OLD.jsonl", conflicts_with_all = ["program", "bless", "gaps"])]
    against: Option<PathBuf>,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// Checks the fixtures and reports.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    if (arguments.bless || arguments.gaps) && std::env::var_os("CI").is_some_and(|ci| !ci.is_empty()) {
        return Err(Fault::Usage(
            "in CI nothing is accepted: look at the difference where you can judge it".to_owned(),
        ));
    }
    if let Some(older) = &arguments.against {
        return against::run(&arguments.dir, older, arguments.filter.as_deref(), arguments.format);
    }
    let fixtures = load(arguments)?;
    let mut verdicts = Vec::with_capacity(fixtures.len());
    for fixture in &fixtures {
        let verdict = judge(fixture, arguments.program.as_deref());
        note(fixture, &verdict, arguments)?;
        verdicts.push(verdict);
    }
    let written = match arguments.format {
        Form::Text => write_text(&verdicts),
        Form::Json => write_json(&verdicts),
    };
    written.map_err(|error| Fault::io("stdout", error))?;
    // What cannot be accepted is still wrong.
    let is_settled =
        |verdict: &Verdict| verdict.actual.is_ok() && verdict.faults.is_empty() && verdict.violations.is_empty();
    let accepts = arguments.bless || arguments.gaps;
    let is_done = |verdict: &Verdict| if accepts { is_settled(verdict) } else { verdict.is_good() };
    Ok(if verdicts.iter().all(is_done) { Outcome::Done } else { Outcome::SomeFailed })
}

fn load(arguments: &Arguments) -> Result<Vec<Fixture>, Fault> {
    let dir = &arguments.dir;
    if dir.is_file() {
        return Err(Fault::refused(dir, "a file: name the folder of a fixture, or one with a folder for each fixture"));
    }
    let mut fixtures = Fixture::load_all(dir).map_err(|error| Fault::io_at(dir, error))?;
    if fixtures.is_empty() {
        return Err(Fault::refused(dir, NO_FIXTURES));
    }
    if let Some(filter) = &arguments.filter {
        let names: Vec<String> = fixtures.iter().map(|fixture| fixture.id.clone()).collect();
        fixtures.retain(|fixture| fixture.id.contains(filter));
        if fixtures.is_empty() {
            return Err(Fault::refused(dir, format!("no name contains “{filter}” among {}", listed(&names))));
        }
    }
    Ok(fixtures)
}

/// `3 fixtures: a, b, c`, as many of the names as are read at a glance.
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(NAMES_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if names.len() > NAMES_SHOWN { ", …" } else { "" };
    format!("{}: {shown}{more}", counted(names.len(), "fixture"))
}

fn judge(fixture: &Fixture, program: Option<&str>) -> Verdict {
    match program {
        Some(program) if fixture.faults.is_empty() => fixture.judge(ask(program, &fixture.input)),
        _ => fixture.check(parse_all_bytes),
    }
}

fn ask(program: &str, input: &Path) -> Result<Value, String> {
    let path = input.display().to_string().replace('\'', r"'\''");
    let command = program.replace("{input}", &format!("'{path}'"));
    let output = Command::new("sh").arg("-c").arg(&command).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("{command}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{command}: no JSON: {error}"))
}

fn note(fixture: &Fixture, verdict: &Verdict, arguments: &Arguments) -> Result<(), Fault> {
    let (Ok(actual), []) = (&verdict.actual, verdict.faults.as_slice()) else { return Ok(()) };
    let written = match (arguments.bless, arguments.gaps) {
        (true, _) if !verdict.is_perfect() => fixture.accept(actual),
        (_, true) => fixture.note_gaps(&compare(&fixture.expected, actual)),
        _ => Ok(()),
    };
    written.map_err(|error| Fault::io_at(&fixture.folder, error))
}

fn write_text(verdicts: &[Verdict]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for verdict in verdicts {
        writeln!(out, "{}", title(verdict))?;
        for fault in &verdict.faults {
            writeln!(out, "    {}", Style::Bad.paint(fault))?;
        }
        if let Err(reason) = &verdict.actual {
            writeln!(out, "    {reason}")?;
        }
        for violation in &verdict.violations {
            writeln!(out, "    {}", Style::Bad.paint(violation))?;
        }
        if verdict.actual.is_ok() && verdict.expects_nothing() {
            writeln!(out, "    {NOTHING_EXPECTED}")?;
        } else if let Ok(actual) = &verdict.actual {
            for line in diff::lines(&verdict.differences, &verdict.expected, actual) {
                writeln!(out, "    {line}")?;
            }
        }
    }
    writeln!(out, "{}", summary(verdicts))?;
    out.flush()
}

/// The line of a fixture: how it came out, and its name.
fn title(verdict: &Verdict) -> String {
    let (mark, style) = match (verdict.is_good(), verdict.is_perfect()) {
        (true, true) => ("✓", Style::Good),
        (true, false) => ("~", Style::Doubt),
        (false, _) => ("✗", Style::Bad),
    };
    let mut told = Vec::new();
    let counts = [
        (verdict.faults.len(), "fault"),
        (verdict.differences.len(), "difference"),
        (verdict.violations.len(), "broken rule"),
        (verdict.gaps.len(), "known gap"),
    ];
    told.extend(counts.iter().filter(|(count, _)| *count > 0).map(|(count, thing)| counted(*count, thing)));
    let name = style.paint(&format!("{mark} {}", verdict.id));
    if told.is_empty() { name } else { format!("{name}  {}", told.join(", ")) }
}

fn tally(verdicts: &[Verdict]) -> Tally {
    let mut tally = Tally::default();
    for verdict in verdicts {
        let actual = verdict.actual.as_ref().unwrap_or(&Value::Null);
        tally.add(&verdict.expected, actual, verdict.is_perfect());
    }
    tally
}

/// The mean; none where no fixture expects anything of the kind.
fn share(mean: Mean) -> Option<f64> {
    (mean.documents > 0).then(|| mean.value())
}

/// Two lines: the shares, and how many came out as expected.
fn summary(verdicts: &[Verdict]) -> String {
    let tally = tally(verdicts);
    let told = |(name, mean): (&str, Mean)| match share(mean) {
        Some(share) => format!("{name} {share:.3}"),
        None => format!("{name} –"),
    };
    let shares: Vec<_> = tally.shares().map(told).collect();
    let good = verdicts.iter().filter(|verdict| verdict.is_good()).count();
    let gaps: usize = verdicts.iter().map(|verdict| verdict.gaps.len()).sum();
    let gaps = counted(gaps, "known gap");
    format!("{}\n{}, {good} as expected; {gaps}", shares.join(", "), counted(verdicts.len(), "fixture"))
}

fn write_json(verdicts: &[Verdict]) -> io::Result<()> {
    let difference = |d: &Difference| json!({"path": d.path, "expected": d.expected, "actual": d.actual});
    let fixture = |verdict: &Verdict| {
        json!({
            "id": verdict.id,
            "error": verdict.actual.as_ref().err(),
            "faults": verdict.faults,
            "differences": verdict.differences.iter().map(difference).collect::<Vec<_>>(),
            "gaps": verdict.gaps.iter().map(difference).collect::<Vec<_>>(),
            "violations": verdict.violations,
        })
    };
    let tally = tally(verdicts);
    let shares: Map<String, Value> = tally.shares().map(|(name, mean)| (name.to_owned(), share(mean).into())).collect();
    let good = verdicts.iter().filter(|verdict| verdict.is_good()).count();
    let fixtures: Vec<_> = verdicts.iter().map(fixture).collect();
    let report = json!({"fixtures": fixtures, "as_expected": good, "shares": shares});
    let mut out = io::stdout().lock();
    writeln!(out, "{report:#}")?;
    out.flush()
}
