// SPDX-License-Identifier: GPL-3.0-or-later
// A deck opens from a file without a network, shows every slide whole, and obeys the keyboard.
import { readFileSync, statSync } from 'node:fs';
import { assert, check, equal, example, launch, open, ready, write } from './browser.mjs';

const LIMIT = 250000; // bytes without pictures
const state = () => {
  const section = Reveal.getCurrentSlide (), box = section.querySelector ('.s'), look = getComputedStyle (section);
  return {
    index: Reveal.getSlides ().indexOf (section), visible: look.visibility === 'visible' && Number (look.opacity) === 1,
    overflows: box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1,
    size: parseFloat (getComputedStyle (box).fontSize), long: box.classList.contains ('long'),
    label: section.getAttribute ('aria-label'),
  };
};

async function steps (page, key) {
  await page.keyboard.press (key);
  await page.waitForTimeout (50);
  return page.evaluate (state);
}

async function everySlide (browser, language, theme) {
  const { page, bad, context } = await open (browser, write (example (language), { theme, language }));
  await ready (page);
  const total = await page.evaluate (() => Reveal.getTotalSlides ());
  let now = await page.evaluate (state);
  for (let i = 0; i < total; i++) {
    equal (now.index, i, 'slide');
    assert (now.visible, `slide ${i} is not shown`);
    assert (!now.overflows && !now.long, `slide ${i} overflows`);
    assert (now.size >= 12, `slide ${i} is set in ${now.size} px`);
    assert (now.label.startsWith (`${i + 1}`), `slide ${i} is labelled ${now.label}`);
    now = await steps (page, ' ');
  }
  equal (bad, []);
  await context.close ();
}

async function keyboard (browser) {
  const { page, bad, context } = await open (browser, write ('# A\n\n---\n\n# B\n\n--\n\n# B2\n\n---\n\n# C'));
  await ready (page);
  const seen = [];
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'PageUp'])
    seen.push ((await steps (page, key)).index);
  equal (seen, [1, 2, 1, 3, 1, 0, 3, 2]);
  equal (bad, []);
  await context.close ();
}

async function rightToLeft (browser) {
  const { page, context } = await open (browser, write (example ('ar'), { language: 'ar' }));
  await ready (page);
  equal ((await steps (page, 'ArrowLeft')).index, 1, 'left is onwards');
  equal ((await steps (page, 'ArrowRight')).index, 0, 'right is back');
  const facts = await page.evaluate (() => {
    const list = Reveal.getSlides ()[1].querySelector ('ul'), look = getComputedStyle (list);
    return [document.documentElement.dir, document.querySelector ('.reveal').classList.contains ('rtl'), look.direction,
      getComputedStyle (Reveal.getSlides ()[3].querySelector ('pre')).direction,
      document.querySelector ('.navigate-left').getAttribute ('aria-label')];
  });
  equal (facts, ['rtl', true, 'rtl', 'ltr', 'الشريحة إلى اليسار']);
  await context.close ();
}

async function speaker (browser) {
  const { page, bad, context } = await open (browser, write (example ('en')));
  await ready (page);
  const [pane] = await Promise.all ([context.waitForEvent ('page'), page.keyboard.press ('s')]);
  await pane.waitForFunction (() => document.querySelector ('.talk')?.textContent.includes ('Welcome'));
  equal (await pane.evaluate (() => document.querySelectorAll ('script, iframe').length), 0, 'scripts in the window');
  await pane.keyboard.press (' ');
  await pane.waitForFunction (() => document.querySelector ('.talk').textContent.includes ('yearbook'));
  equal (await page.evaluate (() => Reveal.getIndices ().h), 1);
  equal (await pane.evaluate (() => [document.querySelector ('.now h2').textContent, document.querySelector ('.next h2').textContent]),
    ['Why now', 'What it costs']);
  await page.keyboard.press ('ArrowRight');
  await pane.waitForFunction (() => document.querySelector ('.talk').textContent === 'No notes.');
  equal (bad, []);
  await context.close ();
}

async function withoutNotes (browser) {
  const { page, context } = await open (browser, write ('# A'));
  await ready (page);
  equal (await page.evaluate (() => [typeof window.StudioNotes, Reveal.hasPlugin ('notes')]), ['undefined', false]);
  await context.close ();
}

// The server sends decks with this policy; Reveal.js must live without an origin.
async function sandboxed (browser) {
  const html = readFileSync (write (example ('fr'), { language: 'fr' }));
  const { page, bad, context } = await open (browser, write ('# other'));
  await context.route ('http://deck.test/', route => route.fulfill ({ body: html, contentType: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': 'sandbox allow-scripts' } }));
  await page.goto ('http://deck.test/');
  await ready (page);
  equal ((await steps (page, ' ')).index, 1);
  equal (bad, []);
  await context.close ();
}

async function withoutScripts (browser) {
  const { page, context } = await open (browser, write (example ('en')), { context: { javaScriptEnabled: false } });
  for (const words of ['The solar home', 'The sum in ten lines', 'Thank you'])
    assert (await page.getByText (words, { exact: true }).isVisible (), `“${words}” is not to be seen`);
  await context.close ();
}

async function phone (browser) {
  const { page, bad, context } = await open (browser, write (example ('en')),
    { context: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } });
  await ready (page);
  assert (await page.evaluate (() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
  equal (bad, []);
  await context.close ();
}

async function sizes () {
  const slide = i => `## Slide ${i}\n\n- First point of this slide\n- Second point, a **longer** one\n- Third point\n\nNote: Say ${i}.`;
  for (const count of [5, 200]) {
    const bytes = statSync (write (Array.from ({ length: count }, (_, i) => slide (i)).join ('\n\n---\n\n'))).size;
    assert (bytes <= LIMIT, `${count} slides take ${bytes} bytes`);
  }
}

// A slide that nobody could set small enough can be scrolled, also with the keyboard.
async function endless (browser) {
  const { page, context } = await open (browser, write ('# A\n\n---\n\n' + 'word '.repeat (6000)));
  await ready (page);
  await steps (page, ' ');
  equal (await page.evaluate (() => { const box = Reveal.getCurrentSlide ().querySelector ('.s'); return [box.className.includes ('long'), box.tabIndex]; }), [true, 0]);
  await context.close ();
}

export async function run () {
  const browser = await launch ();
  for (const [language, theme] of [['en', 'dark'], ['en', 'light'], ['en', 'solarized'], ['fr', 'light'], ['ar', 'dark'], ['ar', 'solarized']])
    await check (`every slide, ${language}, ${theme}`, () => everySlide (browser, language, theme));
  await check ('keyboard', () => keyboard (browser));
  await check ('right to left', () => rightToLeft (browser));
  await check ('speaker window', () => speaker (browser));
  await check ('no notes, no plugin', () => withoutNotes (browser));
  await check ('in a sandbox', () => sandboxed (browser));
  await check ('without scripts', () => withoutScripts (browser));
  await check ('on a phone', () => phone (browser));
  await check ('endless slide', () => endless (browser));
  await check ('size', sizes);
  await browser.close ();
}
