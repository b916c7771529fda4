//! PDFs read in one process, as the libraries of `benches/compare.sh` read them: `cargo bench --bench one_process -- FILE...`
//!
//! Prints the pages, the seconds of the fastest of a few rounds over all files, and the process's peak memory in KiB.

use std::time::{Duration, Instant};
use std::{env, fs};
use vraagbaak::{parse_all_bytes, write_json_line};

/// Rounds over all files; the first warms up.
const ROUNDS: usize = 4;

fn main() {
    // Cargo adds options of its own.
    let files: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let (mut pages, mut best) = (0, Duration::MAX);
    for _ in 0..ROUNDS {
        pages = 0;
        let begun = Instant::now();
        for file in &files {
            let questions = fs::read(file).ok().and_then(|bytes| parse_all_bytes(&bytes).ok()).unwrap_or_default();
            pages += questions.first().and_then(|question| question.source.pages).unwrap_or(0);
            let mut json = Vec::new();
            for question in &questions {
                let _ = write_json_line(&mut json, question);
            }
            std::hint::black_box(json);
        }
        best = best.min(begun.elapsed());
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|line| line.split_whitespace().next());
    println!("{pages} {:.6} {}", best.as_secs_f64(), peak.unwrap_or("0"));
}
