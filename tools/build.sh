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
  export GSETTINGS_SCHEMA_DIR=${GSETTINGS_SCHEMA_DIR:-$build/data}
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
  [ -x "$app_program" ] || fail "The window is not part of this build. The command line is: ./dev cli --help"
  set_uninstalled_environment
  exec "$app_program" "$@"
}

dev_run () {
  build_quietly programs
  if has_display && [ -x "$app_program" ]; then
    dev_app "$@"
  fi
  say "There is no display, so here is a demo made by the command line."
  dev_cli demo "$@"
}

# take_shots DIR LANGUAGE [DARK] [NARROW]
take_shots () {
  LANGUAGE=$2 LC_ALL=C.UTF-8 CS_TEST_DARK=${3:-} CS_TEST_NARROW=${4:-} GDK_BACKEND=x11 GSETTINGS_BACKEND=memory GSK_RENDERER=cairo \
    GDK_DEBUG=gl-disable GTK_A11Y=none CREATIVE_STUDIO_KEYRING=none CS_TEST_WATCHDOG_MS=0 \
    CREATIVE_STUDIO_MEDIA_HELPER_DIR=$build/src/engine/media/helper \
    xvfb-run -a -s "-screen 0 1280x1024x24 -nolisten tcp" dbus-run-session -- "$build/tests/ui/shots" "$1"
}

dev_shots () {
  [ $# -eq 1 ] || fail "Say where the pictures go: ./dev shots DIR" 2
  setup_groups npm build run test
  with_lock "$build" make_targets "$build" programs pictures </dev/null >&2 || fail "The build failed."
  set_uninstalled_environment
  take_shots "$1/light" en
  take_shots "$1/dark" en 1
  take_shots "$1/french" fr
  take_shots "$1/arabic" ar
  take_shots "$1/narrow" en '' 1
}
