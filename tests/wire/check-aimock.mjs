// SPDX-License-Identifier: GPL-3.0-or-later
// The same questions by the same clients to a public mock that we did not write, and to ours: the answers are read alike.
import Groq from 'groq-sdk';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { start as startMock, usual } from './aimock.mjs';
import { all, assert, check, equal, start, stop, tell } from './wire.mjs';

const messages = [{ role: 'system', content: 'Answer in JSON.' }, { role: 'user', content: 'Tell me of a storm.' }];
const wanted = usual.fixtures[0].response.content, model = 'openai/gpt-oss-120b', qwen = 'qwen2.5:7b';

const readOpenAI = async client => {
  const plain = await client.chat.completions.create ({ model, messages });
  const chunks = await all (await client.chat.completions.create ({ model, messages, stream: true }));
  const used = chunks.filter (chunk => chunk.choices.length > 0);
  return { plain: [plain.object, plain.choices[0].message.role, plain.choices[0].message.content, plain.choices[0].finish_reason],
    usage: typeof plain.usage.total_tokens, kind: used[0].object, role: used[0].choices[0].delta.role,
    text: used.map (chunk => chunk.choices[0].delta.content ?? '').join (''), end: used.at (-1).choices[0].finish_reason };
};

const readOllama = async client => {
  const plain = await client.chat ({ model: qwen, messages });
  const pieces = await all (await client.chat ({ model: qwen, messages, stream: true }));
  const { models } = await client.list ();
  return { plain: [plain.model, plain.message.role, plain.message.content, plain.done], dones: pieces.map (piece => piece.done).filter (Boolean),
    text: pieces.map (piece => piece.message.content).join (''), counts: typeof pieces.at (-1).eval_count, list: Array.isArray (models) };
};

const alike = async (read, ours, theirs) => {
  const [mine, other] = [await read (ours), await read (theirs)];
  equal (mine, other);
  equal (mine.text, wanted);
};

export async function run () {
  const { bases } = await start (), { mock, ...theirs } = await startMock ();
  for (const vendor of ['groq', 'ollama', 'huggingface']) await tell (`text ${vendor}=${JSON.stringify (wanted)}`);
  const groq = baseURL => new Groq ({ apiKey: 'gsk_key', baseURL, maxRetries: 0 });
  const openai = baseURL => new OpenAI ({ apiKey: 'hf_key', baseURL, maxRetries: 0 });
  const ollama = host => new Ollama ({ host });

  await check ('Groq', () => alike (readOpenAI, groq (bases.groq), groq (theirs.groq)));
  await check ('the router\'s chat', () => alike (readOpenAI, openai (bases.huggingface + '/v1'), openai (theirs.openai)));
  await check ('Ollama', () => alike (readOllama, ollama (bases.ollama), ollama (theirs.ollama)));
  await check ('the mock was asked', () => assert (mock.getRequests ().length >= 6, 'nobody came'));
  await mock.stop ();
  await check ('end', async () => equal (await stop (), 0));
}
