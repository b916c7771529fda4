//! Pages of a PDF to a layout: rows become lines of one text, with the place of every word.
//!
//! Takes what each page shows, gives the [`Layout`] of them all. A page most of whose text is written sideways is
//! turned first. What is written another way than the rest of its page (a turned column header) becomes lines of its
//! own, at the height where it ends. The space above a line is told in lines: 0 for the document's usual leading.
//!
//! ```text
//! SCHRIFTELIJKE VRAAG              blank_before 0, bold
//! nr. 987                          blank_before 0
//!                                  ← 26 points where 13 are usual
//! In het regeerakkoord is          blank_before 1
//! ```

use super::abreast::one_after_another;
use super::columns::in_reading_order;
use super::glyphs::{Direction, PageContent};
use super::rows::{Row, pieces_to_rows};
use super::words::{Slant, glyphs_to_pieces};
use super::{Layout, Line, LinkArea, Page, Role, Rule, Word};
use crate::geometry::{Interval, Rect};

/// How far letters reach above the baseline, as a share of the size: capitals and ascenders 0.72, accents more.
const ASCENT: f32 = 0.8;

/// How far they reach below it.
const DESCENT: f32 = 0.22;

/// Leading where a document has too few full lines to tell: word processors' single spacing.
const USUAL_LEADING: f32 = 1.2;

/// Space above a line that is more than this share of a line parts paragraphs: 3 points is the least that word
/// processors are commonly set to, 0.22 of a line.
const PARTS_PARAGRAPHS: f32 = 0.15;

/// A link lies over a word of which it covers this share.
const COVERED: f32 = 0.5;

/// Puts pages together.
#[derive(Default)]
pub(crate) struct Pages {
    layout: Layout,
}

impl Pages {
    /// Takes the next page; one with index 0 begins anew.
    pub(crate) fn push(&mut self, index: usize, page: PageContent) {
        if index == 0 {
            self.layout = Layout::default();
        }
        push_page(page, &mut self.layout);
    }

    /// The layout of all pages.
    pub(crate) fn finish(mut self) -> Layout {
        let leading = usual_leading(&self.layout);
        tell_blank_lines(&mut self.layout, leading);
        self.layout
    }
}

fn push_page(page: PageContent, layout: &mut Layout) {
    let page = upright(page);
    let number = layout.pages.len() as u32;
    let rows = pieces_to_rows(glyphs_to_pieces(&page, Direction::Right));
    let drawn: Vec<Rect> = page.rules.iter().map(|(_, area)| *area).chain(page.shades.iter().copied()).collect();
    let mut lines: Vec<PlacedRow> = one_after_another(in_reading_order(rows, &page.rules), &drawn)
        .into_iter()
        .map(|row| PlacedRow { row, direction: Direction::Right, slant: Slant::NONE })
        .collect();
    insert_turned(&page, &mut lines);
    for line in lines {
        push_line(&line, number, layout);
    }
    let links = page.links.iter().map(|link| (link.url.clone(), link.area));
    push_links(links.collect(), number, layout);
    layout.pages.push(Page {
        width: page.width,
        height: page.height,
        rules: page.rules.iter().map(|&(horizontal, area)| Rule { horizontal, area }).collect(),
        shades: page.shades,
        pictures: page.pictures,
    });
}

/// A row in the frame of its way of writing.
struct PlacedRow {
    row: Row,
    direction: Direction,
    slant: Slant,
}

impl PlacedRow {
    /// The box of a stretch of the row, on the page.
    fn area(&self, x: Interval, baseline: f32, size: f32) -> Rect {
        let y = Interval::new(baseline - ASCENT * size, baseline + DESCENT * size);
        let back = |i: Interval| Interval::new(-i.end, -i.start);
        match self.direction {
            Direction::Right => Rect { x, y },
            Direction::Slanted => self.slant.area(Rect { x, y }),
            Direction::Down => Rect { x: back(y), y: x },
            Direction::Left => Rect { x: back(x), y: back(y) },
            Direction::Up => Rect { x: y, y: back(x) },
        }
    }

    fn bottom(&self) -> f32 {
        self.area(self.row.x(), self.row.baseline, self.row.size()).y.end
    }
}

/// Puts rows that are written another way before the first line that stands lower.
fn insert_turned(page: &PageContent, lines: &mut Vec<PlacedRow>) {
    for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Slanted] {
        if !page.glyphs.iter().any(|glyph| glyph.direction == direction) {
            continue;
        }
        let rows = pieces_to_rows(glyphs_to_pieces(page, direction));
        let slant = Slant::of(page);
        let mut turned: Vec<PlacedRow> = rows.into_iter().map(|row| PlacedRow { row, direction, slant }).collect();
        turned.sort_by(|a, b| a.bottom().total_cmp(&b.bottom()));
        let mut merged = Vec::with_capacity(lines.len() + turned.len());
        let mut rest = turned.into_iter().peekable();
        for line in lines.drain(..) {
            while let Some(row) = rest.next_if(|row| row.bottom() <= line.row.baseline) {
                merged.push(row);
            }
            merged.push(line);
        }
        merged.extend(rest);
        *lines = merged;
    }
}

fn push_line(placed: &PlacedRow, page: u32, layout: &mut Layout) {
    let first = layout.words.len() as u32;
    let last = placed.row.pieces.len().saturating_sub(1);
    let mut area: Option<Rect> = None;
    let mut sizes = Sizes::default();
    for (index, piece) in placed.row.pieces.iter().enumerate() {
        if index > 0 && !piece.raised {
            layout.text.push(' ');
        }
        let start = layout.text.len();
        push_text(&piece.text, index == last, &mut layout.text);
        let end = layout.text.len();
        if start == end {
            layout.text.truncate(start - usize::from(index > 0 && !piece.raised));
            continue;
        }
        let place = placed.area(piece.x, piece.baseline, piece.size);
        area = Some(area.map_or(place, |area| area.union(place)));
        sizes.add(piece.size, piece.bold, end - start);
        layout.words.push(Word { start: start as u32, end: end as u32, x: place.x, raised: piece.raised && index > 0 });
    }
    let words = first..layout.words.len() as u32;
    let (Some(area), Some(head), Some(tail)) =
        (area, layout.words.get(first as usize).copied(), layout.words.last().copied())
    else {
        return;
    };
    let (size, bold) = sizes.most();
    layout.text.push('\n');
    layout.lines.push(Line {
        start: head.start,
        end: tail.end,
        words,
        page,
        y: area.y,
        blank_before: 0,
        size,
        bold,
        role: Role::Body,
        edge: placed.row.edge,
    });
}

/// A soft hyphen is seen at a line's end alone; NUL and such never reach here.
pub(super) fn push_text(text: &str, ends_line: bool, out: &mut String) {
    if !text.contains('\u{ad}') {
        out.push_str(text);
        return;
    }
    let body = text.trim_end_matches('\u{ad}');
    out.extend(body.chars().filter(|&c| c != '\u{ad}'));
    if ends_line && body.len() < text.len() {
        out.push('\u{ad}');
    }
}

/// Which size and weight most characters have.
#[derive(Default)]
struct Sizes {
    sizes: Vec<(f32, usize)>,
    bold: usize,
    all: usize,
}

impl Sizes {
    fn add(&mut self, size: f32, bold: bool, characters: usize) {
        let size = (size * 10.0).round() / 10.0;
        if let Some((_, count)) = self.sizes.iter_mut().find(|(known, _)| *known == size) {
            *count += characters;
        } else if self.sizes.len() < 16 {
            self.sizes.push((size, characters));
        }
        self.bold += if bold { characters } else { 0 };
        self.all += characters;
    }

    fn most(&self) -> (f32, bool) {
        let size = self.sizes.iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| *size);
        (size, self.bold * 2 > self.all)
    }
}

/// Lines that the links of one page are held against, at most: a page of 200 lines with 500 links takes half of it.
const MOST_LOOKS: usize = 200_000;

/// Ties each link to the words that it covers.
fn push_links(links: Vec<(String, Rect)>, page: u32, layout: &mut Layout) {
    let first_line = layout.lines.partition_point(|line| line.page < page);
    let mut looks = MOST_LOOKS;
    for (url, area) in links {
        let lines = layout.lines.iter().skip(first_line).take(looks);
        looks = looks.saturating_sub(lines.len());
        let mut bytes: Option<std::ops::Range<usize>> = None;
        for line in lines.filter(|line| area.y.overlap(line.y) > COVERED * line.y.len()) {
            let words = layout.words.get(line.words.start as usize..line.words.end as usize).unwrap_or(&[]);
            for word in words.iter().filter(|word| word.x.overlap(area.x) > COVERED * word.x.len()) {
                let (start, end) = (word.start as usize, word.end as usize);
                bytes = Some(bytes.map_or(start..end, |known| known.start.min(start)..known.end.max(end)));
            }
        }
        layout.links.push(LinkArea { url, bytes: bytes.unwrap_or(0..0), page, area });
    }
}

/// The baseline of a line, as its box tells.
fn baseline(line: &Line) -> f32 {
    line.y.end - DESCENT * line.size
}

/// The distance from line to line that most full lines of the document have, as a share of their size.
fn usual_leading(layout: &Layout) -> f32 {
    const BIN: f32 = 0.02;
    let widest = layout.lines.iter().map(|line| width(layout, line)).fold(0.0, f32::max);
    let mut bins = [0_u32; 128];
    for pair in layout.lines.windows(2) {
        let [above, below] = pair else { continue };
        if above.page != below.page || above.size != below.size || width(layout, above) < 0.6 * widest {
            continue;
        }
        let ratio = (baseline(below) - baseline(above)) / above.size.max(1.0);
        if (0.9..2.5).contains(&ratio)
            && let Some(bin) = bins.get_mut((ratio / BIN) as usize)
        {
            *bin += 1;
        }
    }
    let most = bins.iter().copied().max().unwrap_or(0);
    if most < 3 {
        return USUAL_LEADING;
    }
    bins.iter().position(|&bin| bin == most).map_or(USUAL_LEADING, |bin| (bin as f32 + 0.5) * BIN)
}

fn width(layout: &Layout, line: &Line) -> f32 {
    let words = layout.words.get(line.words.start as usize..line.words.end as usize).unwrap_or(&[]);
    words.iter().map(|word| word.x).reduce(Interval::union).map_or(0.0, Interval::len)
}

fn tell_blank_lines(layout: &mut Layout, leading: f32) {
    let mut above: Option<(u32, f32, f32)> = None;
    for line in &mut layout.lines {
        let here = baseline(line);
        if let Some((_, last, size)) = above.filter(|&(page, last, _)| page == line.page && here > last) {
            let usual = leading * size.max(line.size).max(1.0);
            let extra = (here - last - usual) / usual;
            line.blank_before = if extra < PARTS_PARAGRAPHS { 0 } else { extra.round().clamp(1.0, 255.0) as u8 };
        }
        above = Some((line.page, here, line.size));
    }
}

/// Turns a page most of whose glyphs are written another way, so that they run from left to right.
pub(super) fn upright(mut page: PageContent) -> PageContent {
    let most = [Direction::Down, Direction::Left, Direction::Up].into_iter().find(|&direction| {
        page.glyphs.iter().filter(|glyph| glyph.direction == direction).count() * 2 > page.glyphs.len()
    });
    let Some(most) = most else { return page };
    let (width, height) = (page.width, page.height);
    let turn = move |(x, y): (f32, f32)| match most {
        Direction::Down => (y, width - x),
        Direction::Left => (width - x, height - y),
        _ => (height - y, x),
    };
    let turn_area = |area: Rect| {
        let (a, b) = (turn((area.x.start, area.y.start)), turn((area.x.end, area.y.end)));
        Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1))
    };
    for glyph in &mut page.glyphs {
        (glyph.from, glyph.to) = (turn(glyph.from), turn(glyph.to));
        glyph.direction = turned(glyph.direction, most);
    }
    for (horizontal, area) in &mut page.rules {
        *area = turn_area(*area);
        *horizontal ^= most != Direction::Left;
    }
    page.shades.iter_mut().for_each(|area| *area = turn_area(*area));
    page.links.iter_mut().for_each(|link| link.area = turn_area(link.area));
    if most != Direction::Left {
        (page.width, page.height) = (height, width);
    }
    page
}

/// Which way something is written once a page of the given direction is turned upright.
fn turned(direction: Direction, page: Direction) -> Direction {
    const QUARTERS: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
    let quarter = |direction| QUARTERS.iter().position(|&d| d == direction);
    match (quarter(direction), quarter(page)) {
        (Some(own), Some(by)) => QUARTERS.get((own + 4 - by) % 4).copied().unwrap_or(direction),
        _ => direction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::glyphs::{Glyph, LinkBox};

    #[test]
    fn a_page_written_sideways_is_turned() {
        let mut page = PageContent { width: 600.0, height: 800.0, text: "a".to_owned(), ..PageContent::default() };
        page.glyphs.push(Glyph {
            start: 0,
            end: 1,
            from: (100.0, 700.0),
            to: (100.0, 690.0),
            size: 10.0,
            space: 2.8,
            bold: false,
            direction: Direction::Up,
        });
        page.rules.push((false, Rect::new(90.0, 100.0, 91.0, 700.0)));
        page.links.push(LinkBox { url: "x".to_owned(), area: Rect::new(95.0, 690.0, 105.0, 700.0) });
        let page = upright(page);
        assert_eq!((page.width, page.height), (800.0, 600.0));
        assert_eq!((page.glyphs[0].from, page.glyphs[0].to), ((100.0, 100.0), (110.0, 100.0)));
        assert_eq!(page.glyphs[0].direction, Direction::Right);
        assert_eq!(page.rules[0], (true, Rect::new(100.0, 90.0, 700.0, 91.0)));
        assert_eq!(page.links[0].area, Rect::new(100.0, 95.0, 110.0, 105.0));
    }

    #[test]
    fn soft_hyphens_are_seen_at_the_end_of_a_line_only() {
        let told = |text, ends| {
            let mut out = String::new();
            push_text(text, ends, &mut out);
            out
        };
        assert_eq!(told("ver\u{ad}keer\u{ad}", false), "verkeer");
        assert_eq!(told("ver\u{ad}", true), "ver\u{ad}");
    }
}
