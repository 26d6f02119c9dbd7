#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Reads every #include of src/ and fails on an arrow that layers.txt does not have.
# check-layers.sh [ROOT]
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=${1:-$here/..}
cd "$root/src"

find . -name '*.[ch]' -printf '%P\n' | sort | xargs -r grep -nHE '^[ \t]*#[ \t]*(include|import)' /dev/null \
  | awk -v table="$here/layers.txt" '
  function trim (text) { gsub (/^[ \t]+|[ \t]+$/, "", text); return text }

  # Shell patterns of the table know only "*".
  function to_regex (pattern) { gsub (/\./, "\\.", pattern); gsub (/\*/, ".*", pattern); return "^" pattern "$" }

  function read_table (line, at, left, n, words, i) {
    while ((getline line < table) > 0) {
      sub (/#.*/, "", line)
      if ((at = index (line, "->")) > 0) {
        left = trim (substr (line, 1, at - 1))
        known[left] = 1
        n = split (trim (substr (line, at + 2)), words, " ")
        for (i = 1; i <= n; i++) arrow[left, words[i]] = 1
        if (left ~ /\//) file_rule[to_regex (left)] = left
      } else if ((at = index (line, " only ")) > 0) {
        owners[trim (substr (line, 1, at - 1))] = " " trim (substr (line, at + 6)) " "
      }
    }
    close (table)
  }

  # The room that a path under src/ belongs to: "engine/jobs/cs-job.c" is of jobs, "engine/cs-engine.c" of engine.
  function room_of (path, part, n) {
    n = split (path, part, "/")
    return part[1] != "engine" ? part[1] : n > 2 ? part[2] : "engine"
  }

  function allowed (room, file, target, rule) {
    if (room == target || (room, target) in arrow) return 1
    for (rule in file_rule)
      if (file ~ rule && (file_rule[rule], target) in arrow) return 1
    return 0
  }

  function complain (what) { print "src/" path ":" number ": " what; bad = 1 }

  function check_foreign (header, prefix) {
    for (prefix in owners)
      if (index (header, prefix) == 1 && index (owners[prefix], " " room " ") == 0)
        complain (header " may be included only in:" owners[prefix])
  }

  function check_own (name, target) {
    if (name == "config.h") return
    if (name == "creative-studio.h" || name == "cs-engine.h") {
      if (room != "engine" && !((room, "public") in arrow))
        complain ("\"" name "\": a room of the engine does not reach up to the engine")
      if (room != "engine" && name == "cs-engine.h")
        complain ("\"cs-engine.h\": front ends include \"creative-studio.h\"")
      return
    }
    if (name !~ /\//) { complain ("\"" name "\": write includes with their folder, as in \"core/cs-error.h\""); return }
    target = name; sub (/\/.*/, "", target)
    if (!(target in known)) complain ("\"" name "\": layers.txt has no folder " target)
    else if (!allowed(room, file, target)) complain ("\"" name "\": " room " may not include " target)
  }

  BEGIN { read_table() }
  {
    split ($0, part, ":"); path = part[1]; number = part[2]
    room = room_of(path); file = path; sub (/^engine\//, "", file)
    if (!(room in known)) complain ("layers.txt has no folder " room)
    if (match ($0, /<[^>]+>/)) check_foreign(substr ($0, RSTART, RLENGTH))
    else if (match ($0, /"[^"]+"/)) check_own(substr ($0, RSTART + 1, RLENGTH - 2))
  }
  END { exit bad }
'
