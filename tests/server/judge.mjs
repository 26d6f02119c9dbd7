// SPDX-License-Identifier: GPL-3.0-or-later
// Holds exchanges with our own server against the document that it serves. For every test here: one call, a list of faults.
//
//   const judge = new Judge (document);
//   faults.push (...judge.findFaults (exchange));
//
// An exchange is what ask() of studio.mjs gives: {method, target, headers, body, status, answerHeaders, answer}, with names of
// headers in lower case and bodies as Buffer or text.
import { Description, escape, getType } from '../support/openapi.mjs';

export const PREFIX = '/api/studio';

// What any path may answer before it is looked at, and what one that is not there says.
const REFUSALS = { 400: 'Malformed', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 405: 'WrongMethod', 413: 'TooLarge',
  415: 'WrongType', 429: 'TooMany' };

// What is said to a request that cannot be read, wherever it wanted to go.
const UNREAD = { 400: 'Malformed', 417: 'WrongExpectation', 431: 'LongHeaders' };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

// Money is printed digit for digit: never with an exponent, never with more than six decimals.
const BAD_MONEY = /"(?:\w*_usd|estimated_cost)":(?!-?\d+(?:\.\d{1,6})?[,}\]\s])(?!null)[^,}]*/;

// The path and the query of a target; what cannot be decoded stays as it is, and a name with nothing behind it is none.
export function split (target) {
  const [, path, text] = /^([^?#]*)\??([^#]*)/.exec (target);
  const query = text.split ('&').filter (pair => pair.includes ('=')).join ('&');
  return { path, query: Object.fromEntries (new URLSearchParams (query)) };
}

function decode (part) {
  try {
    return decodeURIComponent (part);
  } catch {
    return part;
  }
}

// A path as it is meant (RFC 3986, section 6.2.2): "/a/../%62" is "/b".
export function climb (text) {
  const path = text.replace (/%[0-9a-f]{2}/gi, code => decode (code).replace (/[^\w.~-]/, code)), parts = [];
  for (const part of path.split ('/').slice (1))
    if (part === '..') parts.pop ();
    else if (part !== '.') parts.push (part);
  return '/' + parts.join ('/') + (/\/\.{1,2}$/.test (path) && parts.length > 0 ? '/' : '');
}

function readJson (bytes) {
  const text = new TextDecoder ('utf-8', { fatal: true, ignoreBOM: true }).decode (Buffer.from (bytes ?? ''));
  return { text, value: JSON.parse (text) };
}

export class Judge {
  constructor (document) {
    this.description = new Description (document);
  }

  // {template, operation, pointer}; HEAD is asked as GET is.
  find (method, target) {
    const path = climb (split (target).path);
    if (path !== PREFIX && !path.startsWith (PREFIX + '/')) return {};
    return this.description.findOperation (method === 'HEAD' ? 'GET' : method, path.slice (PREFIX.length));
  }

  #lookAtHeaders (pointer, exchange) {
    return Object.keys (this.description.find (pointer).headers ?? {}).flatMap (name => {
      const place = this.description.follow (`${pointer}/headers/${name}`), header = this.description.find (place);
      const value = exchange.answerHeaders[name.toLowerCase ()];
      if (value === undefined) return header.required ? [`no header ${name}`] : [];
      return this.description.look (place + '/schema', value, 'header ' + name);
    });
  }

  #lookAtBody (pointer, exchange) {
    const content = this.description.find (pointer).content, type = getType (exchange.answerHeaders);
    if (content === undefined) return exchange.answer.length > 0 ? ['a body that the document does not have'] : [];
    if (content[type] === undefined) return [`an answer of type "${type}"`];
    if (exchange.method === 'HEAD') return exchange.answer.length > 0 ? ['a body for HEAD'] : [];
    if (type !== 'application/json') return [];
    try {
      const { text, value } = readJson (exchange.answer);
      const place = `${pointer}/content/${escape (type)}/schema`;
      const money = value.openapi === undefined ? BAD_MONEY.exec (text) : null;
      return [...this.description.look (place, value, 'answer'), ...this.#lookCloser (value, exchange),
        ...(money ? [`money that is not digit for digit: ${money[0]}`] : [])];
    } catch (error) {
      return ['an answer that is no JSON: ' + error.message];
    }
  }

  // What a schema cannot say.
  #lookCloser (value, exchange) {
    const faults = [];
    if (exchange.status >= 400 && value.status !== exchange.status) faults.push (`its status is ${value.status}`);
    if (Array.isArray (value.slides) && (value.slides.length !== value.num_slides
        || value.slides.some ((slide, index) => slide.index !== index)))
      faults.push (`${value.slides.length} slides of ${value.num_slides}`);
    if (value.prediction_id !== undefined && value.creation_id !== undefined && value.prediction_id !== value.creation_id)
      faults.push ('two ids for one creation');
    return faults;
  }

  // What was accepted was asked as the document says; what was refused may be as wrong as it likes.
  #lookAtRequest ({ operation, pointer, template }, exchange) {
    const { query } = split (exchange.target), path = climb (split (exchange.target).path);
    const type = getType (exchange.headers ?? {});
    const asked = { path: path.slice (PREFIX.length).split ('/').map (decode).join ('/'), query, headers: exchange.headers ?? {} };
    const errors = this.description.lookAtParameters (pointer, template, asked);
    if (operation.requestBody === undefined) return errors;
    const place = `${pointer}/requestBody/content/${escape (type)}/schema`;
    if (operation.requestBody.content[type] === undefined) return [...errors, `a body of type "${type}" was taken`];
    try {
      return [...errors, ...this.description.look (place, readJson (exchange.body).value, 'request')];
    } catch (error) {
      return [...errors, 'a body that is no JSON was taken: ' + error.message];
    }
  }

  #lookAtRefusal (exchange, template) {
    const name = REFUSALS[exchange.status] ?? UNREAD[exchange.status];
    if (name === undefined) return [`status ${exchange.status}, but it is not in the document`];
    if (template !== undefined && !template.includes ('{') && exchange.status === 404) return ['404 for a path that is there with another method'];
    const pointer = '/components/responses/' + name;
    return [...this.#lookAtHeaders (pointer, exchange), ...this.#lookAtBody (pointer, exchange)];
  }

  #lookAtAnswer ({ operation, pointer }, exchange) {
    const unread = UNREAD[exchange.status] && `/components/responses/${UNREAD[exchange.status]}`;
    const answer = operation.responses[exchange.status] ? `${pointer}/responses/${exchange.status}` : unread;
    if (answer === undefined) return [`status ${exchange.status} is not in the document`];
    const place = this.description.follow (answer);
    return [...this.#lookAtHeaders (place, exchange), ...this.#lookAtBody (place, exchange)];
  }

  // What is wrong with an exchange, as sentences.
  findFaults (exchange) {
    const found = this.find (exchange.method, exchange.target);
    const faults = [];
    // The answer to a page that asks whether it may ask, or to somebody who asks what there is: no body.
    if (exchange.method === 'OPTIONS' && exchange.status === 204)
      return exchange.answer.length > 0 ? ['OPTIONS answered with a body'] : [];
    if (found.operation === undefined) faults.push (...this.#lookAtRefusal (exchange, found.template));
    else faults.push (...this.#lookAtAnswer (found, exchange));
    // It is in the document, since it is true; but nobody may be content with it.
    if (exchange.status === 500) faults.push ('the server broke');
    if (found.operation !== undefined && exchange.status < 300) faults.push (...this.#lookAtRequest (found, exchange));
    return faults.map (fault => `${exchange.method} ${exchange.target.slice (0, 200)}: ${exchange.status}: ${fault}`);
  }

  // An event of the stream: {event, data}.
  findEventFaults ({ event, data }) {
    const place = `/paths/~1events/get/responses/200/content/text~1event-stream/x-events/${event}`;
    if (this.description.find (place) === undefined) return [`event ${event} is not in the document`];
    try {
      return this.description.look (this.description.follow (place), JSON.parse (data), `event ${event}`);
    } catch (error) {
      return [`event ${event}: ${error.message}`];
    }
  }

  // Faults of the document itself, but those that the schema of OpenAPI finds: references that lead nowhere, schemas that are
  // none, examples that do not fit.
  findOwnFaults () {
    const faults = [], examples = [];
    const walk = (value, pointer) => {
      if (value === null || typeof value !== 'object') return;
      if (typeof value.$ref === 'string' && this.description.find (decodeURI (value.$ref.slice (1))) === undefined)
        faults.push (`${pointer}: ${value.$ref} leads nowhere`);
      if (value.schema !== undefined) faults.push (...this.description.lookAtSchema (pointer + '/schema'));
      if (value.schema !== undefined && value.example !== undefined) examples.push (pointer);
      for (const [name, member] of Object.entries (value)) walk (member, `${pointer}/${escape (name)}`);
    };
    walk (this.description.document, '');
    for (const name of Object.keys (this.description.document.components.schemas))
      faults.push (...this.description.lookAtSchema ('/components/schemas/' + escape (name)));
    for (const pointer of faults.length === 0 ? examples : [])
      faults.push (...this.description.look (pointer + '/schema', this.description.find (pointer + '/example'), pointer));
    return faults;
  }

  // "GET creations/{id}", as the table of routes in the source has it.
  listRoutes () {
    return Object.entries (this.description.document.paths).flatMap (([path, item]) =>
      METHODS.filter (method => item[method]).map (method => `${method.toUpperCase ()} ${path.slice (1)}`));
  }
}

// Words that nobody outside may read, in an exchange: what is found, never the secret itself.
export function findLeaks (exchange, secrets) {
  const texts = { 'the answer': Buffer.from (exchange.answer).toString ('latin1'),
    'a header': Object.entries (exchange.answerHeaders).join ('\n') };
  return Object.entries (texts).flatMap (([place, text]) => Object.entries (secrets)
    .filter (([, secret]) => text.includes (Buffer.from (secret).toString ('latin1')) || text.includes (secret))
    .map (([name]) => `${exchange.method} ${exchange.target.slice (0, 200)}: ${exchange.status}: ${name} in ${place}`));
}
