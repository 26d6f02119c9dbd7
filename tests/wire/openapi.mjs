// SPDX-License-Identifier: GPL-3.0-or-later
// Holds requests and answers against Replicate's OpenAPI file: the real one where it is at hand (REPLICATE_OPENAPI, or in
// ../shared/specs beside the source), else replicate-schema.json, which says in our words as much of it as we use.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';

const here = new URL ('.', import.meta.url).pathname;
const places = [process.env.REPLICATE_OPENAPI, join (here, '../../../shared/specs/replicate-openapi.json'),
  join (here, 'replicate-schema.json')];

export const source = places.find (place => place && existsSync (place));

// "version" is one of a string and the string "hidden", which by the letter no string can be: any of them is what is meant.
function relax (value) {
  if (Array.isArray (value)) return value.map (relax);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries (Object.entries (value).map (([name, member]) => [name === 'oneOf' ? 'anyOf' : name, relax (member)]));
}

const document = relax (JSON.parse (readFileSync (source, 'utf8')));
const ajv = new Ajv ({ strict: false, allErrors: true });
ajv.addFormat ('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat ('uri', text => URL.canParse?.(text) ?? /^[a-z]+:\/\/\S+$/.test (text));
ajv.addFormat ('binary', true);
ajv.addSchema (document, 'replicate');

const compiled = new Map ();

function find (pointer) {
  return pointer.split ('/').slice (1).reduce ((value, part) => value?.[part.replaceAll ('~1', '/').replaceAll ('~0', '~')], document);
}

// Errors of a value under the schema at a JSON pointer of the document.
function look (pointer, value, what) {
  if (find (pointer) === undefined) return [`${what}: the file has nothing at ${pointer}`];
  if (!compiled.has (pointer)) compiled.set (pointer, ajv.compile ({ $ref: 'replicate#' + encodeURI (pointer) }));
  const validate = compiled.get (pointer);
  return validate (value) ? [] : validate.errors.map (error => `${what}${error.instancePath} ${error.message}`);
}

const escape = text => text.replaceAll ('~', '~0').replaceAll ('/', '~1');

function findPath (path) {
  const fits = template => new RegExp ('^' + template.replace (/\{[^}]*\}/g, '[^/]+') + '$').test (path);
  return Object.keys (document.paths).find (template => template === path) ?? Object.keys (document.paths).find (fits);
}

function lookAtParameters (operation, pointer, exchange) {
  const errors = [], known = [];
  for (const [index, reference] of (operation.parameters ?? []).entries ()) {
    const place = reference.$ref?.slice (1) ?? `${pointer}/parameters/${index}`;
    const parameter = find (place);
    const value = parameter.in === 'query' ? exchange.query[parameter.name]
      : parameter.in === 'header' ? exchange.headers[parameter.name.toLowerCase ()] : undefined;
    if (parameter.in === 'query') known.push (parameter.name);
    if (value !== undefined) errors.push (...look (place + '/schema', value, `${parameter.in} ${parameter.name}`));
  }
  // A cursor comes from the server and is nobody's to describe.
  for (const name of Object.keys (exchange.query))
    if (!known.includes (name) && name !== 'cursor') errors.push (`query ${name} is not in the file`);
  return errors;
}

const getType = headers => (headers['content-type'] ?? '').split (';')[0];

function lookAtRequest (operation, pointer, exchange) {
  const type = getType (exchange.headers);
  const errors = lookAtParameters (operation, pointer, exchange);
  if (operation.requestBody === undefined)
    return exchange.body ? [...errors, 'a body that the file does not have'] : errors;
  if (operation.requestBody.content[type] === undefined) return [...errors, `a body of type "${type}"`];
  if (type !== 'application/json') return errors;
  return [...errors, ...look (`${pointer}/requestBody/content/${escape (type)}/schema`, JSON.parse (exchange.body), 'request')];
}

// Refusals are in the documentation, and not in the file: a problem, as RFC 9457 has it.
function lookAtRefusal (exchange) {
  if (getType (exchange.answerHeaders) !== 'application/problem+json') return ['a refusal that is no problem+json'];
  const { detail, status } = JSON.parse (exchange.answer);
  return typeof detail === 'string' && status === exchange.status ? [] : ['a problem without its detail and status'];
}

function lookAtAnswer (operation, pointer, exchange) {
  const answer = operation.responses[exchange.status], type = getType (exchange.answerHeaders);
  if (exchange.status >= 400) return lookAtRefusal (exchange);
  if (answer === undefined) return [`status ${exchange.status} is not in the file`];
  if (answer.content === undefined) return [];
  if (answer.content[type] === undefined) return [`an answer of type "${type}"`];
  return look (`${pointer}/responses/${exchange.status}/content/${escape (type)}/schema`, JSON.parse (exchange.answer), 'answer');
}

// exchange: {method, path (behind /v1), query: {}, headers: {}, body, status, answerHeaders: {}, answer}; names of headers in
// lower case, bodies as text. What is wrong with it, as a list of sentences. A refused request may be wrong.
export function findFaults (exchange) {
  const template = findPath (exchange.path), method = exchange.method.toLowerCase ();
  const operation = document.paths[template]?.[method];
  if (operation === undefined) return [`${exchange.method} ${exchange.path} is not in the file`];
  const pointer = `/paths/${escape (template)}/${method}`;
  const faults = lookAtAnswer (operation, pointer, exchange);
  if (exchange.status < 400) faults.unshift (...lookAtRequest (operation, pointer, exchange));
  return faults.map (fault => `${exchange.method} ${exchange.path}: ${fault}`);
}

// The same for a fetch and its answer, whose path has "/v1" somewhere.
export async function makeExchange (url, options, response) {
  const address = new URL (url);
  const entries = headers => Object.fromEntries ([...new Headers (headers)]);
  return { method: options?.method ?? 'GET', path: address.pathname.replace (/^.*?\/v1/, ''),
    query: Object.fromEntries (address.searchParams), headers: entries (options?.headers), body: options?.body,
    status: response.status, answerHeaders: entries (response.headers), answer: await response.clone ().text () };
}
