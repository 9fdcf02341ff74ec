#!/usr/bin/env bash
# All tests, as the continuous integration runs them:
#   packaging/test.sh                        everything, then db and sync once more under the sanitizers
#   packaging/test.sh CTEST ARGUMENTS        some of it, without sanitizers: packaging/test.sh -R history
# Installs what they need, builds the preset `check`, gives them a real PostgreSQL 15 with PostGIS 3 and a display of
# their own (never the person's), and ends with the closing lines of every ctest that ran; fails when one of them does.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

install_missing build window day headless test bench
build_preset check

unset WAYLAND_DISPLAY
export SDL_VIDEODRIVER=x11
cd "$root"
outcome=0
packaging/postgres.sh run \
  xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24" \
  ctest --preset check -j 2 --no-tests=error "$@" 2>&1 | tee build/check/tests.log || outcome=$?
runs=(check)
if [ $# = 0 ]; then
  packaging/prove/sanitizers.sh || outcome=1
  runs+=(sanitize thread)
fi
for run in "${runs[@]}"; do
  echo "— $run"
  sed -n '/tests passed\|tests failed/,$p' "build/$run/tests.log" || outcome=1
done
exit "$outcome"
