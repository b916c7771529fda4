#!/usr/bin/env bash
# compare.sh [FOLDER...]: what a page takes this program and others, on the PDFs of the folders (fixtures), in one run.
#
# Finds or installs the others: poppler's pdftotext and mutool from the system (as root by apt-get), Python's libraries into
# target/compare. What cannot be installed is left out, and said. Prints a table in Markdown; meaningful on a machine that is
# quiet. ROUNDS (5) is how often each is run; the fastest counts. What takes seconds is run once.
set -euo pipefail
cd "$(dirname "$0")/.."
folders=("$@")
[ ${#folders[@]} -gt 0 ] || folders=(fixtures)
place=target/compare

find_or_install() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null && return
    { apt-get update && apt-get install -y --no-install-recommends "$2"; } >/dev/null 2>&1 || echo "no $1: install $2" >&2
}

find_or_install /usr/bin/time time
find_or_install pdftotext poppler-utils
find_or_install mutool mupdf-tools
[ -x $place/bin/python ] || python3 -m venv $place
for library in pypdfium2 pymupdf pdfplumber camelot-py tabula-py; do
    $place/bin/python -m pip show --quiet $library >/dev/null 2>&1 ||
        $place/bin/python -m pip install --quiet --disable-pip-version-check $library >/dev/null 2>&1 ||
        echo "no $library: pip does not install it" >&2
done
cargo build --release --quiet
one_process=$(cargo bench --no-run --bench one_process --message-format json 2>/dev/null |
    sed -n 's/.*"name":"one_process".*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
program=$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')/release/vraagbaak

find "${folders[@]}" -type f -name '*.pdf' | sort >$place/files
exec $place/bin/python benches/compare.py "$program" "$one_process" $place/files
