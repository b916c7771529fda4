//! What stands in folders and zips beside good documents: names that lead elsewhere, things that are no files, files that
//! want too much. Each is accounted for, and costs the good ones nothing.

#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::made;
use common::{SEED, Scratch, contents, manifest, run, seed, stderr, vraagbaak};
use flate2::{Compress, Compression, FlushCompress};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::process::Command;

fn convert(scratch: &Scratch, output: &str) -> Command {
    let mut command = vraagbaak();
    command.arg("convert").arg(scratch.path("in")).arg("-o").arg(scratch.path(output));
    command
}

/// Each input's end of path below `in` and how it came out.
fn outcomes(scratch: &Scratch) -> Vec<(String, String)> {
    let root = scratch.path("in").display().to_string() + "/";
    let lines = manifest(&scratch.path("out/manifest.jsonl"));
    let outcome = |line: &Value| {
        let path = line["path"].as_str().unwrap();
        (path.strip_prefix(&root).unwrap().to_owned(), line["status"].as_str().unwrap().to_owned())
    };
    lines.iter().map(outcome).collect()
}

#[test]
fn zips_are_walked_and_nothing_leads_out_of_them() {
    let scratch = Scratch::new("zip");
    let text = fs::read(seed(SEED)).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(scratch.file("in/2020.zip", "")).unwrap());
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for name in
        ["02/b.txt", "01/a.txt", "notes.md", "../../escape.txt", "CON.txt", "inner.zip", ".hidden.txt", "/etc/abs.txt"]
    {
        zip.start_file(name, options).unwrap();
        zip.write_all(&text).unwrap();
    }
    zip.add_directory("folder.pdf", options).unwrap();
    zip.finish().unwrap();
    scratch.file("in/broken.zip", b"PK\x03\x04 and no more");
    let output = run(&mut convert(&scratch, "out"));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(
        scratch.files("out"),
        ["2020.zip/01/a.txt.json", "2020.zip/02/b.txt.json", "2020.zip/_CON.txt.json", "manifest.jsonl"]
    );
    let told = stderr(&output);
    assert!(told.contains("escape.txt: its name in the zip leads out of the zip"), "{told}");
    assert!(told.contains("inner.zip: a zip in a zip"), "{told}");
    assert!(told.contains("2020.zip//etc/abs.txt: its name in the zip leads out of the zip"), "{told}");
    assert!(told.contains("broken.zip: not a readable zip"), "{told}");
    let json: Value = serde_json::from_slice(&fs::read(scratch.path("out/2020.zip/01/a.txt.json")).unwrap()).unwrap();
    assert_eq!(json["source"]["path"], scratch.path("in/2020.zip/01/a.txt").display().to_string());
    assert_eq!(manifest(&scratch.path("out/manifest.jsonl")).len(), 7);
    let again = run(convert(&scratch, "out").arg("--resume"));
    assert!(stderr(&again).contains("3 done before") || stderr(&again).contains("4 done before"), "{}", stderr(&again));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_kept() {
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::new("bytes-names");
    let text = fs::read(seed(SEED)).unwrap();
    for name in [&b"in/a\xff.txt"[..], b"in/a\xfe.txt", b"in/line\nbreak.txt", b"in/-dash.txt"] {
        scratch.file("in/keep.md", "");
        fs::write(scratch.0.join(std::ffi::OsStr::from_bytes(name)), &text).unwrap();
    }
    let output = run(&mut convert(&scratch, "out"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(scratch.0.join(std::ffi::OsStr::from_bytes(b"out/a\xff.txt.json")).is_file());
    assert_eq!(contents(&scratch.path("out")).len(), 4);
    assert_eq!(run(convert(&scratch, "out").arg("--resume")).status.code(), Some(0));
    assert_eq!(contents(&scratch.path("out")).len(), 4);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_costs_nothing_and_what_is_empty_is_told() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new("odd");
    let text = fs::read(seed(SEED)).unwrap();
    scratch.file("in/folder.pdf/inside.txt", &text);
    scratch.file("in/good.txt", &text);
    for name in ["empty.pdf", "empty.txt", "empty.zip"] {
        scratch.file(&format!("in/{name}"), "");
    }
    scratch.file("in/cut.pdf", &b"%PDF-1.7\n"[..]);
    scratch.file("in/notes.md", "no document");
    symlink("good.txt", scratch.path("in/link.txt")).unwrap();
    symlink("../in", scratch.path("in/round")).unwrap();
    symlink("/nowhere/at-all.txt", scratch.path("in/nowhere.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(scratch.path("in/pipe.txt")).status().unwrap().success());
    let output = run(&mut convert(&scratch, "out"));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let expected = [
        ("cut.pdf", "not_a_question"),
        ("empty.pdf", "not_a_question"),
        ("empty.txt", "not_a_question"),
        ("empty.zip", "not_a_question"),
        ("folder.pdf/inside.txt", "ok"),
        ("good.txt", "ok"),
        ("link.txt", "ok"),
        ("nowhere.txt", "io"),
    ];
    assert_eq!(outcomes(&scratch), expected.map(|(path, status)| (path.to_owned(), status.to_owned())));
    assert_eq!(contents(&scratch.path("out")).len(), 3);
}

/// A mebibyte of zeros, deflated to a thousandth, which may be put behind itself as often as one likes.
fn zeros() -> Vec<u8> {
    let mut deflate = Compress::new(Compression::best(), false);
    let mut packed = Vec::with_capacity(1 << 16);
    deflate.compress_vec(&vec![0; 1 << 20], &mut packed, FlushCompress::Full).unwrap();
    packed
}

/// So many mebibytes of zeros, deflated: about a kibibyte for each.
fn deflated(mebibytes: usize) -> Vec<u8> {
    [zeros().repeat(mebibytes), vec![3, 0]].concat()
}

/// A zip with one member, which says of itself how long it is unpacked.
fn zip_of(name: &str, packed: &[u8], stated: u32) -> Vec<u8> {
    let (name_length, packed_length) = (name.len() as u16, packed.len() as u32);
    let mut head = Vec::new();
    for number in [20_u16, 0, 8, 0, 0, 0, 0] {
        head.extend(number.to_le_bytes());
    }
    head.extend(packed_length.to_le_bytes());
    head.extend(stated.to_le_bytes());
    head.extend(name_length.to_le_bytes());
    head.extend(0_u16.to_le_bytes());
    let local = [&b"PK\x03\x04"[..], &head, name.as_bytes(), packed].concat();
    let central = [&b"PK\x01\x02\x14\0"[..], &head, &[0; 14], name.as_bytes()].concat();
    let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0".to_vec();
    end.extend((central.len() as u32).to_le_bytes());
    end.extend((local.len() as u32).to_le_bytes());
    [local, central, end, vec![0, 0]].concat()
}

#[test]
fn a_megabyte_that_inflates_to_a_gigabyte_is_refused() {
    let scratch = Scratch::new("swollen");
    let packed = deflated(1024);
    assert!(packed.len() < 1_200_000);
    scratch.file("in/honest.zip", zip_of("text.txt", &packed, 1 << 30));
    scratch.file("in/lying.zip", zip_of("text.txt", &packed, 10));
    // The checksum at the end of the stream is that of a gigabyte of zeros.
    let adler = [(((1_u64 << 30) % 65_521) as u16).to_be_bytes(), 1_u16.to_be_bytes()].concat();
    let content = [vec![0x78, 0xda], packed, adler].concat();
    scratch.file("in/stream.pdf", made::pdf("/Filter/FlateDecode", &content, "", &[]));
    scratch.file("in/good.txt", fs::read(seed(SEED)).unwrap());
    let output = run(&mut convert(&scratch, "out"));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let expected = [
        ("good.txt", "ok"),
        ("honest.zip/text.txt", "limit"),
        ("lying.zip/text.txt", "not_a_question"),
        ("stream.pdf", "limit"),
    ];
    assert_eq!(outcomes(&scratch), expected.map(|(path, status)| (path.to_owned(), status.to_owned())));
}

/// Nesting of every kind that files have, each so deep.
fn nested(depth: usize) -> Vec<(&'static str, Vec<u8>)> {
    let text = b"BT /F1 10 Tf 100 700 Td (1. Hoeveel vragen zijn er?) Tj ET\n".as_slice();
    let around = |open: &str, close: &str| open.repeat(depth) + &close.repeat(depth);
    let page = |entries: &str| made::pdf("", text, entries, &[]);
    let drawn = |content: String| made::pdf("", &[content.as_bytes(), text].concat(), "", &[]);
    vec![
        ("array.pdf", page(&format!("/A {}", around("[", "]")))),
        ("open.pdf", page(&format!("/A {}", "[".repeat(depth)))),
        ("colours.pdf", page(&format!("/Resources<</ColorSpace {}>>", around("[", "]")))),
        ("content-array.pdf", drawn(around("[", "]") + " TJ ")),
        ("content-dictionary.pdf", drawn(format!("/S {} BDC ", around("<</A ", ">>")))),
        ("states.pdf", drawn("q ".repeat(depth))),
        ("brackets.txt", format!("SCHRIFTELIJKE VRAAG\n\n{}1. Hoeveel?\n", "(".repeat(depth)).into_bytes()),
        ("numbers.txt", format!("SCHRIFTELIJKE VRAAG\n\n{} Hoeveel?\n", "1.".repeat(depth)).into_bytes()),
    ]
}

/// Chains of objects, each of which has the next: they take some hundred bytes for each step.
fn chained(depth: usize) -> Vec<(&'static str, Vec<u8>)> {
    let chain =
        |step: &dyn Fn(usize) -> Vec<u8>| (0..depth).map(|index| step(made::FIRST + index + 1)).collect::<Vec<_>>();
    let form = |next: usize| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X {next} 0 R>>>>");
        made::stream(&entries, b"/X Do")
    };
    let draws = format!("/Resources<</XObject<</X {} 0 R>>>>", made::FIRST);
    let turned = format!("/Rotate {} 0 R", made::FIRST);
    let tree = |next: usize| format!("<</Type/Pages/Kids[{next} 0 R]/Count 1>>").into_bytes();
    vec![
        ("forms.pdf", made::pdf("", b"/X Do", &draws, &chain(&form))),
        ("references.pdf", made::pdf("", b"/X Do", &turned, &chain(&|next| format!("{next} 0 R").into_bytes()))),
        ("tree.pdf", made::pdf_below(made::FIRST, &chain(&tree))),
        ("dictionary.pdf", made::pdf("", b"", &format!("/A {}1{}", "<</A ".repeat(depth), ">>".repeat(depth)), &[])),
    ]
}

#[test]
fn nesting_of_any_depth_is_an_answer_of_our_own() {
    let scratch = Scratch::new("nested");
    scratch.file("in/good.txt", fs::read(seed(SEED)).unwrap());
    for power in 2..=6 {
        for (name, bytes) in nested(10_usize.pow(power)) {
            scratch.file(&format!("in/{power}/{name}"), bytes);
        }
    }
    for power in 2..=4 {
        for (name, bytes) in chained(10_usize.pow(power)) {
            scratch.file(&format!("in/{power}/{name}"), bytes);
        }
    }
    let output = run(&mut convert(&scratch, "out"));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let outcomes = outcomes(&scratch);
    assert_eq!(outcomes.len(), 5 * 8 + 3 * 4 + 1);
    assert!(outcomes.contains(&("good.txt".to_owned(), "ok".to_owned())));
    // No stack overflowed, no memory ran out, and none took until its time was up.
    for (path, status) in &outcomes {
        assert!(["ok", "partial", "not_a_question", "scanned", "limit"].contains(&status.as_str()), "{path}: {status}");
    }
}
