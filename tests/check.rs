//! `vraagbaak check` as people run it: what it says of fixtures, what it accepts, and what changed between two runs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{OTHER_SEED, SEED, Scratch, run, seed, stderr, stdout, vraagbaak};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The second table of the second seed, as far as it goes wrong here: 65 is printed.
const WRONG: &str = "\
| Onderwerp | 2019 | 2020 |
| --------- | ---- | ---- |
";

fn check(scratch: &Scratch, arguments: &[&str]) -> Output {
    run(command(scratch).args(arguments))
}

/// Without the variable that tells CI: these tests run there too.
fn command(scratch: &Scratch) -> Command {
    let mut command = vraagbaak();
    command.arg("check").arg(&scratch.0).env_remove("CI");
    command
}

/// Two fixtures, `a` and `b/c`, one a seed each.
fn fixtures(test: &str) -> Scratch {
    let scratch = Scratch::new(test);
    scratch.file("a/input.txt", fs::read(seed(SEED)).unwrap());
    scratch.file("a/expected.json", r#"{"number": 26, "questions": {"1": {"label": "2"}}}"#);
    scratch.file("b/c/input.txt", fs::read(seed(OTHER_SEED)).unwrap());
    scratch.file("b/c/t1.md", "");
    scratch
}

fn read(scratch: &Scratch, name: &str) -> String {
    fs::read_to_string(scratch.path(name)).unwrap()
}

#[test]
fn every_fixture_gets_a_line_and_what_differs_is_named() {
    let scratch = fixtures("check-lines");
    scratch.file("b/c/t1.md", WRONG);
    let output = check(&scratch, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.starts_with("✓ a\n✗ b/c  "), "{told}");
    assert!(told.contains("tables.0"), "{told}");
    assert!(told.contains("facts ") && told.ends_with("2 fixtures, 1 as expected; 0 known gaps\n"), "{told}");
    let output = check(&scratch, &["--filter", "a"]);
    assert_eq!((output.status.code(), stdout(&output).lines().next()), (Some(0), Some("✓ a")));
}

#[test]
fn accepting_shows_what_changed_and_writes_tables_as_they_were_written() {
    let scratch = fixtures("check-bless");
    let output = check(&scratch, &["--bless"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("✗ b/c"), "{}", stdout(&output));
    assert!(
        read(&scratch, "b/c/t1.md").contains("| Maart             | 79* = 79 | 89   |"),
        "{}",
        read(&scratch, "b/c/t1.md")
    );
    assert_eq!(scratch.files("b/c"), ["input.txt", "t1.md"]);
    assert_eq!(check(&scratch, &[]).status.code(), Some(0));
    let wrong = read(&scratch, "b/c/t1.md").replace("79* = 79", "79* = 97").replace("| 65   |", "| 56   |");
    scratch.file("b/c/t1.md", wrong);
    let told = stdout(&check(&scratch, &[])).to_owned();
    assert!(told.contains("79* =97 → 79* =79") && told.contains("56 → 65"), "{told}");
}

#[test]
fn nothing_is_accepted_in_ci() {
    let scratch = fixtures("check-ci");
    for option in ["--bless", "--gaps"] {
        let output = run(command(&scratch).arg(option).env("CI", "true"));
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("in CI nothing is accepted"));
    }
    assert_eq!(read(&scratch, "b/c/t1.md"), "");
}

#[test]
fn known_gaps_are_no_failure_until_they_are_more() {
    let scratch = fixtures("check-gaps");
    scratch.file("a/expected.json", r#"{"number": 62, "title": "x"}"#);
    scratch.file("a/gaps.txt", "number\n");
    assert!(stdout(&check(&scratch, &["--filter", "a"])).starts_with("✗ a  1 difference, 1 known gap\n"));
    check(&scratch, &["--filter", "a", "--gaps"]);
    assert_eq!(read(&scratch, "a/gaps.txt"), "number\ntitle\n");
    let output = check(&scratch, &["--filter", "a"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("~ a  2 known gaps\n"));
}

#[test]
fn programs_get_the_same_as_json() {
    let scratch = fixtures("check-json");
    scratch.file("a/expected.json", r#"{"number": 62}"#);
    let output = check(&scratch, &["--format", "json", "--filter", "a"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["fixtures"][0]["differences"][0]["path"], "number");
    assert_eq!((&report["as_expected"], &report["shares"]["meta"]), (&0.into(), &Value::from(0.0)));
}

#[cfg(unix)]
#[test]
fn another_program_is_judged_the_same_way() {
    let scratch = fixtures("check-program");
    let ask = |program: &str| check(&scratch, &["--filter", "a", "--program", program]);
    let fields = r#"{"number": 26, "questions": [{"label": "1"}, {"label": "2"}]}"#;
    let good = ask(&format!("test -f {{input}} && echo '{fields}'"));
    assert_eq!(good.status.code(), Some(0), "{}", stdout(&good));
    let wrong = ask(&format!("echo '{}'", fields.replace("26", "27")));
    assert!(stdout(&wrong).contains("number: 26 → 27"), "{}", stdout(&wrong));
    let failed = ask("echo no >&2; false");
    assert_eq!(failed.status.code(), Some(1));
    assert!(stdout(&failed).contains("no"), "{}", stdout(&failed));
    // What our own program prints is held to the rules for every document too: a span that points elsewhere.
    let ours = format!("{} convert --format jsonl {{input}}", env!("CARGO_BIN_EXE_vraagbaak"));
    assert_eq!(ask(&ours).status.code(), Some(0));
    let spans = ask(&format!(r#"{ours} | sed 's/"bytes":\[/"bytes":[1/g'"#));
    assert!(stdout(&spans).contains("broken rule"), "{}", stdout(&spans));
}

#[test]
fn changes_between_two_runs_are_grouped_by_kind() {
    let scratch = Scratch::new("check-against");
    for name in [SEED, OTHER_SEED] {
        scratch.file(&format!("archive/{name}"), fs::read(seed(name)).unwrap());
    }
    let archive = scratch.path("archive");
    let lines = run(vraagbaak().args(["convert", "--quiet", "--format", "jsonl"]).arg(&archive));
    let older = scratch.file("older.jsonl", stdout(&lines));
    let against = |older: &Path| run(vraagbaak().arg("check").arg(&archive).arg("--against").arg(older));
    let same = against(&older);
    assert_eq!((same.status.code(), stdout(&same)), (Some(0), "2 documents, 2 the same\n"));
    let text = read(&scratch, "older.jsonl")
        .replace("\"value\":79,", "\"value\":97,")
        .replace("\"number\":26,", "\"number\":62,");
    let other = scratch.file(
        "other.jsonl",
        text.lines().chain(["{\"source\":{\"path\":\"lost.txt\"}}"]).collect::<Vec<_>>().join("\n"),
    );
    let told = against(&other);
    assert_eq!(told.status.code(), Some(1));
    for line in [
        "changed  number  1 in 1 document",
        "changed  tables.*.rows.*.cells.*.value  1 in 1 document",
        "gone     document  1 in 1 document",
        "97 → 79",
    ] {
        assert!(stdout(&told).contains(line), "{line}: {}", stdout(&told));
    }
    assert!(stdout(&told).ends_with("3 documents, 0 the same\n"));
    let runs = run(vraagbaak().args(["check", "--format", "json"]).arg(&older).arg("--against").arg(&other));
    let report: Value = serde_json::from_slice(&runs.stdout).unwrap();
    assert_eq!(report["changes"].as_array().unwrap().len(), 3);
}

#[test]
fn a_broken_expectation_fails_its_fixture_alone_and_is_named_by_file_and_line() {
    let scratch = fixtures("check-broken");
    scratch.file("b/c/expected.json", "{\n  \"number\": 808,\n}\n");
    let output = check(&scratch, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let told = stdout(&output);
    let place = format!("{}:3:1: trailing comma\n", scratch.path("b/c/expected.json").display());
    assert!(told.starts_with("✓ a\n✗ b/c  1 fault\n") && told.contains(&place), "{told}");
    assert!(told.ends_with("2 fixtures, 1 as expected; 0 known gaps\n"), "{told}");
    scratch.file("a/t1.md", format!("{WRONG}| Maart | 79 |\n"));
    let told = stdout(&check(&scratch, &[])).to_owned();
    let place = format!("{}:3: 2 cells where the header has 3 cells\n", scratch.path("a/t1.md").display());
    assert!(told.starts_with("✗ a  1 fault\n") && told.contains(&place), "{told}");
    fs::remove_file(scratch.path("a/t1.md")).unwrap();
    // What cannot be read is not written over.
    assert_eq!(check(&scratch, &["--bless"]).status.code(), Some(1));
    assert!(read(&scratch, "b/c/expected.json").contains("808,\n}"));
    let report: Value = serde_json::from_slice(&check(&scratch, &["--format", "json"]).stdout).unwrap();
    assert_eq!(report["fixtures"][1]["faults"].as_array().map(Vec::len), Some(1));
}

#[cfg(unix)]
#[test]
fn a_table_that_is_missing_counts_in_the_shares() {
    let scratch = fixtures("check-shares");
    check(&scratch, &["--bless", "--filter", "b/c"]);
    for program in ["echo '{\"number\": 808}'", "false"] {
        let told = stdout(&check(&scratch, &["--filter", "b/c", "--program", program])).to_owned();
        assert!(told.contains("tables 0.000, facts 0.000, cells 0.000, placed –"), "{told}");
    }
}

#[test]
fn a_field_that_no_document_has_is_a_fault() {
    let scratch = fixtures("check-misspelt");
    scratch.file("a/expected.json", r#"{"numbr": null, "number": 26}"#);
    let output = check(&scratch, &["--filter", "a"]);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(
        stdout(&output).contains("a/expected.json: numbr: no such field: is `number` meant?"),
        "{}",
        stdout(&output)
    );
    assert_eq!(check(&scratch, &["--filter", "a", "--bless"]).status.code(), Some(1));
    assert!(read(&scratch, "a/expected.json").contains("numbr"));
}

#[test]
fn what_is_no_document_in_either_run_is_no_change() {
    let scratch = Scratch::new("check-against-same");
    scratch.file("archive/a/input.txt", fs::read(seed(SEED)).unwrap());
    scratch.file("archive/a/gaps.txt", "number\n");
    scratch.file("archive/b/notes.txt", "Geen vraag.\n");
    let archive = scratch.path("archive");
    let convert = run(vraagbaak().args(["convert", "--quiet", "--format", "jsonl"]).arg(&archive));
    let failure = "{\"source\":{\"path\":\"b/notes.txt\"},\"error\":{\"status\":\"not_a_question\"}}\n";
    let older = scratch.file("older.jsonl", format!("{}{failure}", stdout(&convert)));
    let against =
        |arguments: &[&str]| run(vraagbaak().arg("check").arg(&archive).arg("--against").arg(&older).args(arguments));
    let same = against(&[]);
    assert_eq!((same.status.code(), stdout(&same)), (Some(0), "1 document, 1 the same; 1 file not read\n"));
    assert!(stderr(&same).contains("notes.txt") && !stderr(&same).contains("gaps.txt"), "{}", stderr(&same));
    let none = against(&["--filter", "zz"]);
    assert!(stderr(&none).ends_with(": nothing to compare: neither run has a document whose name contains “zz”\n"));
    fs::write(&older, format!("{}{{\n", stdout(&convert))).unwrap();
    assert!(stderr(&against(&[])).contains("older.jsonl:2: no document in JSON: "), "{}", stderr(&against(&[])));
}

#[test]
fn where_there_are_no_fixtures_it_says_what_to_do() {
    let scratch = fixtures("check-none");
    let told = |path: &Path, arguments: &[&str]| {
        let output = run(vraagbaak().arg("check").arg(path).args(arguments).env_remove("CI"));
        assert_ne!(output.status.code(), Some(0), "{}", stdout(&output));
        stderr(&output)
    };
    let empty = scratch.path("empty");
    fs::create_dir_all(&empty).unwrap();
    assert!(told(&empty, &[]).contains("/empty: no fixtures in it: each is a folder with the document as input.txt"));
    assert!(
        told(&scratch.path("a/input.txt"), &[]).contains("/input.txt: a file: name the folder of a fixture, or one")
    );
    assert!(told(&scratch.0, &["--filter", "zz"]).ends_with(": no name contains “zz” among 2 fixtures: a, b/c\n"));
    assert!(told(&scratch.path("nosuch"), &[]).ends_with("/nosuch: no such file or folder\n"));
    // A fixture alone, and what would be one but for its document.
    let alone = run(vraagbaak().arg("check").arg(scratch.path("a")));
    assert!(stdout(&alone).starts_with("✓ a\n"), "{}", stderr(&alone));
    scratch.file("c/expected.json", "{}");
    scratch.file("c/Input.text", "");
    scratch.file("a/input.pdf", "");
    let output = check(&scratch, &[]);
    let faults = stdout(&output).lines().filter_map(|line| line.trim().strip_prefix(&scratch.0.display().to_string()));
    assert_eq!(
        faults.collect::<Vec<_>>(),
        ["/a: input.txt and input.pdf: a fixture has one document", "/c: no document: call it input.txt or input.pdf"]
    );
}

#[cfg(unix)]
#[test]
fn where_nothing_is_expected_or_nothing_came_out_it_says_so() {
    let scratch = fixtures("check-nothing");
    fs::write(scratch.path("a/expected.json"), "").unwrap();
    let told = |arguments: &[&str]| stdout(&check(&scratch, &[&["--filter", "a"], arguments].concat())).to_owned();
    assert!(told(&[]).contains("\n    nothing is expected of it yet: write expected.json, "), "{}", told(&[]));
    fs::write(scratch.path("a/expected.json"), "\"26\"").unwrap();
    assert!(told(&[]).contains("expected.json:1: no document: its fields stand in braces"), "{}", told(&[]));
    fs::write(scratch.path("a/expected.json"), r#"{"number": 26}"#).unwrap();
    for none in ["[]", "null"] {
        let told = told(&["--program", &format!("echo '{none}'")]);
        assert!(told.contains("no document came out\nmeta 0.000"), "{told}");
    }
    assert!(told(&["--program", "echo '[{\"number\": 26}]'"]).starts_with("✓ a\n"));
}
