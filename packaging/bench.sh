#!/usr/bin/env bash
# The measurements:
#   packaging/bench.sh [FILTER]      FILTER is a regular expression on the benchmarks' names
# Builds the preset `bench`, runs them, writes build/bench.json (Google Benchmark's format) and prints each figure of
# bench_targets.csv with its baseline of the same run and PASS or MISS. Exits 1 when one is missed.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

filter=${1:-.}
results=$root/build/bench.json
install_missing build window headless test bench
build_preset bench kuangxun_bench

unset WAYLAND_DISPLAY
export SDL_VIDEODRIVER=x11
cd "$root"
packaging/postgres.sh run --durable xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24" \
  build/bench/bin/kuangxun_bench --benchmark_filter="$filter" --benchmark_out="$results" --benchmark_out_format=json ||
  fail 4 "测量程序失败" "the measurements failed"
[ -s "$results" ] || fail 2 "没有名字合于 $filter 的测量" "no benchmark is named like $filter"

# A table of every target whose benchmark ran (of every target, when all were to run).
table=$(jq -r --rawfile targets packaging/bench_targets.csv --arg filter "$filter" '
  ({ns: 1e-6, us: 1e-3, ms: 1, s: 1e3}) as $ms
  | ([.benchmarks[] | . as $run
      | to_entries[] | select(.value | type == "number")
      | {key: "\($run.name | sub("/iterations:[0-9]+"; "") | sub("/real_time$"; "")).\(.key)",
         value: (if .key == "real_time" or .key == "cpu_time" then .value * $ms[$run.time_unit] else .value end)}]
     | from_entries) as $figures
  | $targets | split("\n")[] | select(length > 0 and (startswith("#") | not) and (startswith("figure,") | not))
  | split(",") | {figure: .[0], baseline: .[1], kind: .[2], limit: (.[3] | tonumber), unit: .[4], what: .[5]}
  | . + {value: $figures[.figure], base: $figures[.baseline]}
  | select(.value != null or $filter == ".")
  | .ratio = (if .value != null and .base != null and .base != 0 then .value / .base else null end)
  | .pass = (if .value == null then false
             elif .kind == "ratio_max" then .ratio != null and .ratio <= .limit
             elif .kind == "ratio_min" then .ratio != null and .ratio >= .limit
             elif .kind == "extra_max" then .base != null and .value - .base <= .limit
             elif .kind == "max" then .value <= .limit
             else .kind == "min" and .value >= .limit end)
  | def shown: if . == null then "-" else (. * 1000 | round / 1000 | tostring) end;
    [(if .pass then "PASS" else "MISS" end), .figure, (.value | shown), (.base | shown), (.ratio | shown),
     "\(.kind) \(.limit)", .unit, .what] | @tsv' "$results")

{
  printf 'verdict\tfigure\tvalue\tbaseline\tratio\tlimit\tunit\twhat\n'
  printf '%s\n' "$table"
} | column -t -s $'\t'
say "结果：build/bench.json" "results: build/bench.json"
if grep -q '^MISS' <<<"$table"; then exit 1; fi
