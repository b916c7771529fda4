//! What the columns of a comma-separated file are, for programs: a Frictionless Table Schema, and a Data Package for a
//! folder of them (<https://specs.frictionlessdata.io/table-schema/>, `/data-package/`).
//!
//! ```text
//! {"fields": [{"name": "source", "type": "string", "description": "…"}, …], "missingValues": [""]}
//! ```

use super::record::{Column, FACTS, Kind, Relation};
use serde::Serialize;
use serde_json::Value;

/// A Table Schema.
#[derive(Debug, Serialize)]
pub(super) struct TableSchema {
    fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
}

#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
}

/// A Data Package: the files of a folder with their schemas.
#[derive(Debug, Serialize)]
pub(super) struct DataPackage {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    resources: Vec<Resource>,
}

#[derive(Debug, Serialize)]
struct Resource {
    name: &'static str,
    path: String,
    profile: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    schema: TableSchema,
}

/// The Frictionless Table Schema of the facts that [`write_facts`](crate::write_facts) writes: each column's name, type and
/// meaning.
pub fn facts_schema() -> Value {
    serde_json::to_value(TableSchema::of(&FACTS)).unwrap_or_default()
}

impl TableSchema {
    pub(super) fn of(relation: &Relation) -> Self {
        Self { fields: relation.columns.iter().map(Field::of).collect(), missing_values: [""] }
    }
}

impl Field {
    fn of(column: &Column) -> Self {
        Self { name: column.name, kind: type_of(column.kind), description: column.description }
    }
}

/// The specification's word; a list is written as text, its items behind `, `.
const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::List => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Flag => "boolean",
        Kind::Date => "date",
    }
}

impl DataPackage {
    /// The package of a folder with a file `NAME.csv` a relation.
    pub(super) fn of(relations: &[Relation]) -> Self {
        Self {
            profile: "tabular-data-package",
            name: "written-questions",
            title: "Written questions of the Flemish Parliament, read by vraagbaak",
            resources: relations.iter().map(Resource::of).collect(),
        }
    }
}

impl Resource {
    fn of(relation: &Relation) -> Self {
        Self {
            name: relation.name,
            path: format!("{}.csv", relation.name),
            profile: "tabular-data-resource",
            description: relation.description,
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            schema: TableSchema::of(relation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_and_types_every_column() {
        let schema = facts_schema();
        let fields = schema["fields"].as_array().unwrap();
        let kind = |name: &str| fields.iter().find(|field| field["name"] == name).map(|field| field["type"].clone());
        assert_eq!(fields.len(), FACTS.columns.len());
        assert_eq!(kind("value").unwrap(), "number");
        assert_eq!(kind("date").unwrap(), "date");
        assert_eq!(kind("passage").unwrap(), "string");
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|text| text.len() > 5)));
    }
}
