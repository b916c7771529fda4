//! Numbers in JSON: a whole number without a point, as it is printed.
//!
//! ```text
//! 79.0 → 79      12.5 → 12.5      2.0e300 → 2e+300
//! ```

use serde::{Serialize, Serializer};

/// Up to here every whole number is a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn plain<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 && number.abs() <= EXACT {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

pub(super) fn plain_option<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    struct Plain<'a>(&'a f64);
    impl Serialize for Plain<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            plain(self.0, serializer)
        }
    }
    number.as_ref().map(Plain).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::super::{Bound, Cell, Check, CheckKind};

    #[test]
    fn whole_numbers_have_no_point_and_read_back() {
        let cell = |value| Cell { value, bound: Some(Bound::Below(5.0)), ..Cell::default() };
        for (value, written) in [(Some(79.0), "79"), (Some(-12.5), "-12.5"), (Some(2e300), "2e+300"), (None, "null")] {
            let json = serde_json::to_string(&cell(value)).unwrap();
            assert_eq!(json, format!(r#"{{"text":"","value":{written},"bound":{{"below":5}},"span":{{}}}}"#));
            assert_eq!(serde_json::from_str::<Cell>(&json).unwrap(), cell(value));
        }
        let check =
            Check { kind: CheckKind::ColumnMean, row: 1, column: 2, printed: 49.0, computed: 48.5, holds: false };
        assert!(serde_json::to_string(&check).unwrap().contains(r#""printed":49,"computed":48.5,"#));
    }
}
