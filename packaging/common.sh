# Shared by the scripts beside it: source it first. Sets `root` (the checkout), `kept` (the folder that outlives
# checkouts) and a locale that every Debian has.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/packaging/kept.sh"
export LC_ALL=C.UTF-8

# say CHINESE ENGLISH: one line for the person, in the language of KUANGXUN_LANG (zh unless told).
say() {
  if [ "${KUANGXUN_LANG:-zh}" = en ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

# fail CODE CHINESE ENGLISH: says what, where and what to do, and ends. Codes as the programs': 2 wrong use,
# 4 could not.
fail() {
  local code=$1
  say "✗ $2" "✗ $3" >&2
  exit "$code"
}

# A TCP port of the loopback on which nobody listens now.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return 0
    fi
  done
  fail 4 "找不到空闲端口（20000–32000）" "no free port between 20000 and 32000"
}

# wait_until SECONDS COMMAND…: tries ten times a second until the command succeeds.
wait_until() {
  local tries=$(($1 * 10))
  shift
  while ! "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

# stop_process PID: asks, waits three seconds, then insists. Only for processes that the caller started.
stop_process() {
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 30); do
    kill -0 "$1" 2>/dev/null || { wait "$1" 2>/dev/null || true; return 0; }
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# timed WHAT COMMAND…: runs it and notes how long it took; the exit code is the command's. A script that begins a run
# says keep_times first; the scripts that it calls note theirs in the same place.
timed() {
  local what=$1 began=$SECONDS status=0
  shift
  "$@" || status=$?
  if [ -n "${KUANGXUN_TIMES:-}" ]; then printf '%s\t%s\n' "$((SECONDS - began))" "$what" >>"$KUANGXUN_TIMES"; fi
  return "$status"
}

keep_times() {
  [ -z "${KUANGXUN_TIMES:-}" ] || return 0
  mkdir -p "$root/build"
  export KUANGXUN_TIMES=$root/build/times.tsv
  : >"$KUANGXUN_TIMES"
}

# show_times: what took how long, in the order in which it ran.
show_times() {
  say "— 用时（秒）" "— what took how long (s)"
  awk -F '\t' '{ printf "%6d  %s\n", $1, $2; sum += $1 } END { printf "%6d  =\n", sum }' "$KUANGXUN_TIMES"
}

# slowest_tests LOG: the ten tests of a ctest log that took longest.
slowest_tests() {
  say "— 最慢的 10 项测试（秒）" "— the 10 slowest tests (s)"
  sed -nE 's|^ *[0-9]+/[0-9]+ Test +#[0-9]+: ([^ ]+) .* ([0-9.]+) sec$|\2\t\1|p' "$1" | sort -rn | head -n 10 |
    awk -F '\t' '{ printf "%6.1f  %s\n", $1, $2 }'
}

# build_preset NAME [TARGET…]: configures and builds; without a change since the last time ninja finds nothing to do.
build_preset() {
  local began=$SECONDS preset=$1
  shift
  (cd "$root" && timed "configure $preset" cmake --preset "$preset" -Wno-dev &&
    timed "build $preset" cmake --build --preset "$preset" ${1:+--target "$@"}) ||
    fail 4 "编译失败（$preset），请看上面的第一个错误" "the build ($preset) failed: see the first error above"
  say "编译完成：build/$preset，用时 $((SECONDS - began)) 秒" "built build/$preset in $((SECONDS - began)) s"
}
