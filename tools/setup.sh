# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What building and testing needs from apt and npm.

: "${root:?}"

packages_file=$root/tools/packages.apt
node_stamp=$root/node_modules/.dev-package-lock.json

# The names of all groups but "node", which is asked for only where node is missing.
all_groups () {
  sed -n 's/^\[\([a-z]*\)\].*/\1/p' "$packages_file" | grep -vx node
}

# The packages of the groups given.
packages_of () {
  awk -v wanted=" $* " '
    { sub (/#.*/, ""); gsub (/[ \t]+$/, "") }
    /^\[/ { group = $0; gsub (/[][]/, "", group); next }
    NF && index (wanted, " " group " ") { print $1 }
  ' "$packages_file" | sort -u
}

# The packages of the groups given that are not installed; nothing where there is no dpkg to ask.
missing_packages () {
  local wanted
  have dpkg-query || return 0
  if ! have node || ! have npm; then
    set -- "$@" node
  fi
  wanted=$(packages_of "$@")
  # shellcheck disable=SC2086 # one word a package
  comm -23 <(printf '%s\n' $wanted) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null \
      | sed -n 's/ installed$//p' | sort -u)
}

# The test tools are as the lock file wants them when the copy kept beside them is the same.
node_modules_are_stale () {
  [ -f "$root/package-lock.json" ] && ! cmp -s "$root/package-lock.json" "$node_stamp"
}

# What npm was asked for in package.json, as "name version".
npm_wishes () {
  awk '
    /"(devD|d)ependencies" *:/ { inside = 1; next }
    /}/ { inside = 0 }
    inside && split ($0, part, "\"") >= 4 { print part[2], part[4] }
  ' "$root/package.json"
}

install_packages () {
  local missing=$1
  # shellcheck disable=SC2086 # one word a package
  {
    as_root apt-get update -q </dev/null \
      || say "The list of packages could not be refreshed; trying with the one that is there."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
      -o DPkg::Lock::Timeout=300 $missing </dev/null \
      || fail "apt could not install: $missing"
  }
}

install_node_modules () {
  have npm || fail "npm is missing, and with it the test tools of package.json."
  npm --prefix "$root" ci --ignore-scripts --no-audit --no-fund </dev/null \
    || fail "npm could not install the test tools of package-lock.json."
  cp "$root/package-lock.json" "$node_stamp"
}

# setup_groups MODULES GROUP...: says what is missing of these groups (and of npm's packages when MODULES is "npm"),
# then installs it. Nothing missing: nothing said, nothing done.
setup_groups () {
  local modules=$1 missing stale=no
  shift
  missing=$(missing_packages "$@" | tr '\n' ' ')
  if [ "$modules" = npm ] && node_modules_are_stale; then
    stale=yes
  fi
  if [ -n "$missing" ]; then
    printf 'apt will install: %s\n' "$missing"
  fi
  if [ "$stale" = yes ]; then
    printf 'npm will install into node_modules/ (with what they need):\n'
    npm_wishes | sed 's/^/  /'
  fi
  if [ -n "$missing" ]; then
    install_packages "$missing"
  fi
  if [ "$stale" = yes ]; then
    install_node_modules
  fi
}

dev_setup () {
  local groups
  mapfile -t groups < <(all_groups)
  setup_groups npm "${groups[@]}"
  printf 'Everything that building and testing needs is here.\n'
}
