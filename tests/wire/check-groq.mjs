// SPDX-License-Identifier: GPL-3.0-or-later
// Groq's own client against our Groq.
import Groq from 'groq-sdk';
import { all, assert, check, equal, requests, script, start, stop, thrown } from './wire.mjs';

const model = 'openai/gpt-oss-120b';
const messages = [{ role: 'system', content: 'Answer in JSON.' }, { role: 'user', content: 'A storm.' }];
const schema = { type: 'object', properties: { prompt: { type: 'string' }, notes: { type: 'array', items: { type: 'string' } } },
  required: ['prompt', 'notes'], additionalProperties: false };
let client;

const ask = more => client.chat.completions.create ({ model, messages, ...more });

async function answers () {
  const { data, response } = await ask ({ response_format: { type: 'json_object' }, temperature: 0.4 }).withResponse ();
  equal (typeof JSON.parse (data.choices[0].message.content).prompt, 'string');
  equal ([data.choices[0].finish_reason, data.usage.total_tokens], ['stop', 420]);
  equal (response.headers.get ('x-ratelimit-reset-requests'), '2m59.56s');
  assert (data.choices[0].message.reasoning.length > 0, 'reasoning');
  const quiet = await ask ({ include_reasoning: false });
  equal (quiet.choices[0].message.reasoning, undefined);
}

async function streams () {
  for (const word of ['ok', 'split']) {
    await script ('groq.chat', word);
    const chunks = await all (await ask ({ stream: true }));
    const text = chunks.map (chunk => chunk.choices[0]?.delta.content ?? '').join ('');
    assert (text.includes ('une tempête, منارة 🌊'), text);
    equal (chunks.at (-1).x_groq.usage.total_tokens, 39);
  }
}

async function keepsToSchemas () {
  const format = { type: 'json_schema', json_schema: { name: 'script', strict: true, schema } };
  const { notes } = JSON.parse ((await ask ({ response_format: format })).choices[0].message.content);
  assert (notes.length > 0, 'notes');
  const open = { ...format, json_schema: { ...format.json_schema, schema: { ...schema, additionalProperties: true } } };
  equal ((await thrown (() => ask ({ response_format: open }))).status, 400, 'an open object');
  equal ((await thrown (() => ask ({ response_format: format, stream: true }))).status, 400, 'a stream');
  equal ((await thrown (() => ask ({ response_format: format, model: 'qwen/qwen3.6-27b' }))).status, 400, 'a model without it');
}

async function refuses () {
  equal ((await thrown (() => ask ({ model: 'llama-3.3-70b-versatile' }))).error.error.code, 'model_decommissioned');
  equal ((await thrown (() => ask ({ model: 'none' }))).status, 404);
  equal ((await thrown (() => ask ({ messages: [] }))).status, 400);
  equal ((await thrown (() => ask ({ n: 2 }))).status, 400);
  equal ((await thrown (() => ask ({ messages: [{ role: 'user', content: 'x' }], response_format: { type: 'json_object' } }))).status, 400);
  const stranger = new Groq ({ apiKey: 'bad-key', baseURL: client.baseURL, maxRetries: 0 });
  assert (await thrown (() => stranger.models.list ()) instanceof Groq.AuthenticationError, 'a bad key');
}

async function fails () {
  await script ('groq.chat', '429:2');
  const limited = await thrown (() => ask ());
  assert (limited instanceof Groq.RateLimitError, 'a limit');
  equal (limited.headers.get?.('retry-after') ?? limited.headers['retry-after'], '2');
  for (const word of ['reset', 'lost', 'cut', '503html', 'badjson']) {
    await script ('groq.chat', word);
    await thrown (() => ask ());
  }
  await script ('groq.chat', 'midstream');
  await thrown (async () => all (await ask ({ stream: true })));
  await script ('groq.chat', 'length');
  equal ((await ask ()).choices[0].finish_reason, 'length');
}

export async function run () {
  const { bases } = await start ();
  client = new Groq ({ apiKey: 'gsk_key', baseURL: bases.groq, maxRetries: 0 });
  await check ('answer', answers);
  await check ('stream', streams);
  await check ('schema', keepsToSchemas);
  await check ('models', async () => assert ((await client.models.list ()).data.some (one => one.id === model && one.active), 'gpt-oss'));
  await check ('wrong requests', refuses);
  await check ('faults', fails);
  await check ('key', async () => {
    const { requests: seen } = await requests ('groq');
    assert (seen.every (one => /^Bearer (gsk_key|bad-key)$/.test (one.headers.authorization)), 'the key is a bearer');
  });
  await check ('end', async () => equal (await stop (), 0));
}
