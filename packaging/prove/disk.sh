#!/usr/bin/env bash
# A laptop whose disk fails at any one write or flush of a day, at every one in turn, loses nothing: five minutes.
# The tests of every change let one step in seven fail.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

install_missing build test
build_preset check db_sqlite_test
KUANGXUN_EVERY_STEP=1 "$root/build/check/bin/db_sqlite_test" --test-case="a disk that fails at any one step*"
