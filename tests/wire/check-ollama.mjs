// SPDX-License-Identifier: GPL-3.0-or-later
// Ollama's own client against our Ollama.
import { Ollama } from 'ollama';
import { all, assert, check, equal, requests, script, start, stop, tell, thrown } from './wire.mjs';

const messages = [{ role: 'system', content: 'You write.' }, { role: 'user', content: 'A storm. Answer in JSON.' }];
const text = pieces => pieces.map (piece => piece.message.content).join ('');
let client;

async function streams () {
  const pieces = await all (await client.chat ({ model: 'qwen2.5:7b', messages, stream: true, options: { num_ctx: 8192, temperature: 0.4 } }));
  const last = pieces.at (-1);
  assert (pieces.length > 5 && text (pieces).includes ('منارة 🌊'), text (pieces));
  equal ([last.done, last.done_reason, last.eval_count], [true, 'stop', 298]);
}

async function streamsCutAnywhere () {
  await script ('ollama.chat', 'split');
  assert (text (await all (await client.chat ({ model: 'qwen2.5:7b', messages, stream: true }))).includes ('une tempête, منارة 🌊'), 'letters were lost');
}

async function answersAtOnce () {
  const { message } = await client.chat ({ model: 'qwen2.5:7b', messages, format: 'json' });
  equal (typeof JSON.parse (message.content).prompt, 'string');
}

async function keepsToSchemas () {
  const format = { type: 'object', required: ['slides'], properties: { slides: { type: 'array', minItems: 4,
    items: { type: 'object', properties: { title: { type: 'string' }, level: { type: 'integer', minimum: 2 } } } } } };
  const { slides } = JSON.parse ((await client.chat ({ model: 'qwen2.5:7b', messages, format })).message.content);
  equal ([slides.length, slides[0].level, typeof slides[0].title], [4, 2, 'string']);
}

async function thinks () {
  const first = (await all (await client.chat ({ model: 'qwen3:4b', messages, stream: true })))[0];
  assert (first.message.thinking?.length > 0, 'a model that thinks does so unasked');
  const quiet = await all (await client.chat ({ model: 'qwen3:4b', messages, stream: true, think: false }));
  assert (quiet.every (piece => !piece.message.thinking), 'think: false is heard');
  equal ((await thrown (() => client.chat ({ model: 'qwen2.5:7b', messages, think: true }))).status_code, 400);
}

async function lists () {
  const { models } = await client.list ();
  assert (models.some (one => one.name === 'qwen2.5:7b' && one.details.family === 'qwen2'), 'qwen is there');
  equal ((await client.show ({ model: 'qwen3:4b' })).capabilities, ['completion', 'tools', 'thinking']);
  equal ((await client.ps ()).models[0].context_length, 4096);
  equal ((await client.version ()).version, '0.33.0');
  await script ('ollama.models', 'none');
  equal ((await client.list ()).models, []);
}

async function pulls () {
  const model = 'qwen2.5:1.5b';
  equal ((await thrown (() => client.chat ({ model, messages }))).status_code, 404);
  const steps = await all (await client.pull ({ model, stream: true }));
  equal ([steps[0].status, steps.at (-1).status], ['pulling manifest', 'success']);
  const layers = new Map (steps.filter (step => step.digest).map (step => [step.digest, step]));
  equal (layers.size, 3);
  assert ([...layers.values ()].every (step => step.completed === step.total), 'every layer is complete');
  await client.chat ({ model, messages });
  await client.delete ({ model });
  equal ((await thrown (() => client.chat ({ model, messages }))).status_code, 404);
}

async function fails () {
  const broken = async word => {
    await script ('ollama.chat', word);
    return thrown (async () => all (await client.chat ({ model: 'qwen2.5:7b', messages, stream: true })));
  };
  assert ((await broken ('midstream')).message.includes ('unexpected EOF'), 'an error in the middle');
  equal ((await broken ('503')).status_code, 503);
  equal ((await broken ('500')).error?.includes ('memory') ?? true, true);
  for (const word of ['cut', 'lost', 'badjson']) await broken (word);
  const error = await thrown (async () => all (await client.pull ({ model: 'nosuch', stream: true })));
  assert (error.message.includes ('does not exist'), error.message);
}

async function says () {
  await tell ('text ollama=' + JSON.stringify ('```json\n{"prompt": "x"}\n```'));
  equal ((await client.chat ({ model: 'qwen2.5:7b', messages })).message.content, '```json\n{"prompt": "x"}\n```');
  await tell ('text ollama=');
}

export async function run () {
  const { bases } = await start ();
  client = new Ollama ({ host: bases.ollama });
  await check ('stream', streams);
  await check ('stream, cut anywhere', streamsCutAnywhere);
  await check ('at once', answersAtOnce);
  await check ('schema', keepsToSchemas);
  await check ('thinking', thinks);
  await check ('list, show, running, version', lists);
  await check ('pull and delete', pulls);
  await check ('faults', fails);
  await check ('the test\'s own words', says);
  await check ('no key was sent', async () => {
    const { requests: seen } = await requests ('ollama');
    assert (seen.every (one => one.headers.authorization === undefined), 'a key');
  });
  await check ('end', async () => equal (await stop (), 0));
}
