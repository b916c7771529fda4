//! The values of one column until their row group is written, as Parquet wants them: those that are there, and for each row
//! whether it has one.
//!
//! ```text
//! Some(79) None Some(51)   values 79 51        definition 1 0 1
//! [1, 2] [] [3]            values "1" "2" "3"  definition 1 1 0 1    repetition 0 1 0 0
//! ```

use super::super::record::{Column, Kind, Value};
use crate::model::Date;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;
use parquet::schema::types::Type;
use std::mem;
use std::sync::Arc;

/// What a value takes up beside its bytes: the value's own place and its levels.
const OVERHEAD: usize = 40;

/// The values of a column, those that are there.
enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
    /// Days since 1970.
    Date(Vec<i32>),
}

/// A column of a row group on its way.
pub(super) struct ColumnBuffer {
    values: Values,
    definition: Vec<i16>,
    /// Of a list alone: 0 begins a row, 1 goes on with it.
    repetition: Option<Vec<i16>>,
    bytes: usize,
}

impl ColumnBuffer {
    pub(super) fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::List => Values::Text(Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
            Kind::Date => Values::Date(Vec::new()),
        };
        let repetition = (kind == Kind::List).then(Vec::new);
        Self { values, definition: Vec::new(), repetition, bytes: 0 }
    }

    /// What it takes up.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds the value of a row. One of another kind than the column's counts as absent.
    pub(super) fn push(&mut self, value: &Value<'_>) {
        if let (Value::List(texts), Some(_)) = (value, &self.repetition) {
            self.push_list(texts);
        } else {
            let there = self.push_value(value);
            self.push_levels(there, 0);
        }
    }

    fn push_list(&mut self, texts: &[&str]) {
        for (index, text) in texts.iter().enumerate() {
            let there = self.push_value(&Value::Text((*text).into()));
            self.push_levels(there, i16::from(index > 0));
        }
        if texts.is_empty() {
            self.push_levels(false, 0);
        }
    }

    fn push_value(&mut self, value: &Value<'_>) -> bool {
        match (&mut self.values, value) {
            (Values::Text(texts), Value::Text(text)) => {
                self.bytes += text.len();
                texts.push(text.as_bytes().to_vec().into());
            }
            (Values::Integer(numbers), Value::Integer(number)) => numbers.push(*number),
            (Values::Number(numbers), Value::Number(number)) => numbers.push(*number),
            (Values::Flag(flags), Value::Flag(flag)) => flags.push(*flag),
            (Values::Date(days), Value::Date(date)) => days.push(days_since_1970(*date)),
            _ => return false,
        }
        true
    }

    fn push_levels(&mut self, there: bool, repeats: i16) {
        self.bytes += OVERHEAD;
        self.definition.push(i16::from(there));
        if let Some(repetition) = &mut self.repetition {
            repetition.push(repeats);
        }
    }

    /// Writes the column of a row group, and begins the next.
    pub(super) fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let definition = mem::take(&mut self.definition);
        let repetition = self.repetition.as_mut().map(mem::take);
        let levels = (Some(definition.as_slice()), repetition.as_deref());
        self.bytes = 0;
        match &mut self.values {
            Values::Text(v) => writer.typed::<ByteArrayType>().write_batch(&mem::take(v), levels.0, levels.1),
            Values::Integer(v) => writer.typed::<Int64Type>().write_batch(&mem::take(v), levels.0, levels.1),
            Values::Number(v) => writer.typed::<DoubleType>().write_batch(&mem::take(v), levels.0, levels.1),
            Values::Flag(v) => writer.typed::<BoolType>().write_batch(&mem::take(v), levels.0, levels.1),
            Values::Date(v) => writer.typed::<Int32Type>().write_batch(&mem::take(v), levels.0, levels.1),
        }
        .map(drop)
    }
}

/// The column in the file's schema.
pub(super) fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::List => return list(column.name),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.build()?))
}

/// A list as the Parquet format lays it down: a group of a repeated group of the items.
fn list(name: &str) -> Result<Arc<Type>, ParquetError> {
    let item = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_logical_type(Some(LogicalType::String))
        .with_repetition(Repetition::REQUIRED);
    let items = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(item.build()?)]);
    let list = Type::group_type_builder(name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(items.build()?)]);
    Ok(Arc::new(list.build()?))
}

/// The days from 1 January 1970, of the Gregorian calendar: years begin in March, so that the leap day is the last.
fn days_since_1970(date: Date) -> i32 {
    /// Days from 1 March of the year 0 to 1 January 1970.
    const TO_1970: i32 = 719_468;
    let before_march = i32::from(date.month() <= 2);
    let year = i32::from(date.year()) - before_march;
    let month = (i32::from(date.month()) + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + i32::from(date.day()) - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - TO_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (date, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2020-09-22", 18_527),
        ] {
            assert_eq!(days_since_1970(date.parse().unwrap()), days, "{date}");
        }
    }

    #[test]
    fn lists_and_absent_values_have_levels() {
        let mut list = ColumnBuffer::new(Kind::List);
        [vec!["1", "2"], vec![], vec!["3"]].into_iter().for_each(|texts| list.push(&Value::List(texts)));
        assert_eq!(list.definition, [1, 1, 0, 1]);
        assert_eq!(list.repetition.unwrap(), [0, 1, 0, 0]);
        let mut numbers = ColumnBuffer::new(Kind::Integer);
        [Value::Integer(79), Value::None, Value::Text("51".into())].iter().for_each(|value| numbers.push(value));
        assert_eq!(numbers.definition, [1, 0, 0]);
    }
}
