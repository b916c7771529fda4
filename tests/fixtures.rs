//! Every folder of `fixtures/` and every seed as a test of its own: first what any document must hold, then what is
//! expected of this one.
//!
//! `cargo test --test fixtures -- NAME` runs those whose name contains NAME. Paths named in a fixture's `gaps.txt` may
//! differ; `vraagbaak check fixtures --bless` accepts what came out.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use vraagbaak::fixture::{Difference, Fixture, violations};
use vraagbaak::{WrittenQuestion, parse_all_bytes};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = Fixture::load_all(&root.join("fixtures"))?;
    let mut trials: Vec<Trial> = fixtures.into_iter().map(trial).collect();
    trials.extend(seeds(&root.join("seeds"))?.into_iter().map(|seed| {
        let name = format!("seeds/{}", seed.file_stem().unwrap_or_default().to_string_lossy());
        Trial::test(name, move || holds(&seed).map(drop))
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn seeds(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut seeds = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    seeds.sort();
    Ok(seeds)
}

fn trial(fixture: Fixture) -> Trial {
    Trial::test(format!("fixtures/{}", fixture.id), move || {
        let questions = holds(&fixture.input)?;
        let actual = match &questions[..] {
            [question] => serde_json::to_value(question)?,
            several => serde_json::to_value(several)?,
        };
        let (new, known) = fixture.differences(&actual);
        if known.len() < fixture.gaps.len() {
            println!("{}: {} of {} known gaps are left", fixture.id, known.len(), fixture.gaps.len());
        }
        if new.is_empty() { Ok(()) } else { Err(told(&new).into()) }
    })
}

fn told(differences: &[Difference]) -> String {
    let line = |d: &Difference| format!("{}:\n  expected {}\n  actual   {}\n", d.path, d.expected, d.actual);
    differences.iter().map(line).collect()
}

/// The written questions of a file, when they hold all that any must.
fn holds(input: &Path) -> Result<Vec<WrittenQuestion>, Failed> {
    let bytes = fs::read(input)?;
    let questions = parse_all_bytes(&bytes)?;
    if questions != parse_all_bytes(&bytes)? {
        return Err("the same bytes gave another document".into());
    }
    let text = String::from_utf8(bytes).ok();
    let found: Vec<_> = questions.iter().flat_map(|question| violations(question, text.as_deref())).collect();
    if found.is_empty() { Ok(questions) } else { Err(found.join("\n").into()) }
}
