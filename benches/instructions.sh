#!/usr/bin/env bash
# Instructions per contact of fixed small runs: the figure that does not depend on the neighbours.
#
#   benches/instructions.sh          compares with benches/instructions.txt; a rise above 5 % fails
#   benches/instructions.sh --mark   writes what is counted now as the new mark
#
# Counted by `valgrind --tool=callgrind`, twice per workload: the longer horizon less the shorter one, so that reading the
# scenario and most of the report drop out (both have a whole typical week and ten worst days, where there are days; the rows
# of further days are counted). Needs valgrind and a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=target/release/holdtime
marks=benches/instructions.txt
most=1.05

if ! command -v valgrind >/dev/null; then
  echo "valgrind is not installed: no instructions were counted" >&2
  exit 3
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# Instructions and contacts of a run: scenario, horizon, more options.
count() {
  local scenario=$1 horizon=$2
  shift 2
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" run "$scenario" --replications 1 --jobs 1 --quiet \
    --format json --set "horizon=$horizon" "$@" >"$out/result.json" 2>"$out/valgrind.txt" ||
    { cat "$out/valgrind.txt" >&2; exit 2; }
  local instructions contacts
  instructions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$out/valgrind.txt")
  contacts=$(sed -n 's/.*"contacts_simulated": *\([0-9]*\).*/\1/p' "$out/result.json" | head -n 1)
  echo "$instructions $contacts"
}

per_contact() {
  local scenario=$1 short=$2 long=$3 few many
  shift 3
  few=$(count "$scenario" "$short" "$@")
  many=$(count "$scenario" "$long" "$@")
  echo "$few $many" | awk '{ printf "%.0f", ($3 - $1) / ($4 - $2) }'
}

{
  echo "telecom_year $(per_contact scenarios/telecom_year.toml 12d 19d --set warm_up=0 --set start=2026-03-02)"
  echo "one_queue $(per_contact scenarios/speed/one_queue.toml 8d 12d)"
  echo "large_queue $(per_contact scenarios/speed/large_queue.toml 1h 3h)"
  echo "three_skills $(per_contact scenarios/speed/three_skills.toml 2h 6h)"
} >"$out/now.txt"

if [ "${1:-}" = "--mark" ]; then
  cp "$out/now.txt" "$marks"
  cat "$marks"
  exit
fi

awk -v most="$most" '
  NR == FNR { mark[$1] = $2; next }
  {
    ratio = mark[$1] ? $2 / mark[$1] : 0
    verdict = ratio == 0 ? "no mark" : ratio > most ? "MORE: find the cause, or move the mark with --mark" : ""
    printf "%-16s %6d instructions a contact, mark %6d, × %.3f  %s\n", $1, $2, mark[$1], ratio, verdict
    bad += verdict != ""
  }
  END { exit bad > 0 }
' "$marks" "$out/now.txt"
