#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deck export, whole process, beside pandoc making one self-contained file with the same Reveal.js and no fonts."""
import os
import shutil
import sys

from figures import BUILD, CLI, WORK, median_seconds, show

SLIDE = '''## Slide {n}

- **First** point of slide {n}, with `code` and a [link](https://example.org/{n})
- Second point: *énergie*, طاقة, 能量
- Third point

| name | value |
|------|------:|
| a    | {n}   |
| b    | 2     |

```c
int main (void) {{ return {n}; }}
```
'''


def write_markdown(count):
    """Our Markdown and the same slides as pandoc reads them."""
    ours = os.path.join(WORK, f'deck-{count}.md')
    theirs = os.path.join(WORK, f'pandoc-{count}.md')
    slides = [SLIDE.format(n=n) for n in range(1, count + 1)]
    with open(ours, 'w', encoding='utf-8') as out:
        out.write('\n---\n\n'.join(slide + f'\nNote: what to say about {n}\n\n' for n, slide in enumerate(slides, 1)))
    with open(theirs, 'w', encoding='utf-8') as out:
        out.write('% Deck\n\n')
        out.write('\n'.join(slide + f'\n::: notes\nwhat to say about {n}\n:::\n\n'
                            for n, slide in enumerate(slides, 1)))
    return ours, theirs


def find_reveal():
    """The unpacked reveal.js package: of the build folder, or of the test tools."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..')
    for folder, _, files in [*os.walk(os.path.join(BUILD, 'resources')), *os.walk(os.path.join(root, 'node_modules/reveal.js'))]:
        if folder.endswith('reveal.js') and 'package.json' in files:
            return folder
    return None


def shape_for_pandoc(reveal):
    """pandoc 2.17 looks for plugins where Reveal.js 5 had them."""
    shaped = os.path.join(WORK, 'reveal')
    shutil.copytree(os.path.join(reveal, 'dist'), os.path.join(shaped, 'dist'))
    for plugin in ('notes', 'search', 'zoom'):
        os.makedirs(os.path.join(shaped, 'plugin', plugin))
        shutil.copy(os.path.join(reveal, 'dist/plugin', plugin + '.js'), os.path.join(shaped, 'plugin', plugin))
    return shaped


def main():
    if not os.access(CLI, os.X_OK):
        sys.exit('The command line is not built.')
    reveal = find_reveal()
    pandoc = shutil.which('pandoc') is not None and reveal is not None
    shaped = shape_for_pandoc(reveal) if pandoc else None
    for count in (5, 200):
        ours, theirs = write_markdown(count)
        html = os.path.join(WORK, f'deck-{count}.html')
        seconds = median_seconds([CLI, 'deck', 'export', ours, '-o', html, '--force'])
        peer = median_seconds(['pandoc', '-t', 'revealjs', '-s', '--self-contained', '--slide-level=2',
                               '-V', f'revealjs-url={shaped}', '-V', 'theme=dracula', theirs,
                               '-o', os.path.join(WORK, 'pandoc.html')]) if pandoc else None
        show(f'deck-export-{count}-slides', seconds * 1000, 'ms', '>= 5 x faster than pandoc',
             'pandoc --self-contained', peer and peer * 1000, peer and peer / seconds)
        theirs_kb = os.path.getsize(os.path.join(WORK, 'pandoc.html')) / 1000 if pandoc else None
        kilobytes = os.path.getsize(html) / 1000
        show(f'deck-size-{count}-slides', kilobytes, 'kB', '<= 250 kB' if count == 5 else None,
             'pandoc --self-contained', theirs_kb, theirs_kb and theirs_kb / kilobytes)


if __name__ == '__main__':
    main()
