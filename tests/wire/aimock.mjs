// SPDX-License-Identifier: GPL-3.0-or-later
// aimock.mjs [FIXTURES.json]: a public mock of language models, which this project did not write, on a loopback port of its
// own. Prints one line of JSON when it is ready, {"port": N, "groq": BASE, "ollama": BASE, "openai": BASE}, and ends on SIGTERM or
// when standard input ends. It answers OpenAI's chat also under /openai/v1, as Groq has it, and Ollama's /api/chat and /api/tags.
// Without a file of fixtures it knows one question: any text with the word "storm".
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export const usual = { fixtures: [{ match: { userMessage: 'storm' },
  response: { content: '{"prompt": "A lighthouse in a storm, منارة 🌊", "negative_prompt": "blurry", "notes": ["light"]}' } }] };

// Its CommonJS half, because the other one wants an export of zlib at once that Node 18 does not have, and that only Amazon's
// streams need.
const { LLMock } = createRequire (import.meta.url) ('@copilotkit/aimock');

export async function start (fixtures = usual) {
  const mock = new LLMock ({ port: 0, host: '127.0.0.1' });
  mock.addFixturesFromJSON (fixtures.fixtures);
  await mock.start ();
  const base = mock.url;
  return { mock, port: Number (new URL (base).port), groq: base, ollama: base, openai: base + '/v1' };
}

async function main (file) {
  const { mock, ...places } = await start (file ? JSON.parse (readFileSync (file, 'utf8')) : usual);
  const end = async () => { await mock.stop (); process.exit (0); };
  process.on ('SIGTERM', end);
  process.stdin.on ('end', end).resume ();
  console.log (JSON.stringify (places));
}

if (import.meta.url === pathToFileURL (process.argv[1]).href) await main (process.argv[2]);
