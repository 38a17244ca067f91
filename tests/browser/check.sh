#!/usr/bin/env bash
# Makes reports of every kind in both languages and opens them in headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v node >/dev/null; then
  echo "report-check: Node is missing, nothing was checked" >&2
  exit 2
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
holdtime=${HOLDTIME:-}
if [ -z "$holdtime" ]; then
  cargo build --release --quiet
  holdtime=target/release/holdtime
fi
hostile="name='</script><script>alert(1)</script> \"quoted\" Ärger 😀 $(printf 'x%.0s' {1..300})'"
short=(--quiet --replications 3 --set horizon=8d)
first=scenarios/first.toml
year=scenarios/telecom_year.toml
for lang in en de; do
  "$holdtime" run $year "${short[@]}" --report "$folder/run-$lang.html" --lang $lang >/dev/null
  "$holdtime" compare $year scenarios/forty_cross_trained.toml scenarios/ten_percent_fewer_agents.toml \
    scenarios/partners_only_after_20s.toml scenarios/three_minute_rule_hard.toml \
    "${short[@]}" --report "$folder/compare-$lang.html" --lang $lang >/dev/null
  "$holdtime" sweep $first --quiet --replications 3 --vary group.agents.agents=4..9 --vary scale.volume=0.9,1,1.1 \
    --report "$folder/sweep-$lang.html" --lang $lang >/dev/null
done
"$holdtime" run $first --quiet --replications 1 --report "$folder/once.html" >/dev/null
"$holdtime" run $first --quiet --replications 3 --set "$hostile" --report "$folder/hostile.html" >/dev/null
"$holdtime" compare $first $first --quiet --replications 3 --report "$folder/identical.html" >/dev/null
node tests/browser/check.mjs "$@" "$folder"/*.html
