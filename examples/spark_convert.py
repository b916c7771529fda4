#!/usr/bin/env python3
"""A folder of written questions to Parquet, by Apache Spark.

    pip install pyspark                 # Spark 4; it needs Java 17 or later
    python3 examples/spark_convert.py --program target/release/vraagbaak FOLDER OUTPUT

Each executor pipes paths into a `vraagbaak convert - --input-list` of its own, which answers with a line of JSON for every one,
documents and failures alike. What is a number in a table becomes a row of OUTPUT/facts, and what could not be read a row of
OUTPUT/failed. Here Spark runs on this machine, with two executors; on a cluster (`--master`) the program and the folder must
be where every executor finds them. docs/spark.md shows a run.
"""

import argparse
import shlex
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, expr, from_json, posexplode

# Of the JSON of a document (schema.json), what the facts are made of; and the line of a file that failed.
DOCUMENT = """
    id string, question_date date, source struct<path: string, index: bigint>, error struct<status: string, reason: string>,
    tables array<struct<id: string,
        columns: array<struct<header: array<string>, unit: string>>,
        rows: array<struct<kind: string, cells: array<struct<text: string, value: double>>>>>>
"""

# Paths for one run of the program: enough that its start costs nothing, few enough that all executors have work to the end.
PATHS_A_RUN = 500


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--program", default="vraagbaak")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="two executors of one core and 1 GiB here")
    return parser.parse_args()


def paths_in(folder):
    return sorted(str(path.resolve()) for path in folder.rglob("*") if path.suffix.lower() in {".pdf", ".txt"})


def lines(spark, paths, program):
    """A line of JSON for each path. Spark brings the parallelism, so each program keeps to one worker."""
    command = shlex.join([program, "convert", "-", "--input-list", "--quiet", "--jobs", "1"])
    runs = max(2, len(paths) // PATHS_A_RUN)
    return spark.sparkContext.parallelize(paths, runs).pipe(command)


def facts(documents):
    """One number a row, with its labels: what `--format parquet` has in facts.parquet."""
    tables = documents.select("source", "id", "question_date", expr("explode(tables) AS table"))
    rows = tables.select("*", posexplode("table.rows").alias("row_index", "row"))
    cells = rows.select("*", posexplode("row.cells").alias("column_index", "cell")).where("cell.value IS NOT NULL")
    return cells.select(
        col("source.path").alias("source"),
        col("source.index").alias("source_index"),
        "id",
        col("question_date").alias("date"),
        col("table.id").alias("table_id"),
        col("row_index").cast("bigint"),
        col("row.kind").alias("row_kind"),
        expr("coalesce(get(filter(row.cells, c -> c.value IS NULL AND c.text <> ''), 0).text, '') AS stub"),
        col("column_index").cast("bigint"),
        expr("array_join(array_distinct(filter(table.columns[column_index].header, h -> h <> '')), ' / ') AS column_header"),
        col("cell.value").alias("value"),
        expr("table.columns[column_index].unit AS unit"),
        col("cell.text").alias("printed"),
    )


def main():
    given = arguments()
    builder = SparkSession.builder.master(given.master).appName("vraagbaak").config("spark.ui.showConsoleProgress", "false")
    spark = builder.getOrCreate()
    read = lines(spark, paths_in(given.folder), given.program).map(lambda line: (line,)).toDF("line string").cache()
    documents = read.select(from_json("line", DOCUMENT).alias("document")).select("document.*")
    facts(documents.where("error IS NULL")).write.mode("overwrite").parquet(str(given.output / "facts"))
    failed = documents.where("error IS NOT NULL").select("source.path", "error.status", "error.reason")
    failed.write.mode("overwrite").parquet(str(given.output / "failed"))
    found = spark.read.parquet(str(given.output / "facts"))
    print(f"{read.count()} lines, {failed.count()} failed; {found.count()} facts, sum {found.groupBy().sum('value').first()[0]:.3f}")
    spark.stop()


if __name__ == "__main__":
    main()
