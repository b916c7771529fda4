//! The report in a real browser: headless Chromium, where there is one (`apt-get install chromium`); else nothing is tried.
//!
//! The page must come up without a word on the console, its script must run under the page's own policy, and the address of a
//! figure must show its place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{OTHER_SEED, SEED, Scratch, run, seed, stderr, stdout, vraagbaak};
use std::path::Path;
use std::process::{Command, Output};

/// What browsers of the Chromium family are called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

fn browser() -> Option<&'static str> {
    let runs = |name: &&&str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let found = NAMES.iter().find(runs).copied();
    if found.is_none() {
        println!("no Chromium here: the report was not tried in a browser");
    }
    found
}

/// Opens a page and does as it is told with it.
fn open(browser: &str, page: &str, scratch: &Scratch, action: &str) -> Output {
    let profile = format!("--user-data-dir={}", scratch.path("profile").display());
    let fixed =
        ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=2000"];
    run(Command::new(browser).args(fixed).args([&profile, action, page]))
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = browser() else { return };
    let scratch = Scratch::new("browser");
    let place = scratch.path("report.html");
    let output = run(vraagbaak().arg("report").args([seed(SEED), seed(OTHER_SEED)]).arg("-o").arg(&place));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = |fragment: &str| format!("file://{}{fragment}", place.display());

    let index = open(browser, &page(""), &scratch, "--dump-dom");
    let words = stderr(&index);
    assert!(!words.contains("CONSOLE"), "{words}");
    assert!(stdout(&index).contains("<form id=\"filters\" role=\"search\">"), "the script did not run");
    assert!(stdout(&index).contains("<p role=\"status\" id=\"count\">2 documents</p>"));

    let html = std::fs::read_to_string(&place).unwrap();
    let figure = html.split("id=\"d1t0r2c1\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
    let shown = open(browser, &page(figure), &scratch, "--dump-dom");
    assert!(stdout(&shown).contains("<details class=\"source\" id=\"d1source\" open=\"\">"), "{figure} is folded away");

    let text = std::fs::read(seed(SEED)).unwrap();
    (0..102).for_each(|number| drop(scratch.file(&format!("in/{number:03}.txt"), &text)));
    let large = scratch.path("large.html");
    run(vraagbaak().arg("report").arg(scratch.path("in")).arg("-o").arg(&large));
    let unfolded = open(browser, &format!("file://{}#d101t0", large.display()), &scratch, "--dump-dom");
    assert!(stdout(&unfolded).contains("id=\"d100template\"") && !stdout(&unfolded).contains("id=\"d101template\""));

    let picture = scratch.path("report.png");
    open(browser, &page("#d1"), &scratch, &format!("--screenshot={}", picture.display()));
    assert!(is_picture(&picture), "no picture");
}

/// A PNG with something on it: one of a blank page takes far fewer bytes.
fn is_picture(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG") && bytes.len() > 20_000)
}
