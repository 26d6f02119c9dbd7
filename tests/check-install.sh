#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What `meson install` puts where: everything that a desktop needs, and each file that another one speaks of.
# check-install.sh BUILD
set -euo pipefail

build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
id=dz.iafactory.CreativeStudio
bad=0

complain () {
  printf '%s\n' "$*"
  bad=1
}

meson install -C "$build" --no-rebuild --quiet --destdir "$work/root" >"$work/said" 2>&1 </dev/null \
  || { cat "$work/said"; exit 1; }
program=$(find "$work/root" -path '*/bin/creative-studio')
prefix=${program%/bin/creative-studio}

for file in bin/creative-studio bin/creative-studio-cli libexec/creative-studio/creative-studio-media-helper \
  "share/applications/$id.desktop" "share/dbus-1/services/$id.service" "share/metainfo/$id.metainfo.xml" \
  "share/glib-2.0/schemas/$id.gschema.xml" "share/icons/hicolor/scalable/apps/$id.svg" \
  "share/icons/hicolor/symbolic/apps/$id-symbolic.svg" share/man/man1/creative-studio.1 share/man/man1/creative-studio-cli.1 \
  share/bash-completion/completions/creative-studio-cli share/locale/{ar,fr}/LC_MESSAGES/creative-studio.mo; do
  [ -f "$prefix/$file" ] || complain "$file is not installed"
done

# The bus starts the program that was installed, and the entry says what it says in every language.
started=$(sed -n 's/^Exec=\([^ ]*\) --gapplication-service$/\1/p' "$prefix/share/dbus-1/services/$id.service")
[ "$work/root$started" = "$program" ] || complain "the D-Bus service starts \"$started\""
if grep -rn '@[a-z_]*@' "$prefix/share/applications" "$prefix/share/dbus-1" "$prefix/share/metainfo"; then
  complain 'something was not filled in'
fi
said=$("$program" --version) || complain 'creative-studio --version fails'
[[ $said =~ ^Creative\ Studio\ [0-9.]+$ ]] || complain "creative-studio --version says \"$said\""
exit "$bad"
