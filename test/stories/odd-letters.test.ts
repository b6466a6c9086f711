import { afterEach, describe, expect, it } from 'vitest';
import { createNewsstand, type Newsstand, postsIn, retold } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const START = '2026-03-10T12:00:00Z';
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\u034f|[\u{e0000}-\u{e0fff}]/u;
const HIDDEN = '\u061c\u2060\ufeff\u00ad\u3164\u034f\u115f\u202e\u2066\u{e0041}\u{e007f}';

describe('letters that nobody sees', () => {
  let stage: Stage;
  let stand: Newsstand;
  afterEach(() => stage.close());
  const open = async () => {
    stand = createNewsstand();
    const odd = (text: string) => `${text.slice(0, 3)}${HIDDEN}${text.slice(3)}`;
    stage = await openStage({
      start: START,
      sources: (clock) =>
        retold(stand.sources(clock), (poll) => ({
          ...poll,
          sightings: poll.sightings.map((one) => ({
            ...one,
            paper: {
              ...one.paper,
              title: odd(one.paper.title),
              abstract: odd('Deep water \u2028and \\constructor{x} of \\toString.'),
              authors: [odd('Ada Lovelace')],
              organization: odd('Marine Lab'),
              keywords: [odd('tides')],
            },
          })),
        })),
    });
  };
  const everythingWritten = () =>
    JSON.stringify(
      [...stage.sandbox.world.channels.values()].map(({ id, name }) => [name, stage.driver.allMessages(id)]),
    );

  it('of papers are in no card, thread, list or choice, and hide no word from a filter', async () => {
    await open();
    const forum = stage.channelNamed('forum', 'forum');
    await stage.subscribe({
      keywords: 'ocean "deep water" org:"marine lab" keyword:tides',
      what: 'all',
    });
    await stage.subscribe({ keywords: 'author:lovelace', what: 'all', channel: forum });
    const [id] = stand.print('Ocean waves 👩‍👩‍👧 می‌خواهم');
    await stage.round();
    expect(postsIn(stage, stage.channel)).toHaveLength(1);
    const [thread] = stage.driver.threadsOf(forum);
    expect(thread.name).toContain('Ocean waves 👩‍👩‍👧 می‌خواهم');
    await stage.ask('paper', { query: id });
    await stage.ask('search', { query: 'ocean' });
    await stage.ask('filter test', { filter: 'ocean' }).catch(() => {});
    expect(everythingWritten()).toContain('Ocean waves 👩‍👩‍👧');
    expect(everythingWritten()).not.toMatch(INVISIBLE);
    expect(everythingWritten()).not.toContain('native code');
  });

  it('of members are neither shown nor kept', async () => {
    await open();
    const answer = await stage.subscribe({ keywords: `oce${HIDDEN}an`, what: 'all' });
    expect(textOf(answer)).toContain('ocean');
    expect(textOf(await stage.ask('search', { query: `${HIDDEN}\u2800` }))).not.toMatch(INVISIBLE);
    expect(textOf(await stage.ask('paper', { query: `no${HIDDEN}thing\u202eat all` }))).not.toMatch(
      INVISIBLE,
    );
    expect(everythingWritten()).not.toMatch(INVISIBLE);
    const place = { user: stage.moderator, channel: stage.channel, name: 'search', focused: 'query' };
    const choices = await stage.driver
      .autocomplete({ ...place, options: { query: `oc${HIDDEN}` } })
      .choices();
    expect(JSON.stringify(choices)).not.toMatch(INVISIBLE);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    '“%s” is an unknown word wherever one may choose',
    async (word) => {
      await open();
      const subscribed = (more: Record<string, string>) =>
        stage.subscribe({ keywords: 'ocean', what: 'all', ...more }).then(textOf);
      expect(await subscribed({ zone: word, when: 'daily', at: '09:00' })).toContain('is not a time zone');
      expect(await subscribed({ what: word })).toContain('is not something to post');
      const texts = [
        await stage.ask('help', { topic: word }).catch(String),
        await stage.ask('trending', { period: word }).catch(String),
        await stage.ask('search', { query: 'ocean', sort: word }).catch(String),
        await stage.ask('search', { query: `topic:${word}` }),
        await stage.ask('search', { query: `${word}:x` }),
      ].map((answer) => (typeof answer === 'string' ? '' : textOf(answer)));
      for (const text of texts) expect(text).not.toMatch(/native code|Something went wrong|NaN|\[object/);
    },
  );
});
