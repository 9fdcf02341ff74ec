# The steps of a day, for run.sh: each does one thing through the programs' own command line and then looks, by another
# way, whether it really happened. Needs common.sh; use_folder comes first.

programs=$root/build/release/bin
county_process=
day_step=0

# use_folder OUT: everything that is made lies there. One run at a time.
use_folder() {
  mkdir -p "$1" || fail 4 "不能建立 $1" "cannot make $1"
  out=$(cd "$1" && pwd)
  county_folder=$out/county
  county_store=$county_folder/county.sqlite
  exec 9>"$out/lock"
  flock -n 9 || fail 4 "另一个 run.sh 正在使用 $out" "another run.sh is using $out"
}

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
  county_address=https://127.0.0.1:$port
  # Not through county(): the function would run in a subshell, and stopping that would leave the server behind.
  "$programs/kuangxun-county" --store "sqlite:$county_store" serve --listen "127.0.0.1:$port" \
    >"$county_folder/serve.log" 2>&1 9>&- &
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
    [[ $code =~ ^[A-Z0-9-]+$ ]] || fail 4 "没有得到注册码" "the county gave no enrolment code"
    laptop "$data" enrol "$county_address" "$code" || fail 4 "$name 未注册成功" "$name could not enrol"
    after=$(county devices --json | jq length)
    [ "$after" = $((before + 1)) ] || fail 4 "县级的设备清单里没有多出 $name" "the county's devices do not show $name"
    : >"$data/.enrolled-by-run"
  fi
  done_step "$name 已在县级库注册" "$name is enrolled with the county"
}

# visits_of DATA: the ids of its visits, one a line.
visits_of() { laptop "$1" list visit --json | jq -r '.[].id' | sort; }

# record_example_visits DATA: a visit to a made-up site, with points and photos, and one to a mine of the registers,
# with both checklists. Sets `visits` to the ids of the visits that appeared.
record_example_visits() {
  local data=$1 before appeared example
  visits=()
  for example in visit-site visit-mine; do
    before=$(visits_of "$data")
    laptop "$data" record "$root/assets/examples/$example.json" >"$out/$example.log" ||
      fail 4 "示例没有录入：$example.json" "the example was not recorded: $example.json"
    appeared=$(comm -13 <(printf '%s\n' "$before") <(visits_of "$data"))
    [ "$(grep -c . <<<"$appeared")" = 1 ] ||
      fail 4 "应当多出一次检查，实际多出：$appeared" "one visit should have appeared, but these did: $appeared"
    visits+=("$appeared")
    laptop "$data" show "$appeared" --json >"$out/$example.json"
  done
  done_step "两次示例检查已离线录入：${visits[*]}" "the two example visits are recorded offline: ${visits[*]}"
}

# check_rules DATA: exit 1 only says that some rule fails; the verdicts must be whole and of the four kinds.
check_rules() {
  local data=$1 status=0 counts
  laptop "$data" check --json >"$out/check.json" || status=$?
  [ "$status" -le 1 ] || fail 4 "核对没有完成（退出码 $status）" "check did not finish (exit code $status)"
  jq -e '(.verdicts | length) > 0 and all(.verdicts[];
      (.verdict | IN("pass", "fail", "unknown", "not-applicable")) and (.reason | length) > 0)' \
    "$out/check.json" >/dev/null || fail 4 "$out/check.json 里的结果不完整" "the verdicts in $out/check.json are not whole"
  counts=$(jq -r '[.verdicts | group_by(.verdict)[] | "\(.[0].verdict) \(length)"] | join(", ")' "$out/check.json")
  done_step "规则已逐项核对：$counts（$out/check.json）" "the rules are checked: $counts ($out/check.json)"
}

# print_reports DATA: Chinese must be text in the PDF, not a picture of it.
print_reports() {
  local data=$1 visit file text
  rm -f "$out"/visit-*.pdf
  for visit in "${visits[@]}"; do
    file=$out/visit-$visit.pdf
    laptop "$data" report visit-record "$visit" -o "$file" >/dev/null ||
      fail 4 "检查记录没有生成：$visit" "no visit record was made of $visit"
    text=$(pdftotext -layout "$file" - 2>/dev/null | tr -d ' ') ||
      fail 4 "$file 不是能读的 PDF" "$file is not a readable PDF"
    if ! grep -Eq '检查记录|巡查记录' <<<"$text" || ! grep -q '示例' <<<"$text"; then
      fail 4 "$file 里读不出标题和“示例”字样" "$file lacks its title or the word 示例 as text"
    fi
  done
  done_step "检查记录已存为 PDF：$out/visit-*.pdf" "the visit records are PDFs: $out/visit-*.pdf"
}

# sync_laptop DATA
sync_laptop() {
  local data=$1 result
  result=$out/sync-$(basename "$data").json
  laptop "$data" sync "$county_address" --json >"$result" || fail 4 "$data 没有同步成功" "$data could not sync"
  jq -e '.quarantined == 0 and .stored_through == .applied_through' "$result" >/dev/null ||
    fail 4 "县级没有全部收下，见 $result" "the county did not apply everything, see $result"
}

# The county's own word, and its table as any program reads it.
check_county_holds_visits() {
  local visit rows
  for visit in "${visits[@]}"; do
    rows=$(sqlite3 -readonly "$county_store" "SELECT count(*) FROM visit WHERE id = '$visit'") ||
      fail 4 "$county_store 的 visit 表读不出" "the table visit in $county_store cannot be read"
    [ "$rows" = 1 ] || fail 4 "县级库里没有检查 $visit" "the county's store does not hold the visit $visit"
  done
  rows=$(sqlite3 -readonly "$county_store" 'SELECT count(*) FROM visit')
  county status --json >"$out/county-status.json" || fail 4 "县级状态读不出" "the county's status cannot be read"
  jq -e --argjson rows "$rows" '.records.visit == $rows and .records["mining-right"] == 16 and .quarantined == 0' \
    "$out/county-status.json" >/dev/null ||
    fail 4 "县级状态与库不符，见 $out/county-status.json" "the county's status contradicts its store: $out/county-status.json"
  done_step "已同步，县级库的 visit 表里有这两次检查：$county_store" \
    "synced; the table visit of the county's store holds both: $county_store"
}

# The record as people entered it, without what belongs to one laptop (sync state).
visit_facts() {
  laptop "$1" show "$2" --json | jq -S 'walk(if type == "object" then del(.sync_state, .picture) else . end)'
}

check_second_laptop_has_visits() {
  local first=$1 second=$2 visit facts
  for visit in "${visits[@]}"; do
    facts=$(visit_facts "$first" "$visit") || fail 4 "$first 里没有检查 $visit" "$first does not hold the visit $visit"
    [ "$facts" = "$(visit_facts "$second" "$visit")" ] ||
      fail 4 "第二台笔记本上的检查 $visit 与第一台不一样" "the visit $visit on the second laptop differs from the first's"
  done
  [ "$(count_of "$second" mining-right)" = 16 ] ||
    fail 4 "同步后采矿权不是 16 个" "after the sync there are not 16 mining rights"
  done_step "第二台笔记本拉取到同样的检查，逐字段相同" "the second laptop pulled the same visits, equal field by field"
}

# verify_laptop DATA…: every signature and hash of the chain.
verify_laptops() {
  local data
  for data in "$@"; do
    laptop "$data" verify --json >"$out/verify-$(basename "$data").json" ||
      fail 4 "$data 的数据链没有通过核验" "the chain of $data does not verify"
  done
  done_step "两台笔记本的数据链都通过核验" "the chains of both laptops verify"
}

# take_screenshots DATA: the real window on a display of its own, driven by assets/examples/day.ui, which names the
# pictures. A window without content would be one colour.
take_screenshots() {
  local data=$1 pictures=$out/screenshots picture colours
  rm -rf "$pictures"
  mkdir -p "$pictures"
  (cd "$pictures" && env -u WAYLAND_DISPLAY SDL_VIDEODRIVER=x11 \
    xvfb-run --auto-servernum --server-args="-screen 0 1366x768x24 -noreset" \
    timeout 300 "$programs/kuangxun" --data "$data" --script "$root/assets/examples/day.ui") >"$out/window.log" 2>&1 ||
    fail 4 "窗口没有走完脚本，见 $out/window.log" "the window did not go through its script, see $out/window.log"
  for picture in "$pictures"/*.png; do
    colours=$(identify -format %k "$picture" 2>/dev/null) || fail 4 "没有截图：$pictures" "no screenshots in $pictures"
    [ "$colours" -gt 20 ] || fail 4 "截图是空白的：$picture" "a blank screenshot: $picture"
  done
  done_step "窗口截图 $(find "$pictures" -name '*.png' | wc -l) 张：$pictures" \
    "$(find "$pictures" -name '*.png' | wc -l) screenshots of the window: $pictures"
}

unattended_day() {
  local first=$out/laptop-1 second=$out/laptop-2
  make_laptop "$first"
  start_county
  enrol_laptop "$first" 示例笔记本一
  record_example_visits "$first"
  check_rules "$first"
  print_reports "$first"
  sync_laptop "$first"
  check_county_holds_visits
  make_laptop "$second"
  enrol_laptop "$second" 示例笔记本二
  sync_laptop "$second"
  check_second_laptop_has_visits "$first" "$second"
  verify_laptops "$first" "$second"
  take_screenshots "$first"
  stop_county
  say "全部完成。输出在 $out：" "all done. The outputs lie in $out:"
  (cd "$out" && ls -d visit-*.pdf visit-*.json check.json sync-*.json screenshots/*.png county/county.sqlite laptop-*)
}
