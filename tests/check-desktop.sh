#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a desktop reads about the program is valid, translated and agrees with itself: desktop entry, D-Bus service, AppStream
# metainfo, settings, icons, the icons that the window asks for, manual page and Flatpak manifest.
# check-desktop.sh [ROOT]       77: skipped, a tool is not installed
# What a tool prints is what is wrong, so the end of a pipe decides, and it runs here.
set -eu
shopt -s lastpipe

root=${1:-$(dirname -- "${BASH_SOURCE[0]}")/..}
cd "$root"
for tool in desktop-file-validate appstreamcli glib-compile-schemas gresource pkg-config rsvg-convert msgfmt flatpak-builder man; do
  command -v "$tool" >/dev/null || exit 77
done
id=dz.iafactory.CreativeStudio
themes=${CREATIVE_STUDIO_ICON_THEMES:-/usr/share/icons/Adwaita}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

complain () {
  printf '%s\n' "$*"
  bad=1
}

# complain_with WHAT: if there is anything on the standard input, that is what is wrong.
complain_with () {
  local found
  found=$(cat)
  [ -z "$found" ] || complain "$1: $found"
}

# has FILE LINE: the file has exactly this line.
has () {
  grep -qxF -- "$2" "$1" || complain "$1: has no line $2"
}

# merge FORMAT FILE OUT: with the words of all languages, as meson does it.
merge () {
  msgfmt "--$1" --template="$2" -d po -o "$3" 2>&1 | complain_with "$2"
}

check_entry () {
  local entry=$work/$id.desktop icons=data/icons/hicolor
  merge desktop "data/$id.desktop.in" "$entry"
  desktop-file-validate "$entry" 2>&1 | sed "s|$entry: ||" | complain_with "data/$id.desktop.in"
  has "$entry" "Icon=$id"
  has "$entry" 'DBusActivatable=true'
  has "data/$id.service.in" "Name=$id"
  has "data/$id.service.in" 'Exec=@bindir@/creative-studio --gapplication-service'
  [ -f "$icons/scalable/apps/$id.svg" ] || complain "the icon $id is missing"
  [ -f "$icons/symbolic/apps/$id-symbolic.svg" ] || complain "the icon $id-symbolic is missing"
  sed -n 's/^Actions=//p' "$entry" | tr ';' '\n' | while read -r action; do
    [ -z "$action" ] || grep -q "{ \"$action\"," src/ui/cs-application.c || echo "no action app.$action"
  done | complain_with "data/$id.desktop.in"
}

# check_metainfo WEBSITE: as meson fills it in; an id with capitals is what D-Bus names have, and the only thing to be said.
check_metainfo () {
  local begin='' end='' source=$work/$id.metainfo.xml.in done=$work/$id.metainfo.xml
  [ -n "$1" ] || { begin='<!--'; end='-->'; }
  sed -e "s|@website@|$1|g; s|@website_begin@|$begin|; s|@website_end@|$end|" "data/$id.metainfo.xml.in" > "$source"
  merge xml "$source" "$done"
  appstreamcli validate --no-net --pedantic --no-color "$done" 2>&1 | grep -E '^[EWIP]: ' | grep -v cid-contains-uppercase-letter \
    | complain_with "data/$id.metainfo.xml.in"
}

check_pictures () {
  local name
  sed -n 's|.*@website@/screenshots/\(.*\)</image>.*|\1|p' "data/$id.metainfo.xml.in" | while read -r name; do
    [ -f "data/screenshots/$name" ] || echo "data/screenshots/$name is missing"
  done | complain_with "data/$id.metainfo.xml.in"
}

check_schema () {
  glib-compile-schemas --strict --dry-run data 2>&1 | complain_with "data/$id.gschema.xml"
  has "data/$id.metainfo.xml.in" "  <id>$id</id>"
  grep -q "schema id=\"$id\"" "data/$id.gschema.xml" || complain "data/$id.gschema.xml: is not the schema of $id"
}

check_svgs () {
  local svg
  while read -r svg; do
    rsvg-convert -w 64 -h 64 "$svg" -o "$work/icon.png" 2>&1 | complain_with "$svg"
  done < <(find data/icons resources/icons -name '*.svg')
}

# Files that belong into the window's resources and stand in no list are found by nobody before a page is opened.
check_resources () {
  local file
  while read -r file; do
    grep -q ">${file#resources/}</file>" resources/ui.gresource.xml \
      || complain "resources/ui.gresource.xml: does not list ${file#resources/}"
  done < <(find resources/ui resources/gtk resources/icons resources/styles -type f)
}

# The names of icons that the window's templates and sources speak of.
icons_in_use () {
  grep -rhoE 'icon-name">[a-z0-9-]+<' resources/ui | sed 's/.*>\(.*\)</\1/'
  grep -rhoE '"[a-z0-9-]+-symbolic"' src/ui | tr -d '"'
}

check_icon_names () {
  [ -d "$themes" ] || exit 77
  find "$themes" resources/icons data/icons \( -name '*.svg' -o -name '*.png' \) -printf '%f\n' \
    | sed 's/\.[a-z]*$//; s/\.symbolic$//' > "$work/icons"
  gresource list "$(pkg-config --variable=libdir libadwaita-1)/libadwaita-1.so" 2>/dev/null \
    | sed -n 's|.*/\(adw-[a-z-]*\)\.svg$|\1|p' >> "$work/icons"
  sort -u "$work/icons" > "$work/known"
  icons_in_use | sort -u | comm -23 - "$work/known" | tr '\n' ' ' | complain_with 'icons that no theme has'
}

# check_manifest: what flatpak-builder understands of it, and that it speaks of this program.
check_manifest () {
  local manifest=flatpak/$id.yml shown=$work/manifest.json folder=$PWD option
  (cd "$work" && flatpak-builder --show-manifest "$folder/$manifest") >"$shown" 2>"$work/said" \
    || complain "$manifest: $(cat "$work/said")"
  grep -i 'unknown property' "$work/said" | complain_with "$manifest"
  grep -q "\"id\" : \"$id\"" "$shown" || complain "$manifest: is not the manifest of $id"
  grep -oE '"-D[a-z]+=' "$shown" | sed 's/"-D\(.*\)=/\1/' | while read -r option; do
    grep -q "^option('$option'" meson_options.txt || echo "there is no option $option"
  done | complain_with "$manifest"
  grep -oE '"--(filesystem|talk-name|own-name|device=all|socket=session-bus|socket=system-bus)[^"]*"' "$shown" \
    | tr '\n' ' ' | complain_with "$manifest: README.md beside it promises to do without"
}

check_manual () {
  local page=data/creative-studio.1 text option
  LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=100 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null | complain_with "$page"
  text=$(LC_ALL=C.UTF-8 MANWIDTH=200 man -E UTF-8 -l "$page" | sed 's/‐/-/g')
  while read -r option; do
    grep -q -- "--$option" <<<"$text" || complain "$page: does not name --$option"
  done < <(sed -n "s/^  { \"\([a-z-]*\)\", '*[a-z0]'*, .*G_OPTION_ARG.*/\1/p" src/ui/cs-application.c)
}

check_entry
check_metainfo ''
check_metainfo https://studio.example.org
check_pictures
check_schema
check_svgs
check_resources
check_icon_names
check_manifest
check_manual
exit "$bad"
