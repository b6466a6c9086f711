import { describe, expect, it } from 'vitest';
import { whyHereMessage, whyMessage } from '#src/render/why-page.ts';
import type { Outcome, WhySubscription, WhyView } from '#src/render/why-view.ts';
import { phrase } from '#src/wording/phrase.ts';
import { AT, aWhy } from '#test/builders/a-why.ts';

const INSTANT = `<t:${AT / 1000}:f>`;
const linesOf = (view: WhyView): string[] => (whyMessage(view).embeds[0].description ?? '').split('\n');
const answerTo = (outcome: Outcome, facts: Partial<WhyView> = {}): string =>
  linesOf(aWhy({ decidedAt: null, timing: null, outcome, ...facts }))[0];
const [MATCHED] = aWhy().subscriptions;
const subscribed = (facts: Partial<WhySubscription>) => ({ subscriptions: [{ ...MATCHED, ...facts }] });
const because = (obstacle: NonNullable<WhySubscription['obstacle']>, facts: Partial<WhyView> = {}): string =>
  answerTo({ kind: 'obstacle', obstacle }, { ...subscribed({ obstacle, since: AT }), ...facts }).replace(
    '**TerraScope did not come to <#5>: ',
    '',
  );
const trouble = phrase('hold.threadLocked');

describe('the answer to why', () => {
  it.each<[Outcome, string]>([
    [{ kind: 'sent', at: AT, message: null, isDeleted: false }, `TerraScope came to <#5> on ${INSTANT}.`],
    [
      { kind: 'sent', at: AT, message: null, isDeleted: true },
      `TerraScope came to <#5> on ${INSTANT}, and was deleted there since.`,
    ],
    [{ kind: 'elsewhere' }, 'TerraScope did not come to <#5>: it stands in another channel of this server.'],
    [{ kind: 'held', trouble, since: AT }, 'TerraScope waits for <#5>: the thread is locked.'],
    [{ kind: 'waits', cause: 'now', until: AT }, `TerraScope goes to <#5> now: it is due since ${INSTANT}.`],
    [
      { kind: 'waits', cause: 'hour', until: AT },
      `TerraScope has not come to <#5> yet: it comes with the digest of ${INSTANT}.`,
    ],
    [
      { kind: 'waits', cause: 'missed', until: AT },
      `TerraScope has not come to <#5> yet: it was missed, and comes with a digest from ${INSTANT} on.`,
    ],
    [{ kind: 'going' }, 'TerraScope is on its way to <#5>.'],
    [{ kind: 'inDoubt' }, 'It is not known yet whether TerraScope reached <#5>.'],
    [{ kind: 'withdrawn' }, 'TerraScope did not come to <#5>: its authors withdrew it.'],
    [{ kind: 'notKept' }, 'TerraScope did not come to <#5>: what became of it is not known any more.'],
    [{ kind: 'soon' }, 'TerraScope is wanted in <#5>, and goes with the next look.'],
    [
      { kind: 'takenBack', at: AT, reason: phrase('post.unwanted') },
      `TerraScope did not come to <#5>: it was taken back on ${INSTANT}: no subscription of the channel wants it any more.`,
    ],
  ])('is one sentence: %j', (outcome, sentence) => {
    expect(answerTo(outcome)).toBe(`**${sentence}**`);
  });

  it('says that it came as one line, where it stands in full elsewhere', () => {
    const elsewhere = { channelId: '7', isDeleted: false };
    expect(answerTo({ kind: 'sent', at: AT, message: null, isDeleted: false }, { elsewhere })).toBe(
      `**TerraScope came to <#5> on ${INSTANT}, as one line.**`,
    );
    expect(answerTo({ kind: 'elsewhere' }, { elsewhere })).toContain('it stands in <#7>.');
  });

  it('names what kept it out', () => {
    const trend = (kind: 'trending' | 'top') => ({
      ...aWhy().trend,
      ...{ news: null, sensitivity: kind === 'top' ? null : phrase('sensitivity.early') },
      what: kind === 'top' ? { kind, n: 3 } : { kind, sensitivity: 'early' as const },
    });
    expect([
      because('new'),
      because('since'),
      because('best', { trend: trend('top') }),
      because('sensitivity', { trend: trend('trending') }),
      because('filter', subscribed({ obstacle: 'filter', verdict: { kind: 'unreadable' } })),
    ]).toEqual([
      'it was there before I read its list, so it was no new paper.**',
      `it was news before ${INSTANT}, from when on the subscription wants papers.**`,
      'it was not among the best 3.**',
      'it was never newly trending.**',
      'its filter cannot be read any more.**',
    ]);
  });
});

describe('the stages of why', () => {
  it('tell a mute without its words to members, and an unknown hand as no hand', () => {
    const stages = (told: NonNullable<WhyView['mute']>['told']) => linesOf(aWhy({ mute: { told } }));
    expect(stages(null)).toContain('No · a mute of this server meets it');
    expect(stages({ text: 'survey', who: null, at: null })).toContain('No · muted: `survey`');
    expect(stages({ text: 'survey', who: '3', at: AT })).toContain(
      `No · muted: \`survey\`, by <@3> on ${INSTANT}`,
    );
  });

  it('name a word that was found once, however it was written', () => {
    const verdict = { kind: 'matches', words: ['Diffusion', 'model', 'diffusion'] } as const;
    expect(linesOf(aWhy(subscribed({ verdict })))).toContain(
      'Yes · filter `ocean`: **Diffusion**, **model**',
    );
  });

  it('tell a filter that was paused, came too late or cannot be read, and how many more there are', () => {
    const paused = { obstacle: 'paused', pausedUntil: AT } as const;
    const subscriptions: WhySubscription[] = [
      { ...MATCHED, ...paused },
      { ...MATCHED, obstacle: 'later', since: AT },
      { ...MATCHED, verdict: { kind: 'unreadable' }, obstacle: 'filter' },
    ];
    expect(linesOf(aWhy({ subscriptions, more: 2 })).slice(3, 7)).toEqual([
      `No · filter \`ocean\`: paused by a moderator until ${INSTANT}`,
      `No · filter \`ocean\`: subscribed only on ${INSTANT}`,
      'No · filter `ocean`: it cannot be read any more',
      '2 more subscriptions',
    ]);
  });

  it('tell why it came late, but for a gap that a permission explains', () => {
    const late = (facts: Partial<WhyView>) => linesOf(aWhy(facts)).slice(4, -1);
    expect(late({ timing: { cause: 'quiet', until: AT } })).toEqual([
      `Yes · quiet hours, so due with the digest of ${INSTANT}`,
    ]);
    const missed = { cause: 'missed', until: AT } as const;
    expect(late({ timing: missed })).toEqual([
      `Yes · missed at first, so due with a digest from ${INSTANT} on`,
    ]);
    const troubles = [{ trouble, since: AT, endedAt: AT }];
    expect(late({ timing: missed, troubles })).toEqual([
      `Yes · permission, from ${INSTANT} to ${INSTANT}: the thread is locked`,
    ]);
  });

  it('name sensitivities that heard of it together once', () => {
    const heard = (name: 'early' | 'wide' | 'sure', at: number) => ({
      sensitivity: phrase(`sensitivity.${name}`),
      at,
    });
    const reached = [heard('wide', AT), heard('early', AT), heard('sure', AT + 60_000)];
    expect(linesOf(aWhy({ trend: { ...aWhy().trend, reached } }))[3]).toBe(
      `It stood out enough for everything rising and early on ${INSTANT} and strict on <t:${AT / 1000 + 60}:f>.`,
    );
  });

  it('of a channel where nothing was subscribed tell what a subscription could have heard of, and that there was none', () => {
    const reached = [{ sensitivity: phrase('sensitivity.sure'), at: AT }];
    const trend = { ...aWhy().trend, news: null, what: null, reached };
    const facts = {
      outcome: { kind: 'noSubscription' },
      subscriptions: [],
      timing: null,
      decidedAt: null,
    } as const;
    expect(linesOf(aWhy({ ...facts, trend })).slice(2)).toEqual([
      `It stood out enough for strict on ${INSTANT}.`,
      'No · subscription: nothing was subscribed here',
      'Not reached · filter, same paper elsewhere, cap, quiet hours, permission',
    ]);
    expect(linesOf(aWhy({ ...facts, trend: { ...trend, reached: [] } }))[2]).toBe(
      'No · newly trending: it never stood out',
    );
  });

  it('tell what further channels got then, and by now where that is another', () => {
    const elsewhere = { channelId: '7', isDeleted: false };
    const told = (facts: Partial<WhyView>) => linesOf(aWhy(facts)).slice(4, -1);
    expect(told({ elsewhere, samePaper: { was: 'line', is: 'line' } })).toEqual([
      'It stands in <#7> in full: this server’s settings made it one line in further channels.',
    ]);
    const none = { outcome: { kind: 'elsewhere' }, elsewhere } as const;
    expect(told({ ...none, samePaper: { was: 'none', is: 'full' } })).toEqual([
      'No · same paper elsewhere: it stands in <#7>, and further channels of this server got nothing of it',
      'By now further channels get such papers in full.',
    ]);
  });

  it('name filters by their numbers, and answer by the nearest of them', () => {
    const lacks = (clause: string) =>
      ({ kind: 'fails', excluded: [], lacking: [clause], passage: null }) as const;
    const subscriptions: WhySubscription[] = ['sand', 'wind'].map((clause, at) => ({
      ...MATCHED,
      ...{ n: at + 4, filter: clause, verdict: lacks(clause), obstacle: 'filter' as const },
    }));
    const lines = linesOf(
      aWhy({ outcome: { kind: 'obstacle', obstacle: 'filter' }, subscriptions, nearest: 1 }),
    );
    expect(lines[0]).toContain('its filter asks for `wind`, which the paper lacks.');
    expect(lines.slice(3, 5)).toEqual([
      'No · filter 4 `sand`: the paper lacks `sand`',
      'No · filter 5 `wind`: the paper lacks `wind`',
    ]);
  });

  it('of several papers of a post tell what they came by, and nothing of subscriptions that did not take them', () => {
    const lacks = { kind: 'fails', excluded: [], lacking: ['desert'], passage: null } as const;
    const other: WhySubscription = { ...MATCHED, filter: 'desert', verdict: lacks, obstacle: 'filter' };
    const view = aWhy({ subscriptions: [MATCHED, other] });
    const message = whyHereMessage({ nonce: 'n', shown: [view, view], offered: [view, view], total: 2 });
    expect(message.embeds[0].description).toContain('Yes · filter `ocean`: **Ocean**');
    expect(message.embeds[0].description).not.toContain('desert');
    expect(linesOf(view)).toContain('No · filter `desert`: the paper lacks `desert`');
  });

  it('say when the best are chosen, what had ended, what is wanted no more, and how nothing came to be subscribed', () => {
    const answer = (facts: Partial<WhyView>) => linesOf(aWhy(facts));
    expect(answer({ outcome: { kind: 'choosing', at: AT, n: 2 } }).slice(0, 3)).toEqual([
      `**TerraScope has not come to <#5> yet: the best 2 of its hour are chosen on ${INSTANT}.**`,
      expect.stringContaining('Yes · seen'),
      `The best 2 of its hour are chosen on ${INSTANT}.`,
    ]);
    const ended = answer({
      outcome: { kind: 'obstacle', obstacle: 'ended' },
      subscriptions: [{ ...MATCHED, obstacle: 'ended', since: AT }],
    });
    expect(ended[0]).toContain(`: its subscription had ended on ${INSTANT}.`);
    expect(ended).toContain(`No · filter \`ocean\`: ended on ${INSTANT}`);
    const timing = { cause: 'hour', until: AT } as const;
    const unwanted = answer({ outcome: { kind: 'unwanted' }, decidedAt: AT, timing });
    expect(unwanted[0]).toContain(': nothing that is subscribed there wants it any more.');
    expect(unwanted.join()).not.toContain('due with');
  });

  it('of many papers of a post tell each whole or count it, and offer every one', () => {
    const view = aWhy({ subscriptions: Array(4).fill({ ...MATCHED, filter: 'ocean '.repeat(25) }) });
    const offered = Array.from({ length: 12 }, (_, n) => ({ paper: `2603.0000${n}`, title: `Ocean ${n}` }));
    const message = whyHereMessage({ nonce: 'n', shown: Array(8).fill(view), offered, total: 12 });
    const told = (message.embeds[0].description ?? '').split('\n\n');
    const [first] = told;
    expect(told.length).toBeLessThan(9);
    expect(told).toEqual([...Array(told.length - 1).fill(first), `and ${12 - (told.length - 1)} more`]);
    const selects = message.components.map(({ components: [select] }) => select);
    expect(selects).toMatchObject([
      { custom_id: 'why:n', options: offered.map(({ paper }) => ({ value: paper })) },
      { custom_id: 'wrong:n', options: offered.map(({ paper }) => ({ value: paper })) },
    ]);
  });
});

it('what a moderator may try says what it brings, however long the clauses are, which the text then has whole', () => {
  const shown = (...clauses: string[]) => {
    const { embeds, components } = whyMessage(
      aWhy({ tries: [{ key: 'k', days: 30, more: 3, what: { kind: 'without', clauses } }] }),
    );
    return {
      text: embeds[0].description ?? '',
      label: (components[0].components[0] as { label: string }).label,
    };
  };
  const short = shown('survey');
  expect(short.label).toBe('Try without “survey”: 3 more posts in 30 days');
  expect(short.text).not.toContain('Without');
  const long = shown('"a survey of everything there is"', 'benchmark');
  expect(long.label).toBe('Try without “"a survey of everything…” and “benchmark”: 3 more posts in 30 days');
  expect(long.text).toContain(
    'Without `"a survey of everything there is"` and `benchmark` this filter brings 3 more posts in 30 days.',
  );
  expect(shown(...Array<string>(5).fill('"a survey of everything"')).label).toBe(
    'Try without 5 parts of the filter: 3 more posts in 30 days',
  );
});

it('a post that is deleted is not linked', () => {
  const sent = { kind: 'sent', at: AT, message: { channelId: '5', messageId: '9' } } as const;
  const shown = (isDeleted: boolean) =>
    JSON.stringify(whyMessage(aWhy({ outcome: { ...sent, isDeleted } })).components);
  expect(shown(false)).toContain('https://discord.com/channels/1/5/9');
  expect(shown(true)).not.toContain('https://');
});
