// SPDX-License-Identifier: GPL-3.0-or-later
// Every slide in every theme has no axe violation, and text has AA contrast wherever on the background it stands.
import { AxeBuilder } from '@axe-core/playwright';
import { assert, check, equal, example, launch, open, ready, write } from './browser.mjs';

const extra = '\n\n---\n\n# One\n\n## Two\n\n### Three\n\n#### Four\n\ntext *with* ~~some~~ `code` and ![nothing](https://x.test/a.png)\n\n> quote\n\n***\n\n```js\n// comment\nconst a = "text" + 12;\n```';

// Gradients keep axe from judging contrast, so it sees the plain background; the gradients are judged below.
const plain = 'body, .reveal-viewport { background: var(--bg) !important } .s::before { content: none !important }';

async function audit (browser, language, theme) {
  const { page, context } = await open (browser, write (example (language) + extra, { theme, language }), { context: { bypassCSP: true } });
  await ready (page);
  await page.addStyleTag ({ content: plain });
  const total = await page.evaluate (() => Reveal.getTotalSlides ());
  const found = [];
  for (let i = 0; i < total; i++) {
    const { violations, incomplete } = await new AxeBuilder ({ page }).analyze ();
    for (const { id, nodes } of violations) found.push (`slide ${i + 1}: ${id}: ${nodes[0].html.slice (0, 100)} ${nodes[0].failureSummary}`);
    for (const { id, nodes } of incomplete)
      if (id === 'color-contrast')
        for (const node of nodes.filter (({ any }) => any[0]?.data?.messageKey !== 'shortTextContent')) found.push (`slide ${i + 1}: contrast unknown: ${node.html.slice (0, 100)} ${node.any[0]?.data?.messageKey}`);
    await page.keyboard.press (' ');
    await page.waitForTimeout (50);
  }
  equal (found, []);
  await context.close ();
}

async function speaker (browser) {
  const { page, context } = await open (browser, write (example ('fr'), { language: 'fr' }), { context: { bypassCSP: true } });
  await ready (page);
  const [pane] = await Promise.all ([context.waitForEvent ('page'), page.keyboard.press ('s')]);
  await pane.waitForSelector ('.talk p');
  await pane.addStyleTag ({ content: '.view { background: var(--bg) !important } .s::before { content: none !important }' });
  const { violations } = await new AxeBuilder ({ page: pane }).analyze ();
  equal (violations.map (({ id, nodes }) => id + ': ' + nodes[0].html.slice (0, 100)), []);
  await context.close ();
}

// The real background is painted and looked at: the text colours against its lightest and its darkest pixel.
async function contrast (browser, theme) {
  const { page, context } = await open (browser, write ('# A', { theme }));
  await ready (page);
  await page.evaluate (() => { document.querySelector ('.reveal').style.visibility = 'hidden'; });
  const shot = (await page.screenshot ()).toString ('base64');
  const worst = await page.evaluate (async shot => {
    const picture = new Image ();
    picture.src = 'data:image/png;base64,' + shot;
    await picture.decode ();
    const canvas = document.createElement ('canvas'), paint = canvas.getContext ('2d');
    canvas.width = 1280;
    canvas.height = 720;
    paint.drawImage (picture, 0, 0);
    const pixels = paint.getImageData (0, 0, 1280, 720).data;
    const channel = value => value / 255 <= .04045 ? value / 255 / 12.92 : ((value / 255 + .055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => .2126 * channel (r) + .7152 * channel (g) + .0722 * channel (b);
    let [low, high] = [1, 0];
    for (let i = 0; i < pixels.length; i += 4 * 37) {
      const value = light (pixels.slice (i, i + 3));
      [low, high] = [Math.min (low, value), Math.max (high, value)];
    }
    const look = getComputedStyle (document.documentElement);
    const colour = name => {
      paint.fillStyle = look.getPropertyValue (name).trim ();
      paint.fillRect (0, 0, 1, 1);
      return light (paint.getImageData (0, 0, 1, 1).data);
    };
    const ratio = (a, b) => (Math.max (a, b) + .05) / (Math.min (a, b) + .05);
    const found = {};
    for (const name of ['--fg', '--head', '--soft', '--accent', '--accent2'])
      found[name] = Math.min (ratio (colour (name), low), ratio (colour (name), high));
    for (const name of ['--ink', '--k', '--t', '--c', '--n']) found[name] = ratio (colour (name), colour ('--code'));
    return found;
  }, shot);
  for (const [name, ratio] of Object.entries (worst)) assert (ratio >= 4.5, `${name} has a contrast of ${ratio.toFixed (2)}`);
  console.log ('# ' + theme + ' ' + Object.entries (worst).map (([name, ratio]) => name + ' ' + ratio.toFixed (1)).join (', '));
  await context.close ();
}

export async function run () {
  const browser = await launch ();
  for (const theme of ['dark', 'light', 'solarized'])
    await check (`contrast, ${theme}`, () => contrast (browser, theme));
  for (const [language, theme] of [['en', 'dark'], ['en', 'light'], ['en', 'solarized'], ['ar', 'light']])
    await check (`axe, ${language}, ${theme}`, () => audit (browser, language, theme));
  await check ('axe, speaker window', () => speaker (browser));
  await browser.close ();
}
