// SPDX-License-Identifier: GPL-3.0-or-later
// Proves that the judge of Replicate's wire can say no: each of these is wrong, and known to be.
import { check, equal, assert, requests, start, stop } from './wire.mjs';
import { findFaults, makeExchange, source } from './openapi.mjs';

const good = { id: 'a', model: 'o/n', version: 'hidden', input: {}, output: null, error: null, data_removed: false, status: 'starting',
  created_at: '2026-11-22T10:00:00.000Z', logs: '', metrics: {}, source: 'api',
  urls: { get: 'https://x.test/a', cancel: 'https://x.test/a/cancel', web: 'https://x.test/p/a' } };

const ask = changes => ({ method: 'POST', path: '/models/o/n/predictions', query: {}, status: 201,
  headers: { 'content-type': 'application/json' }, body: '{"input":{}}', answerHeaders: { 'content-type': 'application/json' },
  answer: JSON.stringify (good), ...changes });
const answer = (changes, drop) => {
  const prediction = { ...good, ...changes };
  delete prediction[drop];
  return ask ({ answer: JSON.stringify (prediction) });
};

const wrong = {
  'an answer without id': answer ({}, 'id'),
  'an answer without urls': answer ({}, 'urls'),
  'a status nobody knows': answer ({ status: 'done' }),
  'a null for a time': answer ({ started_at: null }),
  'a time that is none': answer ({ created_at: 'yesterday' }),
  'an error that is an object': answer ({ error: {} }),
  'a number for the log': answer ({ logs: 1 }),
  'an address that is none': answer ({ urls: { ...good.urls, get: 'a b' } }),
  'a version that is a number': answer ({ version: 1 }),
  'a status that is not in the file': ask ({ status: 204 }),
  'an answer of another type': ask ({ answerHeaders: { 'content-type': 'text/html' } }),
  'an unknown field': ask ({ body: '{"input":{},"seed":1}' }),
  'an input that is a text': ask ({ body: '{"input":"x"}' }),
  'a request of another type': ask ({ headers: { 'content-type': 'text/plain' } }),
  'a wrong Prefer': ask ({ headers: { 'content-type': 'application/json', prefer: 'wait=abc' } }),
  'a path nobody knows': ask ({ path: '/models/o/predictions' }),
  'a method nobody knows': ask ({ method: 'PUT' }),
  'a query nobody knows': ask ({ method: 'GET', path: '/predictions', query: { limit: '5' }, body: undefined, status: 200,
    answer: '{"results":[]}' }),
  'a date that is none': ask ({ method: 'GET', path: '/predictions', query: { created_after: 'today' }, body: undefined, status: 200,
    answer: '{"results":[]}' }),
  'a wrong one in a list': ask ({ method: 'GET', path: '/predictions', body: undefined, status: 200, answer: '{"results":[{}]}' }),
  'a refusal as a page': ask ({ status: 500, answerHeaders: { 'content-type': 'text/html' }, answer: '<p>' }),
  'a refusal without detail': ask ({ status: 422, answerHeaders: { 'content-type': 'application/problem+json' }, answer: '{"status":422}' }),
};

// The same by way of the real servers, spoilt by their own words.
async function spoil (base) {
  for (const word of ['types', 'noid', 'status:WEIRD', 'nulls', 'html']) {
    await requests ('nobody');
    const url = `${base}/v1/models/black-forest-labs/flux-schnell/predictions`;
    const options = { method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' },
      body: '{"input":{"prompt":"x"}}' };
    const response = await fetch (url, options);
    const faults = findFaults (await makeExchange (url, options, response));
    assert (faults.length > 0, word + ' was not seen');
  }
}

export async function run () {
  await check ('what is right is right', () => equal (findFaults (ask ({})), []));
  for (const [name, exchange] of Object.entries (wrong))
    await check (name, () => assert (findFaults (exchange).length > 0, 'not seen'));
  const { bases } = await start ('--script', 'replicate.create=types noid status:WEIRD nulls html');
  await check ('spoilt answers of the servers', () => spoil (bases.replicate));
  await stop ();
  console.log ('# held against ' + source.replace (/.*\//, ''));
}
