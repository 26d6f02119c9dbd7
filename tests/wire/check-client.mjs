// SPDX-License-Identifier: GPL-3.0-or-later
// Our own command line against the servers that the vendors' clients have judged: what it says to Replicate is held against the
// OpenAPI file on its way, every provider's result arrives, and a language model that we did not write serves the cascade.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start as startMock } from './aimock.mjs';
import { startProxy } from './proxy.mjs';
import { assert, check, equal, kind, requests, script, start, stop } from './wire.mjs';

const cli = process.argv[4];
const home = mkdtempSync (join (tmpdir (), 'cs-client-'));
const keys = { PIAPI_KEY: 'canary-p', REPLICATE_API_TOKEN: 'canary-r', HF_API_TOKEN: 'canary-h', GROQ_API_KEY: 'canary-g' };
let places;

process.on ('exit', () => rmSync (home, { recursive: true, force: true }));

// Runs the command line; gives its exit code and its JSON. The servers live in another process, and the mock in this one: so
// this waits without blocking.
function runStudio (args, more = {}) {
  const env = { ...process.env, ...keys, ...places, CREATIVE_STUDIO_HOME: home, CREATIVE_STUDIO_KEYRING: 'none',
    CREATIVE_STUDIO_POLL_MS: '20', ...more };
  const child = spawn (cli, [...args, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', words = '';
  child.stdout.on ('data', text => { out += text; });
  child.stderr.on ('data', text => { words += text; });
  return new Promise (resolve => child.on ('close', code => resolve ({ code, json: JSON.parse (out || '{}'), words })));
}

async function make (wanted, ...args) {
  const { code, json, words } = await runStudio ([...args, '--no-screenwriter']);
  equal (code, 0, words);
  equal ([json.status, kind (readFileSync (json.file))], ['succeeded', wanted]);
  return json;
}

async function makesAll () {
  await make ('png', 'image', 'a boat', '--provider', 'replicate', '--aspect-ratio', '16:9');
  await make ('mp4', 'video', 'a boat', '--provider', 'replicate', '--model', 'replicate/minimax-video-01');
  await make ('mp4', 'video', 'a boat', '--provider', 'replicate', '--model', 'replicate/wan-2.2-fast', '--aspect-ratio', '9:16');
  await make ('png', 'image', 'a boat', '--provider', 'piapi');
  await make ('mp4', 'video', 'a boat', '--provider', 'piapi');
  await make ('mp4', 'video', 'a boat', '--provider', 'piapi', '--sound');
  await make ('png', 'image', 'a boat', '--provider', 'huggingface');
  await make ('mp4', 'video', 'a boat', '--provider', 'huggingface');
}

async function moves () {
  const { file } = await make ('png', 'image', 'a still', '--provider', 'replicate');
  for (const model of ['replicate/minimax-video-01', 'replicate/wan-2.2-fast', 'piapi/wan-2.2', 'piapi/wan-2.6'])
    await make ('mp4', 'video', 'it moves', '--model', model, '--image', file);
}

async function adopts () {
  const before = (await requests ('replicate')).accepted;
  await script ('replicate.create', 'lost');
  const { attempts } = await make ('png', 'image', 'lost and found', '--provider', 'replicate');
  equal ([attempts.length, attempts[0].status], [1, 'succeeded']);
  equal ((await requests ('replicate')).accepted - before, 1, 'paid once');
}

async function fallsBack () {
  await script ('replicate.create', '402');
  const { attempts } = await make ('png', 'image', 'one way or another');
  equal (attempts.map (attempt => attempt.billed), ['no', 'yes']);
}

async function writes () {
  const { mock, groq, ollama } = await startMock ();
  const ask = more => runStudio (['write', 'a storm at sea'], more);
  const byGroq = await ask ({ GROQ_BASE_URL: groq, OLLAMA_HOST: places.closed });
  const byOllama = await ask ({ OLLAMA_HOST: ollama });
  const journal = mock.getRequests ().map (request => request.path);
  await mock.stop ();
  equal ([byGroq.code, byGroq.json.screenwriter], [0, 'groq'], byGroq.words);
  assert (byGroq.json.prompt.includes ('منارة 🌊'), byGroq.json.prompt);
  assert (byGroq.json.tried.some (one => one.screenwriter === 'ollama'), 'Ollama was tried first');
  assert (journal.some (path => path.includes ('/openai/v1/chat/completions')), journal.join ());
  equal (byOllama.code, 0, byOllama.words);
}

// Every key goes to its own vendor, and to nobody else.
async function keepsKeys () {
  const allowed = { piapi: 'canary-p', replicate: 'canary-r', huggingface: 'canary-h', hub: 'canary-h', groq: 'canary-g' };
  const { requests: seen } = await requests ('');
  for (const { vendor, path, headers } of seen)
    for (const [, key] of JSON.stringify ([path, headers]).matchAll (/(canary-.)/g))
      equal (key, allowed[vendor], vendor + ' ' + path);
  assert (seen.length > 60, 'requests were seen');
}

export async function run () {
  const { bases, closed } = await start ();
  const proxy = await startProxy (bases.replicate);
  places = { PIAPI_BASE_URL: bases.piapi, REPLICATE_BASE_URL: proxy.base, HF_BASE_URL: bases.huggingface, HF_HUB_URL: bases.hub,
    GROQ_BASE_URL: bases.groq, OLLAMA_HOST: bases.ollama, closed };
  await check ('every provider makes what it can', makesAll);
  await check ('pictures move', moves);
  await check ('what was lost is found again', adopts);
  await check ('what was refused goes on', fallsBack);
  await check ('a public mock serves the cascade', writes);
  await check ('keys stay with their vendors', keepsKeys);
  await check (`${proxy.exchanges} exchanges with Replicate keep to the file`, () => equal ([...new Set (proxy.faults)], []));
  proxy.close ();
  await check ('end', async () => equal (await stop (), 0));
}
