//! PDFs read in one process, as the libraries of `benches/compare.sh` read them: `cargo bench --bench one_process -- FILE...`
//!
//! Prints the pages, the seconds of the fastest of a few rounds over all files, the process's peak memory in KiB, and the
//! milliseconds a page of the middle file.

use std::time::{Duration, Instant};
use std::{env, fs};
use vraagbaak::{parse_all_bytes, write_json_line};

/// Rounds over all files; the first warms up.
const ROUNDS: usize = 4;

fn main() {
    // Cargo adds options of its own.
    let files: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let (mut pages, mut best) = (0, Duration::MAX);
    let mut a_page = vec![f64::MAX; files.len()];
    for _ in 0..ROUNDS {
        pages = 0;
        let begun = Instant::now();
        for (file, a_page) in files.iter().zip(&mut a_page) {
            let file_begun = Instant::now();
            let questions = fs::read(file).ok().and_then(|bytes| parse_all_bytes(&bytes).ok()).unwrap_or_default();
            let count = questions.first().and_then(|question| question.source.pages).unwrap_or(0);
            pages += count;
            let mut json = Vec::new();
            for question in &questions {
                let _ = write_json_line(&mut json, question);
            }
            std::hint::black_box(json);
            *a_page = a_page.min(file_begun.elapsed().as_secs_f64() * 1000.0 / f64::from(count.max(1)));
        }
        best = best.min(begun.elapsed());
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|line| line.split_whitespace().next());
    a_page.sort_by(f64::total_cmp);
    let middle = a_page.get(files.len() / 2).copied().unwrap_or(0.0);
    println!("{pages} {:.6} {} {middle:.3}", best.as_secs_f64(), peak.unwrap_or("0"));
}
