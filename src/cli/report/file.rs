//! The file of the report: documents as they come, then the index, then what makes it work, all in one.
//!
//! ```text
//! <head>  policy, style     <body>  header   article, article, …   index   script
//! ```
//!
//! Documents are written as they come, so that an archive is never held in memory whole; which of them shows, or the index, is
//! told by the address alone (`#d12`), so the page can be read without its script. Of a large archive the later documents are
//! folded into templates, which cost a browser little until the script unfolds the one that is asked for.

use super::super::fault::Fault;
use super::super::input::Input;
use super::super::keeper::{Keeper, Terms};
use super::super::message::{Reply, Request, Want};
use super::super::output::Pending;
use super::super::sink::Shared;
use super::super::status::Failure;
use super::document::DocumentView;
use super::html::{esc, policy};
use super::index::{self, Entry};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use vraagbaak::{Original, WrittenQuestion};

const STYLE: &str = include_str!("report.css");
const VERSION: &str = env!("CARGO_PKG_VERSION");
const SCRIPT: &str = include_str!("report.js");

/// Documents that a browser lays out at once without being slow; later ones are folded into templates.
const AT_ONCE: usize = 100;

/// A report that is being written.
pub(super) struct ReportFile {
    out: Pending,
    title: String,
    /// Reads sources; none when they are left out.
    keeper: Option<Keeper>,
    entries: Vec<Entry>,
    failures: Vec<(String, Failure)>,
    /// The first document, until it is known whether it is the only one.
    first: Option<String>,
}

impl ReportFile {
    /// Begins the report that shall stand at `place`.
    pub(super) fn create(place: &Path, title: String, sources: Option<Terms>) -> Result<Self, Fault> {
        let out = Pending::named(place)?;
        let keeper = sources.map(Keeper::new);
        Ok(Self { out, title, keeper, entries: Vec::new(), failures: Vec::new(), first: None })
    }

    /// Takes documents that an earlier run wrote; the source is shown where the file is there and still the same.
    pub(super) fn put_written(&mut self, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        for question in questions {
            let original = match &question.source.path {
                None => Err("The source was read from stdin and is not at hand.".to_owned()),
                Some(path) => self.unchanged(Path::new(path), &question.source.sha256),
            };
            self.add(question, original, question.source.index == 0 && questions.len() == 1)?;
        }
        Ok(())
    }

    fn unchanged(&mut self, path: &Path, sha256: &str) -> Result<Original, String> {
        let input = Input::named(path);
        let bytes =
            std::fs::read(path).map_err(|_| "The source is not at hand: it was moved or removed.".to_owned())?;
        if format!("{:x}", Sha256::digest(&bytes)) != sha256 {
            return Err("The source was changed since it was read.".to_owned());
        }
        self.original(&input)
    }

    /// The source of an input, or why there is none. It is read in a process of its own, as documents are.
    fn original(&mut self, input: &Input) -> Result<Original, String> {
        let Some(keeper) = &mut self.keeper else { return Err("The source was left out.".to_owned()) };
        if input.is_stdin() {
            return Err("The source was read from stdin and is not at hand.".to_owned());
        }
        match keeper.ask(&Request { input: input.clone(), body: Vec::new(), want: Want::Original }) {
            Ok((Reply::Original(original), _)) => Ok(original),
            Ok((Reply::Failure(failure), _)) | Err(failure) => {
                Err(format!("The source is not at hand: {}", failure.reason))
            }
            Ok((Reply::Questions(_), _)) => Err("The source is not at hand.".to_owned()),
        }
    }

    fn add(
        &mut self,
        question: &WrittenQuestion,
        original: Result<Original, String>,
        alone: bool,
    ) -> Result<(), Fault> {
        let prefix = format!("d{}", self.entries.len());
        let (original, absent) = match &original {
            Ok(original) => (Some(original), ""),
            Err(absent) => (None, absent.as_str()),
        };
        let set = DocumentView { document: question, prefix: &prefix, original, absent, alone }.set();
        self.entries.push(Entry::of(&prefix, question));
        match self.entries.len() {
            1 => self.first = Some(set),
            2 => {
                self.begin("archive")?;
                self.write(&set)?;
            }
            count if count > AT_ONCE => self.write(&format!("<template id=\"{prefix}template\">{set}</template>\n"))?,
            _ => self.write(&set)?,
        }
        Ok(())
    }

    /// Writes all that comes before the second document.
    fn begin(&mut self, kind: &str) -> Result<(), Fault> {
        let (version, title, policy) = (VERSION, esc(&self.title), esc(&policy(STYLE, SCRIPT)).to_string());
        let head = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"generator\" content=\"vraagbaak {version}\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body class=\"{kind}\">\n\
             <a class=\"skip\" href=\"#main\">To the content</a>\n\
             <header class=\"top\"><h1>{title}</h1>{}</header>\n<main id=\"main\" tabindex=\"-1\">\n",
            if kind == "archive" { "<nav><a href=\"#index\">All documents</a></nav>" } else { "" },
        );
        let first = self.first.take().unwrap_or_default();
        self.write(&head)?;
        self.write(&first)
    }

    fn write(&mut self, text: &str) -> Result<(), Fault> {
        let place: PathBuf = self.out.place().to_owned();
        self.out.write_all(text.as_bytes()).map_err(|error| Fault::io_at(&place, error))
    }

    fn end(mut self) -> Result<(), Fault> {
        let is_one = self.entries.len() == 1 && self.failures.is_empty();
        if self.entries.len() < 2 {
            self.begin(if is_one { "single" } else { "archive" })?;
        }
        if !is_one {
            let index = index::set(&self.entries, &self.failures);
            self.write(&index)?;
            if self.entries.len() > AT_ONCE {
                let reason = format!("Without its script this page shows the first {AT_ONCE} documents alone.");
                self.write(&format!("<noscript><p class=\"doubt\">{reason}</p></noscript>\n"))?;
            }
        }
        let version = VERSION;
        let end = format!(
            "</main>\n<footer>Read by vraagbaak {version}. Figures lead to their place in the source, where that is at hand.</footer>\n"
        );
        self.write(&end)?;
        self.write(&format!("<script>{SCRIPT}</script>\n</body>\n</html>\n"))?;
        self.out.commit()
    }
}

impl Shared for ReportFile {
    fn put(&mut self, input: &Input, questions: &[WrittenQuestion]) -> Result<(), Fault> {
        let original = self.original(input);
        for question in questions {
            self.add(question, original.clone(), questions.len() == 1)?;
        }
        Ok(())
    }

    fn put_failure(&mut self, path: &str, failure: &Failure) -> Result<(), Fault> {
        self.failures.push((path.to_owned(), failure.clone()));
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), Fault> {
        self.end()
    }
}
