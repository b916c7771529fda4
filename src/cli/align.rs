//! Two lists held beside each other: which element of the one is meant by which of the other, in order.
//!
//! ```text
//! Vaart Dijk Park     0 0, 2 1      Dijk has no fellow
//! Vaart Park
//! ```

/// The pairs that together weigh most, in order (a longest common subsequence whose elements have a weight). Elements that
/// weigh nothing together are no pair.
pub(super) fn pairs(first: usize, second: usize, weight: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let width = second + 1;
    // The most that the elements from (a, b) on can weigh.
    let mut most = vec![0; (first + 1) * width];
    for a in (0..first).rev() {
        for b in (0..second).rev() {
            let next = (a + 1) * width + b;
            let paired = most[next + 1] + weight(a, b);
            most[a * width + b] = paired.max(most[next]).max(most[a * width + b + 1]);
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < first && b < second {
        let (here, below) = (most[a * width + b], most[(a + 1) * width + b]);
        let weight = weight(a, b);
        if weight > 0 && here == most[(a + 1) * width + b + 1] + weight {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if here == below {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

/// The pairs, and in their place what either has without a fellow: the first, the second, or both.
pub(super) fn steps(pairs: &[(usize, usize)], first: usize, second: usize) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    for &(next_a, next_b) in pairs.iter().chain(&[(first, second)]) {
        found.extend((a..next_a).map(|index| (Some(index), None)));
        found.extend((b..next_b).map(|index| (None, Some(index))));
        if next_a < first {
            found.push((Some(next_a), Some(next_b)));
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_weighs_most_is_paired_in_order() {
        let (one, other) = (["a", "bb", "c", "d"], ["bb", "a", "d"]);
        let same = |a: usize, b: usize| if one[a] == other[b] { one[a].len() } else { 0 };
        let found = pairs(one.len(), other.len(), same);
        assert_eq!(found, [(1, 0), (3, 2)]);
        let steps = steps(&found, one.len(), other.len());
        let expected = [(Some(0), None), (Some(1), Some(0)), (Some(2), None), (None, Some(1)), (Some(3), Some(2))];
        assert_eq!(steps, expected);
        assert!(pairs(0, 3, |_, _| 1).is_empty());
    }
}
