// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks share: a real Chromium, and the program that writes decks.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { assert, check, equal, finish, skip } from '../support/tap.mjs';

export const here = dirname (fileURLToPath (import.meta.url));
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
export const folder = mkdtempSync (join (tmpdir (), 'cs-deck-'));
export const exporter = process.argv[2];

process.on ('exit', () => rmSync (folder, { recursive: true, force: true }));

// A one-pixel PNG.
const picture = join (folder, 'picture.png');
writeFileSync (picture, Buffer.from ('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64'));

export function example (language) {
  return readFileSync (join (here, 'decks', language + '.md'), 'utf8');
}

let made = 0;

// Exports Markdown; gives the file's path. `edit` may change the HTML.
export function write (markdown, { theme = 'dark', language = 'en', edit = html => html } = {}) {
  const html = execFileSync (exporter, ['--theme', theme, '--language', language, '--picture', '01ROOF=' + picture],
    { input: markdown, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] }).toString ();
  const path = join (folder, `deck-${++made}.html`);
  writeFileSync (path, edit (html));
  return path;
}

// The inside of the slides for many texts at once, each exported on its own.
export function fragments (texts) {
  const done = spawnSync (exporter, ['--each'], { input: texts.join ('\0'), maxBuffer: 1 << 28 });
  return done.stdout.toString ().split ('\0').slice (0, -1);
}

export async function launch () {
  const { chromium: playwright } = await import ('playwright-core');
  return playwright.launch ({ executablePath: chromium, args: flags });
}

// Opens a deck and remembers everything that a deck must never do.
export async function open (browser, path, { context: options = {}, query = '' } = {}) {
  const context = await browser.newContext ({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', ...options });
  const bad = [];
  const watch = page => {
    page.on ('pageerror', error => bad.push ('error: ' + error.message));
    page.on ('console', message => { if (message.type () !== 'log') bad.push ('console: ' + message.text ()); });
    page.on ('dialog', dialog => { bad.push ('dialog: ' + dialog.message ()); dialog.dismiss (); });
    page.on ('request', request => {
      const url = request.url ();
      if (!url.startsWith ('data:') && !url.startsWith ('file://' + path) && url !== 'http://deck.test/') bad.push ('request: ' + url);
    });
  };
  context.on ('page', watch);
  const page = await context.newPage ();
  await page.goto ('file://' + path + query);
  return { page, bad, context };
}

export function ready (page) {
  return page.waitForFunction (() => window.Reveal && Reveal.isReady ());
}

export function has (program) {
  return existsSync (program) || spawnSync ('sh', ['-c', 'command -v ' + program]).status === 0;
}
