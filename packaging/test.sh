#!/usr/bin/env bash
# All tests, as the continuous integration runs them:
#   packaging/test.sh [CTEST ARGUMENTS]      e.g. packaging/test.sh -R history
# Installs what they need, builds the preset `check`, gives them a real PostgreSQL 15 with PostGIS 3 and a display of
# their own (never the person's), and ends with ctest's closing lines and its exit code.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

install_missing build window day headless test
build_preset check

unset WAYLAND_DISPLAY
export SDL_VIDEODRIVER=x11
cd "$root"
exec packaging/postgres.sh run \
  xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24" \
  ctest --preset check --no-tests=error "$@"
