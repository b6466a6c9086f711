import { isIPv6 } from 'node:net';
import { validate as validCron } from 'node-cron';
import { z } from 'zod';
import { httpUrl, numberWithin, token, wholeNumber } from './variable-kinds.ts';

/** Everything an operator can set, but for the variables of the sources. Names and defaults: config/example.env. */
export type Config = z.output<typeof schema>;

const databaseUrl = z.string().transform((text, context) => {
  if (/^postgres(ql)?:\/\//.test(text)) {
    context.addIssue('PostgreSQL is not supported yet; use sqlite:data/paperboy.db');
    return z.NEVER;
  }
  const file = sqliteFile(text);
  if (file !== null) return { kind: 'sqlite' as const, file };
  context.addIssue('must look like sqlite:data/paperboy.db or sqlite:/var/lib/paperboy/paperboy.db');
  return z.NEVER;
});

/** `//place/file`, `file:` and `~` mean a host, a query and a home elsewhere, and would make strange folders here. */
function sqliteFile(text: string): string | null {
  const file =
    /^sqlite:(.*)$/s
      .exec(text)?.[1]
      .trim()
      .replace(/^\/{3,}/, '/') ?? '';
  return file === '' || /^(\/\/|file:|~)|[\0-\x1f]/.test(file) ? null : file;
}

const httpAddress = z.string().transform((text, context) => {
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  if (host && Number(port) <= 65535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  context.addIssue('must look like 127.0.0.1:8080');
  return z.NEVER;
});

/** Names, or addresses (an IPv6 one with or without brackets), without scheme, port and path. */
const hostNames = z
  .string()
  .transform((text) => text.toLowerCase().split(','))
  .transform((names) => names.map((name) => name.trim()).filter((name) => name !== ''))
  .refine(
    (names) => names.every(isHostName),
    'must be host names separated by commas, without http:// and without a port',
  );

function isHostName(name: string): boolean {
  if (name.includes(':')) return isIPv6(name.replace(/^\[|\]$/g, ''));
  return /^[a-z0-9._-]+$/.test(name) && /[a-z]|\..*\./.test(name);
}

/** Rises of a paper's score are told from 1 on, in steps of 0.05 (docs/trend.md). */
const threshold = (fallback: number) =>
  numberWithin(
    (number) => number >= 1 && number <= 10,
    'must be a number from 1 to 10, written like 3 or 2.5',
    fallback,
  );

/** Read as they stand, blanks and all. */
const numbers = {
  TREND_SURE: threshold(3.5),
  TREND_BALANCED: threshold(3),
  TREND_EARLY: threshold(2.5),
  TREND_WIDE: threshold(1.5),
  NONCE_WINDOW_SECONDS: wholeNumber(120, 600),
  LIVING_CARD_HOURS: wholeNumber(48, 720),
  SUBSCRIPTIONS_PER_CHANNEL: wholeNumber(25, 1000),
  SUBSCRIPTIONS_PER_SERVER: wholeNumber(1000, 3000),
  PURGE_AFTER_DAYS: wholeNumber(30, 3650),
};

/** An empty variable means the same as an absent one: `CONTACT=` in an env file is no contact. */
const schema = z.object({
  DISCORD_TOKEN: token,
  DISCORD_API_URL: httpUrl.default('https://discord.com/api'),
  DATABASE_URL: databaseUrl.prefault('sqlite:data/paperboy.db'),
  CONTACT: z
    .string()
    .regex(/^[\x20-\x7e]+$/, 'must be plain ASCII: a mail or web address')
    .nullable()
    .default(null),
  POLL_CRON: z
    .string()
    .refine((line) => validCron(line), 'must be a cron line of five or six fields, such as */15 * * * *')
    .default('*/15 * * * *'),
  HTTP_ADDRESS: httpAddress.prefault('127.0.0.1:8080'),
  HTTP_HOSTS: hostNames.prefault(''),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .default('info'),
  ...numbers,
});

/** Every name that the contract knows. `more`: as for `readConfig`. */
export const variablesWith = (more: z.ZodRawShape): string[] => Object.keys({ ...schema.shape, ...more });

type ConfigResult<More extends z.ZodRawShape> =
  | { ok: true; config: Config & z.output<z.ZodObject<More>> }
  | { ok: false; message: string };

/**
 * Reads the whole contract; a failure names every bad variable, one line each, without the values of secrets. `more`:
 * variables that other rooms own, each with a default.
 */
export function readConfig<More extends z.ZodRawShape = Record<never, never>>(
  env: Record<string, string | undefined>,
  more?: More,
): ConfigResult<More> {
  const given = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value?.trim() === '' ? undefined : value?.trim()]),
  );
  const result = schema.extend(more ?? {}).safeParse(given);
  // Extending the schema by the shape is what its type says.
  if (result.success) return { ok: true, config: result.data as Config & z.output<z.ZodObject<More>> };
  const lines = result.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
  const unique = [...new Set(lines)];
  const head = unique.length === 1 ? 'This variable is not usable:' : 'These variables are not usable:';
  return { ok: false, message: `${head}\n${unique.join('\n')}\nconfig/example.env explains each of them.` };
}
