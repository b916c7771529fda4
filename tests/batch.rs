//! Archives, with the real binary: every input accounted for, whatever one of them does to its worker; the same bytes
//! whatever the number of workers; and runs that stop and go on.

#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{OTHER_SEED, SEED, Scratch, contents, manifest, run, seed, stderr, stdout, vraagbaak};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A folder `in` of as many documents, PDFs among them, that all differ.
fn archive(scratch: &Scratch, count: usize) {
    archive_in_order(scratch, 0..count);
}

/// The same, the files made in this order: it is that in which many file systems list them.
fn archive_in_order(scratch: &Scratch, numbers: impl Iterator<Item = usize>) {
    let text = fs::read_to_string(seed(SEED)).unwrap();
    let pdf = fs::read(fixture_pdf()).unwrap();
    for number in numbers {
        if number % 5 == 4 {
            scratch.file(&format!("in/{}/{number:03}.pdf", number % 3), &pdf);
        } else {
            let text = text.replace("NokNok", &format!("NokNok{number}"));
            scratch.file(&format!("in/{}/{number:03}.txt", number % 3), text);
        }
    }
}

fn fixture_pdf() -> std::path::PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut pdfs: Vec<_> =
        fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path().join("input.pdf")).collect();
    pdfs.sort();
    pdfs.into_iter().find(|pdf| pdf.is_file()).unwrap()
}

fn convert(scratch: &Scratch, output: &str) -> Command {
    let mut command = vraagbaak();
    command.arg("convert").arg(scratch.path("in")).arg("-o").arg(scratch.path(output));
    command
}

/// The status word of each input, by the end of its path.
fn status(lines: &[Value], path: &str) -> String {
    let line = lines.iter().find(|line| line["path"].as_str().unwrap().ends_with(path));
    line.map_or("not in the manifest", |line| line["status"].as_str().unwrap()).to_owned()
}

#[test]
fn one_bad_file_costs_no_other() {
    let scratch = Scratch::new("bad-among-good");
    archive(&scratch, 50);
    let text = fs::read_to_string(seed(SEED)).unwrap();
    let acts =
        ["abort", "exit", "hang", "spin", "eat", "overflow", "panic", "babble"].map(|act| (act, format!("{act}.txt")));
    for (_, name) in &acts {
        scratch.file(&format!("in/1/{name}"), &text);
    }
    let rehearsed = acts.each_ref().map(|(act, name)| format!("{act}:{name}")).join(",");
    let output = run(convert(&scratch, "out")
        .args(["-j", "2", "--timeout", "2", "--max-memory", "256MiB"])
        .env("VRAAGBAAK_REHEARSE", rehearsed));
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let lines = manifest(&scratch.path("out/manifest.jsonl"));
    assert_eq!(lines.len(), 58);
    for (act, expected) in [
        ("abort", "crash"),
        ("exit", "crash"),
        ("hang", "timeout"),
        ("spin", "timeout"),
        ("eat", "out_of_memory"),
        ("overflow", "crash"),
        ("panic", "crash"),
        ("babble", "crash"),
    ] {
        assert_eq!(status(&lines, &format!("{act}.txt")), expected, "{act}: {told}");
        assert!(told.contains(&format!("{act}.txt: ")), "{told}");
    }
    assert!(told.contains("50 files converted"), "{told}");
    assert!(told.contains("8 failed: 2 out of time, 1 out of memory, 5 crashed"), "{told}");
    // The others are right and complete: the same as in a run without the bad ones.
    for (act, _) in &acts {
        fs::remove_file(scratch.path(&format!("in/1/{act}.txt"))).unwrap();
    }
    assert_eq!(run(&mut convert(&scratch, "clean")).status.code(), Some(0));
    assert_eq!(contents(&scratch.path("out")), contents(&scratch.path("clean")));
}

#[test]
fn a_bad_file_alone_is_told_as_one_among_others_is() {
    let scratch = Scratch::new("bad-alone");
    let file = scratch.file("kwaad.txt", fs::read_to_string(seed(SEED)).unwrap());
    let alone = |act: &str| {
        let mut command = vraagbaak();
        command.arg("convert").arg(&file).args(["--timeout", "1", "--max-memory", "256MiB"]);
        run(command.env("VRAAGBAAK_REHEARSE", format!("{act}:kwaad.txt")))
    };
    for (act, reason) in [
        ("abort", "the reader came to its end"),
        ("exit", "the reader came to its end"),
        ("hang", "not read within 1 s"),
        ("eat", "more than 256 MiB of memory was needed"),
        ("overflow", "nested too deep"),
        ("panic", "the reader panicked: as rehearsed"),
    ] {
        let output = alone(act);
        let told = stderr(&output);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()), "{act}: {told}");
        assert_eq!(told.matches("kwaad.txt: ").count(), 1, "{act}: {told}");
        assert!(told.contains(reason), "{act}: {told}");
    }
    let good = alone("nothing");
    assert_eq!(good.status.code(), Some(0), "{}", stderr(&good));
    let document: Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(document["source"]["path"], file.to_str().unwrap());
}

#[test]
fn one_worker_and_many_give_the_same_bytes() {
    let scratch = Scratch::new("same-bytes");
    archive(&scratch, 40);
    let outputs = ["json/", "all.json", "all.jsonl", "facts.csv", "all.sqlite"];
    for output in outputs {
        assert_eq!(run(convert(&scratch, &format!("1-{output}")).args(["-j", "1"])).status.code(), Some(0));
    }
    fs::remove_dir_all(scratch.path("in")).unwrap();
    archive_in_order(&scratch, (0..40).rev());
    for output in outputs {
        let (one, many) = (format!("1-{output}"), format!("7-{output}"));
        let mut command = convert(&scratch, &many);
        command.args(["-j", "7"]).env("TZ", "Asia/Kolkata").env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
        assert_eq!(run(&mut command).status.code(), Some(0));
        if output.ends_with('/') {
            assert_eq!(contents(&scratch.path(&one)), contents(&scratch.path(&many)));
        } else {
            assert_eq!(fs::read(scratch.path(&one)).unwrap(), fs::read(scratch.path(&many)).unwrap(), "{output}");
        }
    }
}

#[test]
fn a_worker_gives_what_the_library_gives() {
    let mut documents = vec![seed(SEED), seed(OTHER_SEED)];
    documents.push(fixture_pdf());
    for document in documents {
        let path = document.display().to_string();
        let questions = vraagbaak::Extractor::new().path(path).bytes(&fs::read(&document).unwrap()).unwrap();
        let mut expected = Vec::new();
        vraagbaak::write_json(&mut expected, &questions[0]).unwrap();
        expected.push(b'\n');
        assert_eq!(run(vraagbaak().arg("convert").arg(document)).stdout, expected);
    }
}

#[test]
fn a_run_that_was_killed_goes_on() {
    // Ten moments here; tests/kills.sh has as many as one likes.
    let scratch = Scratch::new("killed");
    archive(&scratch, 30);
    for output in ["out", "facts.csv", "all.json"] {
        let clean = format!("clean-{output}");
        let begun = Instant::now();
        assert_eq!(run(&mut convert(&scratch, &clean)).status.code(), Some(0));
        let whole = begun.elapsed();
        for moment in 0..10 {
            let mut child = convert(&scratch, output).arg("--resume").stderr(Stdio::null()).spawn().unwrap();
            sleep(whole * moment / 10);
            child.kill().unwrap();
            child.wait().unwrap();
            is_whole_or_absent(&scratch, output, &clean);
        }
        let last = run(convert(&scratch, output).arg("--resume"));
        assert_eq!(last.status.code(), Some(0), "{}", stderr(&last));
        is_whole_or_absent(&scratch, output, &clean);
        assert!(scratch.files("").iter().all(|name| !name.contains(".vraagbaak-") && !name.contains("unfinished")));
        if output == "out" {
            assert_eq!(contents(&scratch.path(output)), contents(&scratch.path(&clean)));
        } else {
            assert!(scratch.path(output).is_file());
        }
    }
}

/// Nothing under its own name differs from what a run that was never stopped gives.
fn is_whole_or_absent(scratch: &Scratch, output: &str, clean: &str) {
    if output != "out" {
        let written = fs::read(scratch.path(output));
        return assert!(written.is_err() || written.unwrap() == fs::read(scratch.path(clean)).unwrap());
    }
    let clean = contents(&scratch.path(clean));
    for file in contents(&scratch.path(output)) {
        assert!(file.0.to_string_lossy().contains(".vraagbaak-") || clean.contains(&file), "{}", file.0.display());
    }
}

#[test]
fn what_was_done_is_not_done_again() {
    let scratch = Scratch::new("resumed");
    archive(&scratch, 10);
    scratch.file("in/crash.txt", fs::read(seed(SEED)).unwrap());
    let crash = |command: &mut Command| run(command.env("VRAAGBAAK_REHEARSE", "abort:crash.txt"));
    assert_eq!(crash(&mut convert(&scratch, "out")).status.code(), Some(1));
    let place = scratch.path("out/manifest.jsonl");
    let first = manifest(&place);
    assert_eq!(first.len(), 11);

    // Nothing has changed: nothing is read, and what crashed is told again but not tried.
    let again = run(convert(&scratch, "out").arg("--resume"));
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(manifest(&place), first);
    assert!(stderr(&again).contains("11 done before"), "{}", stderr(&again));
    assert!(stderr(&again).contains("1 failed: 1 crashed"), "{}", stderr(&again));

    // An input that changed, and an output that is gone, are done again. The last line is torn.
    scratch.file("in/0/000.txt", fs::read(seed(OTHER_SEED)).unwrap());
    fs::remove_file(scratch.path("out/1/001.txt.json")).unwrap();
    let torn = fs::read_to_string(&place).unwrap() + "{\"path\":\"in/";
    fs::write(&place, torn).unwrap();
    let third = run(convert(&scratch, "out").arg("--resume"));
    assert!(stderr(&third).contains("9 done before"), "{}", stderr(&third));
    assert_eq!(manifest(&place).len(), 13);
    assert!(scratch.path("out/1/001.txt.json").is_file());

    // What crashed is tried again when asked.
    let fourth = run(convert(&scratch, "out").args(["--resume", "--retry"]));
    assert_eq!(fourth.status.code(), Some(0), "{}", stderr(&fourth));
    assert!(scratch.path("out/crash.txt.json").is_file());

    // Other options are another run.
    let fifth = run(convert(&scratch, "out").args(["--resume", "--format", "facts"]));
    assert!(!stderr(&fifth).contains("done before"), "{}", stderr(&fifth));
    assert!(scratch.path("out/0/000.txt.csv").is_file());
}

#[test]
fn what_a_killed_run_left_half_written_is_swept_and_a_refused_one_leaves_nothing() {
    let scratch = Scratch::new("swept");
    archive(&scratch, 2);
    // Killed before the first line of its manifest; no process has so high a number.
    scratch.file("uit/facts.csv.manifest.jsonl", "");
    scratch.file("uit/.vraagbaak-2147483647-0", "half of a file");
    scratch.file("uit/.vraagbaak-2147483647-1-journal", "of a database");
    scratch.file("uit/.vraagbaak-notes", "somebody's own");
    assert_eq!(run(convert(&scratch, "uit/facts.csv").arg("--resume")).status.code(), Some(0));
    let files = scratch.files("uit");
    assert_eq!(files, [".vraagbaak-notes", "facts.csv", "facts.csv.manifest.jsonl", "facts.schema.json"]);
    // Into the folder that is read.
    let before = scratch.files("in");
    let refused = run(&mut convert(&scratch, "in"));
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("is an input"), "{}", stderr(&refused));
    assert_eq!(scratch.files("in"), before);
}

#[test]
fn two_runs_do_not_write_to_one_output() {
    let scratch = Scratch::new("locked");
    archive(&scratch, 3);
    let mut first = convert(&scratch, "out");
    let mut first = first.env("VRAAGBAAK_REHEARSE", "hang:001.txt").stderr(Stdio::null()).spawn().unwrap();
    wait_for(|| scratch.path("out/manifest.jsonl").is_file());
    let second = run(&mut convert(&scratch, "out"));
    assert_eq!(second.status.code(), Some(1));
    assert!(stderr(&second).contains("another run writes there"), "{}", stderr(&second));
    first.kill().unwrap();
    first.wait().unwrap();
}

fn wait_for(mut happened: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !happened() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it did not happen");
        sleep(Duration::from_millis(10));
    }
}

#[cfg(unix)]
fn interrupt(process: u32) {
    assert!(Command::new("kill").args(["-INT", &process.to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn the_first_interrupt_finishes_what_is_in_flight() {
    let scratch = Scratch::new("interrupt");
    archive(&scratch, 30);
    let mut command = convert(&scratch, "out");
    command.args(["-j", "1"]).env("VRAAGBAAK_REHEARSE", "slow:.txt").stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    wait_for(|| fs::read_to_string(scratch.path("out/manifest.jsonl")).is_ok_and(|lines| lines.lines().count() > 0));
    interrupt(child.id());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(stderr(&output).contains("--resume goes on"), "{}", stderr(&output));
    let lines = manifest(&scratch.path("out/manifest.jsonl"));
    assert!(lines.len() < 30 && lines.iter().all(|line| line["status"] == "ok"));
    assert_eq!(scratch.files("out").len(), lines.len() + 1);
}

#[cfg(unix)]
#[test]
fn the_second_interrupt_stops_at_once_and_leaves_no_worker() {
    let scratch = Scratch::new("second-interrupt");
    archive(&scratch, 3);
    let mut command = convert(&scratch, "out");
    command.env("VRAAGBAAK_REHEARSE", "hang:.txt").stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    wait_for(|| !workers_of(child.id()).is_empty());
    let workers = workers_of(child.id());
    interrupt(child.id());
    let mut line = String::new();
    while !line.contains("once more stops at once") {
        assert_ne!(told.read_line(&mut line).unwrap(), 0);
    }
    interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    if cfg!(target_os = "linux") {
        wait_for(|| workers.iter().all(|worker| !is_running(worker)));
    }
}

/// The processes that a process has started.
fn workers_of(process: u32) -> Vec<String> {
    let output = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let pairs = lines.lines().filter_map(|line| line.trim().split_once(' '));
    let parent = process.to_string();
    pairs.filter(|(_, of)| of.trim() == parent).map(|(pid, _)| pid.to_owned()).collect()
}

/// Whether a process is there and is not only waiting to be buried.
fn is_running(process: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    status.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with('Z'))
}

#[test]
fn a_list_gives_a_line_for_each_of_its_paths_as_they_come() {
    let scratch = Scratch::new("list");
    let empty = scratch.file("empty.txt", "");
    let mut child = vraagbaak()
        .args(["convert", "-", "--input-list", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut list, mut lines) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    // Each answer is there before the next path is given.
    for (path, status) in [
        (seed(SEED), None),
        (empty, Some("not_a_question")),
        (scratch.path("none.pdf"), Some("io")),
        (seed(OTHER_SEED), None),
    ] {
        writeln!(list, "{}", path.display()).unwrap();
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let json: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(json["source"]["path"], path.display().to_string());
        assert_eq!(json["error"]["status"].as_str(), status);
        assert_eq!(json["schema_version"].as_u64(), if status.is_none() { Some(1) } else { None });
    }
    drop(list);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for arguments in [
        &["x", "--resume"][..],
        &["x", "--retry"],
        &["x", "-", "--input-list"],
        &["-", "-"],
        &["x", "-j", "0"],
        &["x", "--timeout", "0"],
        &["x", "--timeout", "-1"],
        &["x", "--max-memory", "1KiB"],
        &["x", "--max-memory", "lots"],
    ] {
        assert_eq!(run(vraagbaak().arg("convert").args(arguments)).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn quiet_says_only_what_failed() {
    let scratch = Scratch::new("quiet");
    archive(&scratch, 3);
    assert_eq!(stderr(&run(convert(&scratch, "out").arg("-q"))), "");
    scratch.file("in/empty.txt", "");
    let output = run(convert(&scratch, "out").arg("-q"));
    assert_eq!(stderr(&output).lines().count(), 1);
    assert!(stdout(&output).is_empty());
}
