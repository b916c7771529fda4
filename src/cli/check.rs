//! `check`: every fixture parsed again and compared with what is expected of it.
//!
//! ```text
//! ✗ nr-808   1 difference, 2 known gaps
//!     title: Jongeren[-website-]{+ website+} NokNok
//! 24 fixtures, 23 as expected; facts 0.998, tables 0.985, questions 1.000, answers 1.000; 2 known gaps
//! ```

use super::Outcome;
use super::convert::{self, counted};
use super::diff;
use super::fault::Fault;
use super::input::Input;
use super::style::Style;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use vraagbaak::WrittenQuestion;
use vraagbaak::fixture::{Difference, Fixture, Tally, compare, violations, worth_expecting};

/// What `check` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder with a folder for each fixture
    dir: PathBuf,
    /// Only the fixtures whose name contains this
    #[arg(long)]
    filter: Option<String>,
    /// Accept what came out as what is expected (never in CI)
    #[arg(long, conflicts_with_all = ["gaps", "against", "program"])]
    bless: bool,
    /// Note what differs as known gaps, and expect on (never in CI)
    #[arg(long, conflicts_with_all = ["against", "program"])]
    gaps: bool,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Ask another program for the JSON: a shell command with {input} for the document's path
    #[arg(long, value_name = "COMMAND")]
    program: Option<String>,
    /// Compare with what an older run wrote (JSON lines), and not with what is expected
    #[arg(long, value_name = "OLD.jsonl", conflicts_with = "program")]
    against: Option<PathBuf>,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// How a fixture came out.
struct Report {
    id: String,
    /// What came out, or why nothing did.
    actual: Result<Value, String>,
    new: Vec<Difference>,
    known: Vec<Difference>,
    violations: Vec<String>,
    expected: Value,
}

impl Report {
    fn is_good(&self) -> bool {
        self.actual.is_ok() && self.new.is_empty() && self.violations.is_empty()
    }
}

/// Checks the fixtures and reports.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    if (arguments.bless || arguments.gaps) && std::env::var_os("CI").is_some_and(|ci| !ci.is_empty()) {
        return Err(Fault::Usage(
            "in CI nothing is accepted: look at the difference where you can judge it".to_owned(),
        ));
    }
    let fixtures = load(arguments)?;
    let older = arguments.against.as_deref().map(read_older).transpose()?;
    let mut reports = Vec::with_capacity(fixtures.len());
    for fixture in &fixtures {
        let report = report(fixture, arguments, older.as_ref());
        note(fixture, &report, arguments)?;
        reports.push(report);
    }
    let written = match arguments.format {
        Form::Text => write_text(&reports),
        Form::Json => write_json(&reports),
    };
    written.map_err(|error| Fault::io("stdout", error))?;
    let accepted = arguments.bless || arguments.gaps;
    Ok(if accepted || reports.iter().all(Report::is_good) { Outcome::Done } else { Outcome::SomeFailed })
}

fn load(arguments: &Arguments) -> Result<Vec<Fixture>, Fault> {
    let mut fixtures = Fixture::load_all(&arguments.dir).map_err(|error| Fault::io_at(&arguments.dir, error))?;
    if let Some(filter) = &arguments.filter {
        fixtures.retain(|fixture| fixture.id.contains(filter));
    }
    if fixtures.is_empty() {
        return Err(Fault::refused(&arguments.dir, "no fixtures: no folder in it holds an input.txt or input.pdf"));
    }
    Ok(fixtures)
}

fn report(fixture: &Fixture, arguments: &Arguments, older: Option<&HashMap<String, Value>>) -> Report {
    let mut violated = Vec::new();
    let actual = match &arguments.program {
        Some(program) => ask(program, &fixture.input),
        None => parse(&fixture.input, &mut violated),
    };
    let expected = older.map_or_else(|| fixture.expected.clone(), |older| older_of(fixture, older));
    let (new, known) = match (&actual, older) {
        (Ok(actual), None) => fixture.differences(actual),
        (Ok(actual), Some(_)) => (compare(&expected, actual), Vec::new()),
        (Err(_), _) => (Vec::new(), Vec::new()),
    };
    Report { id: fixture.id.clone(), actual, new, known, violations: violated, expected }
}

/// Our own reading, and what it does not hold.
fn parse(input: &Path, violated: &mut Vec<String>) -> Result<Value, String> {
    let questions = convert::read(&Input::named(input)).map_err(|fault| fault.message())?;
    let text = fs::read(input).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    violated.extend(questions.iter().flat_map(|question| violations(question, text.as_deref())));
    to_value(&questions).map_err(|error| error.to_string())
}

/// One document as an object, several as an array.
fn to_value(questions: &[WrittenQuestion]) -> serde_json::Result<Value> {
    match questions {
        [question] => serde_json::to_value(question),
        several => serde_json::to_value(several),
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

/// The documents of an older run by the name of their fixture: the folder in their path.
fn read_older(file: &Path) -> Result<HashMap<String, Value>, Fault> {
    let text = fs::read_to_string(file).map_err(|error| Fault::io_at(file, error))?;
    let mut older = HashMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let document: Value = serde_json::from_str(line).map_err(|error| Fault::refused(file, error.to_string()))?;
        let path = document.pointer("/source/path").and_then(Value::as_str).unwrap_or_default();
        let folder = Path::new(path).parent().and_then(Path::file_name).unwrap_or_default();
        older.insert(folder.to_string_lossy().into_owned(), document);
    }
    Ok(older)
}

fn older_of(fixture: &Fixture, older: &HashMap<String, Value>) -> Value {
    older.get(&fixture.id).map_or(Value::Null, worth_expecting)
}

fn note(fixture: &Fixture, report: &Report, arguments: &Arguments) -> Result<(), Fault> {
    let Ok(actual) = &report.actual else { return Ok(()) };
    let written = match (arguments.bless, arguments.gaps) {
        (true, _) => fixture.accept(actual),
        (_, true) => fixture.note_gaps(&compare(&fixture.expected, actual)),
        _ => Ok(()),
    };
    written.map_err(|error| Fault::io_at(&fixture.folder, error))
}

fn write_text(reports: &[Report]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for report in reports.iter().filter(|report| !report.is_good() || !report.known.is_empty()) {
        let style = if report.is_good() { Style::Doubt } else { Style::Bad };
        let mark = if report.is_good() { "~" } else { "✗" };
        writeln!(out, "{} {}", style.paint(&format!("{mark} {}", report.id)), counts(report))?;
        if let Err(reason) = &report.actual {
            writeln!(out, "    {reason}")?;
        }
        for violation in &report.violations {
            writeln!(out, "    {}", Style::Bad.paint(violation))?;
        }
        if let Ok(actual) = &report.actual {
            for line in diff::lines(&report.new, &report.expected, actual) {
                writeln!(out, "    {line}")?;
            }
        }
    }
    writeln!(out, "{}", summary(reports))?;
    out.flush()
}

fn counts(report: &Report) -> String {
    format!("  {}, {}", counted(report.new.len(), "difference"), counted(report.known.len(), "known gap"))
}

fn tally(reports: &[Report]) -> Tally {
    let mut tally = Tally::default();
    for report in reports {
        let perfect = report.is_good() && report.known.is_empty();
        tally.add(&report.expected, report.actual.as_ref().unwrap_or(&Value::Null), perfect);
    }
    tally
}

fn summary(reports: &[Report]) -> String {
    let tally = tally(reports);
    let good = reports.iter().filter(|report| report.is_good()).count();
    let gaps: usize = reports.iter().map(|report| report.known.len()).sum();
    format!(
        "{}, {good} as expected; facts {:.3}, tables {:.3}, questions {:.3}, answers {:.3}; {}",
        counted(reports.len(), "fixture"),
        tally.facts.f1(),
        tally.tables.f1(),
        tally.questions.f1(),
        tally.answers.f1(),
        counted(gaps, "known gap"),
    )
}

fn write_json(reports: &[Report]) -> io::Result<()> {
    let difference = |d: &Difference| json!({"path": d.path, "expected": d.expected, "actual": d.actual});
    let fixtures: Vec<_> = reports
        .iter()
        .map(|report| {
            json!({
                "id": report.id,
                "error": report.actual.as_ref().err(),
                "differences": report.new.iter().map(difference).collect::<Vec<_>>(),
                "gaps": report.known.iter().map(difference).collect::<Vec<_>>(),
                "violations": report.violations,
            })
        })
        .collect();
    let tally = tally(reports);
    let shares = json!({
        "facts": tally.facts.f1(), "tables": tally.tables.f1(),
        "questions": tally.questions.f1(), "answers": tally.answers.f1(),
    });
    let good = reports.iter().filter(|report| report.is_good()).count();
    let mut out = io::stdout().lock();
    let report = json!({"fixtures": fixtures, "as_expected": good, "f1": shares});
    writeln!(out, "{report:#}")?;
    out.flush()
}
