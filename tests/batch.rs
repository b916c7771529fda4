//! Archives: the worst file costs one file, runs can be stopped and gone on with, and the same input gives the same bytes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

const PDF: &str = "fixtures/0371-nachtopvang-voor-thuislozen-pdf/input.pdf";
const TEXT: &str = "seeds/000_5170ae0f649b1a58.txt";

fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A folder of the test's own with `pdfs` PDFs and `texts` texts in `in`, removed when it ends.
struct Archive(PathBuf);

impl Archive {
    fn new(test: &str, pdfs: usize, texts: usize) -> Self {
        let root = std::env::temp_dir().join(format!("vraagbaak-batch-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("in")).unwrap();
        for (count, source, ending) in [(pdfs, PDF, "pdf"), (texts, TEXT, "txt")] {
            for number in 0..count {
                fs::copy(project(source), root.join("in").join(format!("{number:03}.{ending}"))).unwrap();
            }
        }
        Self(root)
    }

    fn convert(&self, output: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vraagbaak"));
        command.arg("convert").arg(self.0.join("in")).arg("--output").arg(self.0.join(output)).args(more);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// The documents in an output folder, by name, the manifest apart: it has times in it.
    fn documents(&self, output: &str) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.0.join(output)).into_iter().flatten().flatten();
        let mut found: Vec<(String, Vec<u8>)> = entries
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
            .filter(|(name, _)| name != "manifest.jsonl")
            .map(|(name, path)| (name, fs::read(path).unwrap()))
            .collect();
        found.sort();
        found
    }

    /// How an input came out, by the manifest.
    fn status(&self, output: &str, name: &str) -> String {
        let manifest = fs::read_to_string(self.0.join(output).join("manifest.jsonl")).unwrap();
        let mut lines = manifest.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let of_name = |line: &serde_json::Value| line["path"].as_str().is_some_and(|path| path.ends_with(name));
        let line = lines.rfind(of_name).unwrap();
        line["status"].as_str().unwrap().to_owned()
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_worst_file_costs_itself_alone() {
    for (act, status) in [
        ("abort", "crash"),
        ("exit", "crash"),
        ("panic", "crash"),
        ("overflow", "crash"),
        ("babble", "crash"),
        ("hang", "timeout"),
        ("eat", "out_of_memory"),
    ] {
        let archive = Archive::new(act, 12, 2);
        let mut command = archive.convert("out", &["--timeout", "3", "--max-memory", "256MiB", "-j", "2"]);
        let output = command.env("VRAAGBAAK_REHEARSE", format!("{act}:005.pdf")).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{act}: {}", told(&output));
        let documents = archive.documents("out");
        assert_eq!(documents.len(), 13, "{act}: {}", told(&output));
        assert!(documents.iter().all(|(_, bytes)| serde_json::from_slice::<serde_json::Value>(bytes).is_ok()));
        assert_eq!(archive.status("out", "005.pdf"), status, "{}", told(&output));
        assert!(told(&output).contains("005.pdf"), "{}", told(&output));
    }
}

#[test]
fn one_worker_and_several_write_the_same_bytes() {
    let archive = Archive::new("same", 8, 4);
    for (output, jobs) in [("one", "1"), ("several", "4")] {
        let run = archive.convert(output, &["-j", jobs]).env("TZ", "Asia/Tokyo").env("LANG", "C").output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    }
    assert_eq!(archive.documents("one").len(), 12);
    assert_eq!(archive.documents("one"), archive.documents("several"));
}

#[test]
fn a_killed_run_leaves_no_torn_file_and_goes_on() {
    let archive = Archive::new("killed", 30, 10);
    let clean = archive.convert("clean", &[]).output().unwrap();
    assert_eq!(clean.status.code(), Some(0), "{}", told(&clean));
    let expected = archive.documents("clean");
    for moment in [5, 20, 45, 80, 130] {
        let output = format!("killed-{moment}");
        let mut run = archive.convert(&output, &["-j", "2"]).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(moment));
        let _ = run.kill();
        run.wait().unwrap();
        let shown = archive.documents(&output);
        let whole = shown.iter().filter(|(name, _)| name.ends_with(".json"));
        assert!(whole.into_iter().all(|document| expected.contains(document)), "torn after {moment} ms");
        let resumed = archive.convert(&output, &["--resume"]).output().unwrap();
        assert_eq!(resumed.status.code(), Some(0), "{}", told(&resumed));
        assert_eq!(archive.documents(&output), expected, "killed after {moment} ms");
    }
}

#[test]
fn what_was_done_is_not_done_again() {
    let archive = Archive::new("resume", 2, 2);
    assert_eq!(archive.convert("out", &[]).output().unwrap().status.code(), Some(0));
    let again = archive.convert("out", &["--resume"]).output().unwrap();
    assert!(told(&again).contains("4 done before"), "{}", told(&again));
}

#[test]
fn a_list_of_paths_gives_a_line_each_in_order() {
    let archive = Archive::new("list", 2, 1);
    let list: String = ["001.pdf", "missing.pdf", "000.txt"]
        .iter()
        .map(|name| format!("{}\n", archive.0.join("in").join(name).display()))
        .collect();
    let place = archive.0.join("list");
    fs::write(&place, list).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_vraagbaak"));
    command.args(["convert", "-", "--input-list"]).stdin(fs::File::open(&place).unwrap());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0]["schema_version"].is_u64() && lines[1]["error"].is_object() && lines[2]["schema_version"].is_u64()
    );
}
