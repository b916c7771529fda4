//! How each stage grows with its input: `cargo bench --bench growth`, or `cargo bench --bench growth -- rows` for one kind.
//!
//! ```text
//! kind         size     KiB    reading     layout     tables  structure   all, ms   times as long
//! rows            1       4      0.003      0.021      0.160      0.034     0.218
//! rows            2       8      0.005      0.043      0.320      0.069     0.437   2.00
//! ```
//!
//! Each input is read a few times, and the fastest counts for each stage; the documents of issue 6 stand at the largest
//! size. Ends with status 1 where a stage takes more than [`MOST`] times as long for an input of twice the size; what takes
//! less than [`LEAST`] is not held to that. On a busy machine `benches/growth.sh` counts instructions instead.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use vraagbaak::{Extractor, Stages};

/// The most that a doubling may cost.
const MOST: f64 = 2.2;

/// Times under this are noise.
const LEAST: Duration = Duration::from_micros(500);

/// How often an input is read, at least,
const ROUNDS: usize = 5;

/// and for how long, at least.
const LONG: Duration = Duration::from_millis(300);

/// How often the smallest input doubles.
const DOUBLINGS: u32 = 6;

/// A kind of input: its name, and how one of a size is made.
type Kind = (&'static str, fn(usize) -> Vec<u8>);

/// At the largest size: 640 questions, 5,120 rows, 64 columns, 640 documents, 128 pages.
const KINDS: [Kind; 7] = [
    ("questions", |size| document(10 * size, "")),
    ("rows", |size| document(1, &table(80 * size, 4, WIDE))),
    ("rows, collapsed", |size| document(1, &table(80 * size, 4, " "))),
    ("rows, stacked", |size| document(1, &table(80 * size, 4, "\n").replace('\n', "\n\n"))),
    ("columns", |size| document(1, &table(20, size, WIDE))),
    ("documents", |size| document(3, &table(5, 3, WIDE)).repeat(10 * size)),
    ("pages", |size| pdf(2 * size)),
];

/// What stands between columns in a text with layout.
const WIDE: &str = "     ";

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    println!(
        "{:<16} {:>5} {:>7} {:>10} {:>10} {:>10} {:>10} {:>9}   times as long",
        "kind", "size", "KiB", "reading", "layout", "tables", "structure", "all, ms"
    );
    let mut worst = 0.0_f64;
    for (name, make) in
        KINDS.iter().filter(|(name, _)| asked.is_empty() || asked.iter().any(|part| name.contains(part)))
    {
        let mut before: Option<[Duration; 5]> = None;
        for size in (0..=DOUBLINGS).map(|doubling| 1 << doubling) {
            let bytes = make(size);
            let now = fastest(&bytes);
            let ratios = before.map(|before| [0, 1, 2, 3, 4].map(|stage| ratio(before[stage], now[stage])));
            let ratio = ratios.and_then(|ratios| ratios.into_iter().flatten().reduce(f64::max));
            worst = worst.max(ratio.unwrap_or(0.0));
            let all = ratios.map_or(String::new(), |_| told(before, now));
            let [reading, layout, tables, structure, whole] = now.map(|time| time.as_secs_f64() * 1000.0);
            println!(
                "{name:<16} {size:>5} {:>7} {reading:>10.3} {layout:>10.3} {tables:>10.3} {structure:>10.3} {whole:>9.3}   {all}",
                bytes.len() / 1024
            );
            before = Some(now);
        }
    }
    println!("the worst doubling of a stage takes {worst:.2} times as long; {MOST} are allowed");
    ExitCode::from(u8::from(worst > MOST))
}

/// How many times as long all stages take, and which of them takes more.
fn told(before: Option<[Duration; 5]>, now: [Duration; 5]) -> String {
    let Some(before) = before else { return String::new() };
    let mut told = format!("{:.2}", now[4].as_secs_f64() / before[4].as_secs_f64());
    for (stage, name) in ["reading", "layout", "tables", "structure"].iter().enumerate() {
        if let Some(ratio) = ratio(before[stage], now[stage]).filter(|ratio| *ratio > MOST) {
            let _ = write!(told, ", {name} {ratio:.2}");
        }
    }
    told
}

/// None where the times are too short to tell.
fn ratio(before: Duration, now: Duration) -> Option<f64> {
    (before >= LEAST).then(|| now.as_secs_f64() / before.as_secs_f64())
}

/// The least time of each stage over some rounds, and their sum.
fn fastest(bytes: &[u8]) -> [Duration; 5] {
    let (extractor, begun) = (Extractor::new(), Instant::now());
    let mut best = [Duration::MAX; 4];
    let mut rounds = 0;
    while rounds < ROUNDS || begun.elapsed() < LONG {
        let mut stages = Stages::default();
        let _ = std::hint::black_box(extractor.timed_bytes(bytes, &mut stages));
        let now = [stages.reading, stages.layout, stages.tables, stages.structure];
        best = [0, 1, 2, 3].map(|stage| now[stage].min(best[stage]));
        rounds += 1;
    }
    let [reading, layout, tables, structure] = best;
    [reading, layout, tables, structure, reading + layout + tables + structure]
}

/// A written question with this many questions, each answered by a sentence, and what else stands in its reply.
fn document(questions: usize, reply: &str) -> Vec<u8> {
    let mut text =
        "SCHRIFTELIJKE VRAAG\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\n\nWachtlijsten - Cijfers\n\n".to_owned();
    for number in 1..=questions {
        let _ = writeln!(text, "{number}. Hoeveel dossiers telde het agentschap in de provincie op 1 januari?\n");
    }
    text.push_str(
        "PIET PIETERS\nVLAAMS MINISTER VAN WERK\n\nANTWOORD\nop vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n\n",
    );
    for number in 1..=questions {
        let _ = writeln!(text, "{number}. Op die dag telde het agentschap er {} in de hele provincie.\n", number * 37);
    }
    text.push_str(reply);
    text.into_bytes()
}

/// A table with this many rows and columns of figures, cells a gap apart or one space.
fn table(rows: usize, columns: usize, gap: &str) -> String {
    let row = |label: String, cell: &dyn Fn(usize) -> usize| {
        (0..columns).fold(label, |row, column| row + gap + &cell(column).to_string()) + "\n"
    };
    let head = row("Gemeente".to_owned(), &|column| 2001 + column % 90);
    let body =
        (0..rows).map(|index| row(format!("Gemeente {index:05}"), &|column| 100 + (index * 31 + column * 17) % 900));
    head + &body.collect::<String>()
}

/// A PDF of so many pages, each with prose and a table of figures, in a font that every reader has.
fn pdf(pages: usize) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut kids = String::new();
    for page in 0..pages {
        let content = page_content(page);
        let _ = write!(kids, "{} 0 R ", objects.len() + 1);
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", objects.len() + 2));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    objects[1] =
        format!("<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>");
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let (count, start) = (objects.len() + 1, file.len());
    let _ = write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    file.into_bytes()
}

fn page_content(page: usize) -> String {
    let (mut content, mut y) = ("BT /F1 10 Tf\n".to_owned(), 800);
    let mut line = |cells: &[(usize, String)]| {
        for (x, text) in cells {
            let _ = writeln!(content, "1 0 0 1 {x} {y} Tm ({text}) Tj");
        }
        y -= 13;
    };
    let head = if page == 0 { String::from_utf8(document(1, "")).unwrap_or_default() } else { String::new() };
    for text in head.lines() {
        line(&[(70, text.to_owned())]);
    }
    for _ in 0..8 {
        line(&[(70, "De minister verwijst naar het antwoord dat in de commissie werd gegeven en dat de".to_owned())]);
    }
    let columns = [200, 260, 320, 380];
    for row in 0..20 {
        let figures =
            columns.iter().enumerate().map(|(column, &x)| (x, (100 + (row * 31 + column * 17) % 900).to_string()));
        let label = [(70, if row == 0 { "Gemeente".to_owned() } else { format!("Gemeente {row:02}") })];
        line(&label.into_iter().chain(figures).collect::<Vec<_>>());
    }
    content + "ET"
}
