// SPDX-License-Identifier: GPL-3.0-or-later
// check-wire.mjs FAKE-SERVER PART [CLI]: lets a vendor's own client judge the fake servers, and then ours be judged.
// Parts: replicate, schema, ollama, groq, openai, huggingface, aimock, client.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finish, root, skip } from './wire.mjs';

const part = process.argv[3];
const packages = { replicate: ['replicate', 'ajv'], schema: ['ajv'], ollama: ['ollama'], groq: ['groq-sdk'], openai: ['openai'],
  huggingface: ['@huggingface/inference'], aimock: ['@copilotkit/aimock', 'groq-sdk', 'ollama', 'openai'], client: ['ajv', '@copilotkit/aimock'] };

for (const name of packages[part])
  if (!existsSync (join (root, 'node_modules', name))) skip ('npm packages are not installed');
const { run } = await import (`./check-${part}.mjs`);
await run ();
finish ();
