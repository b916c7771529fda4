//! The JSON Schema of the output, made from the types themselves.

use crate::model::WrittenQuestion;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The JSON Schema (draft 2020-12) of a [`WrittenQuestion`] as it is written: every key is there, null or `[]` where the
/// document has nothing for it.
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.into_root_schema_for::<WrittenQuestion>().to_value()
}
