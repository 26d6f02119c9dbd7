// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks of web pages share: a real Chromium, and tiny sites on origins of their own.
import { createServer } from 'node:http';
import { chromium, flags } from '../deck/browser.mjs';

// Serves the page that `html ()` gives at every path of http://HOST:PORT; {origin, close ()}.
export async function startSite (html, host = 'localhost') {
  const server = createServer ((request, response) => {
    response.writeHead (200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end (html ());
  });
  await new Promise (resolve => server.listen (0, '127.0.0.1', resolve));
  server.unref ();
  return { origin: `http://${host}:${server.address ().port}`, close: () => server.close () };
}

export async function launch (...more) {
  const { chromium: playwright } = await import ('playwright-core');
  return playwright.launch ({ executablePath: chromium, args: [...flags, ...more] });
}
