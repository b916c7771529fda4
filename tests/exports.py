#!/usr/bin/env python3
"""The same facts in every output, read by the readers that people have for them.

    pip install pyarrow duckdb
    cargo build --release
    python3 tests/exports.py target/release/vraagbaak fixtures/*/input.*

Converts the documents to each form in a folder of its own, reads json with `json`, facts with `csv`, the database with
`sqlite3`, Parquet with pyarrow and with DuckDB, and compares. Says what it read, and ends with status 1 when two differ.
"""

import csv
import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet

COLUMNS = [
    "source", "source_index", "id", "date", "table_id", "row_index", "column_index", "row_kind", "stub", "column_header",
    "value", "unit", "printed",
]


def convert(program, inputs, form, output):
    subprocess.run([program, "convert", *inputs, "--quiet", "--format", form, "--output", output], check=True)


def fact(values):
    """Absent is empty, a guard before a formula is no part of a text, and every number is a float."""
    row = ["" if value is None else str(value).removeprefix("'") for value in values]
    at = COLUMNS.index("value")
    return (*row[:at], float(row[at]), *row[at + 1 :])


def from_document(document):
    source = document["source"]
    for table in document["tables"]:
        for row_index, row in enumerate(table["rows"]):
            labels = (cell["text"] for cell in row["cells"] if cell["value"] is None and cell["text"])
            stub = next(labels, "")
            for column_index, (cell, column) in enumerate(zip(row["cells"], table["columns"])):
                if cell["value"] is not None:
                    header = " / ".join(dict.fromkeys(part for part in column["header"] if part))
                    yield fact([
                        source["path"], source["index"], document["id"], document["question_date"], table["id"], row_index,
                        column_index, row["kind"], stub, header, cell["value"], column["unit"], cell["text"],
                    ])


def from_json(folder):
    documents = (json.loads(path.read_text()) for path in folder.rglob("*.json"))
    return [row for document in documents for row in from_document(document)]


def from_json_lines(path):
    with open(path) as lines:
        return [row for line in lines for row in from_document(json.loads(line))]


def from_csv(path):
    with open(path, newline="") as file:
        return [fact(row[name] for name in COLUMNS) for row in csv.DictReader(file)]


def from_sqlite(path):
    with sqlite3.connect(path) as database:
        return [fact(row) for row in database.execute(f"SELECT {', '.join(COLUMNS)} FROM facts_in_context")]


def from_pyarrow(path):
    rows = pyarrow.parquet.read_table(path, columns=COLUMNS).to_pylist()
    return [fact(row[name] for name in COLUMNS) for row in rows]


def from_duckdb(path):
    return [fact(row) for row in duckdb.sql(f"SELECT {', '.join(COLUMNS)} FROM '{path}'").fetchall()]


def main(program, *inputs):
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        # One by one: a folder would take inputs of one name for one place.
        for index, document in enumerate(inputs):
            convert(program, [document], "json", out / "json" / f"{index}.json")
        for form, place in [("jsonl", "all.jsonl"), ("facts", "all.csv"), ("csv", "csv"), ("sqlite", "all.sqlite"), ("parquet", "parquet")]:
            convert(program, inputs, form, out / place)
        readings = {
            "json": from_json(out / "json"),
            "jsonl": from_json_lines(out / "all.jsonl"),
            "facts": from_csv(out / "all.csv"),
            "csv": from_csv(out / "csv" / "facts.csv"),
            "sqlite": from_sqlite(out / "all.sqlite"),
            "parquet, pyarrow": from_pyarrow(out / "parquet" / "facts.parquet"),
            "parquet, DuckDB": from_duckdb(out / "parquet" / "facts.parquet"),
        }
    expected = sorted(readings["json"])
    differing = [form for form, rows in readings.items() if sorted(rows) != expected]
    for form, rows in readings.items():
        print(f"{form:<17} {len(rows):>6} facts, sum {sum(row[COLUMNS.index('value')] for row in rows):.3f}"
              f"{'   DIFFERS' if form in differing else ''}")
    print("they differ" if differing else "the same facts in each")
    return bool(differing) or not expected


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
