import { describe, expect, it } from 'vitest';
import { OutsideError, type OutsideFault } from '#src/foundation/failure.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { sayPhrase } from '#src/render/say.ts';
import { askOneSource, type SourceSaid } from '#src/service/ask-one-source.ts';
import type { AskingRefusal } from '#src/service/member-limit.ts';
import { tellAsked } from '#src/service/tell-asked.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';

const AT = Date.parse('2026-03-10T12:00:00.100Z');
/** The next whole second. */
const STAMP = '<t:1773144001:R>';

describe('what a source said to a member', () => {
  it.each<[string, SourceSaid]>([
    ['1 paper', { kind: 'found', papers: 1 }],
    ['1,200 papers', { kind: 'found', papers: 1200 }],
    ['none', { kind: 'none' }],
    ['no answer in 8 s', { kind: 'late', seconds: 8 }],
    [`it wants a pause, ask again ${STAMP}`, { kind: 'held', hold: { kind: 'rest', until: AT } }],
    [
      `not asked, Paperboy’s share is used up, ask again ${STAMP}`,
      { kind: 'held', hold: { kind: 'budget', until: AT } },
    ],
    [
      'not asked yet, another question is under way',
      { kind: 'held', hold: { kind: 'queue', before: 0, spacing: 3000 } },
    ],
    [
      'not asked yet, 2 questions before yours',
      { kind: 'held', hold: { kind: 'queue', before: 2, spacing: 3000 } },
    ],
  ])('is told, now and minutes later: %s', (told, said) => {
    const tell = (earlier: number | null) =>
      tellAsked({ answers: [{ source: 'arXiv', said, earlier }], refusal: null }).map(sayPhrase);
    expect(tell(null)).toEqual([`arXiv: ${told}.`]);
    expect(tell(AT)).toEqual([`arXiv: ${told} (asked ${STAMP}).`]);
  });

  it.each<[string, OutsideFault | undefined]>([
    ['an error (503)', { kind: 'answered', status: 503 }],
    ['could not be reached', { kind: 'unreachable' }],
    ['its answer broke off', { kind: 'broken off' }],
    ['its answer could not be read', { kind: 'unreadable' }],
    ['sent \\*stars\\*', undefined],
  ])('is told when it failed, and formats nothing: %s', async (told, fault) => {
    const clock = createFakeClock('2026-03-10T12:00:00Z');
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
    const [source] = sourcesAt('http://127.0.0.1:9', { http, clock, log: silentLog });
    const failing = new OutsideError('arXiv', 'sent *stars*', { retryable: true, fault });
    const { said } = await askOneSource({ clock, log: silentLog }, source, () => Promise.reject(failing));
    const answers = [{ source: 'arXiv', said, earlier: null }];
    expect(tellAsked({ answers, refusal: null }).map(sayPhrase)).toEqual([`arXiv: ${told}.`]);
  });
});

it.each<[string, AskingRefusal['limit']]>([
  ['you asked the sources many times in the last minutes', 'member'],
  ['several questions of yours are still under way', 'member at once'],
  ['many members are asking the sources right now', 'everybody'],
])('a member who may not ask the sources just now is told why: %s', (why, limit) => {
  const told = tellAsked({ answers: [], refusal: { limit, until: AT } }).map(sayPhrase);
  expect(told).toEqual([
    `This answer is from Paperboy’s own papers alone, because ${why}; the sources can be asked again ${STAMP}.`,
  ]);
});
