// SPDX-License-Identifier: GPL-3.0-or-later
// check-deck.mjs EXPORTER PART: looks at exported decks in Chromium. Parts: show, print, safe, access.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, finish, has, here, skip } from './browser.mjs';

const part = process.argv[3];

if (!has (chromium)) skip ('Chromium is not installed');
if (!existsSync (join (here, '../../node_modules/playwright-core'))) skip ('npm packages are not installed');
const { run } = await import (`./check-${part}.mjs`);
await run ();
finish ();
