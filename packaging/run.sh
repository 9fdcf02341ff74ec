#!/usr/bin/env bash
# From a checkout to a working day, by one command:
#   packaging/run.sh [--unattended] [--out DIR]
# Installs what is missing, builds a release, makes a data folder with the county's registers, starts kuangxun-county on
# the loopback with its embedded store, enrols this laptop and opens the window. Without a display, or with
# --unattended, it goes through the same day by itself with the example visit and checks every step. Everything it
# makes lies in DIR: unless told, build/run when unattended, and ~/.local/share/kuangxun when a person records there
# (what is recorded must outlive a cleaned build folder). A second run installs and builds nothing and goes on with the
# same data.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
. "$(dirname "${BASH_SOURCE[0]}")/day.sh"

usage() { fail 2 "用法：run.sh [--unattended] [--out 文件夹]" "usage: run.sh [--unattended] [--out DIR]"; }

unattended=no
out=
while [ $# -gt 0 ]; do
  case "$1" in
    --unattended) unattended=yes ;;
    --out)
      [ $# -ge 2 ] && [ -n "$2" ] || usage
      out=$2
      shift
      ;;
    *) usage ;;
  esac
  shift
done
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then unattended=yes; fi
if [ -z "$out" ]; then
  if [ "$unattended" = yes ]; then out=$root/build/run; else out=${XDG_DATA_HOME:-$HOME/.local/share}/kuangxun; fi
fi

use_folder "$out"

if [ "$unattended" = yes ]; then install_missing build window day headless; else install_missing build window day; fi
build_preset release

trap stop_county EXIT
trap 'exit 130' INT TERM HUP
if [ "$unattended" = yes ]; then
  unattended_day
else
  make_laptop "$out/laptop"
  start_county
  enrol_laptop "$out/laptop" "$(hostname)"
  say "数据在 $out/laptop；县级库在 $county_store。关闭窗口即结束。" \
    "the data lie in $out/laptop, the county's store in $county_store. Close the window to end."
  "$programs/kuangxun" --data "$out/laptop"
fi
