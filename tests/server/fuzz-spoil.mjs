// SPDX-License-Identifier: GPL-3.0-or-later
// Spoils a request that was right, in one of many ways. A request: {method, path: [parts], query: [[name, value]], headers: {},
// value: of its body, body: bytes instead of it}.
import { makeAny, makeNasty } from './fuzz-values.mjs';

const LIMIT = 1 << 20;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'];

const TYPES = ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/JSON', 'application/json;charset=utf-8',
  'application/json; charset=utf-16', 'application/json, text/html', 'text/json', 'application/problem+json', 'application', '/', 'application/json;', ';'];

// Header lines carry bytes; what cannot stand in one is left out.
const toHeader = text => Buffer.from (text, 'utf8').toString ('latin1').replace (/[^\t\x20-\x7e\x80-\xff]/g, '');

const HEADERS = {
  'accept-language': ['', 'ar', 'en', 'fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', 'xx', '*', 'en;q=', 'en;q=99999999999', ','.repeat (3000), 'fr;q=-1, ar;q=NaN',
    'ar;q=0.' + '3'.repeat (500)],
  'idempotency-key': ['', 'a', 'same', 'same', 'x'.repeat (128), 'x'.repeat (129), 'x'.repeat (5000), 'é', '  ', 'a, b'],
  'x-studio-key': ['', 'unknown', 'KEY-AAAA-BBBB', 'x'.repeat (200), 'x'.repeat (9000), "' OR ''='", 'é'],
  'range': ['bytes=0-', 'bytes=0-0', 'bytes=-1', 'bytes=-0', 'bytes=5-2', 'bytes=999999999999999999999-', 'bytes=0-18446744073709551615', 'bytes=-99999999999',
    'bytes=0-1,3-4', 'bytes=0-1,0-1,0-1,0-1', 'bytes=a-b', 'lines=1-2', 'bytes', 'bytes=', 'bytes=--1', 'bytes=0-,'.repeat (300), 'bytes= 0 - 1'],
  'if-none-match': ['*', '"x"', 'W/"x"', '', '"', '"a", "b"', 'x'.repeat (3000)],
  'if-range': ['"x"', 'Sun, 06 Nov 1994 08:49:37 GMT', '', '*', 'x'],
  'last-event-id': ['0', '1', '-1', '99999999999999999999', 'x', '', ' '],
  'authorization': ['', 'Bearer', 'Bearer ', 'Bearer x', 'bearer x', 'Basic eDp4', 'Bearer x, Bearer y', 'Bearer ' + 'x'.repeat (9000)],
  'host': ['', 'evil.test', 'localhost', 'LOCALHOST:1', '[::1]', '127.0.0.1.evil.test', '127.1', '0.0.0.0', 'localhost.', 'a b', '@127.0.0.1', '127.0.0.1:99999',
    '[::1', 'localhost:abc', 'x'.repeat (2000)],
  'origin': ['null', 'http://evil.test', 'http://127.0.0.1', 'file://', '', 'http://localhost.evil.test'],
  'sec-fetch-site': ['cross-site', 'same-site', 'same-origin', 'none', 'x'],
  'accept': ['text/html', '*/*;q=0', 'application/xml'],
  'accept-encoding': ['gzip', 'br, gzip', 'identity;q=0', '*'],
  'content-encoding': ['gzip', 'deflate', 'br', 'identity', 'x'],
  'expect': ['100-continue', '200-ok', ''],
  'connection': ['close', 'upgrade', 'keep-alive, x'],
  'upgrade': ['websocket', 'h2c'],
  'x-forwarded-for': ['127.0.0.1'],
  'cookie': ['a=b; c', 'x'.repeat (4000)],
  'access-control-request-method': ['POST', 'X'],
};

const QUERY = {
  limit: ['0', '-1', '1', '2', '200', '201', '99999999999999999999', '1.5', '1e2', 'x', '', ' 5', '+5', '0x10'],
  cursor: ['', 'x', '0', '-1', 'AAAA', '%00', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '9'.repeat (30), 'x'.repeat (5000), 'eyJhIjoxfQ=='],
  kind: ['video', 'image', 'deck', 'VIDEO', '', 'x', 'text', 'video,image'],
  from: ['2026-01-01', '2026-13-45', '0', '', 'x', '-1', '9999-12-31', '10000-01-01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00+99:99', '1970-01-01T00:00:00.000000000001Z'],
  to: ['2026-01-01', '0000-00-00', '', 'now', '2026-01-01T25:00:00Z', '2026-02-30'],
  user_id: ['', 'test', '\u202ex', 'x'.repeat (500)],
  provider: ['piapi', 'replicate', '', 'x', '../x', 'x'.repeat (500)],
  q: ['', '*', '"', '"""', 'a OR b', 'NEAR(', 'a AND', '-x', '^', 'prompt:x', '\0', 'x'.repeat (3000), '(', ')', "'", 'é', 'ع', '\u{1F98A}'],
};

// The members of a value, each as [object, name].
function listPlaces (value) {
  if (value === null || typeof value !== 'object') return [];
  return Object.keys (value).flatMap (name => [[value, name], ...listPlaces (value[name])]);
}

// JSON with a member twice.
function repeat (text, random) {
  const members = [...text.matchAll (/"(\w+)":/g)];
  return members.length === 0 ? text : text.replace ('{', `{"${random.pick (members)[1]}":${JSON.stringify (makeAny (random))},`);
}

const ofValue = [
  (request, random) => {
    const places = listPlaces (request.value);
    if (places.length === 0) return;
    const [object, name] = random.pick (places);
    object[name] = random.chance (0.5) ? makeNasty (random) : makeAny (random);
  },
  (request, random) => {
    const places = listPlaces (request.value);
    if (places.length === 0) return;
    const [object, name] = random.pick (places);
    delete object[name];
  },
  (request, random) => {
    if (request.value && typeof request.value === 'object') request.value[makeNasty (random).slice (0, 100)] = makeAny (random);
  },
  (request, random) => { request.value = makeAny (random); },
];

const ofText = [
  text => text.slice (0, -1),
  text => text.slice (0, text.length / 2),
  text => text + text,
  text => text + ' trailing',
  text => '\ufeff' + text,
  text => '[' + text + ']',
  text => text.replaceAll ('"', "'"),
  text => text.replace ('}', ',}'),
  text => text.replace ('{', '{/**/'),
  text => text.replace (/:\s*"/, ':NaN,"x":"'),
  text => text.replace (/:\s*"/, ':1e999,"x":"'),
  text => text.replace (/:\s*"/, ':00,"x":"'),
  text => text.replace (/:\s*"/, ':123456789012345678901234567890,"x":"'),
  text => text.replace (/:"/, ':"\\ud800'),
  text => text.replace (/:"/, ':"\\u0000'),
  text => text.replace (/:"/, ':"\\x'),
  text => text.replace (/:"/, ':"\n'),
  (text, random) => repeat (text, random),
  (text, random) => text.replace ('{', `{"deep":${'['.repeat (random.pick ([10, 63, 64, 65, 1000, 100000]))}`),
  (text, random) => { const n = random.pick ([10, 60, 70, 5000]); return text.replace ('{', `{"deep":${'{"a":'.repeat (n)}1${'}'.repeat (n)},`); },
  (text, random) => text.replace ('{', `{"many":[${'0,'.repeat (random.pick ([1000, 200000]))}0],`),
  (text, random) => text.replace ('{', `{"many":[${'[],'.repeat (random.pick ([1000, 200000]))}0],`),
  (text, random) => text + ' '.repeat (random.pick ([1000, LIMIT - 300, LIMIT, LIMIT + 1, 3 * LIMIT])),
  (text, random) => Buffer.concat ([Buffer.from (text.slice (0, 20)), random.bytes (random.int (1, 8)), Buffer.from (text.slice (20))]),
  text => Buffer.from (text.replace (/:"/, ':"\xff\xfe'), 'latin1'),
  text => Buffer.from (text.replace (/:"/, ':"\xc0\x80'), 'latin1'),
  text => Buffer.from (text.replace (/:"/, ':"\xed\xa0\x80'), 'latin1'),
  text => Buffer.from (text, 'utf16le'),
  () => '',
  () => 'null',
  () => '{}',
  () => '[]',
  () => '""',
  (text, random) => random.bytes (random.int (1, 2000)),
  () => 'user_prompt=x&user_id=y',
];

const ofPath = [
  (path, random) => [...path.slice (0, -1), encodeURIComponent (Buffer.from (makeNasty (random)).toString ()).slice (0, 3000)],
  path => [...path, ''],
  path => ['', ...path],
  path => [...path, '..', 'health'],
  path => ['..', ...path],
  path => path.map (part => part.toUpperCase ()),
  path => [...path.slice (0, -1), encodeURIComponent (path.at (-1) + '\0')],
  path => [...path.slice (0, -1), path.at (-1) + '%2f..%2f..%2fetc%2fpasswd'],
  path => [...path.slice (0, -1), '%2e%2e'],
  path => [...path.slice (0, -1), '%'],
  path => [...path.slice (0, -1), '%zz', 'x'],
  path => [...path.slice (0, -1), '%ff%fe'],
  path => [...path.slice (0, -1), path.at (-1) + ';a=b'],
  path => [...path.slice (0, -1), 'x'.repeat (300)],
  path => path.slice (0, -1),
  (path, random) => path.map (part => random.chance (0.5) ? part : part.replace (/./g, letter => '%' + letter.charCodeAt (0).toString (16))),
];

const ways = [
  [8, (request, random) => { if (request.value !== undefined) random.pick (ofValue) (request, random); }],
  [6, (request, random) => {
    const text = request.value === undefined ? '{}' : JSON.stringify (request.value);
    request.body = random.pick (ofText) (text, random);
  }],
  [2, (request, random) => { request.headers['content-type'] = random.pick (TYPES); }],
  [1, request => { delete request.headers['content-type']; }],
  [2, (request, random) => { request.method = random.pick (METHODS); }],
  [4, (request, random) => { request.path = random.pick (ofPath) (request.path, random); }],
  [5, (request, random) => {
    const name = random.pick (Object.keys (HEADERS));
    request.headers[name] = random.chance (0.85) ? random.pick (HEADERS[name]) : toHeader (makeNasty (random)).slice (0, 4000);
    request.headers[name] = toHeader (request.headers[name]);
  }],
  [5, (request, random) => {
    const name = random.pick (Object.keys (QUERY));
    request.query.push ([name, random.chance (0.8) ? random.pick (QUERY[name]) : makeNasty (random)]);
  }],
  [1, (request, random) => { request.query.push ([makeNasty (random), makeNasty (random)]); }],
  [1, (request, random) => { request.rawQuery = random.pick (['%', '&&&', '=', 'limit=%zz', 'q=%ff', 'q=%c0%80', 'a'.repeat (8000), 'limit', 'q=a+b%20c', '?', 'limit=1;q=2']); }],
  [1, request => { request.headers['transfer-encoding'] = 'chunked'; }],
];

// Spoils it once to three times; it may still be right.
export function spoil (request, random) {
  for (let left = random.weigh ([[6, 1], [3, 2], [1, 3]]); left > 0; left--) random.weigh (ways) (request, random);
  return request;
}
