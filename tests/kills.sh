#!/usr/bin/env bash
# kills.sh [MOMENTS [PROGRAM]]: runs that are killed at random moments (SIGKILL) and then gone on with.
#
# Of each run it is asked, after the kill, that what stands under an output's name is whole, and after --resume that all is the
# same, byte for byte, as of a run that was never killed. Ends with status 1 at the first that is not.
set -euo pipefail
cd "$(dirname "$0")/.."
moments=${1:-50}
program=${2:-target/release/vraagbaak}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
forms=(json jsonl facts csv sqlite parquet)
declare -A name=([json]=uit [jsonl]=uit.jsonl [facts]=uit.csv [csv]=tabellen [sqlite]=uit.sqlite [parquet]=parquet) took
mkdir "$scratch/clean" "$scratch/killed"

# 108 documents, the PDFs among them; what differs between copies is their path.
for copy in 1 2 3 4; do
    mkdir -p "$scratch/in/$copy"
    cp --parents seeds/*.txt fixtures/[0-9]*/input.* "$scratch/in/$copy"
done

convert() { # FORM OUTPUT [OPTION...]
    "$program" convert "$scratch/in" --format "$1" --output "$2" --quiet "${@:3}"
}

same() { # the manifest aside: it tells of time
    diff -rq --exclude '*manifest.jsonl' --exclude '.vraagbaak-*' "$1" "$2"
}

whole() { # FORM OUTPUT CLEAN: what has its name is as in the clean run
    if [ "$1" = json ]; then
        (cd "$2" && find . -name '*.json' ! -path '*/.vraagbaak-*') | while read -r file; do
            cmp "$2/$file" "$3/$file"
        done
    elif [ -e "$2" ]; then
        same "$2" "$3"
    fi
}

for form in "${forms[@]}"; do
    begun=$(date +%s%N)
    convert "$form" "$scratch/clean/${name[$form]}"
    took[$form]=$((($(date +%s%N) - begun) / 1000000))
done

killed=0 finished=0
while [ $killed -lt "$moments" ]; do
    form=${forms[$((killed % ${#forms[@]}))]}
    output=$scratch/killed/${name[$form]} clean=$scratch/clean/${name[$form]}
    rm -rf "$scratch/killed"
    mkdir "$scratch/killed"
    after=$((RANDOM * 32768 + RANDOM))
    after=$((after % took[$form]))
    "$program" convert "$scratch/in" --format "$form" --output "$output" --quiet &
    process=$!
    sleep "$(printf '%d.%03d' $((after / 1000)) $((after % 1000)))"
    if ! kill -KILL $process 2>/dev/null; then
        finished=$((finished + 1))
        continue
    fi
    wait $process 2>/dev/null || true
    killed=$((killed + 1))
    if [ -e "$output" ]; then whole "$form" "$output" "$clean"; fi
    convert "$form" "$output" --resume
    same "$output" "$clean"
    left=$(find "$scratch" -name '.vraagbaak-*' -o -name '*unfinished')
    if [ -n "$left" ]; then
        echo "moment $killed, $form after $after ms: left behind: $left"
        exit 1
    fi
    printf '%3d  %-8s killed after %5d of %5d ms: whole, and the same bytes after --resume\n' \
        "$killed" "$form" "$after" "${took[$form]}"
done
echo "$killed killed and gone on with: no output torn, the same bytes in each ($finished others had finished before their moment)"
