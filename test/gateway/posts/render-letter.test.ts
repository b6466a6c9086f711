import { describe, expect, it } from 'vitest';
import { carriedBy, renderParcel, renderRenewed } from '#src/gateway/posts/render-letter.ts';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { CatchUpLetter, DigestLetter, Letter } from '#src/pipeline/letter.ts';
import type { Parcel } from '#src/pipeline/postman.ts';
import { digestHeading } from '#src/render/digest-heading.ts';
import type { Reason } from '#src/render/reason.ts';
import { channel, phrase } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aCard, aNotice, parcel } from '../bot.ts';

const place = { serverId: 's', destination: 'channel:papers', kind: 'message' } as const;
const news = { kind: 'new', at: MONDAY } as const;

const reason = { kind: 'votes', place: 4, papers: 24, votes: 9, ageHours: 9, pace: 27 } as const;
const early: Reason = {
  news: { kind: 'trending', trendEvent: { at: MONDAY + 9 * 3_600_000, reason } },
  beside: { votes: 60, channel: '#vision', asked: { kind: 'trending', sensitivity: 'early' } },
};
const EARLY =
  'Only 9 upvotes at 9 h, 60 now (the top tenth had 27). It is here because #vision asks to hear early, and it was 4th of 24 papers of 2 March.';

const view = {
  heading: 'Monday 2 March',
  items: [
    {
      ...{
        paper: aPaper('a', { title: 'Deep currents' }),
        signals: { ...NO_FIGURES, trendingRank: null },
        page: 'https://arxiv.org/abs/a',
      },
      why: { news, beside: {} },
      passage: [
        { text: 'Deep ', hit: false },
        { text: 'ocean', hit: true },
      ],
    },
  ],
  groups: [{ filter: 'ocean', papers: ['a'] }],
  ...{ mark: 'why:n1', page: 0 },
};
const facts = { channel: '#vision', fromWall: MONDAY, untilWall: MONDAY + 3_600_000, zone: 'UTC', papers: 1 };
const digest: DigestLetter = { kind: 'digest', view };
const catchUp: CatchUpLetter = {
  kind: 'catch-up',
  view,
  facts: { ...facts, cause: phrase('missed.locked') },
};
const card = { ...aCard('n1', 'On pruning'), why: { news, beside: {} }, matched: ['ocean'] };
const notice = { ...aNotice('n1', 'It cannot post.'), about: 'n0' };
const gone = { ...card, shown: null };

const ALL: readonly [string, Letter][] = [
  ['card', card],
  ['digest', digest],
  ['catch-up', catchUp],
  ['notice', notice],
];
const WITH_EMBEDS = ALL.filter(([kind]) => kind !== 'notice');

const rendered = (letter: Letter, more: Partial<Parcel> = {}) =>
  renderParcel(parcel(place, 'n1', { letter, ...more }));

function marksOf(components: readonly object[] = []): unknown[] {
  const rows = components as { components: { custom_id?: string }[] }[];
  return rows.flatMap((row) => row.components.map(({ custom_id }) => custom_id));
}

describe.each(ALL)('a %s', (_, letter) => {
  it.each([false, true])('carries its mark, by which it is found again (plain: %s)', (isPlain) => {
    expect(marksOf(rendered(letter, { isPlain }).components)).toContain('why:n1');
  });

  it('is rendered the same every time', () => {
    expect(rendered(letter)).toEqual(rendered(structuredClone(letter)));
  });
});

describe.each(WITH_EMBEDS)('a %s', (_, letter) => {
  it('mentions its roles at the end of its line, and nobody else', () => {
    const { content, allowed_mentions } = rendered(letter, { mentions: ['7', '8'] });
    expect(content).toMatch(/ <@&7> <@&8>$/);
    expect(allowed_mentions).toEqual({ parse: [], roles: ['7', '8'] });
    expect(rendered(letter).allowed_mentions).toEqual({ parse: [], roles: [] });
  });

  it('is silent where it is to be, and only there', () => {
    expect(rendered(letter, { isSilent: true }).flags).toBe(4096);
    expect(rendered(letter)).not.toHaveProperty('flags');
  });

  it('keeps its line, one title and one button where it goes plain', () => {
    const [whole, plain] = [rendered(letter), rendered(letter, { isPlain: true })];
    expect(plain.content).toBe(whole.content);
    expect(Object.keys(plain.embeds?.[0] ?? {})).not.toContain('color');
    expect(marksOf(plain.components)).toEqual(['why:n1']);
  });
});

describe('what is read', () => {
  it('of a card: its title and reason, why now, and what matched', () => {
    const { content, embeds } = rendered(card);
    expect(content).toBe('On pruning · new on 2 March');
    const fields = {
      fields: [
        { name: 'Why now', value: 'First seen on 2 March' },
        { name: 'Matches', value: '`ocean`' },
      ],
    };
    expect(embeds).toMatchObject([{ title: 'On pruning', ...fields }]);
  });

  it('of a digest: its papers, and the passage that matched', () => {
    const { content, embeds } = rendered(digest);
    expect(content).toBe('1 paper: Deep currents');
    expect(JSON.stringify(embeds)).toContain('Deep **ocean**');
  });

  it('of what rose: how it stood, beside what is known now and who asked', () => {
    expect(rendered({ ...card, why: early }).content).toBe('On pruning · 4th of 24 papers of 2 March');
    expect(JSON.stringify(rendered({ ...card, why: early }).embeds)).toContain(EARLY);
    const items = [{ ...view.items[0], why: early }];
    expect(rendered({ ...digest, view: { ...view, items } }).embeds).toMatchObject([
      { description: `1. [Deep currents](https://arxiv.org/abs/a)\n   ${EARLY}\n   Deep **ocean**` },
    ]);
  });

  it('of a catch-up: what was missed, and why', () => {
    expect(rendered(catchUp).content).toMatch(
      /^What #vision missed on .*: 1 paper\. The thread was locked\.$/,
    );
    expect(JSON.stringify(rendered(catchUp).embeds)).toContain('The thread was locked. Ranked by trend');
  });

  it('of a notice: its words, and what can be chosen about a post in doubt', () => {
    const { content, components } = rendered(notice);
    expect(content).toBe('It cannot post.');
    expect(marksOf(components)).toEqual(['doubt:n0:again', 'doubt:n0:leave', 'why:n1']);
  });

  it('of what is kept as a phrase: the sentence', () => {
    const text = phrase('hold.cannotPost', { channels: channel('7'), trouble: phrase('hold.threadLocked') });
    expect(rendered({ ...notice, text }).content).toBe(
      'I cannot post in <#7> any more: the thread is locked.',
    );
    const heading = digestHeading({
      ...{ period: 'day', wall: MONDAY, sinceWall: MONDAY },
      ...{ papers: 1, read: 24, best: true },
    });
    expect(rendered({ ...digest, view: { ...view, heading } }).embeds).toMatchObject([
      { title: 'Monday 2 March · best 1 of 24 papers read' },
    ]);
  });

  it('of a paper that is not kept any more: its address, which needs no right to show embeds', () => {
    expect(rendered(gone).content).toBe('https://arxiv.org/abs/n1');
    expect([gone, notice, card, digest].map(carriedBy)).toEqual(['words', 'words', 'papers', 'papers']);
  });

  it('of an example: first that it is one, also where it goes plain or has its address alone', () => {
    const example = { ...card, isExample: true } as const;
    const whole = rendered(example);
    expect(whole.content).toMatch(/^Example: On pruning/);
    expect(whole.embeds?.[0]?.fields).toContainEqual({
      name: 'An example',
      value: 'A moderator asked to see how alerts will look here. This one does not count as an alert.',
    });
    const { fields: _, ...others } = whole.embeds?.[0] ?? {};
    expect(rendered(card).embeds?.[0]).toMatchObject(others);
    const plain = rendered(example, { isPlain: true });
    expect(plain.content).toMatch(/^Example: On pruning/);
    const bare = rendered({ ...gone, isExample: true });
    expect(bare.content).toMatch(/^Example: https:/);
  });

  it('of a card that is written anew: its line stays as it was posted', () => {
    expect(Object.keys(renderRenewed(card))).toEqual(['embeds', 'components']);
  });
});
