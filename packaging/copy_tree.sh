# For proofs that change the sources: they work in a copy of the checkout. To be sourced.

# copy_tree FOLDER: it holds then what this checkout holds, uncommitted changes too; only what differs is touched, so
# that only that is built anew.
copy_tree() {
  local file tree=$1
  mkdir -p "$tree"
  cd "$root"
  while IFS= read -r file; do
    if [ ! -e "$file" ]; then
      rm -f "$tree/$file"
    elif ! cmp -s "$file" "$tree/$file"; then
      mkdir -p "$tree/$(dirname "$file")"
      cp "$file" "$tree/$file"
    fi
  done < <(git ls-files --cached --others --exclude-standard)
  while IFS= read -r file; do
    [ -e "$root/$file" ] || rm -f "$tree/$file"
  done < <(cd "$tree" && find . -type f | sed 's|^\./||')
}

# of PATCH WORD: what stands behind "WORD: " in the patch's heading.
of() { sed -n "s/^$2: //p;/^--- /q" "$1"; }
