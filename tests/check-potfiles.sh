#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# po/POTFILES.in lists exactly the files that have words to translate, in order.
# check-potfiles.sh [ROOT]          fails and shows the difference
# check-potfiles.sh --write [ROOT]  writes the list anew
set -euo pipefail

write=no
if [ "${1:-}" = --write ]; then
  write=yes
  shift
fi
root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"

translatable_files () {
  {
    find src -name '*.[ch]' -print0 \
      | xargs -0r grep -lE '(^|[^A-Za-z0-9_"#])(_|N_|C_|NC_|Q_|g_dngettext|ngettext|g_dpgettext2?|gettext) ?\(' || true
    find resources -name '*.ui' -print0 | xargs -0r grep -l 'translatable="' || true
    find data -name '*.desktop.in' -o -name '*.metainfo.xml.in' -o -name '*.gschema.xml'
  } | LC_ALL=C sort -u
}

if [ "$write" = yes ]; then
  translatable_files > po/POTFILES.in
elif ! diff -u --label po/POTFILES.in --label "files with words to translate" po/POTFILES.in <(translatable_files); then
  echo "Run: tests/check-potfiles.sh --write" >&2
  exit 1
fi
