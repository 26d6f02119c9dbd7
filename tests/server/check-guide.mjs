// SPDX-License-Identifier: GPL-3.0-or-later
// check-guide.mjs FAKE-SERVER CLI: the founding guide, word for word: each of its curl commands with the real curl, its files
// and its answers, over providers that stand in.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assert, check, equal, finish } from '../support/tap.mjs';
import { kind, requests, start, stop, tell } from '../wire/wire.mjs';
import { isFree, makeEnvironment, makeFolder, runCli, startStudio } from './studio.mjs';

const run = promisify (execFile);
const cli = process.argv[3];
const GUIDE = join (dirname (fileURLToPath (import.meta.url)), 'guide');
const PORT = 8180;

// The commands by the name that stands above each of them.
const commands = Object.fromEntries (readFileSync (join (GUIDE, 'commands.txt'), 'utf8').split (/^# /m).slice (1)
  .map (text => [text.slice (0, text.indexOf ('\n')), text.slice (text.indexOf ('\n') + 1).trim ()]));
const answers = JSON.parse (readFileSync (join (GUIDE, 'answers.json'), 'utf8'));

const home = makeFolder ('guide');
let bases, studio;

// On the guide's own port, where that can be had.
async function serve (more = {}) {
  const args = await isFree (PORT) ? ['--port', String (PORT)] : [];
  studio = await startStudio (cli, { args, env: makeEnvironment ({ home, bases, more }) });
}

const env = { PATH: process.env.PATH, HOME: home };

// A command in a shell, in the folder with the guide's files; only the port is another one where somebody has that. `id` is what
// the guide made up. Gives the JSON.
async function curl (name, id) {
  const command = commands[name].replaceAll (`:${PORT}/`, `:${studio.port}/`).replace (/abc123xyz|xyz789abc/, id ?? '$&');
  const { stdout } = await run ('sh', ['-c', command], { cwd: GUIDE, env, encoding: 'utf8' });
  return JSON.parse (stdout);
}

// Sends a file of the guide as its commands do: {status, json}.
async function post (route, file, ...more) {
  const { stdout } = await run ('curl', ['-sS', '-w', '\n%{http_code}', '-X', 'POST', `http://localhost:${studio.port}/api/studio/${route}`,
    '-H', 'Content-Type: application/json', '-d', file, ...more], { cwd: GUIDE, env, encoding: 'utf8' });
  const end = stdout.lastIndexOf ('\n');
  return { status: Number (stdout.slice (end + 1)), json: JSON.parse (stdout.slice (0, end)) };
}

async function get (address) {
  const { stdout } = await run ('curl', ['-sS', '--fail', address], { env, encoding: 'buffer', maxBuffer: 1 << 26 });
  return stdout;
}

const typeOf = value => value === null ? 'null' : Array.isArray (value) ? 'array' : typeof value;

// All that the guide shows is there, with the same type; and what it says itself is said in the same words.
function compare (found, guide, words, where = '') {
  for (const [name, value] of Object.entries (guide)) {
    equal (typeOf (found[name]), typeOf (value), `type of ${where}${name}`);
    if (typeOf (value) === 'object') compare (found[name], value, words, `${where}${name}.`);
    else if (typeOf (value) === 'array') for (const one of found[name]) compare (one, value[0], words, `${where}${name}[].`);
    else if (words.includes (name)) equal (found[name], value, where + name);
  }
}

const check402 = json => compare (json, answers['no-credit'], ['status', 'detail']);

// Asks again until it is not under way any more; gives the last answer.
async function until (look) {
  for (const end = Date.now () + 60000; Date.now () < end;) {
    const json = await look ();
    if (json.status !== 'processing') return json;
  }
  throw new Error ('it was not made');
}

const untilMade = (name, id) => until (() => curl (name, id));

// Does `action` while what the provider makes does not get done.
async function withHeld (vendor, action) {
  await tell (`usual ${vendor}.get=status:processing`);
  try {
    return await action ();
  } finally {
    await tell (`usual ${vendor}.get=ok`);
  }
}

async function makesVideo (make, look) {
  const made = await withHeld ('piapi', async () => {
    const first = await curl (make);
    compare (first, answers['generate-video'], ['status', 'provider', 'engine', 'message']);
    assert (first.prediction_id.length > 0 && first.prompt.length > 0, JSON.stringify (first));
    const before = await curl (look, first.prediction_id);
    compare (before, answers['video-status processing'], ['status', 'provider', 'engine', 'message']);
    equal (before.prediction_id, first.prediction_id);
    assert (before.video_url === undefined, 'nothing to see yet');
    return first;
  });
  const after = await untilMade (look, made.prediction_id);
  compare (after, answers['video-status succeeded'], ['status', 'provider', 'engine', 'message']);
  equal (after.prediction_id, made.prediction_id);
  equal (kind (await get (after.video_url)), 'mp4');
}

// One id per creation, and the provider's own is good too.
async function knowsBothIds () {
  const { json } = await post ('generate-video', '@test-video.json');
  await untilMade ('video-status', json.prediction_id);
  const { requests: seen } = await requests ('piapi.get');
  const remote = seen.at (-1).path.split ('/').at (-1);
  equal ((await curl ('video-status', remote)).prediction_id, json.prediction_id);
}

async function makesImage () {
  const made = await withHeld ('replicate', async () => {
    const first = await curl ('generate-image');
    compare (first, answers['generate-image'], ['status']);
    assert (first.prediction_id.length > 0 && first.estimated_cost > 0, JSON.stringify (first));
    equal (JSON.parse (await get (first.poll_url)).status, 'processing');
    return first;
  });
  const { image_url: address } = await until (async () => JSON.parse (await get (made.poll_url)));
  equal (kind (await get (address)), 'png');
}

function checkPresentation (made, wanted) {
  compare (made, answers['generate-presentation'], ['status', 'theme', 'message']);
  equal ([made.num_slides, made.slides.map (slide => slide.index)], [wanted, [...Array (wanted).keys ()]]);
  assert (made.slides.every (slide => slide.content.length > 0), 'slides have content');
  assert (made.markdown_content.includes ('\n---\n'), made.markdown_content);
}

async function makesPresentation () {
  const made = await curl ('generate-presentation');
  checkPresentation (made, 7);
  assert ((await get (made.html_url)).toString ().startsWith ('<!DOCTYPE html>'), 'one HTML file');
}

async function saysPrices () {
  const prices = await curl ('pricing');
  compare (prices, answers.pricing, ['currency', 'hf_configured', 'available']);
}

// The formats of the guide carry a key that nobody has: nothing is made, at any price.
async function needsCredit () {
  const before = (await requests ('')).count;
  for (const [route, file] of [['generate-video', 'with-key'], ['generate-video', 'format-video']]) {
    const { status, json } = await post (route, `@${file}.json`);
    equal (status, 402, file);
    check402 (json);
  }
  equal ((await requests ('')).count, before, 'no provider was asked');
}

// The guide's key with another name, since we make them up ourselves: it pays, its use is written down, and then it is empty.
async function paysByKey () {
  const cliEnv = makeEnvironment ({ home, bases });
  const { key } = await runCli (cli, ['wallet', 'create', '--credit', '0.30'], cliEnv);
  const body = readFileSync (join (GUIDE, 'with-key.json'), 'utf8').replace ('KEY-ABC-123-XYZ', key);
  const { status, json } = await post ('generate-video', body);
  equal (status, 200, JSON.stringify (json));
  await untilMade ('video-status', json.prediction_id);
  const { stdout } = await run ('curl', ['-sS', '-H', 'X-Studio-Key: ' + key, `http://localhost:${studio.port}/api/studio/usage`], { env });
  const { events } = JSON.parse (stdout);
  equal (events.map (event => [event.user_id, event.creation_id]), [['customer123', json.prediction_id]]);
  const again = await post ('generate-video', body);
  equal (again.status, 402);
  check402 (again.json);
}

async function acceptsFormats () {
  const image = await post ('generate-image', '@format-image.json');
  equal (image.status, 200);
  const deck = await post ('generate-presentation', '@format-presentation.json');
  equal (deck.status, 200);
  checkPresentation (deck.json, 5);
}

async function refusesPublishing () {
  for (const name of ['youtube', 'tiktok', 'instagram']) {
    const { status, json } = await post ('publish-to-' + name, '{"video_url": "x", "title": "y", "description": "z", "caption": "z"}');
    equal ([status, json.status, json.code], [501, 501, 'not_implemented'], name);
  }
}

// Without any language model the prompt is the idea with the words of the style around it.
async function wraps () {
  const { json } = await post ('generate-image', '@format-image.json');
  equal (json.prompt, answers['generate-image'].prompt);
}

// Without any key of a provider Sketch draws; who asks for Replicate is told what is missing.
async function namesKey () {
  const body = readFileSync (join (GUIDE, 'test-image.json'), 'utf8').replace ('{', '{"provider": "replicate",');
  const { status, json } = await post ('generate-image', body);
  equal ([status, json.status, json.code], [503, 503, 'no_key']);
  assert (json.detail.includes ('REPLICATE_API_TOKEN non configuré'), json.detail);
}

({ bases } = await start ('--usual', 'replicate.create=polls:1'));
await serve ();
console.log (`# on port ${studio.port}`);
await check ('1. a video: curl, test-video.json, its status, its file', () => makesVideo ('generate-video', 'video-status'));
await check ('2. its status by the provider\'s id', knowsBothIds);
await check ('3. a picture: curl, test-image.json, poll_url', makesImage);
await check ('4. a presentation: curl, test-presentation.json', makesPresentation);
await check ('5. prices', saysPrices);
await check ('the whole way: launch, wait, fetch', () => makesVideo ('workflow-generate', 'workflow-status'));
await check ('the other formats', acceptsFormats);
await check ('no credit', needsCredit);
await check ('a wallet key pays', paysByKey);
await check ('publishing is not there yet', refusesPublishing);
await check ('end', async () => equal (await studio.stop (), 0));
await serve ({ OLLAMA_HOST: 'http://127.0.0.1:9', GROQ_API_KEY: '' });
await check ('direct prompt', wraps);
await check ('end', async () => equal (await studio.stop (), 0));
await serve ({ PIAPI_KEY: '', REPLICATE_API_TOKEN: '', HF_API_TOKEN: '' });
await check ('REPLICATE_API_TOKEN non configuré', namesKey);
await check ('end', async () => equal (await studio.stop (), 0));
await check ('end of the providers', async () => equal (await stop (), 0));
finish ();
