// SPDX-License-Identifier: GPL-3.0-or-later
// Hugging Face's own client against our router and hub. Its two hosts are constants, so fetch is led to ours, and to nobody
// else's: whatever the client wants of another host is a failure.
import { InferenceClient, setLogger } from '@huggingface/inference';
import { all, assert, check, equal, kind, requests, script, start, stop, thrown } from './wire.mjs';

const flux = 'black-forest-labs/FLUX.1-schnell', wan = 'Wan-AI/Wan2.2-TI2V-5B';
const real = globalThis.fetch;
let client;

function lead (bases) {
  const hosts = { 'https://router.huggingface.co': bases.huggingface, 'https://huggingface.co': bases.hub };
  globalThis.fetch = (url, options) => {
    const { origin, protocol } = new URL (url);
    if (protocol === 'data:') return real (url, options);
    if (hosts[origin] !== undefined) return real (String (url).replace (origin, hosts[origin]), options);
    if (origin !== new URL (bases.files).origin) throw new Error ('somebody else was asked: ' + url);
    assert (!new Headers (options?.headers).has ('authorization'), 'a key went to the files');
    return real (url, options);
  };
}

const bytes = async blob => kind (await blob.arrayBuffer ());

async function makesPictures (provider, wanted) {
  const blob = await client.textToImage ({ provider, model: flux, inputs: 'a boat at dawn',
    parameters: provider === 'fal-ai' ? { image_size: { width: 1024, height: 576 }, seed: 7 } : { seed: 7, num_inference_steps: 4 } },
  { outputType: 'blob' });
  equal (await bytes (blob), wanted);
}

async function makesVideos (provider, model) {
  const blob = await client.textToVideo ({ provider, model, inputs: 'a boat', parameters: { num_inference_steps: 30, seed: 7 } });
  equal (await bytes (blob), 'mp4');
}

async function chats () {
  const messages = [{ role: 'user', content: 'A storm.' }];
  const answer = await client.chatCompletion ({ model: 'openai/gpt-oss-120b', messages });
  assert (answer.choices[0].message.content.includes ('منارة 🌊'), 'words');
  const chunks = await all (client.chatCompletionStream ({ model: 'openai/gpt-oss-120b', messages }));
  equal (chunks.map (chunk => chunk.choices[0]?.delta?.content ?? '').join (''), answer.choices[0].message.content);
}

async function choosesItself () {
  const blob = await client.textToImage ({ model: flux, inputs: 'automatic' }, { outputType: 'blob' });
  equal (await bytes (blob), 'png');
  const { requests: seen } = await requests ('huggingface.create');
  assert (seen.at (-1).path.startsWith ('/fal-ai/fal-ai/flux/schnell'), seen.at (-1).path);
}

async function fails () {
  for (const word of ['402', '403', '410', '429', 'lost', 'badjson']) {
    await script ('huggingface.create', word);
    await thrown (() => client.textToImage ({ provider: 'nscale', model: flux, inputs: word }));
  }
  await script ('huggingface.create', '503loading');
  const before = (await requests ('huggingface.create')).count;
  await makesPictures ('nscale', 'png');
  equal ((await requests ('huggingface.create')).count - before, 2, 'the client came again');
  await script ('huggingface.get', 'failed:no');
  await thrown (() => client.textToVideo ({ provider: 'wavespeed', model: wan, inputs: 'refused' }));
  await script ('huggingface.create', 'nooutput');
  await thrown (() => client.textToImage ({ provider: 'together', model: flux, inputs: 'nothing' }));
}

async function refuses () {
  const status = async action => (await thrown (action)).httpResponse?.status;
  equal (await status (() => client.textToImage ({ provider: 'fal-ai', model: flux, inputs: 'x', parameters: { num_images: 99 } })), 422);
  equal (await status (() => new InferenceClient ('hf_bad-key').textToImage ({ provider: 'nscale', model: flux, inputs: 'x' })), 401);
}

export async function run () {
  const { bases } = await start ();
  lead (bases);
  setLogger ({ debug () {}, info () {}, log () {}, warn () {}, error () {} });
  client = new InferenceClient ('hf_key');
  for (const [provider, wanted] of [['hf-inference', 'jpeg'], ['fal-ai', 'png'], ['together', 'png'], ['nscale', 'png'], ['wavespeed', 'png']])
    await check ('picture by ' + provider, () => makesPictures (provider, wanted));
  for (const provider of ['fal-ai', 'wavespeed', 'together'])
    await check ('video by ' + provider, () => makesVideos (provider, wan));
  await check ('the provider is chosen by the mapping', choosesItself);
  await check ('chat', chats);
  await check ('wrong requests', refuses);
  await check ('faults', fails);
  await check ('end', async () => equal (await stop (), 0));
}
