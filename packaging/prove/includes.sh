#!/usr/bin/env bash
# Every file names the headers that it needs: it compiles without the precompiled ones (a quarter of an hour)
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

install_missing build window day headless test bench
build_preset includes
