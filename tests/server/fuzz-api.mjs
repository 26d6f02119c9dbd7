// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what the server says about itself, and asks it thousands of things that are right, nearly
// right, and nothing of the kind. A finding is an answer that the document does not have, a 5xx that is no refusal, a word that
// nobody outside may read, a server that is slow, grows, hangs or dies.
//   CS_TEST_REQUESTS=N   how many (1500)      CS_TEST_SEED=N   which ones (1)      CS_TEST_ONE=I   only this one, shown
import { writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { assert, check, equal, finish } from '../support/tap.mjs';
import { start, stop } from '../wire/wire.mjs';
import { PREFIX, Judge, climb, findLeaks } from './judge.mjs';
import { makeRaw } from './fuzz-raw.mjs';
import { Random } from './fuzz-random.mjs';
import { spoil } from './fuzz-spoil.mjs';
import { makeUlid, makeValue } from './fuzz-values.mjs';
import { ask, askRaw, keys, makeEnvironment, makeFolder, measureMemory, read, runCli, startStudio } from './studio.mjs';

const cli = process.argv[4];
const total = Number (process.env.CS_TEST_REQUESTS ?? 1500);
// The same requests every time, so that a change is judged by what it changed; by hand, CS_TEST_SEED=any takes others.
const seed = process.env.CS_TEST_SEED === 'any' ? randomInt (2 ** 31) : Number (process.env.CS_TEST_SEED ?? 1);
const one = process.env.CS_TEST_ONE === undefined ? undefined : Number (process.env.CS_TEST_ONE);

const AT_ONCE = 64;
const SLOW = 10; // seconds
const GROWTH = 64; // MiB
const LONG = 64000; // bytes of headers
const TOKEN = 'canary-token-4b1f9a77c0de4f02';
const WRONG = new Set ([400, 401, 403, 405, 413, 415, 422]); // what is never said to a request as the document has it
const isMaker = target => climb (target).startsWith (PREFIX + '/generate-');
const isStream = target => climb (target.split ('?')[0]) === PREFIX + '/events';

let studio, judge, ids, walletKey, secrets;
const findings = new Map (), seen = new Map ();

// The same fault is told once, with the first request that showed it.
function tell (index, fault) {
  const kind = fault.replace (/\d+/g, '0').replace (/^\S+ \S+/, text => text.split ('?')[0].replace (/[0-9A-Z]{20,}|%.*/g, '*'));
  if (!findings.has (kind)) findings.set (kind, { count: 0, index, fault });
  findings.get (kind).count++;
}

const context = {
  makeId: random => random.chance (0.8) && ids.length > 0 ? random.pick (ids) : makeUlid (random),
  makeRemoteId: random => random.pick (['abc123xyz', 'r8', 'x'.repeat (128), 'img456def']),
  words: { model: [null], max_cost_usd: [null, 5, '5.00'], user_id: ['fuzz'], request_id: [null], key_code: [null],
    sound: [null, false] },
};

// Whom to ask for it: somebody who is soon done.
const providers = { 'generate-video': ['replicate', 'piapi', null], 'generate-image': ['replicate', 'piapi', 'huggingface', null],
  'generate-presentation': ['groq', 'ollama', null] };

// A request of an operation of the document, as it should be.
function makeRequest (route, random) {
  const [method, path] = route.split (' '), pointer = judge.find (method, `${PREFIX}/${path}`).pointer;
  const operation = judge.description.find (pointer);
  const request = { method, path: path.split ('/'), query: [], headers: { authorization: `Bearer ${TOKEN}` } };
  for (const parameter of judge.description.listParameters (pointer)) {
    if (!parameter.required && random.chance (0.6)) continue;
    const value = parameter.name === 'X-Studio-Key' ? walletKey : parameter.name === 'Idempotency-Key' ? `fuzz-${random.int (0, 1e9)}`
      : parameter.name === 'cursor' || parameter.in === 'header' ? undefined : makeValue (parameter.schema, random, context, parameter.in);
    if (value === undefined) continue;
    if (parameter.in === 'path') request.path = request.path.map (part => part === `{${parameter.name}}` ? String (value) : part);
    else if (parameter.in === 'query') request.query.push ([parameter.name, String (value)]);
    else request.headers[parameter.name.toLowerCase ()] = String (value);
  }
  if (operation.requestBody) {
    request.headers['content-type'] = 'application/json';
    request.value = makeValue (operation.requestBody.content['application/json'].schema, random,
      { ...context, words: { ...context.words, provider: providers[path] } });
    if (request.headers['x-studio-key']) delete request.value.image; // the holder of a key has only his own
  }
  return request;
}

// What goes over the wire.
function print (request) {
  const query = request.rawQuery ?? new URLSearchParams (request.query).toString ();
  const target = `${PREFIX}/${request.path.join ('/')}${query ? '?' + query : ''}`;
  const body = request.body ?? (request.value === undefined ? undefined : JSON.stringify (request.value));
  return { method: request.method, target, headers: request.headers, body };
}

// A stream is read up to its first words.
async function askOne (sent) {
  const isEnough = isStream (sent.target) ? () => true : undefined;
  try {
    return await ask (studio, { ...sent, isEnough, patience: isMaker (sent.target) ? 120 : isStream (sent.target) ? 2 : 30 });
  } catch (error) {
    // Nothing was said on the stream, or a connection was closed just as it was used again.
    if (isStream (sent.target) && error.message.startsWith ('no answer')) return undefined;
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error;
    return ask (studio, { ...sent, isEnough, isFresh: true, patience: 30 });
  }
}

function lookAt (index, exchange) {
  const what = `${exchange.method} ${exchange.target.slice (0, 200)}`;
  const faults = [...judge.findFaults (exchange), ...findLeaks (exchange, secrets)];
  if (exchange.status >= 500 && ![501, 502, 503].includes (exchange.status)) faults.push (`${what}: ${exchange.status}`);
  if (exchange.seconds > SLOW && !isMaker (exchange.target)) faults.push (`${what}: slow`);
  for (const fault of faults) tell (index, fault);
  const name = exchange.method + ' ' + exchange.status;
  seen.set (name, (seen.get (name) ?? 0) + 1);
  if (one !== undefined) console.log (`# ${exchange.status} ${JSON.stringify (exchange.answerHeaders)}\n# ${exchange.answer.toString ().slice (0, 2000)}`);
}

async function runRaw (index, random) {
  const { bytes, patience } = makeRaw (random);
  const { status, bytes: answer } = await askRaw (studio, bytes, patience);
  if (one !== undefined) console.log ('# ' + JSON.stringify (bytes.toString ('latin1').slice (0, 500)) + '\n# ' + answer.toString ().slice (0, 2000));
  if (status >= 500) tell (index, `raw bytes: ${status}`);
  for (const leak of findLeaks ({ method: 'raw', target: 'bytes', status, answer, answerHeaders: {} }, secrets)) tell (index, leak);
  seen.set ('raw', (seen.get ('raw') ?? 0) + 1);
}

// The twentieth part is hardly HTTP, a third is right, the rest is spoilt.
async function runOne (index) {
  const random = new Random (seed, index), routes = judge.listRoutes ();
  if (random.chance (0.05)) return runRaw (index, random);
  const route = random.chance (0.3) ? random.pick (routes.filter (one => one.includes ('generate-'))) : random.pick (routes);
  const request = makeRequest (route, random);
  const isRight = random.chance (route.includes ('generate-') ? 0.15 : 0.4);
  const sent = print (isRight ? request : spoil (request, random));
  if (one !== undefined) console.log (`# ${JSON.stringify ({ ...sent, body: sent.body?.toString ().slice (0, 1000) })}`);
  try {
    const exchange = await askOne (sent);
    if (exchange === undefined) return;
    lookAt (index, exchange);
    if (isRight && WRONG.has (exchange.status))
      tell (index, `${sent.method} ${sent.target.slice (0, 200)}: ${exchange.status} for what is right: ${exchange.answer.toString ()}`);
  } catch (error) {
    // Nobody needs to read headers without end.
    const length = JSON.stringify ([sent.target, sent.headers]).length;
    if (length > LONG && error.code === 'ECONNRESET') return;
    // What cannot be read to its end may have been HEAD, which nobody knows.
    if (sent.method === 'HEAD' && (sent.headers.expect !== undefined || length > LONG) && error.code === 'HPE_CLOSED_CONNECTION') return;
    tell (index, `${sent.method} ${sent.target.slice (0, 200)}: ${error.code ?? error.message}`);
  }
}

async function lookAtHealth (index) {
  try {
    const { status, seconds } = await ask (studio, { target: PREFIX + '/health', patience: SLOW, isFresh: true,
      headers: { authorization: `Bearer ${TOKEN}` } });
    if (status !== 200 || seconds > SLOW) tell (index, `GET health: ${status} after ${seconds} s`);
  } catch (error) {
    tell (index, `GET health: ${error.code ?? error.message}`);
  }
}

async function runMany (from, to) {
  let next = from;
  const work = async () => {
    while (next < to && studio.isAlive ()) {
      const index = next++;
      await runOne (index);
      if (index % 100 === 99) await lookAtHealth (index);
    }
  };
  await Promise.all (Array.from ({ length: AT_ONCE }, work));
}

// A studio with a few creations, a wallet key with credit, and a server that wants a token.
async function prepare () {
  const { bases } = await start (), home = makeFolder ('fuzz'), file = join (home, 'token');
  const env = makeEnvironment ({ home, bases, more: { G_DEBUG: 'fatal-warnings' } });
  const { creations } = await runCli (cli, ['demo'], env);
  const image = await runCli (cli, ['image', 'a boat', '--provider', 'sketch', '--no-screenwriter'], env); // nobody deletes it
  const { key } = await runCli (cli, ['wallet', 'create', '--credit', '1000'], env);
  writeFileSync (file, TOKEN + '\n', { mode: 0o600 });
  ids = creations.map (creation => creation.id);
  context.words.image = [null, null, image.id];
  walletKey = key;
  secrets = { ...Object.fromEntries (Object.entries (keys).map (([name, key]) => [`the key ${name}`, key])), 'the token': TOKEN,
    'the wallet key': key, 'the folder of the studio': home, 'a path': '/home/', 'a path of the build': process.cwd () };
  studio = await startStudio (cli, { env, args: ['--token-file', file] });
  const description = await ask (studio, { target: PREFIX + '/openapi.json', headers: { authorization: `Bearer ${TOKEN}` } });
  judge = new Judge (read (description));
  context.description = judge.description;
  return env;
}

function show () {
  const list = [...findings.values ()].sort ((a, b) => b.count - a.count);
  for (const { count, index, fault } of list) console.log (`# ${count} x, first CS_TEST_ONE=${index}: ${JSON.stringify (fault)}`);
  equal (list.length, 0, 'findings');
}

function lookAtWords () {
  const words = studio.errors ();
  for (const [name, secret] of Object.entries (secrets)) assert (!words.includes (secret), `${name} on stderr`);
  assert (!/CRITICAL|WARNING|ERROR/.test (words), words.slice (0, 2000));
}

console.log (`# CS_TEST_SEED=${seed} CS_TEST_REQUESTS=${total}`);
const env = await prepare ();

if (one !== undefined) {
  await runOne (one);
} else {
  const warm = Math.min (Math.floor (total / 5), 1000), started = performance.now ();
  await runMany (0, warm);
  const before = studio.isAlive () ? measureMemory (studio.pid) : 0;
  await runMany (warm, total);
  const after = studio.isAlive () ? measureMemory (studio.pid) : 0;
  console.log (`# ${total} requests in ${((performance.now () - started) / 1000).toFixed (0)} s; memory ${before.toFixed (1)} MiB after ${warm}, ${
    after.toFixed (1)} MiB at the end`);
  console.log ('# ' + [...seen].sort ().map (([name, count]) => `${name}: ${count}`).join (', '));
  await check ('it does not grow', () => assert (after - before <= GROWTH, `${(after - before).toFixed (1)} MiB more`));
}
await check ('it lives', () => assert (studio.isAlive (), studio.errors ().slice (-3000)));
await check ('every answer is one of the document', show);
await check ('it says nothing that is secret, and complains of nothing', lookAtWords);
await check ('it ends when it is asked to', async () => equal (await studio.stop (), 0));
await check ('the library is whole', async () => { await runCli (cli, ['library', 'check'], env); });
await stop ();
finish ();
