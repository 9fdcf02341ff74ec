#!/usr/bin/env bash
# Compiles through ccache, so that what was compiled once is not compiled again, in another checkout either:
#   cached_compiler.sh SOURCE_FOLDER BUILD_FOLDER CCACHE COMPILER ARGUMENT…
# folders.cmake names it as CMake's launcher. The cache lies in the kept folder (kept.sh), unless CCACHE_DIR says where.
. "${BASH_SOURCE[0]%/*}/../kept.sh"
source_folder=$1 build_folder=$2 ccache=$3 compiler=$4
shift 4
# Paths below the build folder, where ninja calls from, become relative: ccache leaves those behind -Xclang absolute.
arguments=("${@/#"$build_folder/"/}")

# preprocessed ARGUMENT…: the text that a compilation reads, with its macros: all a precompiled header depends on.
preprocessed() {
  local reading=()
  while [ $# -gt 0 ]; do
    case "$1 ${2:-}" in
      "-Xclang -emit-pch" | "-o "* | "-MT "* | "-MF "*) shift ;;
      "-c "* | "-MD "* | "-fpch-preprocess "*) ;;
      *) reading+=("$1") ;;
    esac
    shift
  done
  "$compiler" "${reading[@]}" -E -P -dD -o -
}

# A precompiled header is never the same bytes twice with GCC, and holds the checkout's path with clang, which refuses
# it elsewhere. So each build folder makes its own (seconds), and beside it lies what the cache is to know it by instead
# of its bytes: the text it was made of. The one of before goes first: it would be read in place of that text.
for ((at = 0; at + 1 < ${#arguments[@]}; at++)); do
  if [ "${arguments[at]}" = -o ] && [[ ${arguments[at + 1]} == *.[gp]ch ]]; then
    set -eo pipefail
    rm -f "${arguments[at + 1]}"
    preprocessed "${arguments[@]}" | sha256sum >"${arguments[at + 1]}.sum"
    "$compiler" "${arguments[@]}"
    exit 0
  fi
done
export CCACHE_PCH_EXTSUM=1

# Times of files and of day say nothing: a checkout gives its files new ones.
export CCACHE_DIR=${CCACHE_DIR:-$kept/ccache} CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-10G}
export CCACHE_BASEDIR=$source_folder CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
exec "$ccache" "$compiler" "${arguments[@]}"
