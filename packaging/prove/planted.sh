#!/usr/bin/env bash
# Faults planted into the program, one at a time, are each found by the test that is named for it: planted.sh [PATTERN]
# Each tests/planted/*.patch says its fault, the thread of tests/planted/README.md it stands for, the test program and
# the test case that must find it. In a copy of the tree (build/planted) the case must pass; then, with the fault in,
# the program must build and the case must fail. What stands after that is exactly the tree again. PATTERN chooses by
# the file's name. The real PostgreSQL is there, because some faults show only with several processes.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"
. "$root/packaging/copy_tree.sh"

if [ "${KUANGXUN_PLANTED_WITHIN:-}" = "" ]; then
  install_missing build test
  KUANGXUN_PLANTED_WITHIN=1 exec "$root/packaging/postgres.sh" run bash "${BASH_SOURCE[0]}" "$@"
fi
pattern=${1:-}
place=$root/build/planted
tree=$place/tree
build=$place/build
seconds_max=300

configure() {
  local launcher=()
  if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    export CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=$place
  fi
  cmake -S "$tree" -B "$build" -G Ninja -Wno-dev -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=-O0 \
    -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold "${launcher[@]}" >"$place/configure.log" 2>&1 ||
    { cat "$place/configure.log"; fail 4 "无法配置" "cannot configure"; }
}

# doctest takes a comma for the end of a name.
# run_case PROGRAM CASE: the first thing that is wrong is enough.
run_case() {
  timeout "$seconds_max" "$build/bin/$1" --abort-after=1 --test-case="${2//,/?}" >"$place/run.log" 2>&1
}
passed_one() { grep -Eq '^\[doctest\] test cases: +[1-9][0-9]* \| +[1-9][0-9]* passed' "$place/run.log"; }
build_program() { ninja -C "$build" "$1" >"$place/build.log" 2>&1; }

# An interrupted run must not leave a fault in the copy; the next one begins from the checkout anyway.
planted=
take_out() {
  if [ -n "$planted" ]; then patch -s -R -p1 -d "$tree" <"$planted"; fi
  planted=
}
trap take_out EXIT

copy_tree "$tree"
configure
caught=0
missed=()
tested=" "
printf '%-46s %-7s %-8s %s\n' fault thread seconds "caught by"
for file in "$root"/tests/planted/*"$pattern"*.patch; do
  name=$(basename "$file" .patch)
  program=$(of "$file" Test)
  test_case=$(of "$file" Case)
  began=$SECONDS
  outcome="✗ NOT CAUGHT"
  if [[ $tested != *" $program|$test_case "* ]]; then
    build_program "$program" || { tail -n 20 "$place/build.log"; fail 1 "编译失败：$program" "does not build: $program"; }
    if ! run_case "$program" "$test_case" || ! passed_one; then
      tail -n 20 "$place/run.log"
      fail 1 "没有植入错误时测试就不通过：$test_case" "without any fault this does not pass: $test_case"
    fi
    tested+="$program|$test_case "
  fi
  if ! patch -s -p1 --dry-run -d "$tree" <"$file" >/dev/null; then
    outcome="✗ the patch does not apply"
  else
    patch -s -p1 -d "$tree" <"$file"
    planted=$file
    if ! build_program "$program"; then
      outcome="✗ does not build: $(grep -m1 error "$place/build.log" || true)"
    elif run_case "$program" "$test_case"; then
      outcome="✗ NOT CAUGHT"
    else
      outcome="$program: $test_case"
      caught=$((caught + 1))
    fi
    take_out
  fi
  if [[ $outcome == ✗* ]]; then missed+=("$name"); fi
  printf '%-46s %-7s %-8s %s\n' "$name" "$(of "$file" Thread)" "$((SECONDS - began))" "$outcome"
done
echo "$caught caught, ${#missed[@]} not: ${missed[*]:-}"
[ "${#missed[@]}" = 0 ] && [ "$caught" -gt 0 ]
