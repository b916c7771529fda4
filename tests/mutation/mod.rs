//! Faults put into documents, the same in every run.

#![allow(unreachable_pub, reason = "each test binary has it for itself")]

/// Pseudo-random numbers, the same in every run (Marsaglia's xorshift64).
pub struct Dice(pub u64);

impl Dice {
    /// The series that belongs to a name (its FNV-1a hash, which is never left at 0).
    #[allow(dead_code, reason = "each test binary uses a part of it")]
    pub fn of(name: &str) -> Self {
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, hash).max(1))
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }
}

/// One fault of those that files have: a wrong byte, a stretch lost, doubled or moved, a number grown, a mark put in.
pub fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const MARKS: [&str; 16] = [
        "\n",
        "\n\n",
        "\r",
        "\x0c",
        "\0",
        "\t",
        " ",
        "1. ",
        "a) ",
        "ANTWOORD\n",
        "TOTAAL ",
        "\u{a0}",
        "9999999999999",
        "€ ",
        "%",
        "\u{feff}",
    ];
    if bytes.is_empty() {
        return bytes.extend_from_slice(b"1. ");
    }
    let start = dice.roll(bytes.len());
    let end = (start + dice.roll(80)).min(bytes.len());
    match dice.roll(6) {
        0 => bytes[start] = u8::try_from(dice.roll(256)).unwrap(),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let stretch = bytes[start..end].to_vec();
            let place = dice.roll(bytes.len());
            drop(bytes.splice(place..place, stretch));
        }
        3 => bytes[start..end].reverse(),
        4 => bytes[start] = bytes[start].wrapping_add(1),
        _ => drop(bytes.splice(start..start, MARKS[dice.roll(MARKS.len())].bytes())),
    }
}
