#!/usr/bin/env bash
# What reads outside input runs under the sanitizers and nothing is found: sanitizers.sh [--all] [address] [thread]
# address: the address and undefined-behaviour sanitizers, over what reads outside input and keeps it. thread: the
# thread sanitizer, over the county's server and its workers. The real PostgreSQL is there. A test that held on the same
# sources once, in any checkout, does not run again (the kept folder of kept.sh remembers it; with --all it does).
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# Left out under `address`, because a sanitizer's build of them costs more than it can find:
# - sync/county, sync/verifier: programs around the same libraries; sync/certificates, sync/client and sync/transport:
#   they run under `thread`; db/base, db/log and db/registers: small, and used by all the others;
# - sync/upward, sync/reader, sync/archive: minutes of databases around the same libraries;
# - app/screens, app/pages, app/ui, app/shell, app/cli, app/main, app/county: half of all code to compile, and what they
#   are given has passed the libraries below them; the drawing libraries' own leaks would hide ours;
# - app/blocks, app/html, app/office, app/printout, app/positions, app/columns: they put together what folders below
#   them have read;
# - app/json: clang 16 does not take its value, which holds vectors of itself, with this standard library.
# All other folders of app read what comes from outside (a receiver, a camera, a table, an archive, a document, a rule)
# or take its numbers as indexes.
# Left out of those that run (the preset says so to doctest): damaged payloads, which take minutes and which
# packaging/prove/fuzz.sh gives to the same sanitizers; every step of a failing disk, 8 minutes; and the memory that
# large photos take, of which a sanitizer takes its own.
without_address="^(db/(base|log|registers)|sync/(county|verifier|certificates|client|transport|upward|reader|archive)"
without_address+="|app/(screens|pages(/[a-z]+)?|ui|shell|cli(/[a-z]+)?|main|county(/[a-z]+)?|blocks|html|office"
without_address+="|printout|json|positions|columns))$"
with_thread='^sync/(http|requests|transport)$'

# Whatever a sanitizer finds ends the program, so that its test fails.
export UBSAN_OPTIONS=print_stacktrace=1
# What the drawing libraries keep until a program ends, and never give back.
export LSAN_OPTIONS=suppressions=$root/packaging/prove/leaks.txt
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1

# tested_folders: db/frames and so on, every folder below tests/db, tests/sync and tests/app with a test program.
tested_folders() {
  grep -rl --include=CMakeLists.txt 'kuangxun_test(' tests/{db,sync,app} | sed 's|^tests/||; s|/[^/]*$||' | sort
}

# links_of FOLDER: what its CMakeLists.txt links, one a line. tests/structure holds the tree to these lists.
links_of() {
  sed 's/#.*//' "$1/CMakeLists.txt" | tr '\n' ' ' | grep -oE 'LINKS [^)]*' |
    sed -E 's/ (SOURCES|OUTSIDE|LABELS|SECONDS|ALONE)( .*)?$//; s/^LINKS //' | tr -s ' ' '\n'
}

# watched_by FOLDER: every folder whose text can change what the test of FOLDER finds.
declare -A links
watched_by() {
  local open=("tests/$1" tests/support) folder link
  local -A seen=()
  while [ ${#open[@]} -gt 0 ]; do
    folder=${open[-1]}
    unset 'open[-1]'
    [ -z "${seen[$folder]:-}" ] || continue
    seen[$folder]=1
    [ -n "${links[$folder]+known}" ] || links[$folder]=$(links_of "$folder" || true)
    for link in ${links[$folder]}; do open+=("$link"); done
  done
  printf '%s\n' "${!seen[@]}" | sort
}

# blobs FILE: writes "hash path" of every file that is in the checkout or would be added to it, as it lies there now.
blobs() {
  local file
  git ls-files -z --cached --others --exclude-standard -- app sync db tests assets packaging CMakeLists.txt \
    CMakePresets.json | sort -zu | while IFS= read -r -d '' file; do
    if [ -f "$file" ]; then printf '%s\n' "$file"; fi
  done >"$1.names"
  git hash-object --stdin-paths <"$1.names" | paste -d ' ' - "$1.names" >"$1"
}

# fingerprint PRESET FOLDER BLOBS: a hash over all that decides what this test finds under this preset: the folders that
# it stands on (and what lies below them: golden data), the data that programs read, how it is built and run.
how='(CMakeLists.txt|CMakePresets.json|tests/CMakeLists.txt|packaging/(packages|postgres|common|prove/sanitizers).sh)'
fingerprint() {
  {
    echo "$1 $2" && clang-16 --version
    (echo assets && echo packaging/cmake && watched_by "$2") | awk '
      NR == FNR { watched[$0]; next }
      { path = $2; while (sub("/[^/]*$", "", path)) if (path in watched) { print; break } }' - "$3"
    grep -E " $how$" "$3"
  } | sha256sum | cut -d ' ' -f 1
}

run_with() {
  local preset=$1 folder name names at fingerprint status=0 wanted=() held=0 fingerprints=()
  shift
  rm -f "$root/build/$preset/tests.log"
  for folder in "$@"; do
    name=${folder//\//_}
    fingerprint=$(fingerprint "$preset" "$folder" "$scratch/blobs")
    if [ "$all" = no ] && [ -e "$kept/held/$fingerprint" ]; then
      touch "$kept/held/$fingerprint"
      held=$((held + 1))
    else
      wanted+=("$name")
      fingerprints+=("$fingerprint")
    fi
  done
  say "$preset：$held 项测试所依赖的源码自通过后没有变化，不再运行；运行 ${#wanted[@]} 项：${wanted[*]:-无}" \
    "$preset: $held tests stand on what has not changed since they held; running ${#wanted[@]}: ${wanted[*]:-none}"
  [ ${#wanted[@]} -gt 0 ] || return 0
  build_preset "$preset" "${wanted[@]/%/_test}" || return 1
  names=$(IFS='|' && echo "${wanted[*]}")
  timed "tests $preset" run_tests "$preset" "^($names)$" || status=1
  cat "$root/build/$preset/tests.log"
  for at in "${!wanted[@]}"; do
    if grep -qE "Test +#[0-9]+: ${wanted[at]} \.+ +Passed" "$root/build/$preset/tests.log"; then
      touch "$kept/held/${fingerprints[at]}"
    fi
  done
  return "$status"
}

run_tests() {
  packaging/postgres.sh run ctest --preset "$1" -j 2 --no-tests=error -R "$2" >"build/$1/tests.log" 2>&1
}

keep_times
timed packages install_missing build test clang
cd "$root"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
blobs "$scratch/blobs"
mkdir -p "$kept/held"
find "$kept/held" -type f -mtime +60 -delete
mapfile -t folders < <(tested_folders)

all=no
if [ "${1:-}" = --all ]; then
  all=yes
  shift
fi
outcome=0
for wanted in "${@:-address thread}"; do
  for one in $wanted; do
    case "$one" in
      address) run_with sanitize $(printf '%s\n' "${folders[@]}" | grep -vE "$without_address") || outcome=1 ;;
      thread) run_with thread $(printf '%s\n' "${folders[@]}" | grep -E "$with_thread") || outcome=1 ;;
      *) fail 2 "用法：sanitizers.sh [--all] [address] [thread]" "usage: sanitizers.sh [--all] [address] [thread]" ;;
    esac
  done
done
exit "$outcome"
