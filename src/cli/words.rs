//! Two texts as one, by word: what the one lost, what the other has instead, and a little of what stands around.
//!
//! ```text
//! …de [-Jongerenwebsite-]{+Jongeren website+} NokNok is …
//! ```

use super::align::{pairs, steps};
use super::style::Style;

/// How much of a text stands around what differs in it, in characters.
const CONTEXT: usize = 40;

/// The longest that a differing stretch is shown.
const STRETCH: usize = 200;

/// Words times words that are held beside each other; of longer texts the differing middle is one stretch.
const MOST: usize = 4_000_000;

/// A stretch of both texts.
#[derive(Debug, PartialEq)]
enum Stretch {
    Same(String),
    Other { lost: String, added: String },
}

/// The texts as one line.
pub(super) fn line(expected: &str, actual: &str) -> String {
    let stretches = stretches(&words(expected), &words(actual));
    let last = stretches.len().saturating_sub(1);
    let shown = stretches.iter().enumerate().map(|(index, stretch)| match stretch {
        Stretch::Same(text) => around(text, index > 0, index < last),
        Stretch::Other { lost, added } => {
            let lost = if lost.is_empty() { String::new() } else { format!("[-{}-]", shortened(lost, STRETCH)) };
            let added = if added.is_empty() { String::new() } else { format!("{{+{}+}}", shortened(added, STRETCH)) };
            Style::Good.paint(&lost) + &Style::Bad.paint(&added)
        }
    });
    shown.collect::<String>().replace('\n', "⏎")
}

/// A text of at most so many characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Words, and the white space between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| c.is_whitespace() != first.is_whitespace()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

fn is_blank(word: &str) -> bool {
    word.chars().all(char::is_whitespace)
}

/// The stretches of two texts. White space alone holds no two changes apart.
fn stretches(expected: &[&str], actual: &[&str]) -> Vec<Stretch> {
    let before = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    let (one, other) = (&expected[before..], &actual[before..]);
    let after = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - after], &other[..other.len() - after]);
    // A word weighs more than white space, a long one more than a short.
    let weight = |a: usize, b: usize| match (one[a] == other[b], is_blank(one[a])) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 1 + one[a].len(),
    };
    let paired = if one.len() * other.len() <= MOST { pairs(one.len(), other.len(), weight) } else { Vec::new() };
    let mut found = Vec::new();
    push_same(&mut found, &expected[..before].concat());
    for (a, b) in steps(&paired, one.len(), other.len()) {
        match (a.map(|a| one[a]), b.map(|b| other[b])) {
            (Some(word), Some(_)) => push_same(&mut found, word),
            (lost, added) => push_other(&mut found, lost.unwrap_or_default(), added.unwrap_or_default()),
        }
    }
    push_same(&mut found, &expected[expected.len() - after..].concat());
    found
}

fn push_same(found: &mut Vec<Stretch>, text: &str) {
    match found.last_mut() {
        _ if text.is_empty() => {}
        Some(Stretch::Same(before)) => before.push_str(text),
        _ => found.push(Stretch::Same(text.to_owned())),
    }
}

fn push_other(found: &mut Vec<Stretch>, more_lost: &str, more_added: &str) {
    if let [.., Stretch::Other { lost, added }, Stretch::Same(between)] = found.as_mut_slice()
        && is_blank(between)
    {
        lost.push_str(between);
        added.push_str(between);
        found.pop();
    }
    match found.last_mut() {
        Some(Stretch::Other { lost, added }) => {
            lost.push_str(more_lost);
            added.push_str(more_added);
        }
        _ => found.push(Stretch::Other { lost: more_lost.to_owned(), added: more_added.to_owned() }),
    }
}

/// What both texts have, shortened to the words beside what differs before it and after it.
fn around(text: &str, has_before: bool, has_after: bool) -> String {
    let words = words(text);
    let room = |words: &mut dyn Iterator<Item = &&str>| {
        let mut length = 0;
        words
            .take_while(|word| {
                length += word.chars().count();
                length <= CONTEXT
            })
            .count()
    };
    let head = if has_before { room(&mut words.iter()) } else { 0 };
    let tail = if has_after { room(&mut words.iter().rev()) } else { 0 };
    if head + tail >= words.len() {
        return text.to_owned();
    }
    let (head, tail) = (words[..head].concat(), words[words.len() - tail..].concat());
    let parts = [head.trim_end(), "…", tail.trim_start()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(expected: &str, actual: &str) -> String {
        anstream::adapter::strip_str(&line(expected, actual)).to_string()
    }

    #[test]
    fn whole_words_are_marked() {
        for (expected, actual, shown) in [
            ("Jongerenwebsite NokNok", "Jongeren website NokNok", "[-Jongerenwebsite-]{+Jongeren website+} NokNok"),
            ("in 2019 en in 2020", "in 2018 en in 2021", "in [-2019-]{+2018+} en in [-2020-]{+2021+}"),
            ("een twee drie vier", "een deux trois vier", "een [-twee drie-]{+deux trois+} vier"),
            ("een twee", "een twee drie", "een twee{+ drie+}"),
            ("een twee", "een\ntwee", "een[- -]{+⏎+}twee"),
            ("", "een", "{+een+}"),
        ] {
            assert_eq!(plain(expected, actual), shown);
        }
    }

    #[test]
    fn far_from_what_differs_a_text_is_shortened() {
        let long = "woorden die niemand wil lezen, keer op keer ".repeat(3);
        let shown = plain(&format!("{long}acht {long}negen {long}"), &format!("{long}zes {long}tien {long}"));
        let expected = "… die niemand wil lezen, keer op keer [-acht-]{+zes+} woorden die niemand wil lezen, keer op … die \
                        niemand wil lezen, keer op keer [-negen-]{+tien+} woorden die niemand wil lezen, keer op …";
        assert_eq!(shown, expected);
    }
}
