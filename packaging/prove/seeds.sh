#!/usr/bin/env bash
# Simulated counties in which everything goes wrong lose nothing: 100,000 seeds. seeds.sh [--real-stores] [N [FIRST]]
# N seeds (100,000 unless told) from FIRST (1) on, one process for each processor, at nice 10; about an hour on two
# processors. A seed that fails is printed and replays exactly: build/simulate/bin/kuangxun_simulate --seed S --trace.
# A third argument is a program to run in place of that one. --real-stores: laptops and county on SQLite files (in
# $TMPDIR), a fifth as fast; the stores in memory ask the same of the session, but are not what people carry.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# Small slices, so that no process is left with all the slow ones; each tells its figures in a file of its own.
slice=250
stores=
if [ "${1:-}" = --real-stores ]; then
  slice=25
  stores=$1
  shift
fi
seeds=${1:-100000}
first=${2:-1}
program=${3:-}
case "$seeds$first" in
  *[!0-9]*) fail 2 "种子数或起点不对：$seeds $first" "not a number of seeds and a first one: $seeds $first" ;;
esac
if [ -z "$program" ]; then
  install_missing build test
  build_preset simulate kuangxun_simulate
  program=$root/build/simulate/bin/kuangxun_simulate
fi

parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
run_slice() {
  local last=$(($1 + slice - 1))
  [ "$last" -lt "$end" ] || last=$((end - 1))
  nice -n 10 "$program" --seeds "$1..$last" --keep-going $stores >"$parts/$1" 2>&1 || touch "$parts/$1.failed"
  grep -A1 -E 'FAILED|stopped in seed' "$parts/$1" || true
  if [ $(((last - first + 1) % 5000)) = 0 ]; then echo "… $((last - first + 1)) seeds, $(date -u +%H:%M:%S)"; fi
}
export -f run_slice
end=$((first + seeds))
export slice stores end first parts program

echo "commit $(git -C "$root" rev-parse HEAD)"
echo "seeds $first to $((end - 1)), $(nproc) processes, $(sha256sum <"$program" | cut -c1-16) is the program"
began=$SECONDS
seq "$first" "$slice" $((end - 1)) | xargs -P "$(nproc)" -I{} bash -c 'run_slice {}'

# Sums, but of a line that names the longest or the most the greatest.
find "$parts" -type f ! -name '*.failed' -print0 | xargs -0 cat | awk '
  /^ *[0-9]+  / {
    number = $1
    name = $0
    sub(/^ *[0-9]+  /, "", name)
    if (!(name in total)) { order[++count] = name; total[name] = 0 }
    if (name ~ /most of one|of the longest/) { if (number > total[name]) total[name] = number }
    else total[name] += number
  }
  END { for (i = 1; i <= count; ++i) printf "%14.0f  %s\n", total[order[i]], order[i] }'
echo "wall time $((SECONDS - began)) s"
never=$(find "$parts" -type f ! -name '*.failed' -print0 | xargs -0 cat | awk '
  /^ *[0-9]+  / { number = $1; sub(/^ *[0-9]+  /, ""); total[$0] += number }
  END { for (name in total) if (!total[name] && name !~ /\(rare\)$/) print name }')
if [ -n "$never" ] && [ "$seeds" -ge 1000 ]; then fail 1 "从未发生：$never" "never happened: $never"; fi
failed=$(find "$parts" -name '*.failed' | wc -l)
[ "$failed" = 0 ] || fail 1 "有种子失败" "seeds failed in $failed slices"
