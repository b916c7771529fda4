//! `docs/fields.md`: every field of the JSON with what it is and an example from the seeds, made from the schema and from
//! what the seeds give.
//!
//! `UPDATE=1 cargo test --test reference` writes it anew; without, it must be current.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEAD: &str = "\
# Every field of the JSON

Made by `UPDATE=1 cargo test --test reference` from the types and from what the two documents in `seeds/` give; an example is the
first of its kind in them, and there is none where they have none. The same for programs: [schema.json](../schema.json).
Fields that may be missing are in brackets; all others are always there, null or `[]` where the document has nothing for them.
";

/// The longest example.
const LONGEST: usize = 70;

/// The first example of each field, by type and field.
type Examples = BTreeMap<(String, String), String>;

/// The examples in a value of a type.
fn gather(schema: &Value, name: &str, described: &Value, value: &Value, examples: &mut Examples) {
    let (name, described) = resolve(schema, name, described, value);
    match value {
        Value::Object(object) => {
            for (field, value) in object {
                let Some(inner) = described.pointer(&format!("/properties/{field}")) else { continue };
                let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                if !is_empty {
                    examples.entry((name.clone(), field.clone())).or_insert_with(|| shown(value));
                }
                gather(schema, "", inner, value, examples);
            }
        }
        Value::Array(items) => {
            let inner = described.get("items").cloned().unwrap_or_default();
            items.iter().for_each(|item| gather(schema, "", &inner, item, examples));
        }
        _ => {}
    }
}

/// Follows references and chooses between alternatives by the fields that they ask for.
fn resolve(schema: &Value, name: &str, described: &Value, value: &Value) -> (String, Value) {
    if let Some(reference) = described["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return resolve(schema, name, &schema["$defs"][name], value);
    }
    let alternatives = described.get("oneOf").or_else(|| described.get("anyOf")).and_then(Value::as_array);
    for alternative in alternatives.into_iter().flatten() {
        let fits = match (alternative.get("$ref"), alternative["properties"].as_object()) {
            (Some(_), _) => true,
            (None, Some(properties)) => has_consts(properties, value),
            (None, None) => false,
        };
        if fits {
            return resolve(schema, &variant(name, alternative), alternative, value);
        }
    }
    (name.to_owned(), described.clone())
}

fn has_consts(properties: &Map<String, Value>, value: &Value) -> bool {
    let consts = properties.iter().filter_map(|(field, described)| Some((field, described.get("const")?)));
    let mut any = false;
    let all = consts.inspect(|_| any = true).all(|(field, wanted)| value.get(field) == Some(wanted));
    all && (any || properties.keys().all(|field| value.get(field).is_some()))
}

/// The name of one of several forms: `Block, kind list`.
fn variant(name: &str, alternative: &Value) -> String {
    match alternative.pointer("/properties/kind/const").and_then(Value::as_str) {
        Some(kind) => format!("{name}, kind {kind}"),
        None => name.to_owned(),
    }
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// What a field holds, in words.
fn kind(described: &Value) -> String {
    if let Some(reference) = described["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(alternatives) = described["anyOf"].as_array() {
        return alternatives.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(constant) = described.get("const") {
        return format!("`{constant}`");
    }
    match (&described["type"], described.get("items")) {
        (Value::Array(kinds), Some(items)) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            kinds
                .map(|name| if name == "array" { format!("list of {}", kind(items)) } else { name.to_owned() })
                .collect::<Vec<_>>()
                .join(" or ")
        }
        (Value::String(name), Some(items)) if name == "array" => format!("list of {}", kind(items)),
        (Value::String(name), _) => name.clone(),
        (Value::Array(kinds), None) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn write_type(page: &mut String, name: &str, described: &Value, examples: &Examples) {
    writeln!(page, "\n## {name}\n\n{}", cell(described["description"].as_str().unwrap_or(""))).unwrap();
    write_form(page, name, described, examples);
    let forms = described["oneOf"].as_array().into_iter().flatten();
    let (values, forms): (Vec<&Value>, Vec<&Value>) = forms.partition(|form| form.get("const").is_some());
    if !values.is_empty() {
        page.push_str("\n| value | what it says |\n| --- | --- |\n");
    }
    for value in values {
        let said = cell(value["description"].as_str().unwrap_or(""));
        writeln!(page, "| `{}` | {said} |", value["const"].as_str().unwrap()).unwrap();
    }
    for form in forms {
        writeln!(page, "\n{}", cell(form["description"].as_str().unwrap_or(""))).unwrap();
        write_form(page, &variant(name, form), form, examples);
    }
}

fn write_form(page: &mut String, name: &str, described: &Value, examples: &Examples) {
    let Some(properties) = described["properties"].as_object() else { return };
    let required: Vec<&str> =
        described["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    page.push_str("\n| field | holds | what it is | example |\n| --- | --- | --- | --- |\n");
    for (field, described) in properties {
        let shown_name = if required.contains(&field.as_str()) { format!("`{field}`") } else { format!("[`{field}`]") };
        let said = cell(described["description"].as_str().unwrap_or(""));
        let example = examples.get(&(name.to_owned(), field.clone()));
        let example = example.map_or(String::new(), |example| format!("`` {} ``", cell(example)));
        writeln!(page, "| {shown_name} | {} | {said} | {example} |", kind(described)).unwrap();
    }
}

fn page() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = vraagbaak::json_schema();
    let mut examples = Examples::new();
    for seed in ["000_5170ae0f649b1a58.txt", "001_c053da0bd1a00141.txt"] {
        let path = format!("seeds/{seed}");
        let text = fs::read_to_string(root.join(&path)).unwrap();
        let questions = vraagbaak::Extractor::new().path(path).text(&text).unwrap();
        let question = serde_json::to_value(&questions[0]).unwrap();
        gather(&schema, "WrittenQuestion", &schema, &question, &mut examples);
    }
    let mut page = HEAD.to_owned();
    write_type(&mut page, "WrittenQuestion", &schema, &examples);
    for (name, described) in schema["$defs"].as_object().unwrap() {
        write_type(&mut page, name, described, &examples);
    }
    page
}

#[test]
fn the_page_of_every_field_is_current() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some_and(|update| !update.is_empty()) && std::env::var_os("CI").is_none() {
        fs::write(&place, &page).unwrap();
    }
    let committed = fs::read_to_string(&place).unwrap_or_default();
    assert!(page == committed, "docs/fields.md is not current: UPDATE=1 cargo test --test reference");
}
