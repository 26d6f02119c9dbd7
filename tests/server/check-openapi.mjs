// SPDX-License-Identifier: GPL-3.0-or-later
// Every route of a real server and every error that can be had from outside, each answer held
// against the document that the server itself gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, check, equal, finish } from '../support/tap.mjs';
import { script, start, stop } from '../wire/wire.mjs';
import { PREFIX, Judge, findLeaks } from './judge.mjs';
import { ask, askRaw, keys, makeEnvironment, makeFolder, read, runCli, startStudio } from './studio.mjs';

const cli = process.argv[4];
const TOKEN = 'canary-token-77aa0f';
const ORIGIN = 'http://localhost:3000';
const NOBODY = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const TYPE = { 'content-type': 'application/json' };

// What cannot be had from outside: too many at once, a computer that is broken, a database that another program holds.
const isNever = (operation, status) => status === 429 || status === 500 || (status === 503 && !operation.startsWith ('generate'));

// Codes for the same reasons.
const NEVER = ['bad_response', 'busy', 'cancelled', 'corrupt', 'damaged', 'disk_full', 'exists', 'failed', 'newer', 'no_keyring',
  'not_writable', 'offline', 'rate_limited', 'uncertain'];

let judge, studio, guarded, keyless, poor, secrets, made, walletKey, emptyKey;
const faults = new Set (), seen = new Set (), codes = new Set ();

// Asks, holds the answer against the document, and remembers that it was seen.
async function say (target, { from = studio, method = 'GET', headers = {}, value, body, ...more } = {}) {
  const sent = value === undefined ? body : JSON.stringify (value);
  const exchange = await ask (from, { method, target: PREFIX + target, body: sent, ...more,
    headers: value === undefined ? headers : { ...TYPE, ...headers } });
  for (const fault of [...judge.findFaults (exchange), ...findLeaks (exchange, secrets)]) faults.add (fault);
  const { operation } = judge.find (method, exchange.target);
  seen.add (`${operation?.operationId} ${exchange.status}`);
  if (exchange.status >= 400 && exchange.answer.length > 0) codes.add (read (exchange).code);
  return exchange;
}

const post = (target, value, more) => say (target, { method: 'POST', value, ...more });

// Status, code and field of a refusal.
function refused (exchange, ...wanted) {
  const { code, field } = exchange.method === 'HEAD' ? {} : read (exchange);
  equal ([exchange.status, code, ...wanted.length > 2 ? [field] : []], wanted, `${exchange.method} ${exchange.target}`);
}

function granted (exchange, status = 200) {
  equal (exchange.status, status, `${exchange.method} ${exchange.target}: ${exchange.answer.toString ().slice (0, 500)}`);
  return exchange.method === 'HEAD' || exchange.answer.length === 0 ? {} : read (exchange);
}

const wish = more => ({ user_prompt: 'un phare dans la tempête', user_id: 'judge', screenwriter: false, ...more });

// Asks again until it is so.
async function until (action, what) {
  for (const end = Date.now () + 60000; Date.now () < end;) {
    const value = await action ();
    if (value) return value;
    await new Promise (resolve => setTimeout (resolve, 50));
  }
  throw new Error (what + ' did not come');
}

const ended = (target, wanted) => until (async () => {
  const answer = granted (await say (target));
  return answer.status === wanted && answer;
}, `${target}: ${wanted}`);

// Every operation once; the part to fill in is `id`, or something that the route can tell of.
function listCalls (id) {
  const choose = path => id ?? (path.startsWith ('video') ? made.video : path.endsWith ('markdown') ? made.deck : made.image);
  return judge.listRoutes ().map (route => {
    const [method, path] = route.split (' '), { operation } = judge.find (method, `${PREFIX}/${path}`);
    return { method, target: '/' + path.replace ('{id}', choose (path)), operation };
  });
}

async function prepare () {
  const { bases, closed } = await start (), home = makeFolder ('openapi'), file = join (home, 'token');
  const env = makeEnvironment ({ home, bases });
  const { creations } = await runCli (cli, ['demo'], env);
  made = Object.fromEntries (creations.map (creation => [creation.kind, creation.id]));
  walletKey = (await runCli (cli, ['wallet', 'create', '--credit', '10'], env)).key;
  emptyKey = (await runCli (cli, ['wallet', 'create'], env)).key;
  writeFileSync (file, TOKEN + '\n', { mode: 0o600 });
  secrets = { ...keys, TOKEN, 'the wallet key': walletKey, 'the folder of the studio': home, 'a path': '/home/' };
  studio = await startStudio (cli, { env });
  guarded = await startStudio (cli, { env, args: ['--token-file', file, '--allow-origin', ORIGIN] });
  const none = Object.fromEntries (Object.keys (keys).map (name => [name, '']));
  keyless = await startStudio (cli, { env: { ...env, ...none, OLLAMA_HOST: closed, CREATIVE_STUDIO_HOME: makeFolder ('keyless') } });
  const little = { ...env, CREATIVE_STUDIO_HOME: makeFolder ('poor') };
  await runCli (cli, ['budget', 'set', '--day', '0.01'], little);
  poor = await startStudio (cli, { env: little });
  judge = new Judge (read (await ask (studio, { target: PREFIX + '/openapi.json' })));
}

async function isTheDocument () {
  const { answer } = await say ('/openapi.json');
  assert (answer.equals (readFileSync (new URL ('../../resources/openapi.json', import.meta.url))), 'another document');
}

/* What is right */

async function makesVideo () {
  const begun = granted (await post ('/generate-video', wish ({ duration: 5, aspect_ratio: '16:9', style: 'photorealistic' })));
  const done = await ended (`/video-status/${begun.prediction_id}?provider=${begun.provider}`, 'succeeded');
  equal ((await say (new URL (done.video_url).pathname.slice (PREFIX.length))).status, 200);
}

async function makesImage () {
  const begun = granted (await post ('/generate-image', wish ({ aspect_ratio: '16:9', style: 'cinematic', seed: 7, image: null })));
  const done = await ended (new URL (begun.poll_url).pathname.slice (PREFIX.length), 'succeeded');
  equal ((await say (new URL (done.image_url).pathname.slice (PREFIX.length))).status, 200);
}

async function makesPresentation () {
  const deck = granted (await post ('/generate-presentation', { user_prompt: 'La mer', user_id: 'judge', num_slides: 3, theme: 'light', language: 'fr' }));
  equal ([deck.num_slides, deck.theme], [3, 'light']);
  const file = await say (new URL (deck.html_url).pathname.slice (PREFIX.length));
  assert (/sandbox/.test (file.answerHeaders['content-security-policy'] ?? ''), 'a deck without its sandbox');
}

async function hasLibrary () {
  const { creations, next } = granted (await say ('/creations?limit=2'));
  equal (creations.length, 2);
  granted (await say (`/creations?limit=2&cursor=${encodeURIComponent (next)}`));
  granted (await say ('/creations?kind=deck&q=a'));
  for (const id of Object.values (made)) {
    granted (await say (`/creations/${id}`));
    equal (granted (await say (`/creations/${id}`, { method: 'DELETE' })).trashed, true);
    equal (granted (await say (`/creations/${id}/restore`, { method: 'POST' })).trashed, false);
  }
}

// One part of a creation: all of it, a piece, nothing when it is known, nothing behind its end.
async function hasPart (target) {
  const whole = await say (target), { etag } = whole.answerHeaders;
  equal (whole.status, 200, target);
  const piece = await say (target, { headers: { range: 'bytes=2-9' } });
  equal ([piece.status, piece.answer.equals (whole.answer.subarray (2, 10))], [206, true], target);
  equal ((await say (target, { headers: { 'range': 'bytes=2-9', 'if-range': '"other"' } })).status, 200, target);
  equal ((await say (target, { headers: { 'if-none-match': etag } })).status, 304, target);
  refused (await say (target, { headers: { range: 'bytes=99999999-' } }), 416, 'invalid_value');
  equal ((await say (target, { method: 'HEAD' })).status, 200, target);
}

async function hasFiles () {
  for (const id of Object.values (made)) await hasPart (`/creations/${id}/file`);
  for (const id of [made.video, made.image]) await hasPart (`/creations/${id}/thumbnail`);
  refused (await say (`/creations/${made.deck}/thumbnail`), 404, 'not_found');
  await hasPart (`/creations/${made.deck}/markdown`);
  refused (await say (`/creations/${made.image}/markdown`), 404, 'not_found');
}

async function hasJobs () {
  const { jobs } = granted (await say ('/jobs'));
  assert (jobs.length > 2, 'jobs are missing');
  for (const { id } of jobs) granted (await say (`/jobs/${id}`));
  granted (await say ('/jobs?active=1&limit=1'));
  for (const order of ['cancel', 'check', 'giveup']) refused (await post (`/jobs/${made.deck}/${order}`), 409, 'conflict');
  refused (await post (`/jobs/${made.deck}/resend`), 409, 'already_paid');
}

// Lost on its way, and nowhere to be found: what to do with it is the user's to say.
async function decides () {
  for (const orders of [['check', 'giveup'], ['resend']]) {
    await script ('replicate.create', '500');
    const { prediction_id: id } = granted (await post ('/generate-image', wish ({ provider: 'replicate' })));
    await until (async () => granted (await say (`/jobs/${id}`)).state === 'uncertain', 'doubt');
    granted (await say (`/image-status/${id}`));
    for (const order of orders) granted (await post (`/jobs/${id}/${order}`));
  }
}

async function cancels () {
  await script ('replicate.get', 'slow slow slow slow');
  const { prediction_id: id } = granted (await post ('/generate-image', wish ({ provider: 'replicate' })));
  granted (await post (`/jobs/${id}/cancel`));
}

async function hasUsage () {
  granted (await post ('/generate-image', wish ({ key_code: walletKey, provider: 'replicate' })));
  const own = () => say ('/usage', { headers: { 'x-studio-key': walletKey } });
  const { events } = await until (async () => { const usage = granted (await own ()); return usage.events.length > 0 && usage; }, 'an event');
  assert (events.every (event => event.key.endsWith (walletKey.slice (-4))), 'events of another key');
  equal ((await say ('/usage?format=csv')).status, 200);
  granted (await say ('/usage?user_id=judge&from=2026-01-01&to=2099-01-01T00:00:00Z'));
}

// Reads the stream until it has what is waited for.
async function tells () {
  let hear;
  const begun = new Promise (resolve => { hear = resolve; });
  const isEnough = text => (hear (), /event: creation[\s\S]*\n\n/.test (text) && /event: job/.test (text));
  const stream = say ('/events', { isEnough });
  await begun;
  granted (await post ('/generate-image', wish ({ provider: 'replicate' })));
  const text = (await stream).answer.toString ();
  const events = text.split ('\n\n').slice (0, -1).map (block => Object.fromEntries (block.split ('\n').filter (line => /^\w+:/.test (line))
    .map (line => [line.slice (0, line.indexOf (':')), line.slice (line.indexOf (':') + 1).trim ()]))).filter (event => event.event);
  for (const event of events) for (const fault of judge.findEventFaults (event)) faults.add (fault);
  refused (await say ('/events?since=x'), 422, 'invalid_value', 'since');
  const { id } = JSON.parse (events.at (-1).data); // told again as it stands then
  const again = await say ('/events', { headers: { 'last-event-id': events[0].id }, isEnough: more => more.includes (id) });
  equal (again.status, 200);
}

/* What is refused */

async function refusesAll () {
  for (const { method, target } of listCalls ()) {
    refused (await say (target, { method, headers: { host: 'evil.test' } }), 403, 'forbidden_host');
    refused (await say (target, { method, headers: { origin: 'null' } }), 403, 'forbidden_origin');
    refused (await say (target, { method, headers: { 'sec-fetch-site': 'cross-site' } }), 403, 'forbidden_origin');
    refused (await say (target, { method, headers: { host: 'a, b' } }), 400, 'malformed');
    refused (await say (target, { method, from: guarded }), 401, 'unauthorized');
    refused (await say (target, { method, from: guarded, headers: { authorization: 'Bearer x' } }), 401, 'unauthorized');
    refused (await say (target, { method, isFresh: true, headers: { ...TYPE, 'content-length': 1048577 } }), 413, 'too_large');
    refused (await say (target, { method: 'PATCH' }), 405, 'method_not_allowed');
  }
  for (const target of ['', '/', '/nothing', '/health/', '/jobs/x/y', '/creations//file']) refused (await say (target), 404, 'not_found');
}

async function admits () {
  const headers = { authorization: `Bearer ${TOKEN}`, origin: ORIGIN };
  equal ((await say ('/pricing', { from: guarded, headers })).answerHeaders['access-control-allow-origin'], ORIGIN);
  const asked = await say ('/generate-video', { from: guarded, method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } });
  equal (asked.status, 204);
}

async function refusesBodies () {
  const calls = listCalls ().filter (call => call.operation.requestBody);
  const bad = ['', '{', '[]', 'null', '"x"', '{"a":1}{', '{"a":NaN}', '{"user_id":"a","user_id":"b"}', '['.repeat (100000), Buffer.from ('{"a":"\xff"}', 'latin1')];
  equal (calls.length, 3);
  for (const { method, target } of calls) {
    for (const body of bad) refused (await say (target, { method, headers: TYPE, body }), 400, 'malformed');
    refused (await say (target, { method, headers: { 'content-type': 'text/plain' }, body: '{}' }), 415, 'unsupported_media_type');
    refused (await say (target, { method, body: '{}' }), 415, 'unsupported_media_type');
    refused (await say (target, { method, headers: TYPE, body: ' '.repeat (1048577) }), 413, 'too_large');
  }
}

const badFields = {
  'generate-video': { duration: [4, 11, 5.5, '5', true, [], 1e300], aspect_ratio: ['4:3', '', 5], style: ['ugly', '', 1], sound: ['yes', 1],
    seed: [-1, 1.5, 'x', 9007199254740992], negative_prompt: [1, 'x'.repeat (2001), 'a\x07b'], image: ['/etc/passwd', 'http://x.test/a.png', '', 'data:image/gif;base64,', 5],
    screenwriter: ['no', 1], provider: ['nobody', 1, ''], model: ['nothing', {}], max_cost_usd: [-1, 'x', []], key_code: [5, {}], request_id: [5, 'x'.repeat (129)] },
  'generate-image': { aspect_ratio: ['2:1'], style: ['x'], seed: [-5] },
  'generate-presentation': { num_slides: [0, 31, 2.5, '3'], theme: ['pink', 3], language: ['de', 3] },
};

async function refusesFields () {
  for (const [name, fields] of Object.entries (badFields)) {
    const target = '/' + name;
    for (const field of ['user_prompt', 'user_id']) {
      refused (await post (target, { ...wish (), [field]: undefined }), 422, 'missing_field', field);
      refused (await post (target, { ...wish (), [field]: null }), 422, 'missing_field', field);
      refused (await post (target, { ...wish (), [field]: ' ' }), 422, 'invalid_value', field);
      refused (await post (target, { ...wish (), [field]: 5 }), 422, 'invalid_value', field);
    }
    for (const [field, values] of Object.entries (fields))
      for (const value of values) refused (await post (target, wish ({ [field]: value })), 422, 'invalid_value', field);
  }
}

async function refusesQueries () {
  for (const [path, field] of [['/creations?limit=0', 'limit'], ['/creations?limit=x', 'limit'], ['/creations?limit=1000000', 'limit'],
    ['/jobs?limit=0', 'limit'], ['/creations?kind=x', 'kind'], ['/creations?cursor=x', 'cursor'], ['/usage?from=x', 'from'], ['/usage?to=2026-02-30', 'to']])
    refused (await say (path), 422, 'invalid_value', field);
  for (const { method, target } of listCalls (NOBODY))
    if (target.includes (NOBODY)) refused (await say (target, { method }), 404, 'not_found');
}

async function refusesMoney () {
  for (const target of ['/generate-video', '/generate-image', '/generate-presentation']) {
    refused (await post (target, wish ({ key_code: 'KEY-UNKNOWN' })), 402, 'insufficient_credit');
    refused (await post (target, wish (), { headers: { 'x-studio-key': 'KEY-UNKNOWN' } }), 402, 'insufficient_credit');
  }
  refused (await post ('/generate-video', wish ({ key_code: emptyKey })), 402, 'insufficient_credit');
  for (const { method, target, operation } of listCalls ())
    if (operation.responses[402] && !operation.requestBody)
      refused (await say (target, { method, headers: { 'x-studio-key': 'KEY-UNKNOWN' } }), 402, 'insufficient_credit');
}

async function refusesRepeats () {
  for (const target of ['/generate-video', '/generate-image', '/generate-presentation']) {
    const headers = { 'idempotency-key': 'once ' + target }, value = wish ({ provider: target.endsWith ('presentation') ? undefined : 'replicate' });
    const first = await post (target, value, { headers }), second = await post (target, value, { headers });
    equal (granted (second).creation_id, granted (first).creation_id);
    refused (await post (target, { ...value, user_prompt: 'another' }, { headers }), 409, 'conflict');
  }
}

async function refusesProviders () {
  await script ('replicate.create', '422 422');
  refused (await post ('/generate-image', wish ({ provider: 'replicate' })), 502, 'provider_refused');
  refused (await post ('/generate-video', wish ({ provider: 'replicate', model: 'replicate/minimax-video-01' })), 502, 'provider_refused');
  for (const target of ['/generate-video', '/generate-image'])
    refused (await post (target, wish ({ provider: 'replicate' }), { from: keyless }), 503, 'no_key');
  refused (await post ('/generate-presentation', wish ({ provider: 'groq' }), { from: keyless }), 503, 'no_key');
  await script ('groq.chat', '400 400 400');
  refused (await post ('/generate-presentation', wish ({ provider: 'groq' })), 502, 'provider_refused');
}

async function refusesPrices () {
  refused (await post ('/generate-video', wish (), { from: poor }), 503, 'over_budget');
  refused (await post ('/generate-video', wish ({ max_cost_usd: 0.01 })), 422, 'over_max_cost', 'max_cost_usd');
  refused (await post ('/generate-presentation', wish ({ provider: 'ollama' }), { from: keyless }), 503, 'unavailable');
}

async function refusesWhatIsNoHttp () {
  refused (await say ('/health', { headers: { expect: '200-ok' } }), 417, 'expectation_failed');
  refused (await say ('/health', { headers: { cookie: 'x'.repeat (70000) } }), 431, 'too_large');
  for (const [status, line] of [[400, 'GET /api/studio/%zz HTTP/1.1'], [400, 'GET /api/studio/health HTTP/9.9']]) {
    const raw = await askRaw (studio, Buffer.from (line + '\r\nHost: localhost\r\n\r\n'));
    equal (raw.status, status, line);
    for (const fault of judge.findFaults ({ method: 'GET', target: PREFIX + '/health', headers: {}, ...raw })) faults.add (fault);
    codes.add (JSON.parse (raw.answer.toString ()).code);
  }
}

async function refusesPublishing () {
  for (const place of ['youtube', 'tiktok', 'instagram']) refused (await post (`/publish-to-${place}`, {}), 501, 'not_implemented');
}

const sawCodes = () => equal (judge.description.document.components.schemas.Error.properties.code.enum
  .filter (code => !NEVER.includes (code) && !codes.has (code)), [], 'what nobody was told');

function sawAll () {
  const missing = [];
  for (const item of Object.values (judge.description.document.paths))
    for (const { operationId, responses } of Object.values (item))
      for (const status of Object.keys (responses))
        if (!isNever (operationId, Number (status)) && !seen.has (`${operationId} ${status}`)) missing.push (`${operationId} ${status}`);
  equal (missing, [], 'what nobody saw');
}

await check ('prepare', prepare);
await check ('it gives its document', isTheDocument);
await check ('health and prices', async () => { granted (await say ('/health')); granted (await say ('/pricing')); });
await check ('HEAD', async () => {
  for (const { method, target } of listCalls ())
    if (method === 'GET' && target !== '/events') granted (await say (target, { method: 'HEAD' }));
});
await check ('a video', makesVideo);
await check ('an image', makesImage);
await check ('a presentation', makesPresentation);
await check ('the library', hasLibrary);
await check ('files', hasFiles);
await check ('jobs', hasJobs);
await check ('jobs that nobody is sure about', decides);
await check ('a job that is cancelled', cancels);
await check ('usage', hasUsage);
await check ('events', tells);
await check ('who may not call', refusesAll);
await check ('who may', admits);
await check ('bodies', refusesBodies);
await check ('fields', refusesFields);
await check ('queries and ids', refusesQueries);
await check ('credit', refusesMoney);
await check ('repeats', refusesRepeats);
await check ('providers', refusesProviders);
await check ('prices', refusesPrices);
await check ('publishing', refusesPublishing);
await check ('what is no HTTP', refusesWhatIsNoHttp);
await check ('every answer is one of the document', () => equal ([...faults], []));
await check ('every status of the document was seen', sawAll);
await check ('and every code', sawCodes);
await check ('end', async () => equal (await Promise.all ([studio, guarded, keyless, poor].map (one => one.stop ())), [0, 0, 0, 0]));
console.log (`# ${seen.size} kinds of answers, codes ${[...codes].sort ().join (' ')}`);
await stop ();
finish ();
