#!/usr/bin/env bash
# Long proofs, each a script in packaging/prove/:
#   packaging/prove.sh            lists them
#   packaging/prove.sh NAME…      runs them; what NAME saw is written to build/prove/NAME.txt
# Exits 1 when a proof says no.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

proofs=$root/packaging/prove
if [ $# = 0 ]; then
  for proof in "$proofs"/*.sh; do
    printf '%-16s %s\n' "$(basename "$proof" .sh)" "$(sed -n '2s/^# //p' "$proof")"
  done
  exit 0
fi
for name in "$@"; do
  if [[ $name != [a-z]* || $name == */* || ! -f $proofs/$name.sh ]]; then
    fail 2 "没有这项证明：$name（不带参数运行可列出）" "no such proof: $name (without arguments they are listed)"
  fi
done

mkdir -p "$root/build/prove"
outcome=0
for name in "$@"; do
  seen=$root/build/prove/$name.txt
  status=0
  bash "$proofs/$name.sh" 2>&1 | tee "$seen" || status=1
  if [ "$status" = 0 ]; then
    say "✓ $name：见 build/prove/$name.txt" "✓ $name: see build/prove/$name.txt" | tee -a "$seen"
  else
    say "✗ $name 不成立：见 build/prove/$name.txt" "✗ $name does not hold: see build/prove/$name.txt" | tee -a "$seen"
    outcome=1
  fi
done
exit "$outcome"
