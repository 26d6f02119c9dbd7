// SPDX-License-Identifier: GPL-3.0-or-later
// proxy.mjs BASE: stands in front of a Replicate (BASE ends before /v1) and holds all that passes against the OpenAPI file. Prints
// {"base": ADDRESS} when it listens, and {"exchanges": N, "faults": [...]} when standard input ends or on SIGTERM; exit code 1 with
// faults. In answers its own address stands for that of BASE, as a client expects.
import { createServer, request } from 'node:http';
import { pathToFileURL } from 'node:url';
import { findFaults } from './openapi.mjs';

const read = async stream => {
  const pieces = [];
  for await (const piece of stream) pieces.push (piece);
  return Buffer.concat (pieces);
};

// Asks the real one; gives its answer and its whole body, or nothing when it broke off.
function pass (url, incoming, body) {
  return new Promise (resolve => {
    const headers = { ...incoming.headers, connection: 'close' };
    const outgoing = request (url, { method: incoming.method, headers }, async answer => {
      resolve ([answer, await read (answer).catch (() => null)]);
    });
    outgoing.on ('error', () => resolve ([null, null]));
    outgoing.end (body);
  });
}

export async function startProxy (target) {
  const seen = { exchanges: 0, faults: [], base: null, close: () => server.close () };
  const server = createServer (async (incoming, outgoing) => {
    const body = await read (incoming), url = new URL (incoming.url, 'http://x');
    const [answer, text] = await pass (target + incoming.url, incoming, body);
    if (text === null) return outgoing.destroy ();
    seen.exchanges++;
    seen.faults.push (...findFaults ({ method: incoming.method, path: url.pathname.replace (/^.*?\/v1/, ''),
      query: Object.fromEntries (url.searchParams), headers: incoming.headers, body: body.length > 0 ? body.toString () : undefined,
      status: answer.statusCode, answerHeaders: answer.headers, answer: text.toString () }));
    const own = Buffer.from (text.toString ('latin1').replaceAll (target, seen.base), 'latin1');
    outgoing.writeHead (answer.statusCode, { ...answer.headers, 'content-length': own.length }).end (own);
  });
  await new Promise (resolve => server.listen (0, '127.0.0.1', resolve));
  seen.base = 'http://127.0.0.1:' + server.address ().port;
  return seen;
}

async function main (target) {
  const seen = await startProxy (target);
  const end = () => {
    console.log (JSON.stringify ({ exchanges: seen.exchanges, faults: seen.faults }));
    process.exit (seen.faults.length > 0 ? 1 : 0);
  };
  process.on ('SIGTERM', end);
  process.stdin.on ('end', end).resume ();
  console.log (JSON.stringify ({ base: seen.base }));
}

if (import.meta.url === pathToFileURL (process.argv[1]).href) await main (process.argv[2]);
