# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Testing, measuring and looking for faults.

: "${root:?}" "${build:?}"

suites=(engine cli ui server deck wire house)

# Puts meson's arguments for these suites into the array `selection`; refuses suites that nobody has.
select_suites () {
  local suite
  selection=()
  for suite in "$@"; do
    case " ${suites[*]} " in
      *" $suite "*) selection+=(--suite "$suite") ;;
      *) fail "There is no suite \"$suite\". There are: ${suites[*]}" 2 ;;
    esac
  done
}

# run_tests DIR ARGUMENTS...: the tests, their failures' logs, the time they took, and one last line with the counts.
run_tests () {
  local dir=$1 status=0 started=$SECONDS
  shift
  rm -f "$dir/meson-logs/testlog.json"
  meson test -C "$dir" --print-errorlogs "$@" </dev/null || status=$?
  printf '\nTime: %d s\n' $((SECONDS - started))
  python3 "$root/tools/count-tests.py" "$dir/meson-logs/testlog.json" || status=1
  [ "$status" -eq 0 ] || exit 1
}

dev_test () {
  local selection
  select_suites "$@"
  setup_groups npm build run test
  with_lock "$build" make_targets "$build" </dev/null || fail "The build failed."
  run_tests "$build" --timeout-multiplier 3 "${selection[@]}"
}

dev_asan () {
  local dir=$build-asan selection
  [ $# -gt 0 ] || set -- engine cli server ui
  select_suites "$@"
  setup_groups no build run test
  [ -f "$dir/build.ninja" ] \
    || meson setup "$dir" "$root" -Db_sanitize=address,undefined -Db_lundef=false </dev/null
  with_lock "$dir" make_targets "$dir" </dev/null || fail "The build failed."
  export GDK_DEBUG=gl-disable GTK_A11Y=none DBUS_SESSION_BUS_ADDRESS=disabled:
  run_tests "$dir" --timeout-multiplier 8 "${selection[@]}"
}

dev_bench () {
  setup_groups npm build run bench >&2
  build_quietly programs benches
  set_uninstalled_environment
  exec "$root/tests/bench/run" "$build" "$@"
}

# Runs one fuzz target; what it found before is where it begins.
run_fuzz_target () {
  local dir=$1 target=$2 seconds=$3 name=${2##*/} status=0
  local seeds=$root/tests/fuzz/seeds/${name#fuzz-} folders=("$dir/corpus/$name")
  mkdir -p "${folders[0]}"
  [ ! -d "$seeds" ] || folders+=("$seeds")
  G_SLICE=always-malloc "$target" -max_total_time="$seconds" -detect_leaks=0 -print_final_stats=1 \
    -artifact_prefix="$dir/$name-" "${folders[@]}" </dev/null >"$dir/$name.log" 2>&1 || status=1
  if [ "$status" -eq 0 ]; then
    printf '%s: %s inputs, no finding\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$name.log")"
  else
    tail -n 60 "$dir/$name.log"
    printf '%s: a finding; the input is kept in %s\n' "$name" "$dir"
  fi
  return "$status"
}

dev_fuzz () {
  local seconds=${1:-} dir=$build-fuzz target status=0
  [[ $seconds =~ ^[0-9]+$ ]] || fail "Say for how long each target runs: ./dev fuzz SECONDS" 2
  setup_groups no build run fuzz
  if [ ! -f "$dir/build.ninja" ]; then
    CC=clang meson setup "$dir" "$root" -Dfuzzers=true -Dtests=false -Db_lundef=false \
      -Db_sanitize=address,undefined </dev/null
  fi
  with_lock "$dir" make_targets "$dir" </dev/null || fail "The build failed."
  for target in "$dir"/tests/fuzz/fuzz-*; do
    if [ -f "$target" ] && [ -x "$target" ]; then
      run_fuzz_target "$dir" "$target" "$seconds" || status=1
    fi
  done
  return "$status"
}

c_files () {
  find "$root/src" "$root/tests" -name '*.c' -print0
}

# Headers are tables of contents with their own columns; nobody but a person lays them out.
dev_format () {
  setup_groups no lint
  c_files | xargs -0r clang-format -i
}

dev_lint () {
  local status=0 check file
  setup_groups no lint
  for check in "$root"/tests/check-*.sh; do
    case ${check##*/} in check-links.sh | check-install.sh) continue ;; esac # they want programs
    printf '== %s\n' "${check##*/}"
    "$check" "$root" || status=1
  done
  printf '== clang-format (files that ./dev format would change; only a report)\n'
  while IFS= read -r -d '' file; do
    clang-format "$file" | cmp -s - "$file" || printf '%s\n' "${file#"$root"/}"
  done < <(c_files)
  printf '== cppcheck (only a report)\n'
  cppcheck --quiet --enable=warning,performance,portability --inline-suppr --library=gtk \
    -I "$root/src/engine" -I "$root/src" "$root/src" || true
  [ "$status" -eq 0 ] || fail "The house rules are broken somewhere above."
}
