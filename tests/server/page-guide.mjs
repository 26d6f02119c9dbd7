// SPDX-License-Identifier: GPL-3.0-or-later
// The React component of the founding guide, as it is, on a page of another origin that the server allows: an idea, Enter, and a
// video that plays. Only its ten seconds are made shorter, from outside.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { assert, check, equal } from '../support/tap.mjs';
import { requests, start, stop, tell } from '../wire/wire.mjs';
import { launch, startSite } from './page.mjs';
import { isFree, makeEnvironment, makeFolder, startStudio } from './studio.mjs';

const cli = process.argv[3];
const PORT = 8180;
const component = readFileSync (new URL ('guide/VideoGenerator.jsx', import.meta.url), 'utf8');

// The component and what a page needs around it, in one script. It calls the port that the guide says; only where somebody has that,
// another one is written in.
async function bundle (port) {
  const mount = `\nimport { createRoot } from 'react-dom/client';\ncreateRoot (document.getElementById ('root')).render (<VideoGenerator />);\n`;
  const { outputFiles } = await build ({ bundle: true, write: false, logLevel: 'error', jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    stdin: { contents: component.replaceAll (`:${PORT}/`, `:${port}/`) + mount, loader: 'jsx',
      resolveDir: new URL ('.', import.meta.url).pathname } });
  return `<!DOCTYPE html><html lang="fr"><title>Studio</title><div id="root"></div><script>${
    outputFiles[0].text.replaceAll ('</script', '<\\/script')}</script></html>`;
}

// Ten seconds become a tenth of one.
function hurry () {
  const real = window.setInterval;
  window.setInterval = (action, delay, ...more) => real (action, delay / 100, ...more);
}

export async function run () {
  const { bases } = await start ();
  const port = await isFree (PORT) ? PORT : 0;
  let html = '';
  const site = await startSite (() => html);
  const studio = await startStudio (cli, { args: ['--port', String (port), '--allow-origin', site.origin],
    env: makeEnvironment ({ home: makeFolder ('page'), bases }) });
  html = await bundle (studio.port);
  console.log (`# ${site.origin} calls ${studio.base}`);
  const browser = await launch ();
  const page = await browser.newPage ();
  const errors = [], polls = [];
  page.on ('pageerror', error => errors.push (error.message));
  page.on ('console', message => { if (message.type () === 'error') errors.push (message.text ()); });
  page.on ('response', async response => {
    if (response.url ().includes ('/video-status/')) polls.push ((await response.json ().catch (() => ({}))).status);
  });
  await page.addInitScript (hurry);

  await check ('an idea and Enter', async () => {
    await tell ('usual piapi.get=status:processing');
    await page.goto (site.origin + '/');
    await page.getByPlaceholder ('Décrivez votre vidéo...').fill ('Un chat astronaute flottant dans l\'espace');
    await page.keyboard.press ('Enter');
    await page.getByText ('Génération en cours... (~2-3 min)').waitFor ();
    while (polls.length < 3) await page.waitForResponse (response => response.url ().includes ('/video-status/'));
    equal ([...new Set (polls)], ['processing']);
  });
  await check ('the video plays', async () => {
    await tell ('usual piapi.get=ok');
    await page.waitForSelector ('video[src]', { timeout: 60000 });
    await page.waitForFunction (() => {
      const video = document.querySelector ('video');
      return video.error !== null || (video.currentTime > 0 && video.readyState >= 2);
    }, null, { timeout: 60000 });
    const video = await page.$eval ('video', ({ error, currentTime, videoWidth, currentSrc }) =>
      ({ error: error?.message, currentTime, videoWidth, currentSrc }));
    assert (video.error === undefined && video.currentTime > 0 && video.videoWidth > 0, JSON.stringify (video));
    assert (video.currentSrc.startsWith (`http://localhost:${studio.port}/`), video.currentSrc);
  });
  await check ('it can be sought in', async () => {
    await page.$eval ('video', video => new Promise ((resolve, reject) => {
      video.addEventListener ('seeked', resolve);
      video.addEventListener ('error', () => reject (video.error));
      video.currentTime = video.duration / 2;
    }));
  });
  await check ('asked and paid once', async () => {
    equal ((await requests ('piapi')).accepted, 1);
    equal (polls.at (-1), 'succeeded');
  });
  await check ('nothing went wrong on the page', () => equal (errors, []));
  await browser.close ();
  site.close ();
  await check ('end', async () => equal ([await studio.stop (), await stop ()], [0, 0]));
}
