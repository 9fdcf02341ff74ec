#!/usr/bin/env bash
# Every fuzz target runs 10,000,000 inputs under the address and undefined-behaviour sanitizers, and nothing breaks.
#   packaging/prove/fuzz.sh [EXECUTIONS | SECONDSs] [TARGET…]    e.g. fuzz.sh 200000, fuzz.sh 60s payload frame_apply
#   packaging/prove/fuzz.sh keep                                 chooses from what was found what is committed
# Many hours on two processors for all of them; a run goes on from what the runs before found (build/prove/fuzz).
# An input that breaks something is left there as TARGET/crash-…, timeout-… or oom-….
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

found=$root/build/prove/fuzz
programs=$root/build/fuzz/bin
corpus=$root/tests/fuzz/corpus
# What libFuzzer itself needs is under 50 MB; a target that holds more holds too much.
memory_mb_max=256
input_s_max=2
input_bytes_max=2048
# Small quarantine and short stacks: the default keeps 256 MB of freed memory and is a third slower.
export ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=4
export UBSAN_OPTIONS=print_stacktrace=1
# Databases of the targets lie in memory.
if [ -d /dev/shm ]; then export TMPDIR=/dev/shm; fi

figure() { sed -n "s/^stat::$2: *//p" "$found/$1/log" | tail -n 1; }

# one TARGET LIMIT: runs it; its figures are printed as one line.
one() {
  local target=$1 limit=$2 status=0 own=$found/$1
  mkdir -p "$own/corpus"
  KUANGXUN_FUZZ_SLOWEST=$own/slowest "$programs/fuzz_$target" "$limit" -timeout="$input_s_max" \
    -rss_limit_mb="$memory_mb_max" -malloc_limit_mb=64 -max_len="$input_bytes_max" -len_control=100 \
    -print_final_stats=1 -entropic=0 -artifact_prefix="$own/" \
    "$own/corpus" "$corpus/$target" >"$own/log" 2>&1 || status=$?
  printf '%-14s %12s %10s %8s %12s  %s\n' "$target" "$(figure "$target" number_of_executed_units)" \
    "$(figure "$target" average_exec_per_sec)" "$(figure "$target" peak_rss_mb)" \
    "$(figure "$target" slowest_unit_processor_ms | cut -d' ' -f1)" "$([ "$status" = 0 ] && echo held || echo BROKE)"
  [ "$status" = 0 ] || { grep -m1 -E 'DOES NOT HOLD|ERROR:|runtime error' "$own/log"; return 1; }
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

install_missing build prove
build_preset fuzz fuzz_targets
all_targets=$(cd "$programs" && ls -d fuzz_* | sed 's/^fuzz_//')

if [ "${1:-}" = keep ]; then
  for target in $all_targets; do keep "$target"; done
  exit 0
fi

amount=${1:-10000000}
shift || true
case "$amount" in
  *[!0-9s]* | '') fail 2 "次数或秒数不对：$amount" "neither executions nor seconds: $amount" ;;
  *s) limit=-max_total_time=${amount%s} ;;
  *) limit=-runs=$amount ;;
esac
targets=${*:-$all_targets}

echo "commit $(git -C "$root" rev-parse HEAD), $(nproc) processors, $(clang-16 --version | head -n 1)"
printf '%-14s %12s %10s %8s %12s\n' target executions exec/s 'RSS MB' 'slowest ms'
export -f one figure
export programs corpus found root memory_mb_max input_s_max input_bytes_max
# shellcheck disable=SC2086  # target names hold no spaces
printf '%s\n' $targets | xargs -P "$(nproc)" -I{} bash -c 'one {} "$0"' "$limit"
