//! A small line chart as SVG, drawn from a series. Lines differ in dash and mark as well as in colour, each is named at its
//! end, and the picture says in words what it shows.
//!
//! ```text
//! 150 ┤      ╭╮
//!     ┤ ──╮╭─╯╰── 2020
//!   0 ┼───────────
//!     Jan  …  Sep
//! ```

use super::html::{esc, figure, push};
use super::series::{Line, Series};

/// The picture's size, in its own units.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 200.0;
/// Room for the numbers of the axis, for the names of the lines, above, and for the times.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 130.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;
/// The least between the names of two lines.
const NAME_HEIGHT: f64 = 14.0;
/// Characters of a line's name that there is room for.
const NAME_LENGTH: usize = 20;
/// Times that there is room for below the axis.
const TIMES: usize = 5;

/// Draws a series.
pub(super) fn draw(series: &Series, out: &mut String) {
    let scale = Scale::of(series);
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    push!(out, "<figure class=\"chart\"><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n");
    push!(out, "<title>{}</title>\n", esc(&in_words(series)));
    for value in scale.ticks() {
        let y = scale.y(value);
        push!(out, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
        let (x, y, text) = (LEFT - 6.0, y + 4.0, figure(value));
        push!(out, "<text class=\"tick\" x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{text}</text>\n");
    }
    for index in spread(series.times.len()) {
        let (x, y) = (scale.x(index), bottom + 18.0);
        let time = series.times.get(index).map_or("", String::as_str);
        push!(out, "<text class=\"tick\" x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>\n", esc(&short(time)));
    }
    for (index, line) in series.lines.iter().enumerate() {
        draw_line(index, line, &scale, out);
    }
    write_names(series, &scale, out);
    out.push_str("</svg></figure>\n");
}

fn draw_line(index: usize, line: &Line, scale: &Scale, out: &mut String) {
    push!(out, "<g class=\"line l{index}\">");
    let mut path = String::new();
    let mut is_open = false;
    for (time, value) in line.values.iter().enumerate() {
        match value.filter(|value| value.is_finite()) {
            Some(value) => {
                let step = if is_open { 'L' } else { 'M' };
                push!(path, "{step}{:.1} {:.1}", scale.x(time), scale.y(value));
                is_open = true;
            }
            None => is_open = false,
        }
    }
    push!(out, "<path d=\"{path}\"/>");
    for (time, value) in line.values.iter().enumerate() {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            mark(index, scale.x(time), scale.y(value), out);
        }
    }
    out.push_str("</g>\n");
}

/// A point's mark: another shape for each line, round, square, a corner up, a corner down.
fn mark(index: usize, x: f64, y: f64, out: &mut String) {
    match index % 4 {
        0 => push!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"),
        1 => push!(out, "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"6\" height=\"6\"/>", x - 3.0, y - 3.0),
        2 => push!(out, "<path class=\"mark\" d=\"M{:.1} {:.1}l4 7h-8z\"/>", x, y - 4.0),
        _ => push!(out, "<path class=\"mark\" d=\"M{:.1} {:.1}l4 -7h-8z\"/>", x, y + 4.0),
    }
}

/// The names at the ends of their lines, pushed down where they would meet.
fn write_names(series: &Series, scale: &Scale, out: &mut String) {
    let end = |line: &Line| line.values.iter().rev().flatten().next().map_or(HEIGHT - BOTTOM, |&value| scale.y(value));
    let mut names: Vec<(f64, usize, &Line)> =
        series.lines.iter().enumerate().map(|(index, line)| (end(line), index, line)).collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let room = HEIGHT - NAME_HEIGHT * names.len() as f64;
    let mut next = TOP.max(names.first().map_or(TOP, |first| first.0).min(room));
    for (y, index, line) in names {
        let y = y.max(next);
        next = y + NAME_HEIGHT;
        let (x, y) = (WIDTH - RIGHT + 10.0, (y + 4.0).min(HEIGHT - 2.0));
        push!(out, "<text class=\"name n{index}\" x=\"{x}\" y=\"{y:.1}\">{}</text>\n", esc(&short(&line.name)));
    }
}

/// The chart for those who hear it.
fn in_words(series: &Series) -> String {
    let (first, last) = (series.times.first(), series.times.last());
    let span = first.zip(last).map_or(String::new(), |(first, last)| format!("{first} to {last}"));
    let unit = series.unit.as_deref().map_or(String::new(), |unit| format!(" ({unit})"));
    let mut words = format!("Line chart{unit}, {span}.");
    for line in &series.lines {
        let points = || line.values.iter().zip(&series.times).filter_map(|(value, time)| Some(((*value)?, time)));
        let least = points().min_by(|a, b| a.0.total_cmp(&b.0));
        let most = points().max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((least, most)) = least.zip(most) {
            let (low, high) = (figure(least.0), figure(most.0));
            push!(words, " {}: least {low} ({}), most {high} ({}).", line.name, least.1, most.1);
        }
    }
    words
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME_LENGTH {
        return name.to_owned();
    }
    name.chars().take(NAME_LENGTH - 1).chain(['…']).collect()
}

/// Indexes of the times that are written: the first, the last and some between.
fn spread(count: usize) -> Vec<usize> {
    let step = count.saturating_sub(1).div_ceil(TIMES - 1).max(1);
    let last = count.saturating_sub(1);
    let mut chosen: Vec<usize> =
        (0..count).step_by(step).filter(|&index| last - index >= step || index == last).collect();
    if chosen.last() != Some(&last) && count > 0 {
        chosen.push(last);
    }
    chosen
}

/// From numbers to places.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    count: usize,
}

impl Scale {
    /// Holds all numbers and 0, from round number to round number.
    fn of(series: &Series) -> Self {
        let values = || series.lines.iter().flat_map(|line| line.values.iter().flatten()).filter(|v| v.is_finite());
        let (least, most) = values().fold((0.0_f64, 0.0_f64), |(least, most), &v| (least.min(v), most.max(v)));
        let step = round_up((most - least) / 4.0);
        Self { low: (least / step).floor() * step, high: (most / step).ceil() * step, step, count: series.times.len() }
    }

    fn x(&self, time: usize) -> f64 {
        /// The first and last point stand this far off the ends of the axis.
        const INSET: f64 = 20.0;
        let room = WIDTH - LEFT - RIGHT - 2.0 * INSET;
        LEFT + INSET + room * time as f64 / (self.count.saturating_sub(1).max(1)) as f64
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE);
        TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share.clamp(0.0, 1.0))
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (low, step) = (self.low, self.step);
        let count = ((self.high - low) / step).round().clamp(0.0, 10.0) as u32;
        (0..=count).map(move |index| low + f64::from(index) * step)
    }
}

/// The next of 1, 2, 2.5, 5, 10, 20 …
fn round_up(step: f64) -> f64 {
    if !step.is_finite() || step <= 0.0 {
        return 1.0;
    }
    let power = 10.0_f64.powf(step.log10().floor());
    let times = [1.0, 2.0, 2.5, 5.0].into_iter().find(|times| times * power >= step);
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_gap_where_a_number_is_missing_and_is_told_in_words() {
        let line = Line { name: "2019 <b>".to_owned(), values: vec![Some(56.0), None, Some(79.0), Some(43.0)] };
        let times = ["jan", "feb", "maart", "apr"].map(str::to_owned).to_vec();
        let mut svg = String::new();
        draw(&Series { times, lines: vec![line], unit: None }, &mut svg);
        assert!(svg.contains("jan to apr. 2019 &lt;b&gt;: least 43 (apr), most 79 (maart)."), "{svg}");
        assert_eq!(svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap().matches('M').count(), 2);
        assert!(!svg.contains("<b>"));
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!([0.0, 19.75, 0.03, 3.0, 26.0, f64::NAN].map(round_up), [1.0, 20.0, 0.05, 5.0, 50.0, 1.0]);
        assert_eq!(spread(9), [0, 2, 4, 6, 8]);
        assert_eq!(spread(2), [0, 1]);
        assert_eq!(spread(0), [0; 0]);
    }
}
