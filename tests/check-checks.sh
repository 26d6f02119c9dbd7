#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks of the house can fail: each is run on a copy of the source into which a fault was put.
# check-checks.sh [ROOT]
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=${1:-$here/..}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
bad=0

complain () {
  echo "$*"
  bad=1
}

fresh_copy () {
  rm -rf "${copy:?}/tree"
  mkdir "$copy/tree"
  tar -C "$root" -cf - src tests po data resources flatpak meson_options.txt | tar -C "$copy/tree" -xf -
}

# expect_failure CHECK WORDS: the check fails on the copy, and says these words.
expect_failure () {
  local output
  if output=$("$here/$1" "$copy/tree" 2>&1); then
    echo "$1 did not notice: $2"
    bad=1
  elif ! grep -qF -- "$2" <<<"$output"; then
    printf '%s failed without the words "%s":\n%s\n' "$1" "$2" "$output"
    bad=1
  fi
}

# plant FILE LINE...: a file with these lines, which pass every check but one.
plant () {
  local file=$copy/tree/$1
  shift
  fresh_copy
  mkdir -p "$(dirname -- "$file")"
  printf '%s\n' "$@" > "$file"
}

plant src/engine/core/cs-planted.c '#include "library/cs-library.h"'
expect_failure check-layers.sh 'core may not include library'
plant src/engine/deck/cs-planted.c '#include "library/cs-library.h"'
expect_failure check-layers.sh 'deck may not include library'
plant src/engine/providers/cs-planted.c '#include "media/cs-sketch-renderer.h"'
expect_failure check-layers.sh 'providers may not include media'
plant src/engine/media/cs-planted.c '#include <gtk/gtk.h>'
expect_failure check-layers.sh '<gtk/gtk.h> may be included only in: ui'
plant src/engine/jobs/cs-planted.c '#include "creative-studio.h"'
expect_failure check-layers.sh 'does not reach up'
plant src/engine/core/cs-planted.c '#include "cs-error.h"'
expect_failure check-layers.sh 'write includes with their folder'
plant src/cli/cs-planted.c '#include "core/cs-error.h"'
expect_failure check-layers.sh 'cli may not include core'
plant src/cli/cs-planted.c '#include "ui/cs-window.h"'
expect_failure check-layers.sh 'cli may not include ui'
plant src/server/cs-planted.c '#include "cli/cs-cli.h"'
expect_failure check-layers.sh 'server may not include cli'
plant src/engine/kitchen/cs-planted.c '#include "core/cs-error.h"'
expect_failure check-layers.sh 'no folder kitchen'

plant src/engine/core/cs-planted.c 'return _ ("Hello");'
expect_failure check-potfiles.sh '+src/engine/core/cs-planted.c'
fresh_copy
echo src/engine/core/cs-gone.c >> "$copy/tree/po/POTFILES.in"
expect_failure check-potfiles.sh '-src/engine/core/cs-gone.c'

mapfile -t long_body < <(yes '  step ();' | head -n 80)
plant src/engine/core/cs-planted.c 'static void' 'planted (void)' '{' "${long_body[@]}" '}'
expect_failure check-sizes.sh 'planted() has 83 lines'
mapfile -t long_file < <(yes 'int x;' | head -n 1001)
plant src/engine/core/cs-planted.c "${long_file[@]}"
expect_failure check-sizes.sh '1001 lines'

plant src/engine/core/cs-planted.c "/* TO""DO: later */"
expect_failure check-words.sh 'cs-planted.c:1'
plant package-lock.json '"resolved": "https://example.org/x.tgz"'
expect_failure check-words.sh 'holds addresses'

# What a desktop reads, only where its tools are: many faults at once, since it names each.
desktop_faults () {
  local id=dz.iafactory.CreativeStudio output words
  fresh_copy
  pushd "$copy/tree" >/dev/null
  sed -i 's/^Categories=.*/Categories=Kitchen;/; s/^Actions=.*/&new-kitchen;/' data/$id.desktop.in
  sed -i 's/^Name=.*/Name=dz.iafactory.Kitchen/' data/$id.service.in
  sed -i 's/<summary>.*/<summary>Ends with a dot.<\/summary>/; s|screenshots/video.png|screenshots/kitchen.png|' \
    data/$id.metainfo.xml.in
  sed -i "0,/'video'/s//video/" data/$id.gschema.xml
  sed -i 's/<path/<path "/' resources/icons/scalable/actions/cs-dice-symbolic.svg
  sed -i '/cs-composer.ui/d' resources/ui.gresource.xml
  sed -i 's/open-menu-symbolic/open-kitchen-symbolic/' resources/ui/cs-window.ui
  sed -i 's/-Dtests/-Dkitchen/; s/  - --share=ipc/  - --filesystem=home/' flatpak/$id.yml
  sed -i 's/new\\-window/new\\-kitchen/' data/creative-studio.1
  popd >/dev/null
  output=$("$here/check-desktop.sh" "$copy/tree" 2>&1) && complain 'check-desktop.sh did not notice anything'
  for words in 'contains an unregistered value "Kitchen"' 'no action app.new-kitchen' "has no line Name=$id" \
    'summary-has-dot-suffix' 'data/screenshots/kitchen.png is missing' 'gschema.xml: ' 'cs-dice-symbolic.svg: ' \
    'does not list ui/cs-composer.ui' 'icons that no theme has: open-kitchen-symbolic' 'there is no option kitchen' \
    'promises to do without: "--filesystem=home"' 'does not name --new-window'; do
    grep -qF -- "$words" <<<"$output" || complain "check-desktop.sh did not notice: $words"
  done
}

if "$here/check-desktop.sh" "$root" >/dev/null || [ $? -ne 77 ]; then
  desktop_faults
fi

plant src/engine/core/cs-planted.c 'return _ ("Hello");'
echo src/engine/core/cs-planted.c >> "$copy/tree/po/POTFILES.in"
printf '%s\n' '' 'msgid "A word of yesterday"' 'msgstr "Un mot de la veille"' >> "$copy/tree/po/fr.po"
sed -i '0,/^#, c-format/s//#, fuzzy, c-format/' "$copy/tree/po/fr.po"
echo fr > "$copy/tree/po/LINGUAS"
expect_failure check-translations.sh 'po/ar.po: is not complete'
expect_failure check-translations.sh 'po/fr.po: says what no source says'
expect_failure check-translations.sh 'po/fr.po: only guesses'
expect_failure check-translations.sh 'po/LINGUAS: does not list'
fresh_copy
sed -i '0,/^msgstr "L.*%s/s//&%d/' "$copy/tree/po/fr.po"
sed -i '/^msgstr\[5\]/d' "$copy/tree/po/ar.po"
expect_failure check-translations.sh 'po/fr.po: is not valid'
expect_failure check-translations.sh 'po/ar.po: is not valid'

exit "$bad"
