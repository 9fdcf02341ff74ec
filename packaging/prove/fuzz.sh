#!/usr/bin/env bash
# Every fuzz target runs 10,000,000 inputs, nmea 100,000,000, and nothing breaks.
#   packaging/prove/fuzz.sh [--fast] [EXECUTIONS | SECONDSs] [TARGET…]   e.g. fuzz.sh 200000, fuzz.sh --fast 60s payload
#   packaging/prove/fuzz.sh keep                          chooses from what was found what is committed
# In two steps, on one corpus. First under the address and undefined-behaviour sanitizers, 2,000,000 inputs unless told
# otherwise: most memory errors show in the first inputs that reach a place. Then --fast, the same targets with
# libFuzzer's coverage and every assertion and property but without sanitizers (and without their count of malloc), for
# the full count: what only a rare combination of bytes breaks, in a program some times as quick. What the fast build
# finds stands in the corpus of the next sanitized run, so that every place reached is seen by the sanitizers too.
# Many hours on two processors for all of them; a run goes on from what the runs before found (build/prove/fuzz). What
# was run and held is kept in tests/fuzz/campaign_summary.txt.
# An input that breaks something is left there as TARGET/crash-…, timeout-… or oom-….
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

found=$root/build/prove/fuzz
build=fuzz
if [ "${1:-}" = --fast ]; then
  build=fuzz-fast
  shift
fi
programs=$root/build/$build/bin
corpus=$root/tests/fuzz/corpus
# What libFuzzer itself needs is under 50 MB; a target that holds more holds too much.
memory_mb_max=256
# A hang. What takes more than two seconds of the processor breaks the run as well (tests/fuzz/stopwatch.cpp).
input_s_max=60
# Small quarantine and short stacks: the default keeps 256 MB of freed memory and is a third slower.
export ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=4
export UBSAN_OPTIONS=print_stacktrace=1
# Databases of the targets lie in memory.
if [ -d /dev/shm ]; then export TMPDIR=/dev/shm; fi

figure() { sed -n "s/^stat::$2: *//p" "$found/$1/log-$build" | tail -n 1; }

# Longer inputs only repeat what fits in these: a few moments of a receiver, a minute of a track, a dozen frames. The
# large count of frame_apply is of stories of some four frames and ten operations, three times as many in an hour.
bytes_max_of() {
  case "$build-$1" in
    fuzz-fast-frame_apply) echo 128 ;;
    *-nmea | *-track_block) echo 512 ;;
    *-bundle) echo 4096 ;;
    *) echo 2048 ;;
  esac
}

# one TARGET LIMIT: runs it; its figures are printed as one line. LIMIT "full" is the count that its proof needs.
one() {
  local target=$1 limit=$2 status=0 own=$found/$1 log=$found/$1/log-$build
  mkdir -p "$own/corpus"
  case "$limit-$build-$target" in
    full-fuzz-fast-nmea) limit=-runs=100000000 ;;
    full-fuzz-fast-*) limit=-runs=10000000 ;;
    full-fuzz-*) limit=-runs=2000000 ;;
  esac
  KUANGXUN_FUZZ_SLOWEST=$own/slowest "$programs/fuzz_$target" "$limit" -timeout="$input_s_max" \
    -report_slow_units="$input_s_max" -rss_limit_mb="$memory_mb_max" -malloc_limit_mb=64 \
    -max_len="$(bytes_max_of "$target")" -len_control=100 \
    -print_final_stats=1 -entropic=0 -artifact_prefix="$own/" \
    "$own/corpus" "$corpus/$target" >"$log" 2>&1 || status=$?
  printf '%-14s %-9s %12s %10s %8s %12s  %s\n' "$target" "$build" "$(figure "$target" number_of_executed_units)" \
    "$(figure "$target" average_exec_per_sec)" "$(figure "$target" peak_rss_mb)" \
    "$(figure "$target" slowest_unit_processor_ms | cut -d' ' -f1)" "$([ "$status" = 0 ] && echo held || echo BROKE)"
  [ "$status" = 0 ] || { grep -m1 -E 'DOES NOT HOLD|ERROR:|runtime error' "$log"; return 1; }
}

# keep TARGET: the examples, and the smallest inputs that reach the rest of what all found ones reach.
keep() {
  local target=$1 own=$found/$1 chosen
  chosen=$(mktemp -d)
  find "$corpus/$target" -type f ! -name 'example-*' -delete
  "$programs/fuzz_$target" -set_cover_merge=1 "$chosen" "$corpus/$target" "$own/corpus" >"$own/merge.log" 2>&1
  find "$chosen" -type f -size -2k -printf '%s %p\n' | sort -n | head -n "$kept_max" | cut -d' ' -f2- |
    while read -r input; do cp "$input" "$corpus/$target/found-$(basename "$input" | cut -c1-12)"; done
  rm -rf "$chosen"
  say "$target：$(ls "$corpus/$target" | wc -l) 个输入" "$target: $(ls "$corpus/$target" | wc -l) inputs"
}
kept_max=14

install_missing build clang
build_preset "$build" fuzz_targets
all_targets=$(cd "$programs" && ls -d fuzz_* | sed 's/^fuzz_//')

if [ "${1:-}" = keep ]; then
  for target in $all_targets; do keep "$target"; done
  exit 0
fi

amount=${1:-full}
shift || true
case "$amount" in
  full) limit=full ;;
  *[!0-9s]* | '') fail 2 "次数或秒数不对：$amount" "neither executions nor seconds: $amount" ;;
  *s) limit=-max_total_time=${amount%s} ;;
  *) limit=-runs=$amount ;;
esac
targets=${*:-$all_targets}

echo "commit $(git -C "$root" rev-parse HEAD), $(nproc) processors, $(clang-16 --version | head -n 1)"
printf '%-14s %-9s %12s %10s %8s %12s\n' target build executions exec/s 'RSS MB' 'slowest ms'
export -f one figure bytes_max_of
export programs corpus found root build memory_mb_max input_s_max
# shellcheck disable=SC2086  # target names hold no spaces
printf '%s\n' $targets | nice -n 15 xargs -P "$(nproc)" -I{} bash -c 'one {} "$0"' "$limit"
