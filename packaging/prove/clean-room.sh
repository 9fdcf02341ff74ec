#!/usr/bin/env bash
# Both README commands work in a fresh Debian 12 of the smallest kind, on a clone of what is committed.
# Needs root or sudo, Debian's package archive as this machine's apt knows it, 8 GB of disk and about 20 minutes. The
# room is a folder of its own with its own processes and mounts: when this script ends, they are gone too.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# COMMAND… inside the room, with an environment as bare as a new login's. Where the archives live is nobody's business.
in_room() {
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/ TERM=dumb KUANGXUN_LANG=en \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    chroot "$room" /bin/bash -c 'cd /kuangxun && exec "$@"' room "$@" </dev/null 2>&1 |
    sed -u -E 's#(https?|ftp)://[^/ ]+#\1://…#g'
}

# step NAME COMMAND…: runs it in the room, keeps its whole output, shows the end of it.
step() {
  local name=$1 began=$SECONDS status=0
  shift
  in_room "$@" >"$logs/$name.log" || status=$?
  echo "== $name: $* → exit $status, $((SECONDS - began)) s"
  grep -E '^(built|✓|✗)|tests passed|tests failed|Total Test time' "$logs/$name.log" || true
  [ "$status" = 0 ] || { tail -n 40 "$logs/$name.log"; exit 1; }
}

inside() {
  room=$1
  logs=$root/build/prove/clean-room
  mount -t proc proc "$room/proc"
  mount --rbind /dev "$room/dev"
  step run ./packaging/run.sh --unattended
  cp -r "$room/kuangxun/build/run" "$logs/"
  step run-again ./packaging/run.sh --unattended
  if grep -q 'installing' "$logs/run-again.log" || ! grep -q 'ninja: no work to do' "$logs/run-again.log"; then
    echo "the second run installed or built something:"
    grep -E 'installing|^\[' "$logs/run-again.log" | head
    exit 1
  fi
  step test ./packaging/test.sh
  grep -q '100% tests passed' "$logs/test.log" || { echo "ctest did not say that all tests passed"; exit 1; }
}

if [ "${1:-}" = --inside ]; then
  inside "$2"
  exit 0
fi

[ "$(id -u)" = 0 ] || exec sudo --preserve-env=http_proxy,https_proxy bash "$0"
install_missing clean
archive=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
[ -n "$archive" ] || fail 4 "apt 没有配置 bookworm 的软件源" "apt knows no archive of bookworm"

room=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
chmod 755 "$room"  # it is the root of the room, and PostgreSQL runs there as an unprivileged user
trap 'rm -rf --one-file-system "$room"' EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$root/build/prove/clean-room"
rm -rf "$root/build/prove/clean-room"/*

echo "commit $(git -C "$root" rev-parse HEAD)"
echo "$(git -C "$root" status --porcelain | wc -l) paths are not committed, so not in the room"
began=$SECONDS
debootstrap --variant=minbase bookworm "$room" "$archive" >"$room.log" 2>&1 || { tail -n 5 "$room.log"; exit 4; }
rm -f "$room.log"
echo "== debootstrap, $((SECONDS - began)) s, $(chroot "$room" dpkg-query -W | wc -l) packages"
# The room fetches packages the way this machine does.
rm -f "$room/etc/apt/sources.list"
for settings in apt.conf apt.conf.d sources.list sources.list.d auth.conf.d keyrings trusted.gpg.d; do
  if [ -e "/etc/apt/$settings" ]; then cp -a "/etc/apt/$settings" "$room/etc/apt/"; fi
done
cp -L /etc/resolv.conf /etc/hosts "$room/etc/"
git clone -q "$root" "$room/kuangxun"

unshare --mount --pid --fork --kill-child bash "$0" --inside "$room"
echo "== $(chroot "$room" dpkg-query -W | wc -l) packages, $(du -sm "$room" | cut -f1) MB at the end"
