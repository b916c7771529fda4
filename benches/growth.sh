#!/usr/bin/env bash
# growth.sh [PROGRAM [MOST]]: whether anything grows faster than its input.
#
# Documents of n, 2n, 4n and 8n lines, rows, columns or labels are read and shown under valgrind, which counts instructions: the
# same on a busy machine and on a quiet one. Ends with status 1 where a doubling takes more than MOST (2.5) times as many.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/vraagbaak}")
most=${2:-2.5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

head_of() { # what stands before the answer
    printf 'SCHRIFTELIJKE VRAAG\n\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\n\nPremies - Aantallen\n\n%s\n\n' "$1"
    printf 'PIET PIETERS\nVLAAMS MINISTER VAN WERK\n\nANTWOORD\nop vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n\n'
}

lines() { # prose
    head_of '1. Hoeveel?'
    awk -v n="$1" 'BEGIN { print "1. De cijfers zijn:"; for (i = 0; i < n; i++) {
        print "De minister verwijst naar het antwoord dat eerder in de commissie werd gegeven en dat"
        if (i % 4 == 3) print "" } }'
}

aligned() { # a table in columns, as pdftotext -layout and a page give it
    head_of '1. Hoeveel?'
    awk -v n="$1" 'BEGIN { print "1. De cijfers zijn:\n"; printf "%-24s%10s%10s%10s\n", "Gemeente", "2018", "2019", "2020"
        for (i = 0; i < n; i++) printf "%-24s%10d%10d%10d\n", "Gemeente" i, i * 7 % 97, i * 5 % 89, i * 3 % 83 }'
}

collapsed() { # a table whose columns are lost, as PDFBox and pdftotext -raw give it
    head_of '1. Hoeveel?'
    awk -v n="$1" 'BEGIN { print "1. De cijfers zijn:\n"; print "Gemeente 2018 2019 2020"
        for (i = 0; i < n; i++) print "Gemeente" i, i * 7 % 97, i * 5 % 89, i * 3 % 83 }'
}

stacked() { # a table with a cell a line, as pdftotext gives it
    head_of '1. Hoeveel?'
    awk -v n="$1" 'BEGIN { print "1. De cijfers zijn:\n"; print "Gemeente\n\n2018\n\n2019\n\n2020\n"
        for (i = 0; i < n; i++) print "Gemeente" i "\n\n" i * 7 % 97 "\n\n" i * 5 % 89 "\n\n" i * 3 % 83 "\n" }'
}

columns() { # the same number of rows, ever wider
    head_of '1. Hoeveel?'
    awk -v n="$1" 'BEGIN { print "1. De cijfers zijn:\n"; printf "%-12s", "Gemeente"
        for (j = 0; j < n; j++) printf "%8d", 1900 + j; print ""
        for (i = 0; i < 20; i++) { printf "%-12s", "Gemeente" i; for (j = 0; j < n; j++) printf "%8d", (i * 7 + j) % 97; print "" } }'
}

labels() { # questions, each with its answer
    head_of "$(awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) print i ". Hoeveel aanvragen waren er in gemeente " i "?" }')"
    awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) print i ". Er waren " i " aanvragen.\n" }'
}

documents() { # written questions in one file
    for ((i = 0; i < $1; i++)); do cat seeds/*.txt; printf '\f'; done
}

instructions() { # FILE
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" show "$1" 2>&1 >/dev/null |
        sed -n 's/^.*Collected : //p'
}

worst=0
printf '%-10s %6s %12s  %s\n' '' n 'millions' 'times as many at 2n, 4n, 8n'
for kind in lines:200 aligned:50 collapsed:50 stacked:100 columns:5 labels:25 documents:2; do
    n=${kind#*:} kind=${kind%:*} ratios='' before=0 first=0
    for times in 1 2 4 8; do
        "$kind" $((n * times)) >"$scratch/$kind.txt"
        now=$(instructions "$scratch/$kind.txt")
        if [ "$before" = 0 ]; then first=$now; else
            ratio=$(awk -v a="$now" -v b="$before" 'BEGIN { printf "%.2f", a / b }')
            ratios+=" $ratio"
            worst=$(awk -v a="$ratio" -v b="$worst" 'BEGIN { print (a > b ? a : b) }')
        fi
        before=$now
    done
    printf '%-10s %6d %12d %s\n' "$kind" "$n" $((first / 1000000)) "$ratios"
done
echo "the worst doubling takes $worst times as many instructions; $most are allowed"
awk -v worst="$worst" -v most="$most" 'BEGIN { exit worst > most }'
