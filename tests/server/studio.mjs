// SPDX-License-Identifier: GPL-3.0-or-later
// Our server as a process, and somebody who asks it: what the tests of this folder share.
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify (execFile);
const folders = [], children = new Set ();

process.on ('exit', () => {
  for (const child of children) child.kill ('SIGKILL');
  for (const folder of folders) rmSync (folder, { recursive: true, force: true });
});

export const keys = { PIAPI_KEY: 'canary-piapi-5d41', REPLICATE_API_TOKEN: 'canary-replicate-7c3e', HF_API_TOKEN: 'canary-hub-91ab',
  GROQ_API_KEY: 'canary-groq-e02f' };

export function makeFolder (name) {
  const folder = mkdtempSync (join (tmpdir (), `cs-${name}-`));
  folders.push (folder);
  return folder;
}

// Where a studio lives and whom it asks: {home, bases: of the fake servers, more: variables of the test}.
export function makeEnvironment ({ home, bases, more }) {
  return { ...process.env, ...keys, PIAPI_BASE_URL: bases.piapi, REPLICATE_BASE_URL: bases.replicate, HF_BASE_URL: bases.huggingface,
    HF_HUB_URL: bases.hub, GROQ_BASE_URL: bases.groq, OLLAMA_HOST: bases.ollama, CREATIVE_STUDIO_HOME: home,
    CREATIVE_STUDIO_KEYRING: 'none', CREATIVE_STUDIO_POLL_MS: '20', ...more };
}

// Whether a port of this computer can be had.
export const isFree = port => new Promise (resolve => {
  const server = createServer ().on ('error', () => resolve (false));
  server.listen (port, '127.0.0.1', () => server.close (() => resolve (true)));
});

// The command line once, to its end: its JSON.
export async function runCli (cli, args, env) {
  const { stdout } = await run (cli, [...args, '--json'], { env, maxBuffer: 1 << 26 });
  return JSON.parse (stdout);
}

// Starts `serve`; {base, port, pid, errors (), isAlive (), stop ()}. What it says on stderr is kept.
export async function startStudio (cli, { args = [], env }) {
  const child = spawn (cli, ['serve', '--port', '0', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface ({ input: child.stdout })[Symbol.asyncIterator] ();
  const ended = new Promise (resolve => child.on ('close', (code, signal) => resolve (signal ?? code)));
  let words = '', alive = true;
  child.stderr.on ('data', text => { words = (words + text).slice (-1e7); });
  children.add (child);
  ended.then (() => { alive = false; children.delete (child); });
  const { value, done } = await lines.next ();
  if (done) throw new Error (`serve ended with ${await ended}: ${words}`);
  const base = JSON.parse (value).listening;
  return { base, port: Number (new URL (base).port), pid: child.pid, errors: () => words, isAlive: () => alive,
    stop: () => (child.kill ('SIGTERM'), ended) };
}

// Resident memory of a process, in MiB.
export function measureMemory (pid) {
  return Number (/VmRSS:\s+(\d+)/.exec (readFileSync (`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

const agent = new Agent ({ keepAlive: true, maxSockets: 64 });

// Asks once, as {method, target, headers, body}; gives the exchange, with `seconds`. `isEnough (text)` ends an answer that does
// not end by itself; `patience` in seconds is for all of it, and its end is an error.
// `isFresh`: on a connection of its own.
export function ask (studio, { method = 'GET', target, headers = {}, body, isEnough, isFresh, patience = 60 }) {
  const started = performance.now (), chunks = [];
  const sent = Object.fromEntries (Object.entries (headers).map (([name, value]) => [name.toLowerCase (), value]));
  if (body !== undefined && sent['transfer-encoding'] === undefined && sent['content-length'] === undefined)
    sent['content-length'] = Buffer.byteLength (body);
  return new Promise ((resolve, reject) => {
    const call = request ({ host: '127.0.0.1', port: studio.port, method, path: target, headers: sent,
      agent: isFresh ? false : agent });
    const timer = setTimeout (() => call.destroy (new Error (`no answer for ${patience} s`)), patience * 1000);
    const finish = answer => {
      clearTimeout (timer);
      resolve ({ method, target, headers: sent, body, status: answer.statusCode, answerHeaders: answer.headers,
        answer: Buffer.concat (chunks), seconds: (performance.now () - started) / 1000 });
    };
    call.on ('error', error => { clearTimeout (timer); reject (error); });
    call.on ('response', answer => {
      answer.on ('data', chunk => {
        chunks.push (chunk);
        if (!isEnough?.(Buffer.concat (chunks).toString ())) return;
        finish (answer);
        call.destroy ();
      });
      answer.on ('end', () => finish (answer));
      answer.on ('error', () => {});
      answer.on ('aborted', () => { clearTimeout (timer); reject (new Error ('the answer was cut')); });
    });
    call.end (body);
  });
}

// A JSON body.
export function post (studio, target, value, headers = {}) {
  return ask (studio, { method: 'POST', target, headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify (value) });
}

export const read = exchange => JSON.parse (exchange.answer.toString ());

function readAnswer (bytes) {
  const end = bytes.indexOf ('\r\n\r\n'), lines = bytes.subarray (0, Math.max (end, 0)).toString ('latin1').split ('\r\n');
  const status = Number (/^HTTP\/1\.[01] (\d{3})/.exec (lines[0])?.[1]);
  const answerHeaders = Object.fromEntries (lines.slice (1).map (line => [line.split (':', 1)[0].toLowerCase (),
    line.slice (line.indexOf (':') + 1).trim ()]));
  const length = answerHeaders['content-length'];
  const answer = end < 0 ? bytes : bytes.subarray (end + 4, length === undefined ? undefined : end + 4 + Number (length));
  return { status, answerHeaders, answer, rest: bytes.subarray (end + 4 + answer.length) };
}

// Says bytes as they are, on a connection of their own, and hears until the server closes it or is silent for `patience`
// seconds: {bytes, closed}, with the first answer taken apart where there is one.
export function askRaw (studio, bytes, patience = 5) {
  return new Promise (resolve => {
    const socket = connect (studio.port, '127.0.0.1', () => socket.write (bytes));
    const chunks = [];
    const finish = closed => {
      const all = Buffer.concat (chunks);
      socket.destroy ();
      resolve ({ bytes: all, closed, ...all.length > 0 ? readAnswer (all) : {} });
    };
    socket.setTimeout (patience * 1000, () => finish (false));
    socket.on ('data', chunk => chunks.push (chunk));
    socket.on ('error', () => finish (true));
    socket.on ('close', () => finish (true));
  });
}
