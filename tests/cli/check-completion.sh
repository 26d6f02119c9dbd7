#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What bash offers behind creative-studio-cli, with a library of one picture.
# check-completion.sh PROGRAM ROOT
set -euo pipefail

program=$(readlink -f -- "$1")
root=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export CREATIVE_STUDIO_HOME=$home/studio
bad=0

creative-studio-cli () {
  "$program" "$@"
}

# shellcheck source=/dev/null
. "$root/data/completions/creative-studio-cli"

# offer WORDS...: what is offered for the last of them, in one line
offer () {
  COMP_WORDS=("creative-studio-cli" "$@")
  COMP_CWORD=$#
  COMPREPLY=()
  _creative_studio_cli
  printf '%s' "${COMPREPLY[*]}"
}

expect () {
  local wanted=$1 got
  shift
  got=$(offer "$@")
  if [ "$got" != "$wanted" ]; then
    printf '“%s”: offered “%s” and not “%s”\n' "$*" "$got" "$wanted"
    bad=1
  fi
}

id=$(creative-studio-cli image "a lake" --json 2>/dev/null | sed -n 's/^ *"id": *"\([0-9A-Z]*\)".*/\1/p')
touch "$home/notes.md"
cd "$home"

expect "video" vi
expect "list search show export favourite rename trash restore check" library ""
expect "resume resend" jobs res
expect "export" deck ex
expect "--duration --detach" video x --d
expect "cinematic" video x --style ci
expect "1:1 16:9" image x --aspect-ratio 1
expect "solarized" deck x --theme s
expect "video image" write x --kind ""
expect "$id" library show ""
expect "$id" jobs show "${id:0:4}"
expect "" jobs wait ""
expect "" library restore ""
expect "notes.md" deck export no
expect "" video x --seed ""
expect "create credit balance ledger list" wallet ""
expect "-" wallet balance ""
expect "--credit" wallet create --c
expect "show set" budget ""
expect "none" budget set --day no
expect "--user-id" usage --u
expect "serve" se
expect "--port" serve --p
expect "0.0.0.0" serve --listen 0
expect "notes.md" serve --token-file no
expect "" serve --port ""
expect "list set check clear import" keys ""
expect "REPLICATE_API_TOKEN" keys set RE
expect "notes.md" keys import no
exit "$bad"
