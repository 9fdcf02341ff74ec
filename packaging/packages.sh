#!/usr/bin/env bash
# The Debian 12 packages, by purpose; the only list there is.
#   packaging/packages.sh list PURPOSE…      prints them
#   packaging/packages.sh install PURPOSE…   installs those that are missing, as root or with sudo
# Sourced by the other scripts, which call install_missing PURPOSE….
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages_for() {
  case "$1" in
    build)  # compiler, build tools, and the headers of every library of the design's table that is in use
      echo g++ cmake ninja-build pkg-config gettext ccache
      echo libsodium-dev libssl-dev libsqlite3-dev libcereal-dev libspdlog-dev libzstd-dev nlohmann-json3-dev
      echo libcurl4-openssl-dev libboost1.74-dev libpq-dev libgeographiclib-dev libpolyclipping-dev
      echo libserialport-dev libexif-dev libturbojpeg0-dev libexpat1-dev libzip-dev
      echo libcairo2-dev libpango1.0-dev libqrencode-dev
      echo libimgui-dev libsdl2-dev libgl-dev libfreetype-dev libfontconfig-dev libpng-dev
      ;;
    window) echo fonts-noto-cjk libgl1-mesa-dri ;;  # what the program itself needs to draw Chinese
    day) echo jq sqlite3 poppler-utils ;;           # what run.sh checks its own day with
    headless) echo xvfb xauth xdotool imagemagick ;;  # the window without a display, pressed and looked at
    test)
      echo doctest-dev clang-format-14 openssl postgresql-15 postgresql-15-postgis-3 gdal-bin haproxy proj-bin
      echo gpsd gpsd-clients geographiclib-tools libxlsxwriter-dev libcli11-dev
      ;;
    bench) echo libbenchmark-dev jq sqlite3 bsdextrautils gpsbabel ;;
    clang) echo clang-16 libclang-rt-16-dev ;;      # sanitizers and libFuzzer
    clean) echo debootstrap git ;;
    *) fail 2 "没有这个用途：$1" "no such purpose: $1" ;;
  esac
}

# missing_of PACKAGE…: those that are not installed now.
missing_of() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    fail 4 "安装软件包需要 root 或 sudo：$*" "installing packages needs root or sudo: $*"
  fi
}

# Quiet when it works; shows apt's own words when it does not.
apt_get() {
  local log
  log=$(mktemp)
  if ! as_root apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -y -q "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    fail 4 "apt-get $1 失败，请检查网络和软件源" "apt-get $1 failed: check the network and the package sources"
  fi
  rm -f "$log"
}

# A fresh postgresql-15 makes and starts a server of its own, which nobody asked for: the tests start a temporary one.
# So, where PostgreSQL was never installed, that is switched off while it installs, and back on afterwards.
install_without_server() {
  local settings=/etc/postgresql-common/createcluster.conf
  [ -n "$(missing_of postgresql-common)" ] || return 0
  apt_get install --no-install-recommends postgresql-common
  as_root sed -i.before-kuangxun '$a create_main_cluster = false' "$settings"
  apt_get install --no-install-recommends "$@"
  as_root mv "$settings.before-kuangxun" "$settings"
}

install_missing() {
  local purpose wanted=() missing
  for purpose in "$@"; do
    # shellcheck disable=SC2207  # package names hold no spaces
    wanted+=($(packages_for "$purpose"))
  done
  missing=$(missing_of "${wanted[@]}" | sort -u)
  if [ -z "$missing" ]; then
    say "软件包齐全：$*" "packages are all there: $*"
    return 0
  fi
  say "安装缺少的软件包：" "installing what is missing:" && printf '  %s\n' $missing
  apt_get update
  if grep -qx 'postgresql-15' <<<"$missing"; then install_without_server postgresql-15; fi
  apt_get install --no-install-recommends $missing
  missing=$(missing_of $missing)
  [ -z "$missing" ] || fail 4 "没有装上：$missing" "not installed: $missing"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  [ $# -ge 2 ] || fail 2 "用法：packages.sh list|install 用途…" "usage: packages.sh list|install PURPOSE…"
  action=$1
  shift
  case "$action" in
    list) for purpose in "$@"; do packages_for "$purpose"; done | tr ' ' '\n' | sort -u ;;
    install) install_missing "$@" ;;
    *) fail 2 "用法：packages.sh list|install 用途…" "usage: packages.sh list|install PURPOSE…" ;;
  esac
fi
