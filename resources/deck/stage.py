#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages what every deck carries.

usage: stage.py npm OUTDIR NPM PACKAGE.JSON PACKAGE-LOCK.JSON .NPMRC   Reveal.js, the version that the lock pins
       stage.py folder OUTDIR REVEAL_DIR                              Reveal.js from an unpacked package
       stage.py own OUTDIR FILE...                                    our style sheets and scripts, packed
"""
import os
import re
import shutil
import subprocess
import sys

# Selectors of Reveal.js that no deck of ours can meet: the writer emits no fragment, no video, no preview link and no
# <pre> with line numbers, and the transition is always `fade` or `none`.
UNUSED = re.compile(
    r'\.fragment|data-auto-animate|\.r-overlay-(preview|spinner)|x-frame-error|\.r-(stack|vstack|hstack)|\.items-'
    r'|\.justify-|\.playback|\.hljs|\.roll\b|\.reveal\.(cube|page|embedded|linear|slide|default|convex|concave|zoom)\b'
    r'|\.reveal\.center\.cube|=(linear|slide|default|convex|concave|zoom)(-in|-out)?\].*\.(past|future|stack)'
    r'|data-transition[~]?=(zoom|convex|concave|default)|data-background-transition=|parallax|scrollbar-trigger'
    r'|has-triggers|\bvideo\b|\biframe\b|data-preview')


def fail(message):
    sys.exit('\n*** Reveal.js is missing from this build.\n' + message + '\n')


def fetch(npm, sources, outdir):
    """Installs only the pinned Reveal.js, in the build folder, without running anything of it."""
    folder = os.path.join(outdir, 'npm')
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in sources:
        shutil.copy(name, folder)
    command = [npm, 'ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier']
    try:
        done = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        done = subprocess.CompletedProcess(command, 1, stdout=str(error))
    if done.returncode != 0:
        fail('npm could not fetch it:\n' + done.stdout +
             'Connect to the network and build again, or unpack the package reveal.js into a folder and configure\n'
             'with -Dreveal=FOLDER.')
    return os.path.join(folder, 'node_modules', 'reveal.js')


def read(folder, name):
    try:
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            return file.read()
    except OSError as error:
        return fail(f'“{folder}” is not an unpacked reveal.js 6 package: {error.strerror}: {name}.')


def write(outdir, name, text):
    with open(os.path.join(outdir, name), 'w', encoding='utf-8') as file:
        file.write(text)


def split_top(text, opening, closing, separator):
    """Cuts @text after each @separator that stands outside all brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in opening:
            depth += 1
        elif char in closing:
            depth -= 1
        if char == separator and depth == 0:
            parts.append(text[start:at + 1])
            start = at + 1
    return parts + [text[start:]]


def prune(css):
    """Drops the rules of @css that UNUSED names, and its sheet for paper, which ours replaces."""
    kept = []
    for rule in split_top(css, '{', '}', '}'):
        selectors, brace, body = rule.partition('{')
        if selectors.startswith('@media print') or not brace:
            continue
        if not selectors.startswith('@'):
            parts = [part.rstrip(',') for part in split_top(selectors, '([', ')]', ',')]
            selectors = ','.join(part for part in parts if not UNUSED.search(part))
        if selectors:
            kept.append(selectors + brace + body)
    return ''.join(kept)


def pack_css(css):
    css = re.sub(r'/\*.*?\*/', '', css, flags=re.S)
    css = re.sub(r'\s+', ' ', css)
    css = re.sub(r' ?([{};,>]) ?', r'\1', css)
    return re.sub(r'(?<=[\w-]): ', ':', css).replace(';}', '}').strip()


def pack_js(script):
    """Ours is written for this: no text over several lines, comments on lines of their own."""
    lines = (line.strip() for line in re.sub(r'/\*.*?\*/', '', script, flags=re.S).splitlines())
    return '\n'.join(line for line in lines if line and not line.startswith('//'))


def inline(script):
    """Makes @script safe between <script> and </script>."""
    return re.sub(r'<(?=/script|!--|script)', r'\\x3c', script, flags=re.I)


def stage_reveal(outdir, folder):
    licence = read(folder, 'LICENSE').replace('*/', '* /').strip()
    core = re.sub(r'^/\*!.*?\*/\s*', '', read(folder, 'dist/reveal.js'), flags=re.S)
    style = read(folder, 'dist/reset.css').strip() + prune(read(folder, 'dist/reveal.css').strip())
    write(outdir, 'reveal.js', inline(f'/*! Reveal.js, https://revealjs.com\n{licence}\n*/\n{core.strip()}\n'))
    write(outdir, 'reveal.css', style)


def stage_own(outdir, names):
    for name in names:
        folder, base = os.path.split(name)
        text = read(folder, base)
        write(outdir, base, pack_css(text) if base.endswith('.css') else inline(pack_js(text)))


def main():
    how, outdir, *rest = sys.argv[1:]
    if how == 'npm':
        stage_reveal(outdir, fetch(rest[0], rest[1:], outdir))
    elif how == 'folder':
        stage_reveal(outdir, rest[0])
    else:
        stage_own(outdir, rest)


main()
