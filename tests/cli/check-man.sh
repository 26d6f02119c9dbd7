#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The man page has no mistakes and names every command and option that the help knows; so does the completion.
# check-man.sh PROGRAM ROOT        77: skipped, there is no man here
set -euo pipefail

program=$(readlink -f -- "$1")
root=$2
page=$root/data/creative-studio-cli.1
completion=$root/data/completions/creative-studio-cli
bad=0

command -v man >/dev/null || exit 77

warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=100 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null || true)
if [ -n "$warnings" ]; then
  printf '%s\n' "$warnings"
  bad=1
fi
text=$(LC_ALL=C.UTF-8 MANWIDTH=200 man -E UTF-8 -l "$page")

# The options in the help of a command.
list_options () {
  "$program" "$@" --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}

# The commands in the help of a command.
list_commands () {
  "$program" "$@" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\).*/\1/p'
}

check () {
  local option
  while IFS= read -r option; do
    grep -qF -- "$option" <<<"$text" || { echo "$*: $option is not in the man page"; bad=1; }
    grep -qF -- "$option" "$completion" || { echo "$*: $option is not in the completion"; bad=1; }
  done < <(list_options "$@")
}

while IFS= read -r command; do
  grep -qw -- "$command" <<<"$text" || { echo "$command is not in the man page"; bad=1; }
  grep -qw -- "$command" "$completion" || { echo "$command is not in the completion"; bad=1; }
  check "$command"
  while IFS= read -r part; do
    grep -qw -- "$part" <<<"$text" || { echo "$command $part is not in the man page"; bad=1; }
    grep -qw -- "$part" "$completion" || { echo "$command $part is not in the completion"; bad=1; }
    check "$command" "$part"
  done < <(list_commands "$command")
done < <(list_commands)
exit "$bad"
