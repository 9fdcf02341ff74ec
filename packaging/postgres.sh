#!/usr/bin/env bash
# A real PostgreSQL 15 for the length of one command, never the machine's own server:
#   packaging/postgres.sh run [--durable] [--logical] COMMAND…
# makes a cluster in a temporary folder, run by an unprivileged user, listening on 127.0.0.1 only, with a password of
# its own; gives COMMAND its address (of an empty database, as superuser) in KUANGXUN_TEST_POSTGRES; then stops and
# removes it. Without --durable it does not wait for the disk: tests may lose it; with --logical its tables can be
# replicated to another server. The exit code is COMMAND's.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

programs=/usr/lib/postgresql/15/bin
usage() { fail 2 "用法：postgres.sh run [--durable] [--logical] 命令…" \
  "usage: postgres.sh run [--durable] [--logical] COMMAND…"; }
[ "${1:-}" = run ] || usage
shift
settings=(-c listen_addresses=127.0.0.1 -c max_connections=60 -c shared_buffers=64MB)
if [ "${1:-}" = --durable ]; then
  shift
else
  settings+=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
fi
if [ "${1:-}" = --logical ]; then
  shift
  settings+=(-c wal_level=logical)
fi
[ $# -gt 0 ] || usage
[ -x "$programs/postgres" ] || fail 4 "没有 PostgreSQL 15，请运行 packaging/packages.sh install test" \
  "PostgreSQL 15 is not there: run packaging/packages.sh install test"

folder=$(mktemp -d)
# PostgreSQL refuses to run as root; Debian's own account for it has no other rights. The server dies with this script,
# even when the script is killed.
as_server=(setpriv --pdeathsig=INT)
if [ "$(id -u)" = 0 ]; then as_server+=(--reuid=postgres --regid=postgres --init-groups); fi
as_server+=(env -C "$folder")

server=
finish() {
  if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null || true  # fast shutdown: open sessions are cut
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

mkdir "$folder/data" "$folder/sockets"
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
chmod 600 "$folder/password"
if [ "$(id -u)" = 0 ]; then chown -R postgres:postgres "$folder"; fi
"${as_server[@]}" "$programs/initdb" --pgdata=data --username=kuangxun_test --pwfile=password --auth=scram-sha-256 \
  --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
  { cat "$folder/initdb.log" >&2; fail 4 "initdb 失败，原因见上" "initdb failed, see above"; }

port=$(free_port)
"${as_server[@]}" "$programs/postgres" -D data -k "$folder/sockets" -p "$port" "${settings[@]}" \
  >"$folder/server.log" 2>&1 &
server=$!
administration="postgresql://kuangxun_test:$password@127.0.0.1:$port/postgres"
if ! wait_until 30 "$programs/psql" -q "$administration" -c 'CREATE DATABASE kuangxun_test'; then
  cat "$folder/server.log" >&2
  fail 4 "PostgreSQL 没有在 30 秒内启动，它的日志见上" "PostgreSQL did not start within 30 s: its log is above"
fi

status=0
KUANGXUN_TEST_POSTGRES="postgresql://kuangxun_test:$password@127.0.0.1:$port/kuangxun_test" "$@" || status=$?
exit "$status"
