// SPDX-License-Identifier: GPL-3.0-or-later
// An OpenAPI document that values, parameters and paths are held against; for the providers' and for our own.
import Ajv from 'ajv/dist/2020.js';

export const escape = text => text.replaceAll ('~', '~0').replaceAll ('/', '~1');

const unescape = text => text.replaceAll ('~1', '/').replaceAll ('~0', '~');

const isDate = text => /^\d{4}-\d\d-\d\d$/.test (text) && !Number.isNaN (Date.parse (text));

function makeAjv () {
  const ajv = new Ajv ({ strict: false, allErrors: true });
  ajv.addFormat ('date', isDate);
  ajv.addFormat ('date-time', text => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test (text)
    && isDate (text.slice (0, 10)));
  ajv.addFormat ('uri', text => URL.canParse?.(text) ?? /^[a-z]+:\/\/\S+$/.test (text));
  ajv.addFormat ('binary', true);
  return ajv;
}

// A query or a header is text; where the schema wants something else, the value that it stands for.
function readText (text, schema) {
  if (schema?.type === 'integer' || schema?.type === 'number') return /^-?\d+(\.\d+)?$/.test (text) ? Number (text) : text;
  if (schema?.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

export class Description {
  #ajv = makeAjv ();
  #compiled = new Map ();

  constructor (document) {
    this.document = document;
    this.#ajv.addSchema (document, 'document');
  }

  // What stands at a JSON pointer; undefined: nothing.
  find (pointer) {
    return pointer.split ('/').slice (1).reduce ((value, part) => value?.[unescape (part)], this.document);
  }

  // Where a value really stands: behind its $ref, where it is one.
  follow (pointer) {
    const reference = this.find (pointer)?.$ref;
    return reference === undefined ? pointer : this.follow (decodeURI (reference.slice (1)));
  }

  // Errors of a value under the schema at a pointer.
  look (pointer, value, what) {
    if (this.find (pointer) === undefined) return [`${what}: the document has nothing at ${pointer}`];
    if (!this.#compiled.has (pointer))
      this.#compiled.set (pointer, this.#ajv.compile ({ $ref: 'document#' + encodeURI (pointer) }));
    const validate = this.#compiled.get (pointer);
    return validate (value) ? [] : validate.errors.map (error => `${what}${error.instancePath} ${error.message}`);
  }

  // Whether the schema at a pointer is a JSON schema at all: sentences.
  lookAtSchema (pointer) {
    return this.#ajv.validateSchema (this.find (pointer)) ? []
      : this.#ajv.errors.map (error => `${pointer}${error.instancePath} ${error.message}`);
  }

  // The template of a path: the same word for word before one with a part to fill in.
  findPath (path) {
    const fits = template => new RegExp ('^' + template.replace (/\{[^}]*\}/g, '[^/]+') + '$').test (path);
    return Object.keys (this.document.paths).find (template => template === path)
      ?? Object.keys (this.document.paths).find (fits);
  }

  // {template, pointer, operation}, each undefined where there is none.
  findOperation (method, path) {
    const template = this.findPath (path);
    const operation = this.document.paths[template]?.[method.toLowerCase ()];
    return { template, operation, pointer: operation && `/paths/${escape (template)}/${method.toLowerCase ()}` };
  }

  listParameters (pointer) {
    return (this.find (pointer).parameters ?? []).map ((_, index) => {
      const place = this.follow (`${pointer}/parameters/${index}`);
      return { pointer: place, ...this.find (place) };
    });
  }

  // Errors of the parameters of a request: {path, query: {}, headers: {}}, names of headers in lower case.
  lookAtParameters (pointer, template, exchange) {
    const parts = exchange.path.split ('/'), errors = [];
    for (const parameter of this.listParameters (pointer)) {
      const text = parameter.in === 'query' ? exchange.query[parameter.name]
        : parameter.in === 'header' ? exchange.headers[parameter.name.toLowerCase ()]
        : parts[template.split ('/').indexOf (`{${parameter.name}}`)];
      const what = `${parameter.in} ${parameter.name}`, place = parameter.pointer + '/schema';
      if (text !== undefined) errors.push (...this.look (place, readText (text, this.find (this.follow (place))), what));
      else if (parameter.required) errors.push (`${what} is missing`);
    }
    return errors;
  }
}

export const getType = headers => (headers['content-type'] ?? '').split (';')[0].trim ().toLowerCase ();
