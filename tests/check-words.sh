#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that do not belong in the source: marks of unfinished work, and addresses of package registries.
# check-words.sh [ROOT]
set -euo pipefail

root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"
bad=0

# The files that are ours: not what was built or installed, not the licence.
our_files () {
  find . \( -name .git -o -name node_modules -o -path './build*' -o -name .cache -o -name __pycache__ \) -prune \
    -o -type f ! -name LICENSE ! -name '*.png' ! -name '*.svg' -print0
}

# refuse WHY PATTERN [GREP-OPTION...]: the pattern stands in none of our files but this one.
refuse () {
  local why=$1 pattern=$2 found
  shift 2
  found=$(our_files | xargs -0r grep -nIE "$@" -e "$pattern" -- /dev/null | grep -v '^\./tests/check-words\.sh:' || true)
  if [ -n "$found" ]; then
    printf '%s:\n%s\n' "$why" "$(cut -c1-200 <<<"$found")"
    bad=1
  fi
}

refuse "Unfinished work is finished, or written down as an issue" '\b(TODO|FIXME|XXX|HACK)\b'
refuse "No package registry is named; it is the reader's own" 'registry\.[a-z0-9-]+\.[a-z]|\.pkg\.dev\b|^[ \t]*registry ?=' -i

if [ -f package-lock.json ] && grep -nE '"resolved"' package-lock.json; then
  echo 'package-lock.json holds addresses; .npmrc says omit-lockfile-registry-resolved=true: make it again'
  bad=1
fi
exit "$bad"
