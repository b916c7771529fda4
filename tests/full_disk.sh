#!/usr/bin/env bash
# full_disk.sh [PROGRAM]: a disk that fills up while it is written to. Needs root, for a small file system in memory.
#
# Of every form: the run ends with status 1 and says why, nothing that has its name is torn, and once there is room --resume
# gives the same bytes as a run that had room from the start.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/vraagbaak}")
scratch=$(mktemp -d)
disk=$scratch/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null || true; rm -rf "$scratch"' EXIT
mount -t tmpfs -o size=16m tmpfs "$disk"

for copy in 1 2 3 4; do
    mkdir -p "$scratch/in/$copy"
    cp --parents seeds/*.txt fixtures/[0-9]*/input.* "$scratch/in/$copy"
done

declare -A name=([json]=uit [jsonl]=uit.jsonl [facts]=uit.csv [csv]=tabellen [sqlite]=uit.sqlite [parquet]=parquet)
mkdir "$scratch/clean"
for form in json jsonl facts csv sqlite parquet; do
    output=$disk/${name[$form]} clean=$scratch/clean/${name[$form]}
    "$program" convert "$scratch/in" --format "$form" --output "$clean" --quiet
    size=$(du -sk "$clean" | cut -f1)
    # Room for a third of what is to be written.
    head -c $((16 * 1024 * 1024 - size * 1024 / 3)) /dev/zero >"$disk/ballast" 2>/dev/null || true
    status=0
    "$program" convert "$scratch/in" --format "$form" --output "$output" --quiet 2>"$scratch/said" || status=$?
    [ $status = 1 ] || { echo "$form: status $status"; cat "$scratch/said"; exit 1; }
    grep -q 'no space left' "$scratch/said" || { echo "$form: does not say why"; cat "$scratch/said"; exit 1; }
    if [ "$form" = json ]; then
        (cd "$output" && find . -name '*.json') | while read -r file; do
            cmp "$output/$file" "$clean/$file"
        done
    else
        [ ! -e "$output" ] || { echo "$form: stands there, though it is not whole"; exit 1; }
    fi
    left=$(find "$disk" -name '.vraagbaak-*')
    [ -z "$left" ] || { echo "$form: left behind: $left"; exit 1; }
    rm "$disk/ballast"
    "$program" convert "$scratch/in" --format "$form" --output "$output" --quiet --resume
    diff -rq --exclude '*manifest.jsonl' "$output" "$clean"
    echo "$form: full at a third of $size KiB: status 1, $(wc -l <"$scratch/said") lines of stderr, nothing torn, the same bytes once there was room"
    rm -rf "${output:?}"*
done
