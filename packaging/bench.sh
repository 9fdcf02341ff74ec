#!/usr/bin/env bash
# The measurements:
#   packaging/bench.sh [FILTER]      FILTER is a regular expression on the benchmarks' names
# Builds the preset `bench`, runs them, writes build/bench.json (Google Benchmark's format) and prints each figure of
# bench_targets.csv with its baseline of the same run and PASS or MISS; FAIL, with the reason, when the benchmark did
# not come to its end, which costs the others nothing. Exits 1 when one is missed or fails.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

export filter=${1:-.} results=$root/build/bench.json parts program=build/bench/bin/kuangxun_bench
install_missing build window headless test bench
build_preset bench kuangxun_bench

unset WAYLAND_DISPLAY
export SDL_VIDEODRIVER=x11
cd "$root"
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT

# measure PART PATTERN: these benchmarks in one process. Nothing is left of its figures when it dies.
measure() {
  local status=0
  "$program" --benchmark_filter="^($2)\$" --benchmark_out="$parts/$1.json" --benchmark_out_format=json \
    2>"$parts/$1.err" || status=$?
  cat "$parts/$1.err" >&2
  [ "$status" != 0 ] || return 0
  rm -f "$parts/$1.json"
  echo "$(grep -v '^$' "$parts/$1.err" | tail -n 1) (exit $status)" >"$parts/$1.why"
  return 1
}

# measure_all: those whose names begin with the same word share what is costly to make, and so a process; when it dies,
# each of them gets one of its own, and only the one that died again has failed.
measure_all() {
  local group name names=()
  "$program" --benchmark_list_tests --benchmark_filter="$filter" >"$parts/names" || true
  for group in $(sed 's|[_/].*||' "$parts/names" | uniq); do
    mapfile -t names < <(grep -E "^$group([_/]|\$)" "$parts/names")
    if measure "$group" "$(IFS='|' && echo "${names[*]}")"; then continue; fi
    for name in "${names[@]}"; do
      if [ ${#names[@]} -gt 1 ] && measure "${name%%/*}" "$name"; then continue; fi
      [ -e "$parts/${name%%/*}.why" ] || cp "$parts/$group.why" "$parts/${name%%/*}.why"
      printf '%s\t%s\n' "${name%%/*}" "$(cat "$parts/${name%%/*}.why")" >>"$parts/failures"
    done
  done
}
export -f measure measure_all
: >"$parts/failures"
# The display stays when its last program leaves (-noreset): to begin anew it drops whoever comes meanwhile.
packaging/postgres.sh run --durable xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24 -noreset" \
  bash -c measure_all || fail 4 "测量程序失败" "the measurements failed"
compgen -G "$parts/*.json" >/dev/null || [ -s "$parts/failures" ] ||
  fail 2 "没有名字合于 $filter 的测量" "no benchmark is named like $filter"
find "$parts" -name '*.json' -exec cat {} + |
  jq -s '(.[0] // {}) + {benchmarks: (map(.benchmarks) | add // [])}' >"$results"

# A table of every target whose benchmark ran (of every target, when all were to run).
table=$(jq -r --arg filter "$filter" --rawfile targets packaging/bench_targets.csv \
  --rawfile failures "$parts/failures" '
  ({ns: 1e-6, us: 1e-3, ms: 1, s: 1e3}) as $ms
  | ([.benchmarks[] | . as $run
      | to_entries[] | select(.value | type == "number")
      | {key: "\($run.name | sub("/iterations:[0-9]+"; "") | sub("/real_time$"; "")).\(.key)",
         value: (if .key == "real_time" or .key == "cpu_time" then .value * $ms[$run.time_unit] else .value end)}]
     | from_entries) as $figures
  | ([.benchmarks[] | select(.error_occurred) | {key: (.name | sub("/.*"; "")), value: .error_message}]
     + [$failures | split("\n")[] | select(length > 0) | split("\t") | {key: .[0], value: .[1]}]
     | from_entries) as $reasons
  | $targets | split("\n")[] | select(length > 0 and (startswith("#") | not) and (startswith("figure,") | not))
  | split(",") | {figure: .[0], baseline: .[1], kind: .[2], limit: (.[3] | tonumber), unit: .[4], what: .[5]}
  | . + {why: $reasons[.figure | split(".")[0]]}
  | . + {value: (if .why == null then $figures[.figure] else null end), base: $figures[.baseline]}
  | select(.value != null or .why != null or $filter == ".")
  | .ratio = (if .value != null and .base != null and .base != 0 then .value / .base else null end)
  | .pass = (if .value == null then false
             elif .kind == "ratio_max" then .ratio != null and .ratio <= .limit
             elif .kind == "ratio_min" then .ratio != null and .ratio >= .limit
             elif .kind == "extra_max" then .base != null and .value - .base <= .limit
             elif .kind == "max" then .value <= .limit
             else .kind == "min" and .value >= .limit end)
  | def shown: if . == null then "-" else (. * 1000 | round / 1000 | tostring) end;
    [(if .why != null then "FAIL" elif .pass then "PASS" else "MISS" end),
     .figure, (.value | shown), (.base | shown), (.ratio | shown), "\(.kind) \(.limit)", .unit,
     (.why // .what)] | @tsv' "$results")

{
  printf 'verdict\tfigure\tvalue\tbaseline\tratio\tlimit\tunit\twhat\n'
  printf '%s\n' "$table"
} | column -t -s $'\t'
# Those that failed and have no target, which the table does not show.
sed 's/\t/: /; s/^/✗ /' "$parts/failures" >&2
say "结果：build/bench.json" "results: build/bench.json"
if grep -qE '^(MISS|FAIL)' <<<"$table" || [ -s "$parts/failures" ]; then exit 1; fi
