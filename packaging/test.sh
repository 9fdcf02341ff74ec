#!/usr/bin/env bash
# All tests, as the continuous integration runs them:
#   packaging/test.sh                        everything, then what reads outside input once more under the sanitizers
#   packaging/test.sh --no-sanitizers        the same without them
#   packaging/test.sh CTEST ARGUMENTS        some of it, without sanitizers: packaging/test.sh -R history
# Installs what they need, builds the preset `check`, gives them a real PostgreSQL 15 with PostGIS 3 and a display of
# their own (never the person's), says what took how long, and ends with the closing lines of every ctest that ran;
# fails when one of them does. What was compiled once, in any checkout, is kept (kept.sh).
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

keep_times
sanitizers=$#
if [ "${1:-}" = --no-sanitizers ]; then shift; fi
timed packages install_missing build window day headless test bench
build_preset check

unset WAYLAND_DISPLAY
export SDL_VIDEODRIVER=x11
cd "$root"
outcome=0
run_tests() {
  # The display stays when its last program leaves (-noreset): to begin anew it drops whoever comes meanwhile.
  packaging/postgres.sh run \
    xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24 -noreset" \
    ctest --preset check -j 2 --no-tests=error "$@" 2>&1 | tee build/check/tests.log
}
timed "tests check" run_tests "$@" || outcome=$?
runs=(check)
if [ "$sanitizers" = 0 ]; then
  rm -f build/{sanitize,thread}/tests.log
  packaging/prove/sanitizers.sh || outcome=1
  for run in sanitize thread; do
    # None where nothing that they watch has changed: they have said so.
    if [ -e "build/$run/tests.log" ]; then runs+=("$run"); fi
  done
fi
slowest_tests build/check/tests.log
show_times
for run in "${runs[@]}"; do
  echo "— $run"
  sed -n '/tests passed\|tests failed/,$p' "build/$run/tests.log" || outcome=1
done
exit "$outcome"
