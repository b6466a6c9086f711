import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { own } from '#src/foundation/own.ts';

type PageFile = { type: string; text: string };

const PAGE = new URL('../', import.meta.url);
const BROWSER = new URL('browser/', PAGE);

/** What draws the page; preact.ts alone imports it. */
const PREACT = 'htm/preact/standalone';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
};

/** The files of the page by their paths: only those that are listed here are ever read. Each is made ready once. */
export function createPageFiles(): { at(path: string): Promise<PageFile> | null } {
  const places = new Map([
    ['/', new URL('index.html', BROWSER)],
    ['/icon.svg', new URL('icon.svg', BROWSER)],
    ['/preact.js', new URL(import.meta.resolve(PREACT))],
    // Read by the server too.
    ['/typed-command.ts', new URL('typed-command.ts', PAGE)],
    ...ofBrowser(),
  ]);
  const ready = new Map<string, Promise<PageFile>>();
  return {
    at(path) {
      const known = ready.get(path);
      const place = places.get(path);
      if (known || !place) return known ?? null;
      const file = madeReady(place);
      ready.set(path, file);
      // Mended while the sandbox runs, it is read at the next request.
      file.catch(() => ready.delete(path));
      return file;
    },
  };
}

function ofBrowser(): [string, URL][] {
  const names = readdirSync(BROWSER, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  return names
    .filter((name) => /\.(?:ts|css)$/.test(name))
    .map((name) => [`/browser/${name}`, new URL(name, BROWSER)]);
}

async function madeReady(place: URL): Promise<PageFile> {
  const path = fileURLToPath(place);
  const text = await readFile(path, 'utf8');
  const type = own(TYPES, extname(path)) ?? 'application/octet-stream';
  if (!path.endsWith('.ts')) return { type, text };
  return { type, text: withoutTypes(text).replace(`'${PREACT}'`, "'/preact.js'") };
}

/** Types become blanks, so that lines and columns stay. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  // Node calls the function experimental, once, on stderr, where somebody follows the sandbox.
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}
