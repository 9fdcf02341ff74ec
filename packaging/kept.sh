# Sets `kept`: the folder that outlives checkouts, where what was compiled and what the sanitizers found whole is kept.
# KUANGXUN_KEPT names another; it may be deleted at any time, and everything is then done once more.
home=~ # the account's own folder, even where HOME is not set
kept=${KUANGXUN_KEPT:-${XDG_CACHE_HOME:-$home/.cache}/kuangxun}
# Where that cannot be written (an account without a folder of its own), it lies in the checkout and ends with it.
if ! mkdir -p "$kept" 2>/dev/null || [ ! -w "$kept" ]; then kept=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)/build/kept; fi
