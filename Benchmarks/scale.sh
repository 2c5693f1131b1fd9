#!/usr/bin/env bash
# How the cost of ordinary situations grows: each script of Benchmarks/scale at its size, at twice and at four
# times it, and the exponent of the last doubling. Fails where one is above the bound.
#
#     Benchmarks/scale.sh [-p PROGRAM] [-m BOUND] [NAME …]     (defaults: .build/release/drydock, 1.3, all)
#
# Counted are instructions where perf can, else the least user time of three runs; what the start of the
# program costs is taken off.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$here/../.build/release/drydock bound=1.3
while getopts p:m: flag; do
    case $flag in
    p) program=$OPTARG ;;
    m) bound=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
program=$(realpath "$program")
result=$(mktemp)
trap 'rm -f "$result"' EXIT

if perf stat -x, -e instructions:u true 2>&1 | grep -q '^[0-9]'; then unit=instructions; else unit=seconds; fi

# Instructions in millions, or user time in seconds.
cost() {
    if [[ $unit == instructions ]]; then
        perf stat -x, -o "$result" -e instructions:u "$@" >/dev/null
        awk -F, '/instructions/ { printf "%.1f\n", $1 / 1e6 }' "$result"
        return
    fi
    local best=999999 run
    for run in 1 2 3; do
        # bash's own `time`: the user time alone.
        { TIMEFORMAT=%U; time "$@" >/dev/null 2>&1 || echo failed >&2; } 2>"$result"
        if grep -q failed "$result"; then
            echo "$*: failed" >&2
            return 1
        fi
        best=$(awk -v best="$best" '{ print $1 < best ? $1 : best }' "$result")
        # A long run says enough.
        if awk -v best="$best" 'BEGIN { exit best < 4 }'; then break; fi
    done
    echo "$best"
}

names=("$@")
if [[ ${#names[@]} == 0 ]]; then
    for file in "$here"/scale/*.dock; do names+=("$(basename "$file" .dock)"); done
fi
start=$(cost "$program" run -q "$here/three-lines.dock")
status=0
printf '%-16s %8s %10s %10s %10s %9s   (%s; start %s)\n' what size once twice 'four times' exponent \
    "$unit" "$start"
for name in "${names[@]}"; do
    file=$here/scale/$name.dock
    size=$(sed -n 's/^param n = //p' "$file")
    costs=()
    for factor in 1 2 4; do
        costs+=("$(cost "$program" run -q --set n=$((size * factor)) "$file")")
    done
    awk -v name="$name" -v size="$size" -v start="$start" -v a="${costs[0]}" -v b="${costs[1]}" \
        -v c="${costs[2]}" -v bound="$bound" 'BEGIN {
            a -= start; b -= start; c -= start
            exponent = log(c / b) / log(2)
            printf "%-16s %8d %10.2f %10.2f %10.2f %9.2f%s\n", name, size, a, b, c, exponent,
                (exponent > bound ? "   above " bound : "")
            exit (exponent > bound) }' || status=1
done
exit $status
