import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { SandboxRequest } from '#src/sandbox/http/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#src/sandbox/sandbox.ts';

/*
 * An independent check of every request body against Discord's own OpenAPI description (MIT, (c) Discord), where it
 * is present beside the project. What that description lacks (2000 characters, 6000 over all embeds, names of
 * commands ...) is checked by the sandbox itself.
 */
export const OPENAPI = new URL('../../../shared/discord/openapi.json', import.meta.url).pathname;
export const hasOpenApi = existsSync(OPENAPI);

type Json = Record<string, unknown>;

/** A sentence for each fault of the body; empty when it is fine or the operation takes none. */
export type BodyCheck = (request: Pick<SandboxRequest, 'method' | 'route' | 'body'>) => string[];

/** Reads the description and compiles the schema of an operation when it is first needed. */
export function openApiCheck(): BodyCheck {
  const description = readDescription();
  const ajv = createAjv(description);
  const compiled = new Map<string, ValidateFunction>();

  return ({ method, route, body }) => {
    if (body === undefined) return [];
    const schema = schemaFor(description, method, route, body);
    if (!schema) return [];
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, validate);
    if (validate(body)) return unknownKeys(description, schema, body, '');
    return (validate.errors ?? []).map((one) => sentence(`${method} ${route}`, one));
  };
}

// Reading and compiling takes half a second: once for a process.
const shared: { check?: BodyCheck } = {};

/**
 * A sandbox whose `close` throws when any request body was not as Discord describes it.
 * Without the description nothing is checked.
 */
export async function startCheckedSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  if (!hasOpenApi) return startSandbox(options);
  shared.check ??= openApiCheck();
  const check = shared.check;
  const inspect = (request: SandboxRequest) => {
    const faults = check(request);
    if (faults.length > 0) throw new Error(`Not as Discord's description has it: ${faults.join('; ')}`);
    options.inspect?.(request);
  };
  return startSandbox({ ...options, inspect });
}

function readDescription(): Json {
  const text = readFileSync(OPENAPI, 'utf8').replaceAll('"#/components/', '"discord#/components/');
  const description = JSON.parse(text);
  // The description's integers come as strings too ("API accepts strings for int fields"): discord.js sends this one so.
  for (const schema of Object.values<Json>(description.components.schemas)) {
    const properties = schema.properties as Record<string, Json> | undefined;
    if (properties?.default_member_permissions) {
      properties.default_member_permissions = { type: ['integer', 'string', 'null'] };
    }
  }
  return description;
}

function createAjv(description: Json): Ajv2020 {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addFormat('snowflake', /^(0|[1-9]\d*)$/);
  ajv.addFormat('nonce', true);
  ajv.addKeyword('x-discord-union');
  ajv.addSchema({ $id: 'discord', components: description.components });
  return ajv;
}

function schemaFor(description: Json, method: string, route: string, body: unknown): Json | undefined {
  const named = chosenBranch(method, route, body);
  if (named) return { $ref: `discord#/components/schemas/${named}` };
  const operation = operationOf(description, method, route) as
    | { requestBody?: { content?: Record<string, { schema?: Json }> } }
    | undefined;
  return operation?.requestBody?.content?.['application/json']?.schema;
}

// The description names some ids differently: paths are compared without their names.
function operationOf(description: Json, method: string, route: string): unknown {
  const paths = description.paths as Record<string, Json>;
  const bare = (path: string) => path.replace(/\{[^}]+\}/g, '{}');
  const exact = Object.keys(paths).find((path) => bare(path) === bare(route));
  return exact === undefined ? undefined : paths[exact][method.toLowerCase()];
}

// A union lets the looser branch pass: the branch is chosen here, so that the error names the right one.
const CALLBACKS: Record<number, string> = {
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  8: 'ApplicationCommandAutocompleteCallbackRequest',
  9: 'ModalInteractionCallbackRequest',
};

function chosenBranch(method: string, route: string, body: unknown): string | undefined {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Json;
  if (route.endsWith('/callback')) return CALLBACKS[Number(fields.type)];
  if (method !== 'POST' || route !== '/channels/{channel_id}/threads') return undefined;
  return 'message' in fields ? 'CreateForumThreadRequest' : 'CreateTextThreadWithoutMessageRequest';
}

// discord.js sends these where the description does not list them; Discord ignores them there.
const HARMLESS = new Set([
  'enforce_nonce',
  'tts',
  'nonce',
  'message_reference',
  'sticker_ids',
  'poll',
  // Newer than the description.
  'file_types',
  'flags',
  'username',
  'avatar_url',
  'thread_name',
  'applied_tags',
]);

// Request schemas do not forbid other properties, so that a mistyped name would pass.
function unknownKeys(description: Json, schema: Json, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const items = partsOf(description, schema).flatMap((part) => (part.items ? [part.items as Json] : []));
    return value.flatMap((one, index) => unknownKeys(description, { anyOf: items }, one, `${path}/${index}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const parts = partsOf(description, schema).filter((part) => fitsType(description, part, value as Json));
  const properties = parts.flatMap((part) => Object.entries((part.properties ?? {}) as Record<string, Json>));
  if (properties.length === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const schemas = properties.filter(([name]) => name === key).map(([, one]) => one);
    if (schemas.length === 0)
      return HARMLESS.has(key) ? [] : [`${path}/${key} is no property that Discord describes`];
    return unknownKeys(description, { anyOf: schemas }, inner, `${path}/${key}`);
  });
}

/** A schema with everything it refers to or is made of, flattened. */
function partsOf(description: Json, schema: Json): Json[] {
  const reference = typeof schema.$ref === 'string' ? resolve(description, schema.$ref) : undefined;
  const inner = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as Json[]);
  return [schema, ...(reference ? [reference, ...inner] : inner).flatMap((one) => partsOf(description, one))];
}

// Of a union of components or options only the branch with the value's `type` counts.
function fitsType(description: Json, part: Json, value: Json): boolean {
  const type = (part.properties as Record<string, Json> | undefined)?.type;
  if (!type || value.type === undefined) return true;
  const choices = partsOf(description, type).flatMap((one) => (one.enum ?? []) as unknown[]);
  return choices.length === 0 || choices.includes(value.type);
}

function resolve(description: Json, reference: string): Json {
  const name = reference.split('/').at(-1) ?? '';
  return (description.components as { schemas: Record<string, Json> }).schemas[name];
}

function sentence(operation: string, error: ErrorObject): string {
  return `${operation} ${error.instancePath || '/'} ${error.message ?? error.keyword}`;
}
