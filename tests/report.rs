//! The report of the real binary: one file that is whole, asks nothing of the network, and takes nothing that a document
//! says for markup.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{OTHER_SEED, SEED, Scratch, run, seed, stderr, vraagbaak};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Elements that have no end.
const VOID: [&str; 3] = ["meta", "input", "!doctype"];

/// The report of some paths.
fn report(paths: &[&Path], options: &[&str]) -> String {
    let scratch = Scratch::new(&format!("report-{:?}", std::thread::current().id()));
    let place = scratch.path("report.html");
    let output = run(vraagbaak().arg("report").args(paths).args(options).arg("-o").arg(&place));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    fs::read_to_string(place).unwrap()
}

/// What stands in quotes behind a name, in all places.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The page without its style and script, which are the program's own.
fn markup(html: &str) -> String {
    let mut rest = html;
    let mut markup = String::new();
    for name in ["style", "script"] {
        let (before, after) = rest.split_once(&format!("<{name}>")).unwrap();
        markup.push_str(before);
        rest = after.split_once(&format!("</{name}>")).unwrap().1;
    }
    markup + rest
}

/// Every element is closed in its order, every id stands once, and every link leads somewhere.
fn assert_whole(html: &str) {
    let markup = markup(html);
    let mut open: Vec<&str> = Vec::new();
    for tag in markup.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match (tag.starts_with('/'), tag.ends_with('/') || VOID.contains(&name)) {
            (true, _) => assert_eq!(open.pop(), Some(name), "</{name}> in the wrong place"),
            (false, false) => open.push(name),
            (false, true) => {}
        }
    }
    assert_eq!(open, [""; 0]);
    let ids = attributes(&markup, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "ids stand twice");
    for href in attributes(&markup, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(known.contains(href), "#{href} leads nowhere");
    }
    for list in attributes(&markup, "aria-labelledby") {
        assert!(known.contains(list), "{list} labels nothing");
    }
}

#[test]
fn a_document_has_its_figures_linked_its_totals_judged_and_its_series_drawn() {
    let html = report(&[&seed(OTHER_SEED)], &[]);
    assert_whole(&html);
    assert!(html.contains("<body class=\"single\">"));
    // The figure leads to its place in the text, and from there back.
    let cell = html.split("<td class=\"n\" id=\"d0t0r2c1\"><a href=\"#").nth(1).unwrap();
    let (place, shown) = cell.split_once("\">").unwrap();
    assert!(shown.starts_with("79*</a>"));
    assert!(html.contains(&format!("<a id=\"{place}\" href=\"#d0t0r2c1\">79*</a>")));
    assert!(html.contains("440</a> <span class=\"good\" title=\"computed 440\"><span aria-hidden=\"true\">✓</span>"));
    assert!(html.contains("computed 48.8889</li>"));
    assert!(html.contains("Januari to September. 2019: least 17 (Juli), most 79 (Maart)"));
    assert!(html.contains("<b>Belongs to answer 1:</b>"));
}

#[test]
fn nothing_comes_from_the_network_and_only_the_page_s_own_script_runs() {
    let html = report(&[&seed(SEED), &seed(OTHER_SEED)], &[]);
    let markup = markup(&html);
    assert!(markup.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"));
    for name in ["src", "srcset", "style", "onclick", "onload", "action"] {
        assert!(attributes(&markup, name).is_empty(), "{name}");
    }
    for element in ["<link", "<img", "<iframe", "<object", "<base", "@import", "url("] {
        assert!(!html.contains(element), "{element}");
    }
}

#[test]
fn what_a_document_says_is_shown_and_never_taken_for_markup() {
    let scratch = Scratch::new("report-hostile");
    let text = fs::read_to_string(seed(OTHER_SEED)).unwrap();
    let text = text
        .replace("Totaal jan-sep", "<script>alert(1)</script>")
        .replace("Nupraatikerover - Oproepen", "</title><img src=x onerror=alert(1)> \"' Oproepen")
        .replace("maanden mei", "maanden <!-- ]]> &lt; \u{202e} mei")
        .replace("https://", "javascript://%0aalert(1)//");
    let file = scratch.file("</title><b onclick=alert(1)>.txt", &text);
    for paths in [vec![file.as_path()], vec![file.as_path(), Path::new("/no/<i>such</i>.txt")]] {
        let place = scratch.path("report.html");
        run(vraagbaak().arg("report").args(&paths).arg("-o").arg(&place));
        let html = fs::read_to_string(place).unwrap();
        assert_whole(&html);
        let markup = markup(&html);
        for sign in ["<script", "<img", "<b onclick", "<i>", "<!--", "\u{202e}", "href=\"javascript"] {
            assert!(!markup.contains(sign), "{sign}");
        }
        assert!(markup.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
}

#[test]
fn an_archive_has_an_index_and_tells_what_was_not_read() {
    let scratch = Scratch::new("report-archive");
    for name in [SEED, OTHER_SEED] {
        scratch.file(&format!("in/{name}"), fs::read(seed(name)).unwrap());
    }
    scratch.file("in/leeg.txt", "");
    let place = scratch.path("report.html");
    let output = run(vraagbaak().arg("report").arg(scratch.path("in")).arg("-o").arg(&place));
    assert_eq!(output.status.code(), Some(1));
    let html = fs::read_to_string(place).unwrap();
    assert_whole(&html);
    assert!(html.contains("<body class=\"archive\">"));
    assert!(
        html.contains("<th scope=\"row\" lang=\"nl\"><a href=\"#d0\">Jongerenwebsite NokNok - Gebruikers</a></th>")
    );
    assert!(html.contains("leeg.txt</b>: the file is empty"));
    assert!(html.contains("<option>2019-2020</option><option>2020-2021</option>"));
}

#[test]
fn the_later_documents_of_a_large_archive_are_folded() {
    let scratch = Scratch::new("report-large");
    let text = fs::read(seed(SEED)).unwrap();
    (0..102).for_each(|number| drop(scratch.file(&format!("in/{number:03}.txt"), &text)));
    let html = report(&[&scratch.path("in")], &["--no-source"]);
    assert_whole(&html);
    assert!(html.contains("\n<article class=\"document\" id=\"d99\""));
    assert!(html.contains("\n<template id=\"d100template\"><article class=\"document\" id=\"d100\""));
    assert!(html.contains("<noscript>"));
}

#[test]
fn what_convert_wrote_makes_the_same_report() {
    let scratch = Scratch::new("report-written");
    let seeds = [seed(SEED), seed(OTHER_SEED)];
    let paths: Vec<&Path> = seeds.iter().map(|path| path.as_path()).collect();
    let direct = report(&paths, &["--title", "x"]);
    let single = scratch.path("single/");
    run(vraagbaak().arg("convert").arg(paths[0]).arg("-o").arg(&single));
    assert_eq!(report(&[&single], &["--title", "x"]), report(&paths[..1], &["--title", "x"]));
    for output in ["out/", "out.jsonl", "out.json"] {
        let place = scratch.path(output);
        run(vraagbaak().arg("convert").args(&paths).arg("-o").arg(&place));
        assert_eq!(report(&[&place], &["--title", "x"]), direct, "{output}");
    }
    let without = report(&[&scratch.path("out.json")], &["--title", "x", "--no-source"]);
    assert_whole(&without);
    assert!(without.contains("The source was left out.") && !without.contains("<pre"));
}

#[test]
fn a_report_is_never_written_over_an_input() {
    let scratch = Scratch::new("report-over-input");
    let file = scratch.file("a.txt", fs::read(seed(SEED)).unwrap());
    let output = run(vraagbaak().arg("report").arg(&file).arg("-o").arg(&file));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(&file).unwrap(), fs::read(seed(SEED)).unwrap());
}

#[cfg(feature = "pdf")]
#[test]
fn the_pages_of_a_pdf_are_shown_with_the_places_of_its_figures() {
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/0421-energiescans-pdf/input.pdf");
    let html = report(&[&pdf], &[]);
    assert_whole(&html);
    assert!(html.contains("<svg viewBox=\"0 0 595") && html.contains("<figcaption>Page 1</figcaption>"));
    assert!(html.contains("class=\"hit\""));
}

#[test]
fn the_title_of_many_paths_is_short() {
    let (one, other) = (seed(SEED), seed(OTHER_SEED));
    let html = report(&[&one, &other, &one, &other, &one], &[]);
    assert!(html.contains(&format!("<title>{SEED}, {OTHER_SEED}, {SEED} and 2 more</title>")));
}
