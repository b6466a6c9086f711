import { describe, expect, it } from 'vitest';
import { knowsRoom, knowsSubRoom, upstairs, upstairsInside } from './floors.ts';
import { importsIn } from './imports.ts';

describe('an import between rooms', () => {
  it.each([
    ['src/paper/paper.ts', "import { x } from '#src/foundation/own.ts';"],
    ['src/source/xml.ts', "import { x } from '#src/archive/archive.ts';"],
    ['src/archive/archive.ts', "import { x } from '#src/trend/trend-score.ts';"],
    ['src/archive/archive.ts', "import { x } from '#src/match/language/filter.ts';"],
    ['src/archive/archive.ts', "import type { X } from '#src/match/filters/filter-index.ts';"],
    ['src/trend/trend-score.ts', "import type { X } from '#src/match/text/fold.ts';"],
    ['src/match/text/fold.ts', "import type { X } from '#src/decision/terms.ts';"],
    ['src/outbox/outbox.ts', "import { x } from '#src/decision/why.ts';"],
    ['src/outbox/outbox.ts', "import type { X } from '#src/subscription/lost.ts';"],
    ['src/decision/day.ts', "import { x } from '#src/match/evaluate/explain.ts';"],
    ['src/decision/day.ts', "import type { X } from '#src/subscription/zone.ts';"],
    ['src/subscription/subscription.ts', "import type { X } from '#src/outbox/post.ts';"],
    ['src/render/why-page.ts', "import { x } from '#src/decision/why.ts';"],
    ['src/render/why-page.ts', "import type { X } from '#src/subscription/subscription.ts';"],
    ['src/service/find-paper.ts', "import type { X } from '#src/pipeline/postman.ts';"],
    ['src/pipeline/rank.ts', "const { x } = await import('#src/service/services.ts');"],
    ['commands/paper.ts', "import type { X } from '#src/archive/archive.ts';"],
    ['src/timetable/planned-run.ts', "import type { X } from '#src/service/services.ts';"],
    ['src/gateway/gateway.ts', "import type { X } from '#src/archive/archive.ts';"],
    ['src/sandbox/demo.ts', "import { x } from '#src/paper/paper.ts';"],
    ['src/rooms.ts', "import { x } from '#src/gateway/gateway.ts';"],
    ['src/house.ts', "import { x } from '#commands/index.ts';"],
    ['src/service/find-paper.ts', "import { x } from '#src/tools/command.ts';"],
    ['src/tools/replay.ts', "import { x } from '#src/start.ts';"],
    ['src/render/digest.ts', "import type { X } from '#src/foundation/database/database.ts';"],
    ['src/gateway/gateway.ts', "import { x } from '#src/foundation/http/http.ts';"],
    ['src/service/find-paper.ts', "import { x } from '#src/foundation/http/http.ts';"],
  ])('that leads upstairs is seen: %s: %s', (file, line) => {
    expect(upstairs(importsIn(file, line))).toHaveLength(1);
  });

  it.each([
    ['src/archive/archive.ts', "import type { X } from '#src/trend/trend-event.ts';"],
    ['src/archive/paper-search.ts', "import { x } from '#src/match/search/search-index.ts';"],
    ['src/outbox/outbox.ts', "import type { X } from '#src/decision/why.ts';"],
    ['src/subscription/due.ts', "import { x } from '#src/decision/terms.ts';"],
    ['src/render/why-page.ts', "import { type X, type Y } from '#src/decision/why.ts';"],
    ['src/source/arxiv.ts', "import { x } from '#src/foundation/http/http.ts';"],
    ['src/rooms.ts', "import { x } from '#src/service/find-paper.ts';"],
    ['src/tools/replay.ts', "import { x } from '#src/rooms.ts';"],
    ['src/gateway/gateway.ts', "import { Client } from 'discord.js';"],
  ])('that leads downstairs is let be: %s: %s', (file, line) => {
    expect(upstairs(importsIn(file, line))).toEqual([]);
  });
});

describe('an import inside a room', () => {
  it.each([
    ['src/match/arrays/lexicon.ts', "import type { X } from '../text/fold.ts';"],
    ['src/match/language/filter.ts', "import { x } from '../evaluate/explain.ts';"],
    ['src/match/evaluate/explain.ts', "import type { X } from '../filters/filter-index.ts';"],
    ['src/match/filters/filter-index.ts', "import { x } from '../search/speller.ts';"],
    ['src/gateway/pace/rate-limiter.ts', "import type { X } from '../connection/discord-call.ts';"],
    ['src/gateway/connection/servers.ts', "import type { X } from '../posts/discord-postman.ts';"],
    ['src/gateway/posts/find-post.ts', "import type { X } from '../answers/request.ts';"],
    ['src/gateway/answers/dispatch.ts', "import type { Gateway } from '../gateway.ts';"],
    ['src/foundation/clock.ts', "import type { X } from './database/database.ts';"],
    ['src/foundation/clock.ts', "import { x } from './http-server.ts';"],
    ['src/foundation/http/http.ts', "import { x } from '../database/database.ts';"],
    ['src/foundation/database/database.ts', "import { x } from '../instants.ts';"],
    ['src/sandbox/world/world.ts', "import type { X } from '../view/user-view.ts';"],
    ['src/sandbox/rules/form.ts', "import type { X } from '../changes/guilds.ts';"],
    ['src/sandbox/view/user-view.ts', "import { x } from '../changes/guilds.ts';"],
    ['src/sandbox/changes/messages.ts', "import { x } from '../rules/primitives.ts';"],
    ['src/sandbox/http/router.ts', "import type { X } from '../rest/routes.ts';"],
    ['src/sandbox/driver/driver.ts', "import type { X } from '../sandbox.ts';"],
  ])('that leads upstairs is seen: %s: %s', (file, line) => {
    expect(upstairsInside(importsIn(file, line))).toHaveLength(1);
  });

  it.each([
    ['src/match/search/speller.ts', "import { x } from '../arrays/lexicon.ts';"],
    ['src/gateway/gateway.ts', "import { x } from './pace/pacer.ts';"],
    ['src/foundation/instants.ts', "import type { X } from './database/database.ts';"],
    ['src/sandbox/changes/guilds.ts', "import { x } from '../view/guild-view.ts';"],
    ['src/service/find-paper.ts', "import { x } from './choices.ts';"],
  ])('that leads downstairs is let be: %s: %s', (file, line) => {
    expect(upstairsInside(importsIn(file, line))).toEqual([]);
  });
});

it('a folder that no floor knows is told', () => {
  expect(knowsRoom('src/attic')).toBe(false);
  expect(knowsRoom('src/decision')).toBe(true);
  expect(knowsSubRoom('src/match/attic/rope.ts')).toBe(false);
  expect(knowsSubRoom('src/match/rope.ts')).toBe(false);
  expect(knowsSubRoom('src/match/text/fold.ts')).toBe(true);
});
