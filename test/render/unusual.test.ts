import { describe, expect, it } from 'vitest';
import { ACCENT, type MessageView } from '#src/render/parts.ts';
import { sayPhrase } from '#src/render/say.ts';
import { entryMessage, subscriptionsMessage } from '#src/render/subscription-list.ts';
import { tellUnusual, unusualNotice } from '#src/render/unusual.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

const DAY = 86_400_000;

describe('subscriptions that are not as usual', () => {
  const quiet = {
    kind: 'quiet',
    told: tellUnusual({ kind: 'quiet', since: 0, at: 15 * DAY, posts: 0, usual: 4.6 }),
  };
  const loud = {
    kind: 'loud',
    told: tellUnusual({ kind: 'loud', since: 0, at: 7 * DAY, posts: 24, usual: 5 }),
  };
  const listOf = (...unusual: ({ kind: string; told: Phrase } | null)[]) => {
    const items = unusual.map((one, index) => ({
      ...{ id: `s${index}`, channelId: '1', filter: `word${index}`, terms: phrase('terms.everyPaper') },
      ...{ paused: null, lost: [], channelName: 'vision', ...(one && { unusual: one as never }) },
    }));
    return subscriptionsMessage({
      items,
      total: items.length,
      page: 0,
      hidden: 0,
      unreadable: 0,
      channels: new Map(),
      read: 0,
    });
  };
  const pressable = (rows: MessageView['components']) =>
    rows
      .flatMap((row) => row.components)
      .flatMap((one) => ('custom_id' in one && 'label' in one ? [`${one.label} ${one.custom_id}`] : []));

  it('stand so in the list, with what can be done about them', () => {
    const { embeds, components } = listOf(null, quiet);
    expect(embeds[0].description).toContain('`word1`\n⚠ quiet for 15 days; 4 or 5 papers were usual.');
    expect(embeds[0].color).toBe(ACCENT.look);
    expect(pressable(components)).toEqual([
      'Widen tune:s1:wider',
      'It is fine fine:s1:0',
      'History history:0',
      'Server settings server-settings',
    ]);
    expect(listOf(null).embeds[0].color).toBe(ACCENT.paper);
  });

  it('have their numbers on their buttons where there are two', () => {
    const { embeds, components } = listOf(quiet, null, loud);
    expect(embeds[0].description).toContain('⚠ loud, 24 papers in 7 days; 5 papers were usual.');
    expect(pressable(components).slice(0, 4)).toEqual([
      ...['Widen 1 tune:s0:wider', '1 is fine fine:s0:0'],
      ...['Narrow 3 tune:s2:narrower', '3 is fine fine:s2:0'],
    ]);
  });

  it('are chosen from a select where there are more, and each then has its buttons', () => {
    const { components } = listOf(quiet, loud, null, quiet);
    expect(components[1].components).toMatchObject([
      {
        custom_id: 'unusual',
        options: [
          {
            value: 's0',
            label: '1. #vision · word0',
            description: 'quiet for 15 days; 4 or 5 papers were usual',
          },
          { value: 's1' },
          { value: 's3' },
        ],
      },
    ]);
    const one = {
      id: 's',
      channelId: '1',
      filter: 'word',
      terms: phrase('terms.everyPaper'),
      paused: null,
      lost: [],
    };
    const shown = entryMessage({ ...one, unusual: loud as never }, 2);
    expect(pressable(shown.components).slice(5)).toEqual([
      ...['Narrow tune:s:narrower', 'It is fine fine:s:2', 'All subscriptions subscriptions:2'],
    ]);
    expect(pressable(entryMessage(one, 0).components).slice(5)).toEqual([
      'All subscriptions subscriptions:0',
    ]);
  });

  it.each([
    [0.3, 'hardly any were usual'],
    [1, '1 paper was usual'],
    [3.98, '4 papers were usual'],
    [9.5, '9 or 10 papers were usual'],
    [23.4, 'about 23 papers were usual'],
  ])('%d usual papers are called so: %s', (usual, said) => {
    const told = tellUnusual({ kind: 'quiet', since: 0, at: DAY, posts: 0, usual });
    expect(sayPhrase(told)).toBe(`quiet for 1 day; ${said}`);
  });

  it('are told in one notice that fits into a message, however many they are', () => {
    const unusual = { kind: 'quiet', since: 0, at: DAY, posts: 0, usual: 5 } as const;
    const many = Array.from({ length: 40 }, () => ({
      channelId: '1'.repeat(19),
      filter: 'x '.repeat(400),
      unusual,
    }));
    const text = sayPhrase(unusualNotice(many, 3));
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/^43 subscriptions are not as usual:\n/);
    expect(text).toMatch(
      /\n- 32 more\.\n- 3 where not everybody here can see the channel\.\nNothing was changed\./,
    );
  });
});
