//! The few words that say what a row or a column is: totals, subtotals, means; and those that no label ends with.
//!
//! They are the terms of Dutch tables, not of a document; the sums then prove or refute them (see `checks`).

/// The letters of a label's first word, small, without marks: `TOTAAL:` is `totaal`.
fn stem(label: &str) -> impl Iterator<Item = char> + Clone {
    let word = label.split_whitespace().next().unwrap_or("");
    word.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase())
}

fn is_any(stem: impl Iterator<Item = char> + Clone, words: &[&str]) -> bool {
    words.iter().any(|word| stem.clone().eq(word.chars()))
}

/// The first letter of a label's first word: most labels are told apart by it. Nearly all begin with an ASCII letter,
/// which needs no look at white space or marks.
fn initial(label: &str) -> Option<char> {
    match label.as_bytes().first() {
        Some(first) if first.is_ascii_alphabetic() => Some(char::from(first.to_ascii_lowercase())),
        _ => stem(label).next(),
    }
}

/// Whether a label names a sum of all rows or columns: `Totaal`, `TOTAAL jan-sep`, `Algemeen totaal`, `Som`, `Samen`.
pub(crate) fn is_total(label: &str) -> bool {
    if !matches!(initial(label), Some('t' | 's' | 'a' | 'g' | 'v')) && !ends_as_total(label) {
        return false;
    }
    let first = stem(label);
    let total = |second: &str| is_any(stem(second), &["totaal", "total"]);
    if is_any(first.clone(), &["total", "totalen", "som", "tot", "totaalaantal", "totaalbedrag"]) {
        return true;
    }
    // `Totaal`, and of what: `Eindtotaal`, `Jaartotaal`; not of a part.
    if ends_with(first.clone(), "totaal") {
        return !is_part_total(first);
    }
    match first.clone().next() {
        Some('s') => is_any(first, &["samen"]) && label.split_whitespace().count() == 1,
        Some('a' | 'g' | 'v') if is_any(first.clone(), &["algemeen", "globaal", "vlaams", "groot", "grand"]) => {
            label.split_whitespace().nth(1).is_some_and(total)
        }
        _ => false,
    }
}

fn ends_with(stem: impl Iterator<Item = char> + Clone, end: &str) -> bool {
    let before = stem.clone().count().checked_sub(end.len());
    before.is_some_and(|before| stem.skip(before).eq(end.chars()))
}

fn ends_as_total(label: &str) -> bool {
    const END: &str = "totaal";
    // Cheap: most labels have no such letters at all.
    if label.len() < END.len() || !label.bytes().any(|b| b | 0x20 == b'l') {
        return false;
    }
    let word = label.split_whitespace().next().unwrap_or("").trim_end_matches(|c: char| !c.is_alphabetic());
    let end = word.len().checked_sub(END.len()).and_then(|at| word.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(END))
}

fn is_part_total(stem: impl Iterator<Item = char> + Clone) -> bool {
    is_any(stem, &["subtotaal", "subtotal", "tussentotaal", "deeltotaal"])
}

/// Whether a label is a total and nothing else: `Totaal`, `TOTAAL 2020`, `Algemeen totaal`.
pub(crate) fn is_plain_total(label: &str) -> bool {
    let rest = label.split_whitespace().skip(1).filter(|w| w.chars().any(char::is_alphabetic));
    is_total(label) && rest.clone().all(is_total)
}

/// Whether a label names a sum of some rows.
pub(crate) fn is_subtotal(label: &str) -> bool {
    if !matches!(initial(label), Some('s' | 't' | 'd')) {
        return false;
    }
    let first = stem(label);
    is_part_total(first.clone()) || is_any(first, &["sub"]) && label.split_whitespace().nth(1).is_some_and(is_total)
}

/// Whether a label names a mean: `Gemiddelde`, `Gem/maand`, `Gem.`.
pub(crate) fn is_mean(label: &str) -> bool {
    if initial(label) != Some('g') {
        return false;
    }
    let first = stem(label);
    first.take("gemiddeld".len()).eq("gemiddeld".chars())
        || label.split(['/', '.', ' ']).next().is_some_and(|w| w.eq_ignore_ascii_case("gem"))
}

/// Whether a row with this label may stand behind a grand total: a mean, another total, a part of it.
pub(crate) fn is_closing_row(label: &str) -> bool {
    match initial(label) {
        Some('g' | 't' | 's' | 'a' | 'v' | 'd') => is_mean(label) || is_total(label) || is_subtotal(label),
        Some('w') => begins_part(label) || is_total(label),
        _ => is_total(label),
    }
}

/// Whether a name is of years: `Jaar`, `Bouwjaar`.
pub(crate) fn ends_in_year(word: &str) -> bool {
    ends_with(stem(word), "jaar")
}

/// Whether a line tells where figures come from: `Bron: Statbel`, `Bronnen: …`.
pub(crate) fn names_source(line: &str) -> bool {
    let behind = ["Bronnen", "Bron"].iter().find_map(|word| line.strip_prefix(word));
    behind.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Whether what stands at the end of a line goes on in the next: a hyphen behind a letter, a slash, a comma, `&`.
pub(crate) fn is_cut(text: &str) -> bool {
    let word = |text: &str| text.ends_with(char::is_alphabetic);
    text.strip_suffix('-').is_some_and(word) || text.ends_with(['/', '&', ','])
}

/// Whether a word begins the name of what is a part of the column before it: `waarvan vrouwen`.
pub(crate) fn begins_part(word: &str) -> bool {
    initial(word) == Some('w') && is_any(stem(word), &["waarvan"])
}

/// Words that a label does not end with, unless it goes on: the articles, conjunctions and prepositions of Dutch, and
/// those of English, in which many tables of other documents are.
const LINK_WORDS: [&str; 50] = [
    "aan", "als", "bij", "binnen", "dan", "dat", "de", "den", "der", "die", "door", "een", "en", "het", "in", "met",
    "na", "naar", "of", "om", "onder", "op", "over", "per", "t/m", "t.e.m.", "t.o.v.", "te", "ten", "ter", "tot",
    "tussen", "uit", "van", "versus", "via", "voor", "wegens", "zijn", "zonder", "and", "at", "by", "for", "from",
    "on", "or", "the", "to", "with",
];

/// Bytes of the longest and the shortest of them.
const LINK_BYTES: std::ops::RangeInclusive<usize> = 2..=7;

/// Whether the word links what stands before it to more, whatever its letters: names have capitals (`De Springplank`).
pub(crate) fn is_link_word(word: &str) -> bool {
    links(word, |letter| letter.to_ascii_lowercase())
}

/// Whether the word is one of them in small letters.
pub(crate) fn is_small_link_word(word: &str) -> bool {
    links(word, |letter| letter)
}

/// Nearly all words differ from each of them in length or in the first two letters.
fn links(word: &str, small: impl Fn(u8) -> u8) -> bool {
    let [first, second, ..] = *word.as_bytes() else { return false };
    let begins = [small(first), small(second)];
    LINK_BYTES.contains(&word.len())
        && LINK_WORDS.iter().any(|link| {
            link.len() == word.len()
                && link.as_bytes().starts_with(&begins)
                && link.bytes().eq(word.bytes().map(&small))
        })
}

/// Whether a label is a mean and nothing else: `Gemiddelde`, `Gem/maand`, `Gemiddelde 2020`.
pub(crate) fn is_plain_mean(label: &str) -> bool {
    is_mean(label) && !label.split_whitespace().skip(1).any(|word| word.starts_with(char::is_alphabetic))
}
