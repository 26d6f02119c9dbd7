#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every language of po/LINGUAS says all the words of the sources, with their placeholders and plural forms.
# check-translations.sh [ROOT]
set -euo pipefail

root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"
for tool in xgettext msgfmt msgcmp msgattrib; do
  command -v "$tool" >/dev/null || exit 77
done
words=$(mktemp -d)
trap 'rm -rf "$words"' EXIT
bad=0

# say_bad FILE WHAT: and the lines of the standard input below it.
say_bad () {
  printf '%s: %s\n' "$1" "$2"
  head -n 20
  bad=1
}

# What meson's preset "glib" and po/meson.build tell xgettext.
extract_words () {
  xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 \
    --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format \
    --flag=NC_:2:pass-c-format --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format \
    --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format --flag=g_error_new:3:c-format \
    --flag=g_set_error:4:c-format --flag=g_markup_printf_escaped:1:c-format --flag=g_log:3:c-format \
    --flag=g_print:1:c-format --flag=g_printerr:1:c-format --flag=g_printf:1:c-format --flag=g_fprintf:2:c-format \
    --flag=g_sprintf:2:c-format --flag=g_snprintf:3:c-format --flag=cs_set_error:3:c-format --add-location=file \
    --files-from=po/POTFILES.in --output="$words/all.pot"
}

# check_language FILE: its own faults, then what it says against what the sources need.
check_language () {
  local file=$1 found
  found=$(msgfmt --check --check-format -o "$words/one.mo" "$file" 2>&1) || true
  [ -z "$found" ] || say_bad "$file" "is not valid" <<<"$found"
  found=$(msgattrib --no-wrap --only-fuzzy --no-obsolete "$file" | grep '^msgid "..*"' || true)
  [ -z "$found" ] || say_bad "$file" "only guesses (fuzzy)" <<<"$found"
  found=$(msgcmp "$file" "$words/all.pot" 2>&1 >/dev/null) \
    || say_bad "$file" "is not complete; run: ninja -C build creative-studio-pot creative-studio-update-po" <<<"$found"
  found=$(msgcmp "$words/all.pot" "$file" --use-untranslated 2>&1 >/dev/null | grep 'used but not defined' || true)
  [ -z "$found" ] || say_bad "$file" "says what no source says" <<<"$found"
  found=$(msgattrib --no-wrap --only-obsolete "$file")
  [ -z "$found" ] || say_bad "$file" "keeps words that are gone" <<<"$found"
}

extract_words 2>"$words/warnings"
[ ! -s "$words/warnings" ] || say_bad po/POTFILES.in "names files with words that cannot be translated" <"$words/warnings"
found=$(diff <(tr -s ' ' '\n' <po/LINGUAS) <(cd po && printf '%s\n' *.po | sed 's/\.po$//') || true)
[ -z "$found" ] || say_bad po/LINGUAS "does not list the files po/*.po" <<<"$found"
for file in po/*.po; do
  check_language "$file"
done
exit "$bad"
