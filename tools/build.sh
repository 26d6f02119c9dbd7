# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Building, and running what was built.

: "${root:?}" "${build:?}" "${packages_file:?}"

cli_program=$build/src/cli/creative-studio-cli
app_program=$build/src/ui/creative-studio

# configure DIR OPTIONS...: once; ninja itself configures again when a build file changed.
configure () {
  local dir=$1
  shift
  [ -f "$dir/build.ninja" ] || meson setup "$dir" "$root" "$@"
}

# make_targets DIR TARGETS...: all of them when none is named.
make_targets () {
  local dir=$1
  shift
  configure "$dir" && ninja -C "$dir" "$@"
}

# build_quietly TARGETS...: builds and keeps quiet, unless it fails: then everything that was printed goes to stderr.
build_quietly () {
  local log status=0
  [ -w "$build" ] || [ ! -x "$cli_program" ] || return 0
  log=$(mktemp)
  if [ ! -f "$build/build.ninja" ] || [ "$packages_file" -nt "$build/build.ninja" ]; then
    setup_groups no build run >&2
  fi
  if [ ! -f "$build/build.ninja" ]; then
    say "Building Creative Studio for the first time..."
  fi
  with_lock "$build" make_targets "$build" "$@" </dev/null >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  [ "$status" -eq 0 ] || fail "The build failed."
}

# What programs need that run from the build folder and not from where they will be installed.
set_uninstalled_environment () {
  export CREATIVE_STUDIO_LOCALEDIR=${CREATIVE_STUDIO_LOCALEDIR:-$build/po}
}

has_display () {
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

dev_build () {
  setup_groups no build run
  with_lock "$build" make_targets "$build" </dev/null || fail "The build failed."
}

dev_cli () {
  build_quietly programs
  [ -x "$cli_program" ] || fail "The command line is not part of this build."
  set_uninstalled_environment
  exec "$cli_program" "$@"
}

dev_app () {
  build_quietly programs
  [ -x "$app_program" ] || fail "The window does not exist yet. The command line does: ./dev cli --help"
  set_uninstalled_environment
  exec "$app_program" "$@"
}

dev_run () {
  build_quietly programs
  if has_display && [ -x "$app_program" ]; then
    dev_app "$@"
  fi
  if has_display; then
    say "The window does not exist yet, so here is a demo made by the command line."
  else
    say "There is no display, so here is a demo made by the command line."
  fi
  dev_cli demo "$@"
}

dev_shots () {
  [ $# -eq 1 ] || fail "Say where the pictures go: ./dev shots DIR" 2
  fail "The window does not exist yet, so there is nothing to take pictures of."
}
