// SPDX-License-Identifier: GPL-3.0-or-later
// What is hardly HTTP: bytes as no client library would send them.

const HOST = 'Host: 127.0.0.1\r\n';
const TYPE = 'Content-Type: application/json\r\n';
const body = '{"user_prompt":"x","user_id":"fuzz","provider":"nobody"}';

const wholes = [
  '\r\n\r\n',
  'GET\r\n\r\n',
  'GET /api/studio/health\r\n\r\n',
  'GET /api/studio/health HTTP/0.9\r\n\r\n',
  `GET /api/studio/health HTTP/9.9\r\n${HOST}\r\n`,
  `GET /api/studio/health HTTP/1.0\r\n\r\n`,
  `GET /api/studio/health HTTP/1.0\r\n${HOST}Connection: keep-alive\r\n\r\n`,
  `GET  /api/studio/health  HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/health HTTP/1.1\n${HOST}\n`,
  `GET /api/studio/health HTTP/1.1\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}${HOST}\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}Host: evil.test\r\n\r\n`,
  `GET http://evil.test/api/studio/health HTTP/1.1\r\n${HOST}\r\n`,
  `GET http://127.0.0.1/api/studio/health HTTP/1.1\r\nHost: evil.test\r\n\r\n`,
  `GET http://[::1/api/studio/health HTTP/1.1\r\n${HOST}\r\n`,
  `GET * HTTP/1.1\r\n${HOST}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`,
  `CONNECT 127.0.0.1:80 HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}no colon here\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}X-A: 1\r\n folded\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}X-A : 1\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}X-A: a\0b\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}: empty\r\n\r\n`,
  `GET /api/studio/he\0alth HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/creations/\xff\xfe HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/creations/a b HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/../../etc/passwd HTTP/1.1\r\n${HOST}\r\n`,
  `GET //api/studio/health HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/health#x HTTP/1.1\r\n${HOST}\r\n`,
  `GET /${'x'.repeat (100000)} HTTP/1.1\r\n${HOST}\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}X-A: ${'x'.repeat (200000)}\r\n\r\n`,
  `GET /api/studio/health HTTP/1.1\r\n${HOST}${'X-A: b\r\n'.repeat (5000)}\r\n`,
  `${'G'.repeat (70000)} / HTTP/1.1\r\n${HOST}\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
  '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03' + 'x'.repeat (500),
  `GET /api/studio/health HTTP/1.1\r\n${HOST}\r\n`.repeat (3),
  `HEAD /api/studio/health HTTP/1.1\r\n${HOST}\r\nGET /api/studio/nothing HTTP/1.1\r\n${HOST}\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: ${body.length}\r\n\r\n${body}GET /api/studio/health HTTP/1.1\r\n${HOST}\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: ${body.length}\r\nContent-Length: 3\r\n\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{} \r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: -1\r\n\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 1e3\r\n\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 99999999999999999999\r\n\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 2000000\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 2000000\r\nExpect: 100-continue\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\n2;a=${'x'.repeat (70000)}\r\n{}\r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\n${'1\r\n \r\n'.repeat (3000)}2\r\n{}\r\n0\r\n\r\n`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
];

// Cut short: the connection stays open, and nothing more comes.
const halves = [
  '',
  'G',
  'GET /api/stu',
  `GET /api/studio/health HTTP/1.1\r\n${HOST}`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Content-Length: 500\r\n\r\n{"user_`,
  `POST /api/studio/generate-video HTTP/1.1\r\n${HOST}${TYPE}Transfer-Encoding: chunked\r\n\r\n5\r\n{"us`,
];

// {bytes, patience}: how long the answer may be waited for, in seconds.
export function makeRaw (random) {
  if (random.chance (0.15)) return { bytes: Buffer.from (random.pick (halves), 'latin1'), patience: 0.3 };
  if (random.chance (0.1)) return { bytes: random.bytes (random.int (1, 3000)), patience: 1 };
  const bytes = Buffer.from (random.pick (wholes), 'latin1');
  if (random.chance (0.3))
    for (let left = random.int (1, 4); left > 0; left--) bytes[random.int (0, bytes.length - 1)] = random.int (0, 255);
  return { bytes, patience: 1 };
}
