# Sets `kept`: the folder that outlives checkouts, where what was compiled and what the sanitizers found whole is kept.
# KUANGXUN_KEPT names another; it may be deleted at any time, and everything is then done once more.
home=~ # the account's own folder, even where HOME is not set
kept=${KUANGXUN_KEPT:-${XDG_CACHE_HOME:-$home/.cache}/kuangxun}
