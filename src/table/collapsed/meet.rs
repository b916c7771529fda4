//! The choice of readings that adds up to a printed sum.
//!
//! Takes the numbers of each doubtful row's readings, gives the cheapest choice of one reading a row that adds up to what
//! is wanted of every column. Readings with which no choice of the others can come out are struck first; what is left is
//! parted into two halves, each added up by itself, and the halves meet in a table.
//!
//! A choice is known by its mark: its columns' sums, each times a factor of its own, added up. So the mark of two choices
//! together is the sum of their marks, and one number stands for a whole row of sums. Where marks meet, the columns are
//! added up again before it is believed.
//!
//! ```text
//! wanted 1 140 1 828 │ 19 301 or 301 19 or …  ┐ left half: mark → cheapest choice
//!                    │ 12   7 or   7 12 or …  ┘
//!                    │ …                        right half: wanted mark − own mark, looked up
//! ```

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// The numbers of the readings of several rows, a row after the other.
pub(super) struct Choices {
    columns: usize,
    /// For each row its readings.
    rows: Vec<Range<usize>>,
    /// What each reading costs.
    costs: Vec<f32>,
    /// The numbers of each reading, one a column.
    numbers: Vec<i64>,
}

/// How often readings are struck: each round may make more of them impossible.
const ROUNDS: usize = 4;

impl Choices {
    /// Of no rows yet, each reading with so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, rows: Vec::new(), costs: Vec::new(), numbers: Vec::new() }
    }

    /// Adds the row of these readings: the cost of each, and its numbers. Missing columns count as nothing.
    pub(super) fn push_row<N: Iterator<Item = i64>>(&mut self, readings: impl Iterator<Item = (f32, N)>) {
        let first = self.costs.len();
        for (cost, numbers) in readings {
            self.costs.push(cost);
            self.numbers.extend(numbers.chain(std::iter::repeat(0)).take(self.columns));
        }
        self.rows.push(first..self.costs.len());
    }

    /// For each row the reading that makes the cheapest choice with these sums; `None` for a column may have any. No
    /// more than `most` choices of each half are looked at: the dearest readings are left out.
    pub(super) fn adding_up(&self, wanted: &[Option<i64>], most: usize) -> Option<Vec<usize>> {
        let possible = self.possible(wanted)?;
        let factors: Vec<u64> = wanted.iter().enumerate().map(|(c, w)| w.map_or(0, |_| factor(c))).collect();
        let mark = |numbers: &mut dyn Iterator<Item = i64>| {
            numbers.zip(&factors).fold(0_u64, |mark, (n, f)| mark.wrapping_add((n as u64).wrapping_mul(*f)))
        };
        let marks: Vec<u64> =
            (0..self.costs.len()).map(|reading| mark(&mut self.of(reading).iter().copied())).collect();
        let (left, right) = possible.split_at(possible.len() / 2);
        let left = Half::of(left, &marks, &self.costs, most);
        let right = Half::of(right, &marks, &self.costs, most);
        let mut cheapest: HashMap<u64, usize, BuildHasherDefault<Mixed>> =
            HashMap::with_capacity_and_hasher(left.sums.len(), BuildHasherDefault::default());
        for (index, sum) in left.sums.iter().enumerate() {
            let best = cheapest.entry(sum.mark).or_insert(index);
            if sum.cost < left.sums[*best].cost {
                *best = index;
            }
        }
        let wanted_mark = mark(&mut wanted.iter().map(|w| w.unwrap_or(0)));
        let mut found: Option<(f32, Vec<usize>)> = None;
        for (index, sum) in right.sums.iter().enumerate() {
            let Some(&other) = cheapest.get(&wanted_mark.wrapping_sub(sum.mark)) else { continue };
            let cost = sum.cost + left.sums[other].cost;
            if found.as_ref().is_some_and(|(best, _)| cost >= *best) {
                continue;
            }
            let choice: Vec<usize> = left.choice(other).chain(right.choice(index)).collect();
            if self.adds_up(&choice, wanted) {
                found = Some((cost, choice));
            }
        }
        let (_, choice) = found?;
        Some(choice.iter().zip(&self.rows).map(|(reading, row)| reading - row.start).collect())
    }

    fn of(&self, reading: usize) -> &[i64] {
        self.numbers.get(reading * self.columns..(reading + 1) * self.columns).unwrap_or(&[])
    }

    fn adds_up(&self, choice: &[usize], wanted: &[Option<i64>]) -> bool {
        wanted.iter().enumerate().all(|(column, wanted)| {
            let sum = choice.iter().fold(0_i64, |sum, reading| sum.saturating_add(self.of(*reading)[column]));
            wanted.is_none_or(|wanted| wanted == sum)
        })
    }

    /// The readings of each row with which every column can still come out; `None` where a row has none. A column comes
    /// out at most at what the greatest numbers of all rows add up to, and at least at what the smallest do.
    fn possible(&self, wanted: &[Option<i64>]) -> Option<Vec<Vec<usize>>> {
        let mut possible: Vec<Vec<usize>> = self.rows.iter().map(|row| row.clone().collect()).collect();
        let mut bounds: Vec<(i64, i64)> = vec![(0, 0); possible.len()];
        for _ in 0..ROUNDS {
            let mut struck = false;
            for (column, wanted) in wanted.iter().enumerate().filter_map(|(c, w)| Some((c, (*w)?))) {
                let number = |reading: &usize| self.numbers[reading * self.columns + column];
                let (mut least, mut most) = (0_i64, 0_i64);
                for (row, bounds) in possible.iter().zip(&mut bounds) {
                    *bounds = row
                        .iter()
                        .map(number)
                        .fold((i64::MAX, i64::MIN), |(least, most), n| (least.min(n), most.max(n)));
                    least = least.saturating_add(bounds.0);
                    most = most.saturating_add(bounds.1);
                }
                for (row, own) in possible.iter_mut().zip(&bounds).filter(|(_, (least, most))| least < most) {
                    let (others_least, others_most) = (least.saturating_sub(own.0), most.saturating_sub(own.1));
                    let before = row.len();
                    row.retain(|reading| {
                        let rest = wanted.saturating_sub(number(reading));
                        others_least <= rest && rest <= others_most
                    });
                    struck |= row.len() < before;
                }
                if wanted < least || wanted > most || possible.iter().any(Vec::is_empty) {
                    return None;
                }
            }
            if !struck {
                break;
            }
        }
        Some(possible)
    }
}

/// The factor of a column: odd, and of random looks (a step of the golden ratio, its bits stirred).
fn factor(column: usize) -> u64 {
    let mut bits = (column as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits ^ (bits >> 31)) | 1
}

/// A choice of readings of half of the rows.
#[derive(Clone, Copy)]
struct Sum {
    mark: u64,
    cost: f32,
}

/// Every choice of readings of half of the rows, in the order of their readings, that of the last row the fastest.
struct Half<'a> {
    rows: Vec<&'a [usize]>,
    sums: Vec<Sum>,
}

impl<'a> Half<'a> {
    /// The dearest readings of the rows left out where there would be more than `most` choices.
    fn of(rows: &'a [Vec<usize>], marks: &[u64], costs: &[f32], most: usize) -> Self {
        let mut half = Self { rows: Vec::with_capacity(rows.len()), sums: vec![Sum { mark: 0, cost: 0.0 }] };
        for (done, row) in rows.iter().enumerate() {
            let left = (rows.len() - done) as f64;
            let room = (most as f64 / half.sums.len() as f64).powf(1.0 / left).floor().max(1.0) as usize;
            let row = row.get(..room).unwrap_or(row);
            let with = |sum: &Sum, reading: usize| Sum {
                mark: sum.mark.wrapping_add(marks[reading]),
                cost: sum.cost + costs[reading],
            };
            half.sums = match row {
                [only] => half.sums.iter().map(|sum| with(sum, *only)).collect(),
                _ => half.sums.iter().flat_map(|sum| row.iter().map(move |reading| with(sum, *reading))).collect(),
            };
            half.rows.push(row);
        }
        half
    }

    /// The readings of a choice, row after row.
    fn choice(&self, mut index: usize) -> impl Iterator<Item = usize> {
        let mut readings: Vec<usize> = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter().rev() {
            readings.push(row[index % row.len()]);
            index /= row.len();
        }
        readings.into_iter().rev()
    }
}

/// Hashes marks, which look random but in their last bits.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, mark: u64) {
        self.0 = (self.0 ^ mark).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % most
        }
    }

    /// Rows of readings, each a cost and numbers.
    type Rows = Vec<Vec<(f32, Vec<i64>)>>;

    fn rows_of(dice: &mut Dice, rows: u64, columns: usize) -> Rows {
        let reading = |dice: &mut Dice, dear: usize| {
            let numbers = (0..columns).map(|_| dice.below(4) as i64 * 100 - 100).collect();
            (dear as f32, numbers)
        };
        let row = |dice: &mut Dice| (0..=dice.below(4) as usize).map(|dear| reading(dice, dear)).collect();
        (0..rows).map(|_| row(dice)).collect()
    }

    fn choices_of(rows: &Rows, columns: usize) -> Choices {
        let mut choices = Choices::new(columns);
        for row in rows {
            choices.push_row(row.iter().map(|(cost, numbers)| (*cost, numbers.iter().copied())));
        }
        choices
    }

    /// What the cheapest choice costs, all of them looked at.
    fn cheapest(rows: &[Vec<(f32, Vec<i64>)>], wanted: &[Option<i64>], so_far: &[i64]) -> Option<f32> {
        let Some((row, rest)) = rows.split_first() else {
            let agrees = wanted.iter().zip(so_far).all(|(w, s)| w.is_none_or(|w| w == *s));
            return agrees.then_some(0.0);
        };
        let with = |(cost, numbers): &(f32, Vec<i64>)| {
            let sums: Vec<i64> = so_far.iter().zip(numbers).map(|(a, b)| a + b).collect();
            cheapest(rest, wanted, &sums).map(|others| cost + others)
        };
        row.iter().filter_map(with).min_by(f32::total_cmp)
    }

    #[test]
    fn finds_what_a_look_at_every_choice_finds() {
        let mut dice = Dice(7);
        let mut met = 0;
        for case in 0..600 {
            let columns = 1 + dice.below(3) as usize;
            let rows = rows_of(&mut dice, 1 + case % 6, columns);
            let wanted: Vec<Option<i64>> =
                (0..columns).map(|_| (dice.below(5) > 0).then(|| dice.below(7) as i64 * 100 - 300)).collect();
            let choice = choices_of(&rows, columns).adding_up(&wanted, 10_000);
            let cost =
                choice.as_ref().map(|choice| choice.iter().zip(&rows).map(|(reading, row)| row[*reading].0).sum());
            assert_eq!(cost, cheapest(&rows, &wanted, &vec![0; columns]), "case {case}");
            if let Some(choice) = choice {
                met += 1;
                let sum = |c: usize| choice.iter().zip(&rows).map(|(reading, row)| row[*reading].1[c]).sum::<i64>();
                assert!(wanted.iter().enumerate().all(|(c, w)| w.is_none_or(|w| w == sum(c))), "case {case}");
            }
        }
        assert!(met > 50, "{met} sums met");
    }

    #[test]
    fn looks_at_no_more_choices_than_allowed() {
        let mut dice = Dice(3);
        for rows in [1, 5, 20, 200] {
            let rows = rows_of(&mut dice, rows, 2);
            let choices = choices_of(&rows, 2);
            let marks = vec![0; choices.costs.len()];
            let all: Vec<Vec<usize>> = choices.rows.iter().map(|row| row.clone().collect()).collect();
            let half = Half::of(&all, &marks, &choices.costs, 2_000);
            assert!(half.sums.len() <= 2_000, "{} choices", half.sums.len());
            assert_eq!(half.choice(half.sums.len() - 1).count(), rows.len());
        }
    }
}
