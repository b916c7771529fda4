//! Two readings of one document, held against each other: where do their words differ?
//!
//! Takes the layouts that two engines gave, gives the stretches that they read otherwise. Where both read the same
//! letters a font's encoding can be trusted; where they do not, one of them guessed. Spaces do not count: they are found
//! from widths, of which one engine tells less.
//!
//! ```text
//! ours     Totaal 3 576  Energie kost 12      page 1: "Energie" and "Çpgtikg" differ
//! theirs   Totaal 3 576  Çpgtikg kost 12
//! ```

use super::{Layout, Word};
use std::ops::Range;

/// Edits that are looked for on a page, at most: a page with more is read otherwise as a whole.
const MOST_EDITS: usize = 400;

/// A stretch that two engines read differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The page, from 0.
    pub page: u32,
    /// The bytes of the first layout's text; empty where it has nothing.
    pub bytes: Range<usize>,
    /// What the first reads there.
    pub ours: String,
    /// What the second reads there.
    pub theirs: String,
}

/// Where two readings of the same pages differ in their letters.
pub(crate) fn differences(ours: &Layout, theirs: &Layout) -> Vec<Difference> {
    let pages = ours.pages.len().max(theirs.pages.len()) as u32;
    (0..pages).flat_map(|page| page_differences(ours, theirs, page)).collect()
}

fn page_differences(ours: &Layout, theirs: &Layout, page: u32) -> Vec<Difference> {
    let (own, other) = (page_words(ours, page), page_words(theirs, page));
    let texts = |layout: &Layout, words: &[Word]| -> Vec<String> {
        words.iter().map(|word| letters(layout.word_text(word)).collect()).collect()
    };
    let hunks = hunks(&texts(ours, own), &texts(theirs, other));
    let stretch = |words: &[Word], hunk: Range<usize>| {
        let words = words.get(hunk).unwrap_or(&[]);
        words.first().zip(words.last()).map_or(0..0, |(first, last)| first.start as usize..last.end as usize)
    };
    let differs = |(left, right): (Range<usize>, Range<usize>)| {
        let (bytes, other) = (stretch(own, left), stretch(other, right));
        let (ours, theirs) = (ours.slice(bytes.clone()).to_owned(), theirs.slice(other).to_owned());
        let same = letters(&ours).eq(letters(&theirs));
        (!same).then_some(Difference { page, bytes, ours, theirs })
    };
    hunks.into_iter().filter_map(differs).collect()
}

/// The words of a page's lines.
fn page_words(layout: &Layout, page: u32) -> &[Word] {
    let first = layout.lines.partition_point(|line| line.page < page);
    let end = layout.lines.partition_point(|line| line.page <= page);
    let lines = layout.lines.get(first..end).unwrap_or(&[]);
    let words = lines.first().zip(lines.last()).map_or(0..0, |(first, last)| first.words.start..last.words.end);
    layout.words.get(words.start as usize..words.end as usize).unwrap_or(&[])
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}')
}

/// The shortest list of stretches to replace that makes one list of the other (Myers 1986, the greedy algorithm).
fn hunks(a: &[String], b: &[String]) -> Vec<(Range<usize>, Range<usize>)> {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    if a_rest.is_empty() && b_rest.is_empty() {
        return Vec::new();
    }
    let Some(steps) = shortest_edit(a_rest, b_rest) else { return vec![(head..a.len(), head..b.len())] };
    let mut hunks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (x, y, deleted) in steps {
        let (x, y) = (head + x, head + y);
        let (x_end, y_end) = if deleted { (x + 1, y) } else { (x, y + 1) };
        match hunks.last_mut() {
            Some((left, right)) if left.end == x && right.end == y => (left.end, right.end) = (x_end, y_end),
            _ => hunks.push((x..x_end, y..y_end)),
        }
    }
    hunks
}

/// The edits in order: where in both lists each stands, and whether it takes one of `a` out or puts one of `b` in.
fn shortest_edit(a: &[String], b: &[String]) -> Option<Vec<(usize, usize, bool)>> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let middle = MOST_EDITS as isize + 1;
    let mut far = vec![0_isize; 2 * MOST_EDITS + 3];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for edits in 0..=MOST_EDITS as isize {
        trace.push(far.clone());
        for diagonal in (-edits..=edits).step_by(2) {
            let reach = |k: isize| far.get((middle + k) as usize).copied().unwrap_or(0);
            let down = diagonal == -edits || diagonal != edits && reach(diagonal - 1) < reach(diagonal + 1);
            let mut x = if down { reach(diagonal + 1) } else { reach(diagonal - 1) + 1 };
            while x < n && x - diagonal < m && a.get(x as usize) == b.get((x - diagonal) as usize) {
                x += 1;
            }
            if let Some(slot) = far.get_mut((middle + diagonal) as usize) {
                *slot = x;
            }
            if x >= n && x - diagonal >= m {
                return Some(walk_back(&trace, middle, (n, m)));
            }
        }
    }
    None
}

fn walk_back(trace: &[Vec<isize>], middle: isize, end: (isize, isize)) -> Vec<(usize, usize, bool)> {
    let (mut x, mut y) = end;
    let mut steps = Vec::new();
    for (edits, far) in trace.iter().enumerate().skip(1).rev() {
        let (edits, diagonal) = (edits as isize, x - y);
        let reach = |k: isize| far.get((middle + k) as usize).copied().unwrap_or(0);
        let down = diagonal == -edits || diagonal != edits && reach(diagonal - 1) < reach(diagonal + 1);
        let before = if down { diagonal + 1 } else { diagonal - 1 };
        x = reach(before);
        y = x - before;
        steps.push((x.max(0) as usize, y.max(0) as usize, !down));
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(a: &str, b: &str) -> Vec<(String, String)> {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let (a, b) = (words(a), words(b));
        hunks(&a, &b).into_iter().map(|(l, r)| (a[l].join(" "), b[r].join(" "))).collect()
    }

    #[test]
    fn the_shortest_list_of_replacements_is_found() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(told("a b c", "a b c"), []);
        assert_eq!(told("a b c d", "a x c d"), [pair("b", "x")]);
        assert_eq!(told("a b c d", "a c d e"), [pair("b", ""), pair("", "e")]);
        assert_eq!(told("a", "b"), [pair("a", "b")]);
    }

    #[test]
    fn pages_that_have_little_in_common_are_one_difference() {
        let many = |mark: &str| (0..500).map(|n| format!("{mark}{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(told(&format!("a {}", many("x")), &format!("a {}", many("y"))).len(), 1);
    }
}
