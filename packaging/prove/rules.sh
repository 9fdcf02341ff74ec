#!/usr/bin/env bash
# Every rule agrees with the slow reference on 100,000 random sets of facts: rules.sh [N [FIRST]]
# N sets (100,000 unless told) from seed FIRST (1) on, one process for each processor, at nice 10; the tests of every
# change take 1,000. A set that differs is printed with its seed, and KUANGXUN_FACT_SETS=1 KUANGXUN_FIRST_SEED=S with
# build/check/bin/app_criteria_test replays it.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

sets=${1:-100000}
first=${2:-1}
case "$sets$first" in
  *[!0-9]*) fail 2 "组数或起点不对：$sets $first" "not a number of sets and a first seed: $sets $first" ;;
esac
install_missing build test
build_preset check app_criteria_test

slice=1000
end=$((first + sets))
program=$root/build/check/bin/app_criteria_test
run_slice() {
  local count=$slice
  [ $(($1 + count)) -le "$end" ] || count=$((end - $1))
  KUANGXUN_FIRST_SEED=$1 KUANGXUN_FACT_SETS=$count nice -n 10 "$program" \
    --test-case="every rule agrees with the slow reference on random facts" 2>&1 |
    grep -E 'MESSAGE:|ERROR|seed :=|gives|test cases: +1 \| +1 passed' |
    sed -e "s/^/$1: /"
}
export -f run_slice
export slice end program

echo "commit $(git -C "$root" rev-parse HEAD)"
echo "seeds $first to $((end - 1)), $(nproc) processes, $(sha256sum <"$program" | cut -c1-16) is the program"
began=$SECONDS
seen=$(mktemp)
trap 'rm -f "$seen"' EXIT
seq "$first" "$slice" $((end - 1)) | xargs -P "$(nproc)" -I{} bash -c 'run_slice {}' | tee "$seen"
echo "wall time $((SECONDS - began)) s"
slices=$(((sets + slice - 1) / slice))
passed=$(grep -c '1 passed' "$seen" || true)
[ "$passed" = "$slices" ] || fail 1 "$((slices - passed)) 段不一致" "$((slices - passed)) of $slices slices differ"
