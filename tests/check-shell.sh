#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every shell script parses, and shellcheck finds nothing where it is installed (else the test is skipped).
# check-shell.sh [ROOT]
set -euo pipefail

root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"

mapfile -t scripts < <(
  echo dev
  find .ci tools tests src data resources -type f ! -name '*.[chtjp]*' -print0 \
    | xargs -0r grep -lE '^#!.*\b(ba)?sh$|^# shellcheck shell=' | sort)
for script in "${scripts[@]}"; do
  bash -n "$script"
done
command -v shellcheck >/dev/null || exit 77
shellcheck -x "${scripts[@]}"
