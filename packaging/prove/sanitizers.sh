#!/usr/bin/env bash
# db and sync run under the sanitizers and nothing is found: sanitizers.sh [address] [thread] (both unless told)
# address: the address and undefined-behaviour sanitizers, over what reads outside input and keeps it. thread: the
# thread sanitizer, over the county's server and its workers. The real PostgreSQL is there.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# Left out, because a sanitizer's build of them costs more than it can find: sync/county and sync/verifier (programs
# around the same libraries), sync/certificates, sync/client and sync/transport under `address` (they run under
# `thread`), db/base, db/log and db/registers (small, and used by all the others). Left out of those that run (the
# preset says so to doctest): damaged payloads, which take minutes and which packaging/prove/fuzz.sh gives to the same
# sanitizers; every step of a failing disk, 8 minutes; and the memory that large photos take, of which a sanitizer
# takes its own.
address=(db_frames db_history db_records db_sqlite sync_wire sync_engine sync_bundle sync_server sync_contract)
thread=(sync_server sync_transport)

# Whatever a sanitizer finds ends the program, so that its test fails.
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1

run_with() {
  local preset=$1 names status=0
  shift
  rm -f "$root/build/$preset/tests.log"
  build_preset "$preset" "${@/%/_test}" || return 1
  names=$(IFS='|' && echo "$*")
  (cd "$root" && packaging/postgres.sh run ctest --preset "$preset" -j 2 --no-tests=error -R "^($names)$") \
    >"$root/build/$preset/tests.log" 2>&1 || status=1
  cat "$root/build/$preset/tests.log"
  return "$status"
}

install_missing build test clang
outcome=0
for wanted in "${@:-address thread}"; do
  for one in $wanted; do
    case "$one" in
      address) run_with sanitize "${address[@]}" || outcome=1 ;;
      thread) run_with thread "${thread[@]}" || outcome=1 ;;
      *) fail 2 "用法：sanitizers.sh [address] [thread]" "usage: sanitizers.sh [address] [thread]" ;;
    esac
  done
done
exit "$outcome"
