// SPDX-License-Identifier: GPL-3.0-or-later
// check-page.mjs FAKE-SERVER CLI PART: web pages in Chromium that call a real server. Parts: guide, hostile.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, finish, has, here, skip } from '../deck/browser.mjs';

if (!has (chromium)) skip ('Chromium is not installed');
for (const name of ['playwright-core', 'react-dom', 'esbuild'])
  if (!existsSync (join (here, '../../node_modules', name))) skip ('npm packages are not installed');
const { run } = await import (`./page-${process.argv[4]}.mjs`);
await run ();
finish ();
