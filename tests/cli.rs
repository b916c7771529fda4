//! The real binary: what it writes where, what it says, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{OTHER_SEED, SEED, Scratch, run, seed, stderr, stdout, vraagbaak};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn one_document_goes_to_stdout_as_indented_json() {
    let output = run(vraagbaak().arg("convert").arg(seed(SEED)));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["source"]["path"], seed(SEED).display().to_string());
    assert!(stdout(&output).starts_with("{\n  \"schema_version\": 1,\n  \"source\": {"));
}

#[test]
fn several_documents_go_to_stdout_one_a_line() {
    let output = run(vraagbaak().arg("convert").args([seed(SEED), seed(OTHER_SEED)]));
    assert_eq!(output.status.code(), Some(0));
    let paths: Vec<_> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["source"]["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(paths, [seed(SEED), seed(OTHER_SEED)].map(|path| path.display().to_string()));
    assert!(stderr(&output).contains("2 files converted"), "{}", stderr(&output));
}

#[test]
fn json_of_several_documents_is_an_array() {
    let output = run(vraagbaak().args(["convert", "--format", "json"]).args([seed(SEED), seed(OTHER_SEED)]));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn stdin_is_a_document_without_a_path() {
    let mut child = vraagbaak()
        .args(["convert", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(seed(SEED)).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["source"]["path"], Value::Null);
}

#[test]
fn a_folder_is_walked_and_its_structure_kept() {
    let scratch = Scratch::new("structure");
    let text = fs::read(seed(SEED)).unwrap();
    for name in ["in/a.txt", "in/2020/a.txt", "in/2020/b.TXT", "in/.hidden/c.txt", "in/notes.md"] {
        scratch.file(name, &text);
    }
    let output = run(vraagbaak().arg("convert").arg(scratch.path("in")).arg("--output").arg(scratch.path("out")));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(scratch.files("out"), ["2020/a.txt.json", "2020/b.TXT.json", "a.txt.json", "manifest.jsonl"]);
}

#[test]
fn the_output_file_s_ending_tells_the_format() {
    let scratch = Scratch::new("ending");
    for (name, begins) in
        [("uit.jsonl", "{\"schema_version\":1,"), ("uit.json", "{\n  "), ("uit.csv", "source,source_index,")]
    {
        let place = scratch.path(name);
        let output = run(vraagbaak().arg("convert").arg(seed(SEED)).arg("-o").arg(&place));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(fs::read_to_string(&place).unwrap().starts_with(begins), "{name}");
    }
    assert_eq!(scratch.files(""), ["uit.csv", "uit.json", "uit.jsonl", "uit.schema.json"]);
}

#[test]
fn two_inputs_with_one_output_name_are_an_error_and_nothing_is_lost() {
    let scratch = Scratch::new("collision");
    let text = fs::read_to_string(seed(SEED)).unwrap();
    let (first, second) = (scratch.file("1/a.txt", &text), scratch.file("2/a.txt", text.replace("NokNok", "KlopKlop")));
    let output = run(vraagbaak().arg("convert").args([&first, &second]).arg("-o").arg(scratch.path("out")));
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("already taken by"), "{}", stderr(&output));
    let json: Value = serde_json::from_slice(&fs::read(scratch.path("out/a.txt.json")).unwrap()).unwrap();
    assert_eq!(json["source"]["path"], first.display().to_string());
}

#[test]
fn an_input_is_never_written_over() {
    let scratch = Scratch::new("over-input");
    let text = fs::read(seed(SEED)).unwrap();
    let input = scratch.file("a.txt", &text);
    let output = run(vraagbaak().arg("convert").arg(&input).arg("-o").arg(&input));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(&input).unwrap(), text);
}

#[test]
fn what_cannot_be_read_is_named_and_costs_nothing_else() {
    let scratch = Scratch::new("named");
    let (empty, rubbish) = (scratch.file("empty.txt", ""), scratch.file("rubbish.txt", [0, 1, 2, 3, 255, 7, 8]));
    let missing = scratch.path("missing.txt");
    scratch.file("folder/readme.md", "x");
    let output = run(vraagbaak()
        .arg("convert")
        .args([&empty, &rubbish, &missing, &scratch.path("folder"), &seed(SEED)])
        .arg("-o")
        .arg(scratch.path("out")));
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    for part in [
        "empty.txt: the file is empty",
        "rubbish.txt: not a text",
        "missing.txt: no such file or folder",
        "folder: a folder without documents",
        "1 file converted",
        "4 failed",
    ] {
        assert!(told.contains(part), "{part:?} is not in:\n{told}");
    }
    assert_eq!(scratch.files("out"), [format!("{SEED}.json"), "manifest.jsonl".to_owned()]);
}

#[cfg(unix)]
#[test]
fn what_a_file_is_named_does_not_steer_the_terminal() {
    for command in ["show", "convert", "tables", "check"] {
        let told = stderr(&run(vraagbaak().args([command, "a\u{1b}]0;b\u{7}\nvraagbaak: c.txt"])));
        assert!(told.contains("\u{fffd}vraagbaak: c.txt"), "{command}: {told}");
        assert!(!told.contains('\u{1b}') && told.trim_end().lines().count() == 1, "{command}: {told}");
    }
}

#[test]
fn a_file_of_another_s_is_never_written_over() {
    let scratch = Scratch::new("strangers");
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/0421-energiescans-pdf/input.pdf");
    let cases: [(&str, &[&str]); 10] = [
        ("notes.json", &["convert", "-o", "notes.json"]),
        ("other.txt", &["convert", "-o", "other.txt", "--format", "json"]),
        ("numbers.csv", &["convert", "-o", "numbers.csv"]),
        ("uit.schema.json", &["convert", "-o", "uit.csv"]),
        ("log", &["convert", "-o", "fresh", "--manifest", "log"]),
        ("log", &["convert", "-o", "fresh", "--manifest", "log", "--resume"]),
        ("folder/facts.schema.json", &["convert", "-o", "folder", "--format", "facts"]),
        ("tables/questions.csv", &["convert", "-o", "tables", "--format", "csv"]),
        ("page.html", &["report", "-o", "page.html"]),
        ("page.svg", &["inspect", "-o", "page.svg"]),
    ];
    for (name, arguments) in cases {
        let place = scratch.file(name, "what somebody wrote\n");
        let input = if arguments[0] == "inspect" { pdf.clone() } else { seed(SEED) };
        let output = run(vraagbaak().current_dir(&scratch.0).args(arguments).arg(input));
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("not written over"), "{arguments:?}: {}", stderr(&output));
        assert_eq!(fs::read_to_string(place).unwrap(), "what somebody wrote\n", "{arguments:?}");
    }
    let file = format!("uit/{SEED}.json");
    scratch.file(&file, "mine");
    let output = run(vraagbaak().current_dir(&scratch.0).args(["convert", "-o", "uit"]).arg(seed(SEED)));
    assert_eq!(output.status.code(), Some(1), "one file in a folder: {}", stderr(&output));
    assert_eq!(fs::read_to_string(scratch.path(&file)).unwrap(), "mine");
    assert!(scratch.names().iter().all(|name| !name.starts_with(".vraagbaak")), "{:?}", scratch.names());
}

#[test]
fn what_this_program_wrote_is_written_anew() {
    let scratch = Scratch::new("own");
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/0421-energiescans-pdf/input.pdf");
    let cases: [&[&str]; 9] = [
        &["convert", "-o", "uit.json"],
        &["convert", "-o", "uit.jsonl"],
        &["convert", "-o", "uit.csv"],
        &["convert", "-o", "folder/"],
        &["convert", "-o", "folder/", "--format", "facts"],
        &["convert", "-o", "tables", "--format", "csv"],
        &["convert", "-o", "uit.json", "--format", "jsonl"],
        &["report", "-o", "uit.html"],
        &["inspect", "-o", "uit.svg"],
    ];
    for arguments in cases {
        for _ in 0..2 {
            let mut command = vraagbaak();
            command.current_dir(&scratch.0).args(arguments).arg(&pdf);
            if arguments[0] == "convert" {
                command.arg(seed(SEED));
            }
            let output = run(&mut command);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_manifest_and_an_output_are_never_written_over_one_another() {
    let scratch = Scratch::new("manifest-or-output");
    let convert = |arguments: &[&str]| {
        run(vraagbaak().current_dir(&scratch.0).arg("convert").args(arguments).args([seed(SEED), seed(OTHER_SEED)]))
    };
    for manifest in ["uit.csv", "./uit.csv", "uit.schema.json"] {
        let output = convert(&["-o", "uit.csv", "--manifest", manifest]);
        assert_eq!(output.status.code(), Some(2), "{manifest}: {}", stderr(&output));
        assert_eq!(scratch.names(), [""; 0]);
    }
    assert_eq!(convert(&["-o", "uit.jsonl"]).status.code(), Some(0));
    for arguments in [["-o", "new.jsonl", "--manifest", "uit.jsonl"], ["-o", "uit.jsonl.manifest.jsonl", "-f", "json"]]
    {
        let before = scratch.files("").into_iter().map(|name| fs::read(scratch.path(&name)).unwrap());
        let before: Vec<Vec<u8>> = before.collect();
        let output = convert(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("not written over"), "{}", stderr(&output));
        let after = scratch.files("").into_iter().map(|name| fs::read(scratch.path(&name)).unwrap());
        assert_eq!(after.collect::<Vec<_>>(), before, "{arguments:?}");
    }
}

#[test]
fn an_output_s_ending_that_names_no_form_is_refused() {
    let scratch = Scratch::new("no-form");
    for name in ["uit.parquet", "uit.xlsx", "uit.2024"] {
        let place = scratch.path(name);
        let output = run(vraagbaak().arg("convert").arg(seed(SEED)).arg("-o").arg(&place));
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains("names no form"), "{}", stderr(&output));
        assert!(!place.exists());
    }
    let folder = scratch.0.display().to_string() + "/uit.2024/";
    assert!(run(vraagbaak().arg("convert").arg(seed(SEED)).args(["-o", &folder])).status.success());
    assert_eq!(scratch.files("uit.2024"), [format!("{SEED}.json")]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_never_replaced_and_a_link_is_followed() {
    use std::os::unix::fs::FileTypeExt;
    let scratch = Scratch::new("special-outputs");
    let (pipe, link) = (scratch.path("pipe.json"), scratch.path("link.json"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = run(vraagbaak().arg("convert").arg(seed(SEED)).arg("-o").arg(&pipe));
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("pipe.json: is a device or a pipe"), "{}", stderr(&output));
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    let target = scratch.file("target.json", "{\"schema_version\": 1}");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert!(run(vraagbaak().arg("convert").arg(seed(SEED)).arg("-o").arg(&link)).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("\"answers\""));
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_named() {
    let full = run(vraagbaak().arg("convert").arg(seed(SEED)).stdout(fs::File::create("/dev/full").unwrap()));
    assert_eq!(full.status.code(), Some(1));
    assert!(stderr(&full).contains("stdout: no space left"), "{}", stderr(&full));
    let scratch = Scratch::new("not-a-folder");
    let file = scratch.file("file", "x");
    let output = run(vraagbaak().arg("convert").arg(seed(SEED)).arg("-o").arg(file.join("uit.json")));
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("file, not a folder"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_output_folder() {
    let scratch = Scratch::new("link");
    scratch.file("in/sub/a.txt", fs::read(seed(SEED)).unwrap());
    fs::create_dir_all(scratch.path("out")).unwrap();
    fs::create_dir_all(scratch.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(scratch.path("elsewhere"), scratch.path("out/sub")).unwrap();
    let output = run(vraagbaak().arg("convert").arg(scratch.path("in")).arg("-o").arg(scratch.path("out")));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(scratch.files("elsewhere"), Vec::<String>::new());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = vraagbaak()
        .arg("convert")
        .args(std::iter::repeat_n(seed(OTHER_SEED), 50))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    for arguments in [&["convert"][..], &["convert", "x", "--format", "docx"], &["nonsense"], &[]] {
        assert_eq!(run(vraagbaak().args(arguments)).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn completions_are_a_script_for_the_shell() {
    let output = run(vraagbaak().args(["completions", "bash"]));
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("_vraagbaak()"));
}

/// `cargo run -- schema > schema.json` brings it up to date.
#[test]
fn the_committed_schema_is_the_one_of_the_types() {
    let output = run(vraagbaak().arg("schema"));
    let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json")).unwrap();
    assert_eq!(stdout(&output), committed);
}

#[test]
fn show_has_no_colours_in_a_pipe() {
    let output = run(vraagbaak().arg("show").arg(seed(SEED)));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stdout(&output).is_empty());
    assert!(!stdout(&output).contains('\u{1b}'));
}

#[test]
fn a_total_that_does_not_hold_is_told_with_its_table_row_and_column() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/traps/total-wrong/input.txt");
    let told = "table t1: row 4 “Totaal”, column 3 “2020”: printed 1245, but the cells give 1235";
    let shown = run(vraagbaak().arg("show").arg(&folder));
    assert!(stdout(&shown).contains(&format!("  {told} [check-fails]\n")), "{}", stdout(&shown));
    let converted = run(vraagbaak().arg("convert").arg(&folder));
    let document: serde_json::Value = serde_json::from_slice(&converted.stdout).unwrap();
    assert_eq!(document["diagnostics"][0]["message"], told);
}

#[test]
fn show_keeps_to_the_width_and_colours_only_where_they_are_wanted() {
    for width in ["30", "48", "80", "160"] {
        let output = run(vraagbaak().arg("show").arg(seed(OTHER_SEED)).args(["--width", width]));
        let widest = stdout(&output).lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{width}: {widest}");
        assert!(stdout(&output).contains("658 ✓"), "{width}");
    }
    let narrow = run(vraagbaak().arg("show").arg(seed(OTHER_SEED)).env("COLUMNS", "40"));
    assert!(stdout(&narrow).lines().all(|line| line.chars().count() <= 40));
    let coloured = |command: &mut std::process::Command| stdout(&run(command)).contains('\u{1b}');
    assert!(coloured(vraagbaak().arg("show").arg(seed(SEED)).args(["--color", "always"])));
    assert!(!coloured(vraagbaak().arg("show").arg(seed(SEED)).args(["--color", "never"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(vraagbaak().arg("show").arg(seed(SEED)).env("NO_COLOR", "1")));
}

#[test]
fn every_command_has_its_manual_page() {
    let scratch = Scratch::new("man");
    let output = run(vraagbaak().arg("man").arg(scratch.path("man1")));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pages = scratch.files("man1");
    for page in ["vraagbaak.1", "vraagbaak-convert.1", "vraagbaak-report.1", "vraagbaak-show.1"] {
        assert!(pages.iter().any(|name| name == page), "{page} is not among {pages:?}");
    }
    assert!(!pages.iter().any(|name| name.contains("worker")), "{pages:?}");
    assert!(fs::read_to_string(scratch.path("man1/vraagbaak-convert.1")).unwrap().contains("manifest"));
}
