import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { catalogueOf } from '#src/match/language/topic-catalogue.ts';
import { sayPhrase } from '#src/render/say.ts';
import { type ExaminedChannel, examineChannel } from '#src/service/examine-channel.ts';
import type { Lost } from '#src/subscription/lost.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const llm = parseFilter('"language model"', { topics: null });
if (!llm.ok) throw new Error('the topic cannot be read');
const topics = catalogueOf([
  { name: 'llm', title: 'llm', label: words('llm'), line: 'llm', text: 'llm', filter: llm.filter },
]);
const parse = (filter: string) => parseFilter(filter, { topics });
const text = { type: ChannelType.GuildText, tags: [] };
const forum = (...names: string[]) => ({
  ...{ type: ChannelType.GuildForum, requiresTag: true },
  tags: names.map((name, at) => ({ id: String(at), name })),
});

/** What is found in a channel that all is well with, but for this. */
const found = (facts: Partial<ExaminedChannel>, lost: readonly Lost[] = []) =>
  examineChannel(
    { lost: () => [...lost], parse },
    {
      ...{ isGone: false, isUnreadable: false, held: null, obstacle: null, lacked: [] },
      ...{ subscriptions: [aSubscription('a')], known: text },
      ...facts,
    },
  ).map(({ kind, told }) => `${kind}: ${sayPhrase(told)}`);

describe('of a channel', () => {
  it('nothing is told where all is well, nor where it has no subscription', () => {
    expect(found({})).toEqual([]);
    expect(found({ subscriptions: [] })).toEqual([]);
  });

  it('that was deleted, that alone is told', () => {
    expect(found({ isGone: true, isUnreadable: true })).toEqual([
      'stops: The channel was deleted, so nothing more is posted for it. Its subscriptions stand in `/subscriptions`; remove them there, or copy them to another channel.',
    ]);
  });

  it('whose settings cannot be read, it is told that they are kept', () => {
    expect(found({ isUnreadable: true, subscriptions: [] })).toEqual([
      'stops: The settings of this channel cannot be read, so nothing is posted. They are kept; the operator’s log says what is wrong with them.',
    ]);
  });

  it('in which permissions are missing, these are told, and not the hold that they led to', () => {
    const reason = phrase('hold.missing', { n: 1, permissions: [phrase('permission.sendMessages')] });
    const held = { code: 'permission-missing', reason };
    const lacked = [{ permission: 'sendMessages', by: { kind: 'everyone' } }] as const;
    expect(found({ obstacle: held, held, lacked })).toEqual([
      'stops: Paperboy may not send messages here, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages. The channel’s settings deny Send Messages to @everyone.',
    ]);
  });

  it('that refuses for what only Discord knows, that is told with where to click', () => {
    expect(found({ held: { code: 'thread-locked', reason: phrase('hold.threadLocked') } })).toEqual([
      'stops: Nothing is posted here: the thread is locked. Open the thread’s menu and unlock it.',
    ]);
    expect(found({ held: { code: 'permission-missing', reason: 'Missing Access' } })[0]).toContain(
      'stops: Nothing is posted here: Discord says that a permission is missing, not which (Missing Access).',
    );
  });

  it('what stops posts stands first, what costs something next, what moderators paused last', () => {
    const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 0 };
    const lost: Lost[] = [
      { kind: 'role', roleId: '7', mention: 'gone' },
      { kind: 'zone', zone: 'Atlantis/Port' },
      { kind: 'role', roleId: '8', mention: 'silent' },
    ];
    expect(found({ subscriptions: [aSubscription('a', { paused })] }, lost)).toEqual([
      expect.stringMatching(/^stops: `ocean`: There is no time zone “Atlantis\/Port” any more/),
      'costs: `ocean`: Its role was deleted, so its posts mention nobody. To mention another one, remove the subscription with `/subscriptions` and add it again with `/subscribe` and `role`.',
      expect.stringMatching(
        /notifies nobody: .* Open Edit channel, Permissions, Paperboy; allow Mention Everyone/,
      ),
      'paused: `ocean`: paused by a moderator. `/subscriptions` resumes it.',
    ]);
  });
});

describe('of a subscription', () => {
  it('that is to be published it is told where the channel is none for announcements any more', () => {
    const subscriptions = [aSubscription('a', { publish: true })];
    expect(found({ subscriptions })).toEqual([
      'costs: `ocean`: it is to be published, and this is no announcement channel any more, so its digests stay here. In Edit channel switch Announcement Channel on.',
    ]);
    expect(found({ subscriptions, known: { ...text, type: ChannelType.GuildAnnouncement } })).toEqual([]);
    expect(found({ subscriptions, known: null })).toEqual([]);
  });

  it('in a forum that wants tags it is told where no tag is called like a topic of its filter', () => {
    const subscriptions = [aSubscription('a'), aSubscription('b', { filter: 'topic:llm' })];
    expect(found({ subscriptions, known: forum('LLM', 'other') })).toEqual([
      'stops: `ocean`: every post in this forum needs a tag, and none of its tags is called like a topic of this filter, so Discord refuses its papers. Open Edit channel and switch “Require people to select tags when posting” off, or add a tag that is called like the topic.',
    ]);
    expect(found({ subscriptions, known: { ...forum('LLM'), requiresTag: false } })).toEqual([]);
  });

  it('it is told once for all where none of the channel’s has a tag', () => {
    const obstacle = { code: 'tag-required', reason: phrase('hold.tagRequired') };
    expect(found({ obstacle, known: forum('other') })).toEqual([
      'stops: Nothing is posted here: every post in this forum needs a tag, and none of its tags is called like a topic. Open Edit channel and switch “Require people to select tags when posting” off, or add a tag that is called like the topic.',
    ]);
  });
});
