#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line works where there is no window system: neither it nor anything it links pulls GTK in.
# check-links.sh PROGRAM
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: check-links.sh PROGRAM" >&2; exit 2; }
libraries=$(ldd "$1")
if ! grep -q 'libglib-2\.0' <<<"$libraries"; then
  echo "$1 does not even link GLib; is it the right program?"
  exit 1
fi
if grep -E 'lib(gtk|gdk|gsk|adwaita|webkit[a-z]*)-[0-9]' <<<"$libraries"; then
  echo "$1 links a window toolkit"
  exit 1
fi
