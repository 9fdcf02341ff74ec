#!/usr/bin/env bash
# A county on more than one machine, all of them on this one:
#   packaging/many_machines.sh [--programs DIR] [--counties N] [COMMAND…]
# starts a PostgreSQL of the county and one of the prefecture above it, N county processes on the first (2 unless told),
# HAProxy in front of them (TLS passed through, PROXY protocol 2), and logical replication of the county's tables to the
# prefecture. Without COMMAND it proves the whole on a few laptops: rows arrive, and a county process that is killed in
# the middle of a push loses nothing. COMMAND finds in its environment: KUANGXUN_URL (of HAProxy), KUANGXUN_STORE,
# KUANGXUN_KEYS, KUANGXUN_PREFECTURE and KUANGXUN_COUNTY_PIDS (a file with the county processes, one a line).
# On real machines the same lines go where they belong: README of the scripts' output says which.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

programs=$root/build/release/bin
counties=2
while [ $# -gt 0 ]; do
  case "$1" in
    --programs) programs=$2 && shift 2 ;;
    --counties) counties=$2 && shift 2 ;;
    --inside) shift && break ;;
    *) break ;;
  esac
done
export KUANGXUN_PROGRAMS=$programs KUANGXUN_COUNTIES=$counties

# Two servers around the work: the prefecture's outside, the county's inside.
if [ -z "${KUANGXUN_PREFECTURE:-}" ]; then
  exec "$root/packaging/postgres.sh" run --durable bash -c '
    KUANGXUN_PREFECTURE=$KUANGXUN_TEST_POSTGRES exec "$0" run --durable --logical "${@}"' \
    "$root/packaging/postgres.sh" "${BASH_SOURCE[0]}" --programs "$programs" --counties "$counties" --inside "$@"
fi

for program in haproxy psql jq; do
  [ -x "$(command -v "$program")" ] || fail 4 "没有 $program，请运行 packaging/packages.sh install test" \
    "$program is not there: run packaging/packages.sh install test"
done

folder=$(mktemp -d)
processes=()
finish() {
  local process
  for process in "${processes[@]}" $(cat "$folder/pids" 2>/dev/null); do stop_process "$process"; done
  # The county's server is about to go: the prefecture must not hold on to it.
  psql -qX "$KUANGXUN_PREFECTURE" -c 'ALTER SUBSCRIPTION county_to_prefecture DISABLE' \
    -c 'ALTER SUBSCRIPTION county_to_prefecture SET (slot_name = NONE)' \
    -c 'DROP SUBSCRIPTION county_to_prefecture' >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT

export KUANGXUN_STORE=$KUANGXUN_TEST_POSTGRES KUANGXUN_KEYS=$folder/keys KUANGXUN_COUNTY_PIDS=$folder/pids
county() { "$programs/kuangxun-county" --store "$KUANGXUN_STORE" --keys "$KUANGXUN_KEYS" --lang en "$@"; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }
is_one_listening() { for port in "${ports[@]}"; do listens "$port" && return 0; done; return 1; }

# start_county NUMBER: on its own port, believing what the proxy says of the other end.
start_county() {
  "$programs/kuangxun-county" --store "$KUANGXUN_STORE" --keys "$KUANGXUN_KEYS" --lang en \
    serve --listen "127.0.0.1:${ports[$1]}" --proxy 127.0.0.1 --workers 2 --logs "$folder/logs-$1" \
    >"$folder/county-$1.log" 2>&1 &
  echo $! >>"$folder/pids"
  wait_until 30 listens "${ports[$1]}" ||
    { cat "$folder/county-$1.log" >&2; fail 4 "县级进程 $1 没有启动" "county process $1 did not start"; }
}

start_proxy() {
  local number
  {
    printf 'global\n  maxconn 1000\ndefaults\n  mode tcp\n  timeout connect 3s\n  timeout client 90s\n'
    printf '  timeout server 90s\n  retries 3\n  option redispatch\nfrontend laptops\n'
    printf '  bind 127.0.0.1:%s\n  default_backend counties\nbackend counties\n  balance leastconn\n' "$proxy_port"
    for number in "${!ports[@]}"; do
      printf '  server county-%s 127.0.0.1:%s send-proxy-v2 check inter 300\n' "$number" "${ports[$number]}"
    done
  } >"$folder/haproxy.cfg"
  haproxy -f "$folder/haproxy.cfg" -db >"$folder/haproxy.log" 2>&1 &
  processes+=($!)
  wait_until 10 listens "$proxy_port" || { cat "$folder/haproxy.log" >&2; fail 4 "HAProxy 没有启动" "no HAProxy"; }
}

# The prefecture first, so that it never meets a column it does not know.
replicate() {
  "$programs/kuangxun-county" --store "$KUANGXUN_PREFECTURE" --keys "$folder/none" --lang en prepare
  psql -qX "$KUANGXUN_STORE" -v ON_ERROR_STOP=1 -f "$root/packaging/replication/county.sql"
  psql -qX "$KUANGXUN_PREFECTURE" -v ON_ERROR_STOP=1 -v county="$KUANGXUN_STORE" \
    -f "$root/packaging/replication/prefecture.sql"
}

ports=()
for number in $(seq 0 $((counties - 1))); do ports+=("$(free_port)"); done
proxy_port=$(free_port)
county init >/dev/null
for number in "${!ports[@]}"; do start_county "$number"; done
start_proxy
replicate
export KUANGXUN_URL=https://127.0.0.1:$proxy_port
say "✓ $counties 个县级进程在 HAProxy 之后，州级在复制：$KUANGXUN_URL" \
  "✓ $counties county processes behind HAProxy, the prefecture replicates: $KUANGXUN_URL"

if [ $# -gt 0 ]; then
  "$@"
  exit
fi

# ---- the proof
laptop() { "$programs/kuangxun" --data "$folder/$1" --lang en "${@:2}"; }
rows() { psql -qXAt "$1" -c "$2"; }
same_rows() { [ "$(rows "$KUANGXUN_STORE" "$1")" = "$(rows "$KUANGXUN_PREFECTURE" "$1")" ]; }

for name in one two; do
  laptop "$name" init >/dev/null
  laptop "$name" enrol "$KUANGXUN_URL" "$(county enrol --name "$name")" >/dev/null
done
for _ in $(seq 12); do laptop one record "$root/assets/examples/visit-mine.json" >/dev/null; done
# Whichever process answers, one after the other is killed while laptop one pushes; each is started again.
for number in "${!ports[@]}"; do
  laptop one sync >"$folder/sync.log" 2>&1 &
  pushing=$!
  sleep "0.$((RANDOM % 4 + 1))"
  victim=$(sed -n "$((number + 1))p" "$folder/pids")
  kill -KILL "$victim" 2>/dev/null || true
  wait "$pushing" || true
  grep -v "^$victim$" "$folder/pids" >"$folder/pids.left" || true
  start_county "$number"
  laptop one record "$root/assets/examples/visit-site.json" >/dev/null
done
laptop one sync >/dev/null
laptop two sync >/dev/null
visits_one=$(laptop one list visit --json | jq -S '[.[] | del(.sync_state)]')
visits_two=$(laptop two list visit --json | jq -S '[.[] | del(.sync_state)]')
[ "$(jq length <<<"$visits_one")" = $((12 + counties)) ] || fail 1 "检查数不对" "not all visits are there"
[ "$visits_one" = "$visits_two" ] || fail 1 "两台笔记本不同" "the laptops differ"
say "✓ 推送中途杀掉每个县级进程，两台笔记本仍然相同：$(jq length <<<"$visits_one") 次检查" \
  "✓ each county process was killed in the middle of a push; both laptops agree: $(jq length <<<"$visits_one") visits"
for table in visit gps_point finding sync_frame sync_receipt; do
  wait_until 30 same_rows "SELECT count(*) FROM $table" ||
    fail 1 "州级的 $table 与县级不同" "the prefecture's $table differs from the county's"
done
same_rows "SELECT id, purpose, started_at FROM visit ORDER BY id" || fail 1 "州级内容不同" "the prefecture's rows differ"
same_rows "SELECT md5(string_agg(frame_hash::text, ',' ORDER BY county_sequence)) FROM sync_frame" ||
  fail 1 "州级的帧不同" "the prefecture's frames differ"
say "✓ 州级的表、数据帧和回执与县级相同" "✓ the prefecture's tables, frames and receipts are the county's"
for name in one two; do
  [ "$(laptop "$name" verify --json | jq .ok)" = true ] || fail 1 "$name 的数据链不成立" "$name does not verify"
done
say "✓ 两台笔记本的数据链都成立" "✓ both laptops verify"
