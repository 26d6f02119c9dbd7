#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of over 1000 lines and functions of over 80 are refused; files of over 600 are named.
# check-sizes.sh [ROOT]
set -euo pipefail

root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"

# A function begins with its name at column 0, followed by " ("; its body stands between braces at column 0.
# shellcheck disable=SC2016 # awk reads its own dollars
find src tests -name '*.[ch]' | sort | xargs -r awk '
  function end_file () {
    if (last > 1000) { print name ": " last " lines; a file has at most 1000"; bad = 1 }
    else if (last > 600) print name ": " last " lines; think about where to cut it"
  }
  FNR == 1 { if (name != "") end_file(); name = FILENAME; function_name = ""; inside = 0 }
  { last = FNR }
  !inside && /^[A-Za-z_][A-Za-z0-9_]* ?\(/ { function_name = $1; sub (/\(.*/, "", function_name); start = FNR }
  !inside && /^[#}]|;$/ { function_name = "" }
  /^{/ && function_name != "" { inside = 1 }
  /^}/ {
    if (inside && FNR - start + 1 > 80) {
      print name ":" start ": " function_name "() has " FNR - start + 1 " lines; a function has at most 80"
      bad = 1
    }
    inside = 0; function_name = ""
  }
  END { if (name != "") end_file(); exit bad }
'
