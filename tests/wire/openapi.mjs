// SPDX-License-Identifier: GPL-3.0-or-later
// Holds requests and answers against Replicate's OpenAPI file: the real one where it is at hand (REPLICATE_OPENAPI, or in
// ../shared/specs beside the source), else replicate-schema.json, which says in our words as much of it as we use.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Description, escape, getType } from '../support/openapi.mjs';

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

const description = new Description (relax (JSON.parse (readFileSync (source, 'utf8'))));

// A cursor comes from the server and is nobody's to describe.
function lookAtQuery (pointer, exchange) {
  const known = description.listParameters (pointer).filter (one => one.in === 'query').map (one => one.name);
  return Object.keys (exchange.query).filter (name => !known.includes (name) && name !== 'cursor')
    .map (name => `query ${name} is not in the file`);
}

function lookAtRequest ({ operation, pointer, template }, exchange) {
  const type = getType (exchange.headers);
  const errors = [...description.lookAtParameters (pointer, template, exchange), ...lookAtQuery (pointer, exchange)];
  if (operation.requestBody === undefined)
    return exchange.body ? [...errors, 'a body that the file does not have'] : errors;
  if (operation.requestBody.content[type] === undefined) return [...errors, `a body of type "${type}"`];
  if (type !== 'application/json') return errors;
  return [...errors, ...description.look (`${pointer}/requestBody/content/${escape (type)}/schema`, JSON.parse (exchange.body),
    'request')];
}

// Refusals are in the documentation, and not in the file: a problem, as RFC 9457 has it.
function lookAtRefusal (exchange) {
  if (getType (exchange.answerHeaders) !== 'application/problem+json') return ['a refusal that is no problem+json'];
  const { detail, status } = JSON.parse (exchange.answer);
  return typeof detail === 'string' && status === exchange.status ? [] : ['a problem without its detail and status'];
}

function lookAtAnswer ({ operation, pointer }, exchange) {
  const answer = operation.responses[exchange.status], type = getType (exchange.answerHeaders);
  if (exchange.status >= 400) return lookAtRefusal (exchange);
  if (answer === undefined) return [`status ${exchange.status} is not in the file`];
  if (answer.content === undefined) return [];
  if (answer.content[type] === undefined) return [`an answer of type "${type}"`];
  return description.look (`${pointer}/responses/${exchange.status}/content/${escape (type)}/schema`, JSON.parse (exchange.answer),
    'answer');
}

// exchange: {method, path (behind /v1), query: {}, headers: {}, body, status, answerHeaders: {}, answer}; names of headers in
// lower case, bodies as text. What is wrong with it, as a list of sentences. A refused request may be wrong.
export function findFaults (exchange) {
  const found = description.findOperation (exchange.method, exchange.path);
  if (found.operation === undefined) return [`${exchange.method} ${exchange.path} is not in the file`];
  const faults = lookAtAnswer (found, exchange);
  if (exchange.status < 400) faults.unshift (...lookAtRequest (found, exchange));
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
