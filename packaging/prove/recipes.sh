#!/usr/bin/env bash
# What CONTRIBUTING's recipes add is there, and costs as few files as they say: recipes.sh
# Each tests/recipes/*.patch adds one thing (a field, a kind, a rule, a page, a command, a message, a language) and says
# how many files that may take (tests and lists of what is built are counted apart), and which test case shows that it
# is there, from what a person does to what a person reads. All are applied together in a copy (build/recipes), which
# was built without them before: what they cost is an incremental build.
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"
. "$root/packaging/copy_tree.sh"

if [ "${KUANGXUN_RECIPES_WITHIN:-}" = "" ]; then
  install_missing build window day headless test
  KUANGXUN_RECIPES_WITHIN=1 exec "$root/packaging/postgres.sh" run \
    xvfb-run --auto-servernum bash "${BASH_SOURCE[0]}"
fi
cd "$root"
place=$root/build/recipes
tree=$place/tree
build=$place/build
patches=(tests/recipes/*.patch)

# touched PATCH: the files that it changes or adds.
touched() { git apply --numstat "$1" | cut -f 3; }
# What is counted apart: tests, and the list of what a folder is built of.
is_apart() { [[ $1 == tests/* || $1 == */CMakeLists.txt ]]; }

programs=()
for patch in "${patches[@]}"; do programs+=("$(of "$patch" Test)"); done
mapfile -t programs < <(printf '%s\n' "${programs[@]}" | sort -u)

build_programs() {
  cmake --build "$build" --target "${programs[@]}" >"$place/build.log" 2>&1 ||
    { grep -m5 -E 'error|FAILED' "$place/build.log"; fail 1 "编译失败" "does not build: $place/build.log"; }
}

copy_tree "$tree"
(cd "$tree" && cmake --preset check -B "$build" -Wno-dev) >"$place/configure.log" 2>&1 ||
  { tail "$place/configure.log"; fail 4 "无法配置" "cannot configure"; }
build_programs
for patch in "${patches[@]}"; do
  patch -s -p1 -d "$tree" <"$patch" || fail 1 "补丁不适用：$patch" "the patch does not apply: $patch"
done
began=$SECONDS
build_programs
say "全部配方一起增量编译：$((SECONDS - began)) 秒" "all recipes together, built incrementally: $((SECONDS - began)) s"

outcome=0
printf '%-12s %-6s %-6s %-6s %s\n' recipe files most apart "shown by"
for patch in "${patches[@]}"; do
  files=0 apart=0
  while IFS= read -r file; do
    if is_apart "$file"; then apart=$((apart + 1)); else files=$((files + 1)); fi
  done < <(touched "$patch")
  most=$(of "$patch" Files)
  program=$(of "$patch" Test)
  test_case=$(of "$patch" Case)
  shown="$program: $test_case"
  # doctest takes a comma for the end of a name.
  if ! "$build/bin/$program" --test-case="${test_case//,/?}" >"$place/run.log" 2>&1 ||
    ! grep -Eq '^\[doctest\] test cases: +[1-9][0-9]* \| +[1-9][0-9]* passed' "$place/run.log"; then
    shown="✗ does not pass: $shown"
    tail -n 20 "$place/run.log"
    outcome=1
  fi
  if [ "$files" -gt "$most" ]; then
    shown="✗ touches too many files: $shown"
    outcome=1
  fi
  printf '%-12s %-6s %-6s %-6s %s\n' "$(basename "$patch" .patch)" "$files" "$most" "$apart" "$shown"
done
exit "$outcome"
