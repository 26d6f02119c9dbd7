// SPDX-License-Identifier: GPL-3.0-or-later
// OpenAI's own client against the chat of Hugging Face's router, and against our Groq.
import OpenAI from 'openai';
import { all, assert, check, equal, script, start, stop, thrown } from './wire.mjs';

const messages = [{ role: 'user', content: 'A storm, in JSON.' }];

async function talks (client, vendor, model) {
  const plain = await client.chat.completions.create ({ model, messages });
  assert (plain.choices[0].message.content.includes ('منارة 🌊'), plain.choices[0].message.content);
  for (const word of ['ok', 'split']) {
    await script (vendor + '.chat', word);
    const chunks = await all (await client.chat.completions.create ({ model, messages, stream: true }));
    const text = chunks.map (chunk => chunk.choices[0]?.delta?.content ?? '').join ('');
    equal (text, plain.choices[0].message.content);
  }
}

async function parses (client, model) {
  const schema = { type: 'object', properties: { title: { type: 'string' }, slides: { type: 'array', minItems: 3, items: { type: 'string' } } },
    required: ['title', 'slides'], additionalProperties: false };
  const answer = await client.chat.completions.parse ({ model, messages,
    response_format: { type: 'json_schema', json_schema: { name: 'deck', strict: true, schema } } });
  equal (JSON.parse (answer.choices[0].message.content).slides.length, 3);
}

async function fails (client, vendor, model) {
  const expected = { 401: OpenAI.AuthenticationError, 403: OpenAI.PermissionDeniedError, 404: OpenAI.NotFoundError,
    422: OpenAI.UnprocessableEntityError, '429:1': OpenAI.RateLimitError, 500: OpenAI.InternalServerError,
    reset: OpenAI.APIConnectionError, lost: OpenAI.APIConnectionError };
  for (const [word, type] of Object.entries (expected)) {
    await script (vendor + '.chat', word);
    const error = await thrown (() => client.chat.completions.create ({ model, messages }));
    assert (error instanceof type, `${word}: ${error.constructor.name}`);
  }
  await script (vendor + '.chat', 'midstream');
  await thrown (async () => all (await client.chat.completions.create ({ model, messages, stream: true })));
}

export async function run () {
  const { bases } = await start ();
  const places = { huggingface: [bases.huggingface + '/v1', 'openai/gpt-oss-120b:groq'],
    groq: [bases.groq + '/openai/v1', 'openai/gpt-oss-120b'] };

  for (const [vendor, [baseURL, model]] of Object.entries (places)) {
    const client = new OpenAI ({ apiKey: 'hf_key', baseURL, maxRetries: 0 });
    await check (vendor + ': chat', () => talks (client, vendor, model));
    await check (vendor + ': schema', () => parses (client, model));
    await check (vendor + ': models', async () => assert ((await client.models.list ()).data.length > 2, 'models'));
    await check (vendor + ': faults', () => fails (client, vendor, model));
  }
  await check ('end', async () => equal (await stop (), 0));
}
