// SPDX-License-Identifier: GPL-3.0-or-later
// What the judges share: the fake servers as a program, which the vendors' own clients are let loose on.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export { assert, check, equal, finish, skip } from '../support/tap.mjs';

export const here = dirname (fileURLToPath (import.meta.url));
export const root = join (here, '../..');
export const program = process.argv[2];

const folder = mkdtempSync (join (tmpdir (), 'cs-wire-'));
const journal = join (folder, 'journal');
let child, lines;

process.on ('exit', () => {
  child?.kill ();
  rmSync (folder, { recursive: true, force: true });
});

// The next line that the program says.
async function hear () {
  const { value, done } = await lines.next ();
  if (done) throw new Error ('the fake servers ended');
  return JSON.parse (value);
}

// Starts the servers; gives where they are: {port, bases: {piapi, replicate, huggingface, hub, groq, ollama, files}}.
export async function start (...args) {
  child = spawn (program, ['--journal', journal, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface ({ input: child.stdout })[Symbol.asyncIterator] ();
  return hear ();
}

export async function stop () {
  const ended = new Promise (resolve => child.on ('exit', resolve));
  child.kill ('SIGTERM');
  return ended;
}

// The program reads its orders in their turn: an answer to a question proves that all before it are known.
export async function tell (order) {
  child.stdin.write (order + '\n');
  await requests ('nobody');
}

// {count, accepted, requests: [{operation, method, path, query, headers, body}]}
export async function requests (name) {
  child.stdin.write (`requests ${name}\n`);
  return hear ();
}

export const script = (name, words) => tell (`script ${name}=${words}`);

// The lines of the journal, each as [vendor, operation, what, id, seed, prompt].
export function readJournal () {
  return readFileSync (journal, 'utf8').trim ().split ('\n').map (line => line.split (' '));
}

// What an action throws; nothing thrown is a failure.
export async function thrown (action) {
  let result;
  try {
    result = await action ();
  } catch (error) {
    return error;
  }
  throw new Error ('nothing was thrown, but: ' + JSON.stringify (result));
}

export async function all (stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push (piece);
  return pieces;
}

// The bytes of a real PNG or MP4, by their first ones.
export function kind (bytes) {
  const head = Buffer.from (bytes).subarray (0, 12).toString ('latin1');
  return head.startsWith ('\x89PNG\r\n') ? 'png' : head.startsWith ('\xff\xd8\xff') ? 'jpeg'
    : head.slice (4, 8) === 'ftyp' ? 'mp4' : 'unknown';
}
