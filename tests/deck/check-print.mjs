// SPDX-License-Identifier: GPL-3.0-or-later
// A deck prints one page a slide, with its words on it, in every way that a browser can be told to print.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { assert, check, chromium, equal, example, flags, folder, has, skip, write } from './browser.mjs';

let printed = 0;

function print (path, query, more) {
  const pdf = join (folder, `print-${++printed}.pdf`);
  execFileSync (chromium, ['--headless', ...flags, `--user-data-dir=${join (folder, 'profile-' + printed)}`, ...more,
    '--print-to-pdf=' + pdf, 'file://' + path + query], { stdio: 'ignore', timeout: 60000 });
  const pages = Number (/^Pages:\s+(\d+)/m.exec (execFileSync ('pdfinfo', [pdf], { stdio: ['ignore', 'pipe', 'ignore'] }).toString ())[1]);
  const text = execFileSync ('pdftotext', [pdf, '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString ();
  return { pages, text: text.split ('\f').slice (0, pages) };
}

function holds (page, words) {
  assert (page.replace (/\s+/g, ' ').includes (words), `“${words}” is not on its page: ${page.slice (0, 200)}`);
}

export async function run () {
  const path = write (example ('en'));
  const budget = ['--virtual-time-budget=5000'];

  if (!has ('pdfinfo') || !has ('pdftotext')) skip ('poppler-utils is not installed');
  for (const [name, query, more] of [['print view', '?print-pdf', budget], ['print view at once', '?print-pdf', []],
    ['plain', '', budget], ['plain at once', '', []], ['view=print', '?view=print', budget]])
    await check (name, () => {
      const { pages, text } = print (path, query, more);
      equal (pages, 10, 'pages');
      holds (text[0], 'The solar home');
      holds (text[2], 'Work and cables');
      holds (text[3], 'def payback(cost, kwh_a_year, price):');
      holds (text[8], 'and a third one');
      holds (text[9], 'Thank you');
    });
  await check ('Arabic', () => {
    const { pages, text } = print (write (example ('ar'), { language: 'ar', theme: 'solarized' }), '?print-pdf', budget);
    equal (pages, 6, 'pages');
    assert (/[\u0600-\u06ff\ufb50-\ufefc]/.test (text[5]), 'no Arabic on the last page');
  });
  await check ('200 slides', () => {
    const slides = Array.from ({ length: 200 }, (_, i) => `## Slide ${i + 1}\n\n- point\n\nNote: n`).join ('\n\n---\n\n');
    equal (print (write (slides), '?print-pdf', ['--virtual-time-budget=10000']).pages, 200, 'pages');
  });
  await check ('a slide that is too long stays one page, whole', () => {
    const lines = Array.from ({ length: 60 }, (_, i) => `- line ${i + 1} of many`).join ('\n');
    const { pages, text } = print (write ('# A\n\n---\n\n' + lines), '?print-pdf', budget);
    equal (pages, 2, 'pages');
    holds (text[1], 'line 60 of many');
  });
  await check ('notes on pages of their own', () => {
    const { pages, text } = print (write ('# A\n\nNote: whisper\n\n---\n\n# B'), '?print-pdf&showNotes=separate-page', budget);
    equal (pages, 3, 'pages');
    holds (text[1], 'whisper');
  });
}
