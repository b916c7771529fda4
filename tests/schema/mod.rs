//! Whether JSON is as the published schema says: the keywords that the schema uses, and no others.

#![allow(unreachable_pub, reason = "each test binary has it for itself")]

use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// The schema that is published with the crate.
pub fn published() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// What of a value is not as the schema says; a field that it does not name is not.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return };
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "description" | "title" | "format" | "additionalProperties" => true,
            "$ref" => {
                check(root, resolved(root, rule), value, path, found);
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|name| is_of_type(value, name)),
                name => is_of_type(value, name),
            },
            "const" => rule == value,
            "anyOf" => matching(root, rule, value) > 0,
            "oneOf" => matching(root, rule, value) == 1,
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= rule.as_u64().unwrap()),
            "required" => value.as_object().is_none_or(|fields| has_all(fields, rule)),
            "properties" => {
                check_fields(root, rule, value, path, found);
                true
            }
            "items" => {
                for (index, element) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, element, &format!("{path}/{index}"), found);
                }
                true
            }
            // A keyword that this check does not know.
            _ => false,
        };
        if !holds {
            found.push(format!("{path}: not {keyword} {rule}: {value}"));
        }
    }
}

fn check_fields(root: &Value, properties: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    for (name, field) in value.as_object().into_iter().flatten() {
        match properties.get(name) {
            Some(schema) => check(root, schema, field, &format!("{path}/{name}"), found),
            None => found.push(format!("{path}: the schema names no {name}")),
        }
    }
}

fn resolved<'a>(root: &'a Value, reference: &Value) -> &'a Value {
    root.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap()
}

fn matching(root: &Value, schemas: &Value, value: &Value) -> usize {
    let holds = |schema: &&Value| {
        let mut found = Vec::new();
        check(root, schema, value, "", &mut found);
        found.is_empty()
    };
    schemas.as_array().unwrap().iter().filter(holds).count()
}

fn has_all(fields: &Map<String, Value>, names: &Value) -> bool {
    names.as_array().unwrap().iter().all(|name| fields.contains_key(name.as_str().unwrap()))
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}
