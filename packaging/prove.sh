#!/usr/bin/env bash
# Long proofs, each a script in packaging/prove/:
#   packaging/prove.sh            lists them
#   packaging/prove.sh NAME…      runs them; what NAME saw is written to build/prove/NAME.txt
#   packaging/prove.sh NAME ARGUMENT…   what follows one name and is no name of a proof goes to that proof: seeds 2000
# Exits 1 when a proof says no.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

proofs=$root/packaging/prove
if [ $# = 0 ]; then
  for proof in "$proofs"/*.sh; do
    printf '%-16s %s\n' "$(basename "$proof" .sh)" "$(sed -n '2s/^# //p' "$proof")"
  done
  exit 0
fi
is_proof() { [[ $1 == [a-z]* && $1 != */* && -f $proofs/$1.sh ]]; }
names=("$1")
arguments=()
if [ $# -gt 1 ] && ! is_proof "$2"; then arguments=("${@:2}"); else names=("$@"); fi
for name in "${names[@]}"; do
  if ! is_proof "$name"; then
    fail 2 "没有这项证明：$name（不带参数运行可列出）" "no such proof: $name (without arguments they are listed)"
  fi
done

mkdir -p "$root/build/prove"
outcome=0
for name in "${names[@]}"; do
  seen=$root/build/prove/$name.txt
  status=0
  bash "$proofs/$name.sh" ${arguments[@]+"${arguments[@]}"} 2>&1 | tee "$seen" || status=1
  if [ "$status" = 0 ]; then
    say "✓ $name：见 build/prove/$name.txt" "✓ $name: see build/prove/$name.txt" | tee -a "$seen"
  else
    say "✗ $name 不成立：见 build/prove/$name.txt" "✗ $name does not hold: see build/prove/$name.txt" | tee -a "$seen"
    outcome=1
  fi
done
exit "$outcome"
