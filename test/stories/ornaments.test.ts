import { ComponentType } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import type { Paper } from '#src/paper/paper.ts';
import type { Source } from '#src/source/source.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { blocksOf } from '#test/read-message.ts';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const START = '2026-03-10T12:00:00Z';
const FORM = { kind: 'status', status: 400, body: { message: 'Invalid Form Body', code: 50035 } } as const;

let stage: Stage;
let stand: Newsstand;
afterEach(() => stage.close());

/** The newsstand, each of whose papers has this about it too. */
const open = async (about: Partial<Paper> = {}) => {
  stand = createNewsstand();
  const sources = (clock: ShiftedClock): Source[] =>
    stand.sources(clock).map((source) => ({
      ...source,
      async *poll(at: number) {
        for await (const poll of source.poll(at)) {
          if ('failed' in poll) yield poll;
          else {
            const papers = poll.sightings.map((one) => ({ ...one, paper: { ...one.paper, ...about } }));
            yield { ...poll, sightings: papers };
          }
        }
      },
    }));
  stage = await openStage({ start: START, sources });
};
const subscribe = (more = {}) => stage.subscribe({ keywords: 'ocean', what: 'all', ...more });
const round = async (...titles: string[]) => {
  const ids = stand.print(...titles);
  await stage.round();
  await stage.pipeline().deliver();
  return ids;
};
const idsOf = (components: unknown) =>
  [...JSON.stringify(components).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id);
/** Discord refuses every message that has more than a title, a link and one button. */
const refuseOrnaments = () =>
  stage.driver.setFaults(({ method, body }) => {
    const text = JSON.stringify(body ?? {});
    const isPlain =
      !/"(?:fields|footer|thumbnail|color|accent_color|accessory)":/.test(text) && idsOf(body).length <= 1;
    const isShown = text.includes('"embeds":[{') || text.includes(`"type":${ComponentType.Container}`);
    return method !== 'GET' && isShown && !isPlain ? FORM : null;
  });

const LONG = 'a'.repeat(2100);
const ODD: readonly [string, Partial<Paper>][] = [
  ['a picture’s address of 2,148 characters', { thumbnail: `https://cdn.example.org/p.png?sig=${LONG}` }],
  ['a picture that is no web address', { thumbnail: 'ftp://example.org/p.png' }],
  ['a picture whose address has blanks', { thumbnail: 'not an address' }],
  ['a picture of this machine', { thumbnail: 'http://localhost/p.png' }],
  ['a repository’s name of 500 characters', { repository: `lab/${'r'.repeat(496)}` }],
  ['an organization without letters', { organization: '   ' }],
  ['an abstract with half a character', { abstract: 'Half \ud83d of it' }],
  ['an author’s name of 5,000 characters', { authors: ['x'.repeat(5000)] }],
  ['an abstract of 100,000 emoji', { abstract: '😀'.repeat(100_000) }],
];

describe('something optional that Discord would refuse', () => {
  it.each(ODD)('%s costs itself, not the card', async (_, about) => {
    await open(about);
    await subscribe();
    const [id] = await round('Ocean one');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one']);
    expect(textOf(await stage.ask('paper', { query: id }))).toContain('Ocean one');
  });

  it('is left out alone: the other links stay', async () => {
    await open({ repository: `lab/${'r'.repeat(496)}`, thumbnail: 'https://cdn.example.org/p.png' });
    await subscribe();
    await round('Ocean one');
    const [{ message }] = postsIn(stage, stage.channel);
    expect(JSON.stringify(message.components)).toContain('https://arxiv.org/pdf/2603.00001');
    expect(JSON.stringify(message.components)).not.toContain('github.com');
    expect(message.embeds[0].thumbnail?.url).toBe('https://cdn.example.org/p.png');
  });

  it('shows a picture at a host with foreign letters', async () => {
    await open({ thumbnail: 'https://bücher.example.org/ein bild.png' });
    await subscribe();
    await round('Ocean one');
    const [{ message }] = postsIn(stage, stage.channel);
    expect(message.embeds[0].thumbnail?.url).toBe('https://xn--bcher-kva.example.org/ein%20bild.png');
  });
});

describe('a message that Discord refuses in full', () => {
  it('goes plain: title, link and one button, which still tells why it is here', async () => {
    await open();
    await subscribe();
    refuseOrnaments();
    await round('Ocean one');
    const [{ message }] = postsIn(stage, stage.channel);
    expect(message.embeds[0]).toMatchObject({
      title: 'Ocean one',
      url: expect.stringContaining('2603.00001'),
    });
    const [mark, ...others] = idsOf(message.components);
    expect([mark.split(':')[0], others]).toEqual(['why', []]);
    const why = stage.driver.click({
      ...{ user: stage.alice, channel: stage.channel, message: message.id },
      customId: mark,
    });
    expect(textOf(await why.message())).toContain('ocean');
  });

  it('is refused for good only when the plain one is refused as well', async () => {
    await open();
    await subscribe();
    stage.driver.setFaults(({ path, method }) =>
      method === 'POST' && path === `/channels/${stage.channel}/messages` ? FORM : null,
    );
    stage.driver.resetTraffic();
    await round('Ocean one');
    await stage.pipeline().deliver();
    expect(headsIn(stage, stage.channel)).toEqual([]);
    expect(stage.driver.traffic().byRoute['POST /channels/{channel_id}/messages']).toBe(2);
  });

  it('as a digest goes plain whole, before it is halved', async () => {
    await open();
    await subscribe({ when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two', 'Ocean three');
    refuseOrnaments();
    stage.clock.leapTo('2026-03-10T15:00:10Z');
    await stage.pipeline().deliver();
    expect(headsIn(stage, stage.channel)).toEqual(['Papers for you: 3 papers']);
    expect(postsIn(stage, stage.channel)[0].papers).toHaveLength(3);
  });

  it.each([
    { requiresTag: true, tags: 1 },
    { requiresTag: false, tags: 0 },
  ])('in a forum goes with $tags tags (the forum wants one: $requiresTag)', async ({ requiresTag, tags }) => {
    await open();
    const forum = stage.driver.createChannel(stage.server, {
      ...{ name: 'forum', type: 'forum', tags: ['Diffusion'] },
      requiresTag,
    });
    await stage.subscribe({ topic: 'diffusion', what: 'all', channel: forum.id });
    refuseOrnaments();
    await round('Latent diffusion models of weather');
    const [thread] = stage.driver.threadsOf(forum.id);
    expect(thread).toMatchObject({ name: 'Latent diffusion models of weather' });
    expect(thread.tags).toHaveLength(tags);
  });

  it('as an answer to a member goes plain too', async () => {
    await open();
    const [id] = await round('Ocean one');
    const card = await stage.ask('paper', { query: id });
    expect(blocksOf(card)[0].footer).not.toBe('');
    refuseOrnaments();
    const plain = await stage.ask('paper', { query: id });
    expect([plain.flags, textOf(plain)]).toEqual([
      card.flags,
      `\nOcean one\nhttps://huggingface.co/papers/${id}`,
    ]);
  });
});
