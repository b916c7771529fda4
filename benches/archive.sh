#!/usr/bin/env bash
# archive.sh [COUNT [PROGRAM [FORM [FOLDER...]]]]: what an archive of many documents takes, with one worker and with two.
#
# Copies the documents of the folders (seeds and fixtures) until there are COUNT, converts them into one output of the FORM (jsonl),
# and says how long it took, how many were accounted for, and the memory of the command and of its workers, by quarters of
# the run: where it grows with the number of files, the last quarter shows it. Linux; meaningful on a machine that is quiet.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-10000}
program=$(realpath "${2:-target/release/vraagbaak}")
form=${3:-jsonl}
folders=("${@:4}")
[ ${#folders[@]} -gt 0 ] || folders=(seeds fixtures)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mapfile -t files < <(find "${folders[@]}" -type f \( -name '*.pdf' -o -name '*.txt' \) ! -name gaps.txt ! -name features.txt | sort)
for ((copied = 0; copied < count; copied += ${#files[@]})); do
    mkdir -p "$scratch/in/$copied"
    left=$((count - copied))
    cp --parents "${files[@]:0:left}" "$scratch/in/$copied"
done
echo "$(find "$scratch/in" -type f | wc -l) documents, $(du -sm "$scratch/in" | cut -f1) MiB, from ${folders[*]}, to $form"

resident() { # PROCESS: its memory in KiB
    sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status" 2>/dev/null || true
}

sample() { # PROCESS: lines `PARENT WORKER`, the larger of the workers, until it ends
    local worker most
    while kill -0 "$1" 2>/dev/null; do
        most=0
        for child in $(cat /proc/"$1"/task/*/children 2>/dev/null || true); do
            worker=$(resident "$child")
            if [ "${worker:-0}" -gt $most ]; then most=$worker; fi
        done
        echo "$(resident "$1") $most"
        sleep 0.2
    done
}

quarters() { # COLUMN: the most in each quarter, in MiB
    awk -v column="$1" '
        NF == 2 { lines[++count] = $column }
        END {
            for (i = 1; i <= count; i++) {
                quarter = int((i - 1) * 4 / count)
                if (lines[i] > most[quarter]) most[quarter] = lines[i]
            }
            for (quarter = 0; quarter < 4; quarter++) printf "%s%d", quarter ? " " : "", most[quarter] / 1024
        }' "$scratch/samples"
}

for workers in 1 2; do
    output=$scratch/out-$workers.$form
    begun=$(date +%s%N)
    "$program" convert "$scratch/in" --format "$form" --output "$output" --jobs $workers --quiet 2>"$scratch/said" &
    process=$!
    sample $process >"$scratch/samples"
    status=0
    wait $process || status=$?
    took=$((($(date +%s%N) - begun) / 1000000))
    manifest=$output.manifest.jsonl
    [ -e "$manifest" ] || manifest=$output/manifest.jsonl
    accounted=$(wc -l <"$manifest")
    good=$(grep -c '"status":"\(ok\|partial\)"' "$manifest")
    printf -- '--jobs %d: %d.%d s, %d files/s; status %d, %d accounted for, %d converted; MiB in the quarters: command %s, worker %s\n' \
        $workers $((took / 1000)) $((took % 1000 / 100)) $((count * 1000 / took)) $status "$accounted" "$good" "$(quarters 1)" "$(quarters 2)"
    [ "$accounted" -eq "$count" ] || { echo "$((count - accounted)) documents are lost"; exit 1; }
    sed -n 's/.*"milliseconds":\([0-9]*\).*/\1/p' "$manifest" | sort -n | awk '
        { time[NR] = $1 }
        function at(share) { return time[int((NR - 1) * share) + 1] }
        END { printf "          a document takes %d ms (median), %d ms (99 of 100), %d ms (the longest)\n", at(.5), at(.99), at(1) }'
    if [ $workers = 1 ]; then alone=$took; fi
done
diff -rq --exclude '*manifest.jsonl' "$scratch/out-1.$form" "$scratch/out-2.$form" && echo "the same bytes from both"
printf 'two workers are %d.%02d times as fast as one\n' $((alone / took)) $((alone * 100 / took % 100))
