#!/usr/bin/env bash
# The real laptop and county programs, killed with SIGKILL at random moments, lose nothing: kills.sh [N] [SEED] [DIR]
# N times (1,000 unless told) a laptop that records or syncs, or the county that answers it, is killed after a random
# while and goes on. What a command confirmed must be there in the end, whole, on both laptops and at the county; what
# it did not confirm must be there whole or not at all. DIR holds the programs (build/release/bin).
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

times=${1:-1000}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
programs=${3:-$root/build/release/bin}
RANDOM=$((seed % 32768))
folder=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then stop_process "$server"; fi
  rm -rf "$folder"
}
trap finish EXIT
port=$(free_port)
echo "seed $seed, $times kills"

laptop() { "$programs/kuangxun" --data "$folder/$1" --lang en "${@:2}"; }
# The same in the background, as a process of its own: a function there would be a shell around it.
start_laptop() {
  "$programs/kuangxun" --data "$folder/$1" --lang en "${@:2}" >"$folder/out" 2>&1 &
  victim=$!
}
county() { "$programs/kuangxun-county" --store "sqlite:$folder/county.gpkg" --lang en "$@"; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$port"); }
start_county() {
  "$programs/kuangxun-county" --store "sqlite:$folder/county.gpkg" --lang en serve --listen "127.0.0.1:$port" \
    >"$folder/serve.log" 2>&1 &
  server=$!
  wait_until 30 listens || { cat "$folder/serve.log"; fail 1 "县级服务没有起来" "the county does not start again"; }
}
# nap MILLISECONDS: at most so long.
nap() { sleep "0.$(printf '%03d' $((RANDOM % $1)))"; }

county init --empty >/dev/null
start_county
for name in one two; do
  laptop "$name" init >/dev/null
  laptop "$name" enrol "https://127.0.0.1:$port" "$(county enrol --name "$name")" >/dev/null
done

confirmed=0
killed_recording=0 killed_syncing=0 killed_county=0
for _ in $(seq "$times"); do
  case $((RANDOM % 3)) in
    0)
      start_laptop one record "$root/assets/examples/visit-mine.json"
      nap 70
      kill -KILL "$victim" 2>/dev/null && killed_recording=$((killed_recording + 1))
      ;;
    1)
      laptop one record "$root/assets/examples/visit-mine.json" >/dev/null && confirmed=$((confirmed + 1))
      start_laptop one sync
      nap 150
      kill -KILL "$victim" 2>/dev/null && killed_syncing=$((killed_syncing + 1))
      ;;
    2)
      laptop two record "$root/assets/examples/visit-mine.json" >/dev/null && confirmed=$((confirmed + 1))
      start_laptop two sync
      nap 150
      kill -KILL "$server" && killed_county=$((killed_county + 1))
      wait "$server" 2>/dev/null || true
      start_county
      ;;
  esac
  status=0
  wait "$victim" 2>/dev/null || status=$?
  # A record command that came to its end before the kill has confirmed its visit.
  if [ "$status" = 0 ] && grep -q visit "$folder/out" && ! grep -q pushed "$folder/out"; then
    confirmed=$((confirmed + 1))
  fi
done

for name in one two one; do laptop "$name" sync >/dev/null || fail 1 "$name 不能同步" "$name cannot sync"; done
facts() { laptop "$1" list "$2" --json | jq -S '[.[] | del(.sync_state, .sync)] | sort_by(.id)'; }
for kind in visit gps-point checklist-answer finding photo; do
  [ "$(facts one $kind)" = "$(facts two $kind)" ] || fail 1 "两台笔记本的 $kind 不同" "the laptops differ in $kind"
done
visits=$(facts one visit | jq length)
[ "$visits" -ge "$confirmed" ] || fail 1 "确认了 $confirmed 次检查，只有 $visits 次" "$confirmed confirmed, $visits there"
answers=$(facts one checklist-answer | jq 'group_by(.visit) | map(length) | unique | length')
[ "$answers" = 1 ] || fail 1 "有检查只剩一部分" "a visit is there in part"
for name in one two; do
  [ "$(laptop "$name" verify --json | jq .ok)" = true ] || fail 1 "$name 核验不成立" "$name does not verify"
done
[ "$(county verify --json | jq .ok)" = true ] || fail 1 "县级库核验不成立" "the county does not verify"
[ "$(county status --json | jq .records.visit)" = "$visits" ] || fail 1 "县级库的检查数不同" "the county has other visits"
say "✓ 杀在录入中 $killed_recording 次，同步中 $killed_syncing 次，县级 $killed_county 次" \
  "✓ killed $killed_recording times recording, $killed_syncing syncing, the county $killed_county times"
say "✓ $confirmed 次确认，$visits 次检查都完整" "✓ $confirmed confirmed, $visits visits are there, all whole"
