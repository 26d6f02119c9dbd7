// SPDX-License-Identifier: GPL-3.0-or-later
// Replicate's own client against our Replicate; every request and answer of it is held against the OpenAPI file.
import Replicate from 'replicate';
import { assert, check, equal, kind, readJournal, requests, script, start, stop, thrown } from './wire.mjs';
import { findFaults, makeExchange, source } from './openapi.mjs';

const flux = 'black-forest-labs/flux-schnell', wan = 'wan-video/wan-2.2-t2v-fast';
const faults = [];
let exchanges = 0, client;

// A fetch that looks at everything that passes through it.
async function watch (url, options) {
  const response = await fetch (url, options);
  const text = options?.body instanceof FormData ? { ...options, headers: { 'content-type': 'multipart/form-data' } } : options;
  exchanges++;
  faults.push (...findFaults (await makeExchange (url, text, response)));
  return response;
}

// Their client makes files of https addresses only; on loopback it leaves the address.
const kindOf = async address => kind (await (await fetch (address)).arrayBuffer ());

async function runsPictures () {
  const [address] = await client.run (flux, { input: { prompt: 'a boat at dawn', aspect_ratio: '16:9', output_format: 'png', seed: 7 } });
  equal (await kindOf (address), 'png');
}

async function runsVideos () {
  let last;
  const address = await client.run (wan, { input: { prompt: 'a boat', num_frames: 81, resolution: '480p' } }, one => { last = one; });
  equal (await kindOf (address), 'mp4');
  equal (last.status, 'succeeded');
}

async function walksThroughStates () {
  const { parseProgressFromLogs } = await import ('replicate');
  const made = await client.predictions.create ({ model: wan, input: { prompt: 'slow', seed: 1 } });
  equal (made.status, 'starting');
  const running = await client.predictions.get (made.id);
  equal (running.status, 'processing');
  equal (parseProgressFromLogs (running), { percentage: 0.45, current: 18, total: 40 });
  const done = await client.predictions.get (made.id);
  equal ([done.status, typeof done.output], ['succeeded', 'string']);
  equal (done.input, { prompt: 'slow', seed: 1 });
}

async function takesVersions () {
  const { latest_version: version } = await client.models.get (...flux.split ('/'));
  for (const one of [flux, `${flux}:${version.id}`, version.id]) {
    const made = await client.predictions.create ({ version: one, input: { prompt: 'by version' } });
    equal ([made.model, made.version], [flux, version.id]);
  }
}

async function cancels () {
  const made = await client.predictions.create ({ model: wan, input: { prompt: 'never mind' } });
  equal ((await client.predictions.cancel (made.id)).status, 'canceled');
  equal ((await client.predictions.get (made.id)).status, 'canceled');
}

// Their client does not know the filters of the list.
async function watchedList (query) {
  const response = await watch (`${client.baseUrl}/predictions?${new URLSearchParams (query)}`, { headers: { authorization: 'Bearer k' } });
  return response.json ();
}

async function lists () {
  for (let i = 0; i < 120; i++) await client.predictions.create ({ model: flux, input: { prompt: 'many', seed: i } });
  const pages = [];
  for await (const page of client.paginate (client.predictions.list)) pages.push (page);
  equal (pages[0].length, 100);
  const ids = new Set (pages.flat ().map (one => one.id));
  assert (pages.length >= 2 && ids.size === pages.flat ().length && ids.size > 120, 'pages overlap or end too soon');
  equal (pages[0][0].input, { prompt: 'many', seed: 119 });
  const { results } = await watchedList ({ created_after: new Date (Date.now () + 60000).toISOString () });
  equal (results, []);
}

async function keepsFiles () {
  const made = await client.files.create (Object.assign (new Blob (['picture'], { type: 'image/png' }), { name: 'a.png' }), { of: 'mine' });
  equal ([made.size, made.content_type, made.metadata], [7, 'image/png', { of: 'mine' }]);
  equal ((await client.files.get (made.id)).urls.get, made.urls.get);
  assert (made.urls.get.endsWith ('/v1/files/' + made.id), made.urls.get);
  assert (await client.files.delete (made.id), 'deleted');
  equal ((await thrown (() => client.files.get (made.id))).response.status, 404);
}

async function uploadsInputs () {
  const made = await client.predictions.create ({ model: 'wan-video/wan-2.2-i2v-fast',
    input: { prompt: 'it moves', image: new Blob (['picture'], { type: 'image/png' }) } });
  assert (made.input.image.includes ('/v1/files/'), made.input.image);
}

async function refuses () {
  const status = async action => (await thrown (action)).response.status;
  const ask = (model, input) => () => client.predictions.create ({ model, input });
  equal (await status (ask (flux, {})), 422, 'no prompt');
  equal (await status (ask (flux, { prompt: 'x', aspect_ratio: '2:1' })), 422, 'ratio');
  equal (await status (ask (wan, { prompt: 'x', num_frames: 80 })), 422, 'frames');
  equal (await status (ask ('minimax/video-01', { prompt: 'x', seed: 1 })), 422, 'seed');
  equal (await status (ask ('nobody/nothing', { prompt: 'x' })), 404, 'model');
  equal (await status (() => client.predictions.create ({ model: flux, input: { prompt: 'x' }, extra: 1 })), 422, 'extra');
  equal (await status (() => client.predictions.get ('none')), 404, 'id');
}

async function refusesKeys (base) {
  const stranger = new Replicate ({ auth: 'bad-key', baseUrl: base + '/v1', fetch: watch });
  equal ((await thrown (() => stranger.accounts.current ())).response.status, 401);
}

async function throttles () {
  const before = (await requests ('replicate.create')).count;
  await script ('replicate.create', '429:1');
  await client.predictions.create ({ model: flux, input: { prompt: 'twice' } });
  equal ((await requests ('replicate.create')).count - before, 2, 'the client waited and came again');
  await script ('replicate.create', '402');
  equal ((await thrown (() => client.predictions.create ({ model: flux, input: { prompt: 'poor' } }))).response.status, 402);
}

// Their client sends a POST again after a reset, and pays twice when it was lost; ours must not, and the servers tell which.
async function breaks () {
  const accepted = async () => (await requests ('replicate')).accepted;
  const ask = async word => {
    const before = await accepted ();
    await script ('replicate.create', word);
    const end = await new Replicate ({ auth: 'k', baseUrl: client.baseUrl }).predictions.create ({ model: flux, input: { prompt: word } })
      .then (() => 'made', () => 'broken');
    return [end, await accepted () - before];
  };
  equal (await ask ('reset'), ['made', 1], 'reset');
  equal (await ask ('lost'), ['made', 2], 'lost');
  for (const word of ['cut', 'badjson', 'empty', 'html']) equal (await ask (word), ['broken', 1], word);
}

async function ends () {
  for (const [word, status] of [['canceled', 'canceled'], ['nooutput', 'succeeded']]) {
    await script ('replicate.create', word);
    const made = await client.predictions.create ({ model: wan, input: { prompt: word } });
    const one = await client.wait (made, { interval: 10 });
    equal ([one.status, one.output, one.error], [status, null, null], word);
  }
  /* Their client would wait for ever for one that was aborted. */
  await script ('replicate.create', 'aborted');
  const late = await client.predictions.create ({ model: wan, input: { prompt: 'late' } });
  await client.predictions.get (late.id);
  equal ((await client.predictions.get (late.id)).status, 'aborted');
  await script ('replicate.create', 'failed:no');
  const doomed = await client.predictions.create ({ model: wan, input: { prompt: 'doomed' } });
  assert ((await thrown (() => client.wait (doomed, { interval: 10 }))).message.includes ('(code: PA)'), 'its error');
  const made = await client.predictions.create ({ model: flux, input: { prompt: 'gone' } });
  await script ('replicate.get', 'removed');
  equal ((await client.predictions.get (made.id)).data_removed, true);
}

export async function run () {
  const { bases } = await start ();
  client = new Replicate ({ auth: 'r8_key', baseUrl: bases.replicate + '/v1', fetch: watch });
  await check ('account', async () => equal ((await client.accounts.current ()).username, 'ann'));
  await check ('run, pictures', runsPictures);
  await check ('run, videos', runsVideos);
  await check ('states and progress', walksThroughStates);
  await check ('versions', takesVersions);
  await check ('cancel', cancels);
  await check ('list and pages', lists);
  await check ('files', keepsFiles);
  await check ('pictures as input', uploadsInputs);
  await check ('wrong requests', refuses);
  await check ('wrong key', () => refusesKeys (bases.replicate));
  await check ('429 and 402', throttles);
  await check ('broken answers', breaks);
  await check ('other ends', ends);
  await check (`${exchanges} exchanges keep to the file`, () => equal ([...new Set (faults)], []));
  await check ('journal', () => assert (readJournal ().filter (line => line[0] === 'replicate' && line[2] === 'accepted').length > 130, 'too short'));
  await check ('end', async () => equal (await stop (), 0));
  console.log ('# held against ' + source.replace (/.*\//, ''));
}
