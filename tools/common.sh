# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Small words that the other parts of ./dev use. $root and $build come from there.

# Everything that is not a program's own answer goes to stderr.
say () {
  printf '%s\n' "$*" >&2
}

fail () {
  say "$1"
  exit "${2:-1}"
}

have () {
  command -v "$1" >/dev/null 2>&1
}

# Runs a command as root: directly, or with sudo where we are somebody else.
as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    fail "This needs root, and there is no sudo. As root, run: $*"
  fi
}

# Runs a command while holding the lock of a build folder, so that two ./dev never build the same one at once.
with_lock () {
  local dir=$1
  shift
  mkdir -p "$dir"
  if have flock && [ -w "$dir" ]; then
    (
      flock 9
      "$@" 9>&-
    ) 9>"$dir/.dev-lock"
  else
    "$@"
  fi
}
