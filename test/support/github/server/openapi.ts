import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';

// biome-ignore lint/suspicious/noExplicitAny: a JSON document, looked at piece by piece
type Json = any;

export interface Operation {
  /** GitHub's own name for it, such as `issues/create-comment`. */
  readonly id: string;
  readonly description: Json;
}

interface Route extends Operation {
  readonly method: string;
  readonly pattern: RegExp;
  readonly literals: number;
}

const FILE = new URL('../openapi/api.json', import.meta.url);

/** These hold slashes: `refs/heads/main`, `src/cart.ts`, `main...feature/cart`. */
const SEVERAL_SEGMENTS = new Set(['{ref}', '{path}', '{basehead}']);

/** GitHub's description of itself, as something that requests and responses can be held against. */
export function loadOpenApi() {
  const document: Json = adapt(JSON.parse(readFileSync(FILE, 'utf8')));
  const routes = listRoutes(document);
  const complaint = validator(document);
  const bodyComplaint = (schema: Json, body: unknown): string | null =>
    body === undefined
      ? 'it is not JSON'
      : (complaint(schema, body) ?? unknownProperty(schema, body));

  return {
    find(method: string, pathname: string): Operation | null {
      return (
        routes.find((route) => route.method === method && route.pattern.test(pathname)) ?? null
      );
    },

    /** What is wrong with the path's and the query's values, or `null`. */
    queryBreach({ description }: Operation, query: URLSearchParams): string | null {
      const known = parametersOf(document, description).filter((one) => one.in === 'query');
      for (const [name, value] of query) {
        const parameter = known.find((one) => one.name === name);
        if (parameter === undefined) return `query parameter "${name}" is unknown`;
        const wrong = complaint(parameter.schema, coerce(value, parameter.schema.type));
        if (wrong !== null) return `query parameter "${name}": ${wrong}`;
      }
      return null;
    },

    /** What is wrong with the body, or `null`. */
    bodyBreach({ description }: Operation, text: string, contentType: string): string | null {
      const { requestBody } = description;
      if (text === '') return requestBody?.required ? 'the body is missing' : null;
      if (requestBody === undefined) return 'a body is sent where none is expected';
      if (!contentType.startsWith('application/json')) return `content-type is "${contentType}"`;
      const { schema } = requestBody.content['application/json'];
      return bodyComplaint(schema, parse(text));
    },

    /** How a response differs from its description, or `null`. Errors that are not described are no difference. */
    responseBreach({ description }: Operation, status: number, text: string): string | null {
      const response = resolve(document, description.responses[status]);
      if (response === undefined) return status < 300 ? `status ${status} is not described` : null;
      const content = response.content?.['application/json'];
      if (content === undefined) return null;
      const body = parse(text);
      return body === undefined ? 'it is not JSON' : complaint(content.schema, body);
    },
  };
}

export type OpenApi = ReturnType<typeof loadOpenApi>;

/** OpenAPI 3.0 says `nullable` where JSON Schema has a union, and refers from the document's root. */
function adapt(node: Json): Json {
  if (Array.isArray(node)) return node.map(adapt);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = node;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, adapt(value)]));
  if (typeof copy.$ref === 'string') copy.$ref = `github${copy.$ref}`;
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

function listRoutes(document: Json): Route[] {
  const routes: Route[] = [];
  for (const [template, methods] of Object.entries<Json>(document.paths)) {
    const segments = template.split('/');
    const source = segments.map(segmentPattern).join('/');
    const literals = segments.filter((segment) => !segment.startsWith('{')).length;
    for (const [method, description] of Object.entries<Json>(methods)) {
      const pattern = new RegExp(`^${source}$`);
      routes.push({
        id: description.operationId,
        method: method.toUpperCase(),
        pattern,
        literals,
        description,
      });
    }
  }
  // The more that is literal the better it fits: `commits/{ref}` would also swallow `commits/main/check-runs`.
  return routes.sort((one, other) => other.literals - one.literals);
}

function segmentPattern(segment: string): string {
  if (SEVERAL_SEGMENTS.has(segment)) return '.+';
  if (/^\{.*(_id|_number)\}$/.test(segment)) return '\\d+';
  return segment.startsWith('{') ? '[^/]+' : segment;
}

function validator(document: Json) {
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    logger: false,
  });
  ajv.addSchema(document, 'github');
  const compiled = new Map<AnySchema, ValidateFunction>();
  return (schema: AnySchema, value: unknown): string | null => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: '' });
  };
}

function parametersOf(document: Json, description: Json): Json[] {
  return description.parameters.map((parameter: Json) => resolve(document, parameter));
}

function resolve(document: Json, node: Json): Json {
  if (typeof node?.$ref !== 'string') return node;
  const path = node.$ref.slice('github#/'.length).split('/');
  return path.reduce((inner: Json, key: string) => inner[key], document);
}

function coerce(value: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && value !== '') return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** GitHub ignores what it does not know. For us it is a spelling mistake. */
function unknownProperty(schema: Json, body: unknown): string | null {
  if (schema.properties === undefined || schema.additionalProperties !== undefined) return null;
  const unknown = Object.keys(body as object).find((key) => !(key in schema.properties));
  return unknown === undefined ? null : `property "${unknown}" is unknown`;
}
