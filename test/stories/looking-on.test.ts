import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Happening } from '#src/foundation/happenings.ts';
import { sayPhrase } from '#src/render/say.ts';
import { createNewsstand, type Newsstand, noticesIn, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

/** Whoever looks on at the local Discord reads what Paperboy does, and why. */
let stage: Stage;
let stand: Newsstand;
let heard: Happening[];
beforeEach(async () => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
  heard = [];
  stage.listen((happening) => heard.push(happening));
});
afterEach(() => stage.close());

const subscribe = (channel: string, keywords: string, what: string) =>
  stage.subscribe({ keywords, what }, channel);
const lines = () => heard.map(({ kind, what }) => `${kind}: ${sayPhrase(what)}`);

describe('whoever looks on reads', () => {
  it('of an alert what was read, why it trends, who wants it and who not, and where it was posted', async () => {
    const vision = stage.channelNamed('vision');
    const language = stage.channelNamed('language');
    await subscribe(vision, 'ocean', 'balanced');
    await subscribe(language, 'grammar', 'balanced');

    const titles = Array.from({ length: 21 }, (_, n) => `Lake ${n + 1}`);
    const ids = stand.print(...titles, '*Ocean* currents');
    for (const [n, id] of ids.entries()) stand.vote(id, n === 21 ? 200 : 21 - n);
    await stage.round();
    expect(lines()).toEqual([
      'read: Hugging Face was read: 22 papers, all new.',
      expect.stringMatching(
        /^trend: “\\\*Ocean\\\* currents” is newly trending: 1st of 22 papers of 10 March \(200 upvotes at 12 h.*\)\.$/,
      ),
      `wanted: “\\*Ocean\\* currents” is wanted by <#${vision}> (matches \`ocean\`); the filter of <#${language}> does not match.`,
      `posted: Posted in <#${vision}>: “\\*Ocean\\* currents”.`,
    ]);
    const [{ message }] = postsIn(stage, vision);
    expect(heard.map(({ link }) => link)).toEqual([
      null,
      null,
      null,
      { channelId: vision, messageId: message.id },
    ]);
    // The card has the very reason.
    const [, reason] = /newly trending: (.*)\.$/.exec(lines()[1]) ?? [];
    expect(textOf(message)).toContain(reason);
  });

  it('nothing more while nothing happens', async () => {
    stand.print('Ocean');
    await stage.round();
    heard.length = 0;
    stage.clock.leap(60_000);
    await stage.round();
    expect(lines()).toEqual([]);
  });

  it('of a channel that may not be posted in what is missing and how much waits, and when it goes on', async () => {
    const vision = stage.channelNamed('vision');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(vision, 'ocean', 'all');
    stage.driver.setOverwrite(vision, { id: stage.server, deny: ['SendMessages'] });
    stage.driver.setOverwrite(vision, { id: stage.role, deny: ['SendMessages'] });
    stand.print('Ocean one');
    await stage.round();
    await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(1), 10_000);
    expect(lines().slice(2)).toEqual([
      `held: <#${vision}> cannot be posted in: Send Messages is missing. 1 paper waits.`,
      `posted: Wrote to the moderators in <#${moderators}>.`,
    ]);

    stage.driver.setOverwrite(vision, { id: stage.role, allow: ['SendMessages'] });
    await vi.waitFor(() => expect(postsIn(stage, vision)).toHaveLength(1), 12_000);
    await vi.waitFor(() => expect(heard.at(-1)?.kind).toBe('posted'));
    expect(lines().slice(4)).toEqual([
      `over: <#${vision}> can be posted in again. 1 paper goes there now.`,
      `posted: Posted in <#${vision}>: “Ocean one”.`,
    ]);
  });
});
