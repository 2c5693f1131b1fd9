#!/usr/bin/env bash
# What `drydock test` costs: 200 files with one job and with two, against a process for each file; and the
# peak memory of 10,000 scenarios in one run against 100.
#
#     Benchmarks/suite.sh [PROGRAM]     (default: .build/release/drydock)
set -euo pipefail
program=$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")/../.build/release/drydock}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export XDG_STATE_HOME=$folder/state

mkdir files many few
for number in $(seq -w 1 200); do
    cat >"files/$number.dock" <<END
scenario "rolls $number" {
  node add worker-1 worker-2 worker-3
  create deployment web --image=nginx:1.25 --replicas=10
  rollout status deployment/web
  always deployment/web .status.availableReplicas >= 8 {
    set image deployment/web nginx=nginx:1.26
    rollout status deployment/web
  }
  settle
  expect every pods[app=web] has .spec.containers[0].image == "nginx:1.26"
}
END
done
body='{ node add a; create deployment web --image=nginx --replicas=2; settle; expect deployment/web .status.readyReplicas == 2 }'
echo "scenario \"number \${n}\" for n in 1..10000 $body" >many/a.dock
echo "scenario \"number \${n}\" for n in 1..100 $body" >few/a.dock

# Seconds of wall time, the best of three.
seconds() {
    local best=999999 from time
    for _ in 1 2 3; do
        from=$EPOCHREALTIME
        "$@" >/dev/null
        time=$(awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { print to - from }')
        best=$(awk -v a="$best" -v b="$time" 'BEGIN { print a < b ? a : b }')
    done
    echo "$best"
}
each() { for file in files/*.dock; do "$program" run -q "$file"; done; }
# KiB of the largest process.
peak() { /usr/bin/python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"; }

each=$(seconds each) one=$(seconds "$program" test -j1 files) two=$(seconds "$program" test -j2 files)
run=$(seconds "$program" run -q files)
printf '200 files: a process for each %.3f s, run %.3f s, one job %.3f s, two jobs %.3f s\n' \
    "$each" "$run" "$one" "$two"
awk -v each="$each" -v one="$one" -v two="$two" \
    'BEGIN { printf "two jobs against one: %.2f; against a process for each: %.2f\n", two / one, two / each }'
few=$(peak "$program" test few) many=$(peak "$program" test many)
awk -v few="$few" -v many="$many" 'BEGIN {
    printf "peak memory: 100 scenarios %d KiB, 10,000 scenarios %d KiB (%.2f)\n", few, many, many / few }'
