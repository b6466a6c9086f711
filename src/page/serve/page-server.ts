import type { RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { settled } from '#src/foundation/settled.ts';
import type { EarlierMessages, OfferedCommands, Viewer } from '../protocol.ts';
import { showCommands } from '../show/commands.ts';
import { seesPlace } from '../show/sight.ts';
import { answerQuestion } from './answer-question.ts';
import { createLive, type Live } from './live.ts';
import { createPageFiles } from './page-files.ts';
import { PAGE_HEADERS } from './page-headers.ts';
import { PAGE_QUESTION } from './page-question.ts';
import type { PageScene } from './page-scene.ts';
import { pictureAt } from './picture.ts';
import { failed } from './refusal.ts';
import { isFromOwnPage } from './same-origin.ts';
import { seenLog, showLog } from './seen-places.ts';

type App = Hono<{ Bindings: HttpBindings }>;
type Asked = Context<{ Bindings: HttpBindings }>;

const LARGEST_BODY = 16 * 1024 * 1024;

const FOREIGN = failed('Only the page itself may ask this. Open it by the address that the terminal shows.');
const TOO_LARGE = failed('The files are too large together. Choose less than 12 MB.');
const UNREADABLE = failed('The page asked for what its server does not know. Reload the page.');
const FAULT = 'The page has trouble. The terminal in which the sandbox runs says why.';
const NOT_FOUND = 'This is not here.';

/** The sandbox's page over HTTP. Which host names it answers to is the business of whoever mounts it. */
export function createPageServer(scene: PageScene): { answer: RequestListener; close(): void } {
  const live = createLive(scene);
  const app: App = new Hono();
  app.use(guard);
  serveLive(app, scene, live);
  serveReading(app, scene);
  serveAsking(app, scene);
  serveFiles(app, scene);
  app.notFound(notFound);
  app.onError((err, asked) => {
    scene.log.error({ path: asked.req.path, err }, 'the page has trouble');
    return asked.text(FAULT, 500);
  });
  return {
    answer: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    close: live.close,
  };
}

const notFound = (asked: Asked) => asked.text(NOT_FOUND, 404);

const guard: MiddlewareHandler = async (asked, next) => {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) asked.header(name, value);
  const { req } = asked;
  const [host, origin, site] = ['host', 'origin', 'sec-fetch-site'].map((name) => req.header(name));
  if (isFromOwnPage({ method: req.method, host, origin, site })) return next();
  return asked.json(FOREIGN, 403);
};

function serveLive(app: App, scene: PageScene, live: Live): void {
  app.get('/live', (asked) => {
    const viewer = viewerOf(scene, asked);
    if (!viewer) return notFound(asked);
    if (asked.req.method === 'HEAD') return asked.body(null);
    live.follow(viewer, asked.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
}

function serveReading(app: App, scene: PageScene): void {
  const { world, driver } = scene;

  app.get('/messages', async (asked) => {
    const place = placeOf(scene, asked);
    if (!place) return notFound(asked);
    const before = asked.req.query('before') || null;
    const log = seenLog(world, place.viewerId, place.channelId, before);
    return asked.json<EarlierMessages>(await showLog(world, place.viewerId, log));
  });

  app.get('/commands', (asked) => {
    const place = placeOf(scene, asked);
    if (!place) return notFound(asked);
    const locale = world.users.get(place.viewerId)?.locale ?? 'en-US';
    const commands = showCommands(driver.offered(place.viewerId, place.channelId), locale);
    return asked.json<OfferedCommands>({ commands });
  });
}

function serveAsking(app: App, scene: PageScene): void {
  const limit = bodyLimit({ maxSize: LARGEST_BODY, onError: (asked) => asked.json(TOO_LARGE, 413) });

  app.post('/ask', limit, async (asked) => {
    const type = asked.req.header('content-type') ?? '';
    // Forms of other pages cannot send this type.
    if (!/^application\/json\b/i.test(type)) return asked.json(FOREIGN, 403);
    const read = await settled(async () => PAGE_QUESTION.parse(await asked.req.json()));
    if (read.status === 'rejected') return asked.json(UNREADABLE, 400);
    return asked.json(await answerQuestion(scene, read.value));
  });
  app.all('/ask', (asked) => asked.text('Ask with POST.', 405, { allow: 'POST' }));
}

function serveFiles(app: App, { world }: PageScene): void {
  const files = createPageFiles();

  app.get('/pictures/:channel/:attachment/:name', (asked) => {
    const { channel, attachment } = asked.req.param();
    const picture = pictureAt(world, channel, attachment);
    if (!picture) return notFound(asked);
    return asked.body(new Uint8Array(picture.content), 200, picture.headers);
  });

  app.get('*', async (asked) => {
    const file = await files.at(asked.req.path);
    return file ? asked.body(file.text, 200, { 'content-type': file.type }) : notFound(asked);
  });
}

/** Undefined for somebody whom this scene does not know. */
function viewerOf({ people }: PageScene, { req }: Asked): Viewer | undefined {
  const id = req.query('as');
  return id === undefined ? people[0] : people.find((one) => one.id === id);
}

/** Null for what the viewer does not see. */
function placeOf(scene: PageScene, asked: Asked): { viewerId: string; channelId: string } | null {
  const viewer = viewerOf(scene, asked);
  const channel = scene.world.channels.get(asked.req.query('channel') ?? '');
  if (!viewer || !channel || !seesPlace(scene.world, channel, viewer.id)) return null;
  return { viewerId: viewer.id, channelId: channel.id };
}
