# The steps of a day, for run.sh: each does one thing through the programs' own command line and then looks, by another
# way, whether it really happened. Needs common.sh, and `out`, the folder of everything that is made.

programs=$root/build/release/bin
county_folder=$out/county
county_store=$county_folder/county.sqlite
county_process=
day_step=0

county() { "$programs/kuangxun-county" --store "sqlite:$county_store" "$@"; }
laptop() { "$programs/kuangxun" --data "$@"; }

# done_step CHINESE ENGLISH: the step before this line was checked and held.
done_step() {
  day_step=$((day_step + 1))
  say "✓ $day_step. $1" "✓ $day_step. $2"
}

# count_of DATA KIND
count_of() { laptop "$1" list "$2" --json | jq length; }

# make_laptop DATA: a data folder with the county's registers, unless it is there already.
make_laptop() {
  local data=$1 name kind count
  name=$(basename "$data")
  if [ ! -d "$data" ]; then
    laptop "$data" init || fail 4 "不能建立数据文件夹 $data" "cannot make the data folder $data"
  fi
  for kind in mining-right:16 exploration-right:13 restoration-project:6; do
    count=$(count_of "$data" "${kind%:*}")
    [ "$count" = "${kind#*:}" ] ||
      fail 4 "$data：${kind%:*} 应有 ${kind#*:} 条，实有 $count 条" "$data has $count of ${kind%:*}, not ${kind#*:}"
  done
  done_step "$name：全县名录在本机，16 个采矿权、13 个探矿权、6 个修复项目" \
    "$name: the county's registers are here: 16 mining rights, 13 exploration rights, 6 restoration projects"
}

# Where the county listens: the port of the last run when it is free, so that laptops find it again.
choose_county_port() {
  local port=
  if [ -s "$county_folder/port" ]; then port=$(cat "$county_folder/port"); fi
  if [ -z "$port" ] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then port=$(free_port); fi
  echo "$port" >"$county_folder/port"
  echo "$port"
}

county_listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }

start_county() {
  local port
  mkdir -p "$county_folder"
  if [ ! -e "$county_store" ]; then
    county init >"$county_folder/init.log" || fail 4 "县级库没有建成" "the county's store was not made"
  fi
  port=$(choose_county_port)
  county_address=http://127.0.0.1:$port
  county serve --listen "127.0.0.1:$port" >"$county_folder/serve.log" 2>&1 9>&- &
  county_process=$!
  if ! wait_until 20 county_listens "$port" || ! kill -0 "$county_process" 2>/dev/null; then
    cat "$county_folder/serve.log" >&2
    fail 4 "县级服务没有在 20 秒内启动，它的话见上" "the county did not start within 20 s; its words are above"
  fi
  done_step "县级服务在 $county_address（内嵌 SQLite）" "the county serves at $county_address (embedded SQLite)"
}

stop_county() {
  if [ -n "$county_process" ]; then stop_process "$county_process"; fi
  county_process=
}

# enrol_laptop DATA NAME: once; afterwards the county lists the device.
enrol_laptop() {
  local data=$1 name=$2 code before after
  if [ ! -e "$data/.enrolled-by-run" ]; then
    before=$(county devices --json | jq length)
    code=$(county enrol --name "$name")
    [[ $code =~ ^[A-Z0-9-]+$ ]] || fail 4 "没有得到登记码" "the county gave no enrolment code"
    laptop "$data" enrol "$county_address" "$code" || fail 4 "$name 没有登记成功" "$name could not enrol"
    after=$(county devices --json | jq length)
    [ "$after" = $((before + 1)) ] || fail 4 "县级的设备清单里没有多出 $name" "the county's devices do not show $name"
    : >"$data/.enrolled-by-run"
  fi
  done_step "$name 已在县级登记" "$name is enrolled with the county"
}
