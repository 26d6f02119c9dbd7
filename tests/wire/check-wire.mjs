// SPDX-License-Identifier: GPL-3.0-or-later
// check-wire.mjs FAKE-SERVER PART: lets a vendor's own client judge the fake servers.
// Parts: replicate, schema, ollama, groq, openai, huggingface, aimock.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finish, root, skip } from './wire.mjs';

const part = process.argv[3];
const packages = { replicate: ['replicate', 'ajv'], schema: ['ajv'], ollama: ['ollama'], groq: ['groq-sdk'], openai: ['openai'],
  huggingface: ['@huggingface/inference'], aimock: ['@copilotkit/aimock', 'groq-sdk', 'ollama', 'openai'] };

for (const name of packages[part])
  if (!existsSync (join (root, 'node_modules', name))) skip ('npm packages are not installed');
const { run } = await import (`./check-${part}.mjs`);
await run ();
finish ();
