#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev keeps its promises, tried on a tiny project that has the same shape: quiet `cli`, the program's own exit code,
# stdin and current folder, no rebuild when nothing changed, and true counts of tests.
# check-dev.sh [ROOT]
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=${1:-$here/..}
tiny=$(mktemp -d)
trap 'rm -rf "$tiny"' EXIT
unset CREATIVE_STUDIO_BUILD_DIR DISPLAY WAYLAND_DISPLAY
dev=$tiny/dev
bad=0

complain () {
  echo "FAILED: $*"
  bad=1
}

# check WHAT WANTED GOT
check () {
  [ "$2" = "$3" ] || complain "$1: wanted \"$2\", got \"$3\""
}

# run COMMAND...: fills $out, $err and $code.
run () {
  code=0
  "$@" >"$tiny/out" 2>"$tiny/err" || code=$?
  out=$(cat "$tiny/out")
  err=$(cat "$tiny/err")
}

make_tiny_project () {
  cp "$root/dev" "$tiny/"
  cp -r "$root/tools" "$tiny/"
  mkdir -p "$tiny/src/cli"
  cat > "$tiny/meson.build" <<'END'
project('tiny', 'c')
subdir('src/cli')
sh = find_program('sh')
test('tap', sh, args: ['-c', 'echo ok 1 a; echo ok 2 b; echo ok 3 c \# SKIP no; echo 1..3'], protocol: 'tap', suite: 'engine')
test('plain', sh, args: ['-c', 'exit 0'], suite: 'cli')
test('skipped', sh, args: ['-c', 'exit 77'], suite: 'cli')
test('tap fails', sh, args: ['-c', 'echo ok 1 a; echo not ok 2 b; echo 1..2; exit 1'], protocol: 'tap', suite: 'ui')
test('crashes', sh, args: ['-c', 'echo ok 1 a; kill -SEGV $$'], protocol: 'tap', suite: 'server')
END
  cat > "$tiny/src/cli/meson.build" <<'END'
alias_target('programs', executable('creative-studio-cli', 'main.c'))
END
  cat > "$tiny/src/cli/main.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int
main (int argc, char **argv)
{
  char text[100] = "", folder[4096];
  fgets (text, sizeof text, stdin);
  printf ("%s|%s|%s", getcwd (folder, sizeof folder), argc > 2 ? argv[2] : "", text);
  return argc > 1 ? atoi (argv[1]) : 0;
}
END
}

check_help () {
  local command
  run "$dev"
  check "help's exit code" 0 "$code"
  for command in setup build run cli app test asan bench fuzz format lint shots; do
    grep -q "^  $command " <<<"$out" || complain "help does not name $command"
  done
  run "$dev" nonsense
  check "exit code of an unknown command" 2 "$code"
  check "stdout of an unknown command" "" "$out"
}

check_cli () {
  local folder=$tiny/elsewhere built
  mkdir "$folder"
  cd "$folder"
  run "$dev" cli 5 "two words" <<<"from stdin"
  check "first cli: exit code" 5 "$code"
  check "first cli: stdout" "$folder|two words|from stdin" "$out"

  built=$(stat -c %y "$tiny/build/src/cli/creative-studio-cli")
  run "$dev" cli 0 "" </dev/null
  check "second cli: exit code" 0 "$code"
  check "second cli: stderr" "" "$err"
  check "second cli: not built again" "$built" "$(stat -c %y "$tiny/build/src/cli/creative-studio-cli")"

  ln -s "$dev" "$tiny/elsewhere/link"
  run ./link cli 3 x </dev/null
  check "through a link: exit code" 3 "$code"

  printf 'nonsense\n' >> "$tiny/src/cli/main.c"
  run "$dev" cli 0 </dev/null
  check "broken source: exit code" 1 "$code"
  check "broken source: stdout" "" "$out"
  grep -q "error:" <<<"$err" || complain "broken source: stderr does not show the compiler's words"
  sed -i '$d' "$tiny/src/cli/main.c"
}

check_run () {
  run "$dev" run --dir x </dev/null
  check "run without a display: stdout" "$tiny/elsewhere|--dir|" "$out"
  grep -q "no display" <<<"$err" || complain "run does not say that there is no display"
  run "$dev" shots "$tiny/shots"
  check "shots without a window: exit code" 1 "$code"
  [ -n "$err" ] || complain "shots without a window says nothing"
}

check_test () {
  run "$dev" test engine cli
  check "good tests: exit code" 0 "$code"
  check "good tests: last line" "3 passed, 0 failed, 2 skipped" "$(tail -n 1 <<<"$out")"
  run "$dev" test
  check "bad tests: exit code" 1 "$code"
  check "bad tests: last line" "5 passed, 2 failed, 2 skipped" "$(tail -n 1 <<<"$out")"
  grep -q "not ok 2 b" <<<"$out" || complain "the log of a failed test is not shown"
  run "$dev" test kitchen
  check "unknown suite: exit code" 2 "$code"
}

make_tiny_project
check_help
check_cli
check_run
check_test
exit "$bad"
