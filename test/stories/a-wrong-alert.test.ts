import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { buttonsOf, choicesOf, type Facts, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { headsIn, noticesIn, postsIn } from './newsstand.ts';
import { textOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVERYDAY = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;

let harness: Harness;
let vision: string;
let mia: string;
let kim: string;
let moe: string;
beforeEach(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  vision = harness.channelNamed('vision');
  const person = (name: string, permissions: readonly ('ManageChannels' | 'ManageGuild')[]) =>
    harness.driver.addMember(harness.server, { name, permissions: [...EVERYDAY, ...permissions] }).id;
  mia = person('Mia', []);
  moe = person('Moe', ['ManageChannels']);
  kim = person('Kim', ['ManageChannels', 'ManageGuild']);
});
afterEach(() => harness.close());

const OCEANS: Facts[] = [
  { title: 'Ocean survey of whales' },
  { title: 'Ocean survey of ships' },
  { title: 'Ocean waves' },
  { title: 'Ocean ice' },
];
const TERMS =
  'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest';
const subscribe = (options: Record<string, string | number> = {}) =>
  harness.subscribe({ keywords: 'ocean', what: 'all', channel: vision, ...options });
/** An hour later these papers appear, and what of them is wanted is posted. */
const print = async (papers: readonly Facts[] = OCEANS) => {
  harness.clock.leap(HOUR);
  const ids = await harness.print(...papers);
  await harness.pipeline().deliver();
  return ids;
};
const firstPost = (channel = vision) => postsIn(harness, channel)[0].message.id;
const press = (user: string, message: string, label: string, channel = vision) =>
  harness.driver.click({ user, channel, message, label }).message();
const pressed = async (user: string, message: string, label: string, channel = vision) =>
  textOf(await press(user, message, label, channel)).trim();
/** Why here?, then Not for us. */
const notForUs = async (user: string, message = firstPost(), channel = vision) =>
  press(user, (await press(user, message, 'Why here?', channel)).id, 'Not for us', channel);
/** What a moderator is offered, and one of it pressed: the label may be its beginning. */
const change = async (user: string, begins: string) => {
  const offered = await notForUs(user);
  const label = buttonsOf(offered).find((one) => one.startsWith(begins));
  if (!label) throw new Error(`There is no ${begins} among ${buttonsOf(offered)}`);
  return { offered, label, done: await press(user, offered.id, label) };
};
const settings = async (user: string) => {
  const list = await harness.driver.slash({ user, channel: vision, name: 'subscriptions' }).message();
  return press(user, list.id, 'Server settings');
};

describe('a member’s “Not for us”', () => {
  it('is noted once, for the asker alone, and moderators see a count', async () => {
    await subscribe();
    await print();
    const answer = await notForUs(mia);
    expect([answer.ephemeral, contentOf(answer)]).toEqual([true, 'Noted. Moderators see a count.']);
    expect(contentOf(await notForUs(mia))).toBe('Noted already. Moderators see a count.');
    expect(linesOf(await notForUs(moe))).toContain('1 member says that it is not for them.');
    const max = harness.driver.addMember(harness.server, { name: 'Max', permissions: [...EVERYDAY] }).id;
    expect(contentOf(await notForUs(max))).toBe('Noted. Moderators see a count.');
    expect(linesOf(await notForUs(moe))).toContain('2 members say that it is not for them.');
    // Another paper's is another count.
    const other = postsIn(harness, vision)[1].message.id;
    expect(textOf(await notForUs(moe, other))).not.toContain('not for them');
  });

  it('is nothing that others see: the post has its buttons as ever', async () => {
    await subscribe();
    await print();
    await notForUs(mia);
    expect(buttonsOf(postsIn(harness, vision)[0].message)).not.toContain('Not for us');
    expect(buttonsOf(await press(mia, firstPost(), 'Why here?'))).toEqual(['Not for us']);
  });

  it('of a digest is said of one of its papers', async () => {
    await subscribe({ when: 'daily', at: '15:00', zone: 'UTC' });
    await print();
    harness.clock.leapTo('2026-03-10T15:00:05Z');
    await harness.pipeline().deliver();
    const why = await press(mia, firstPost(), 'Why here?');
    const choices = choicesOf(why, choiceId(why));
    expect(choices.map(({ label }) => label)).toEqual(expect.arrayContaining(['Ocean waves', 'Ocean ice']));
    const choose = (user: string, message: string) =>
      harness.driver
        .choose({ user, channel: vision, message, customId: choiceId(why), values: [choices[0].value] })
        .message();
    expect(contentOf(await choose(mia, why.id))).toBe('Noted. Moderators see a count.');
    const moderators = await press(moe, firstPost(), 'Why here?');
    const offered = await choose(moe, moderators.id);
    expect(linesOf(offered)[0]).toBe(`**${choices[0].label}**`);
    expect(linesOf(offered)).toContain('1 member says that it is not for them.');
  });

  it('is kept for 180 days', async () => {
    await subscribe();
    await print();
    await notForUs(mia);
    harness.clock.leap(179 * DAY);
    await harness.pipeline().prune();
    expect(contentOf(await notForUs(mia))).toBe('Noted already. Moderators see a count.');
    harness.clock.leap(2 * DAY);
    await harness.pipeline().prune();
    expect(contentOf(await notForUs(mia))).toBe('Noted. Moderators see a count.');
  });
});

/** Of the select on a message. */
function choiceId({ components = [] }: { components?: unknown }): string {
  return /"custom_id":"(wrong:[^"]+)"/.exec(JSON.stringify(components))?.[1] ?? '';
}

describe('a moderator’s “Not for us”', () => {
  it('offers changes, each tried on the last days, and changes nothing yet', async () => {
    await subscribe();
    await print();
    const offered = await notForUs(kim);
    expect([offered.ephemeral, titleOf(offered)]).toEqual([true, `What should change in <#${vision}>?`]);
    expect(linesOf(offered)).toEqual([
      '**Ocean survey of whales**',
      `It came by \`ocean\`: ${TERMS}.`,
      'The last day would have brought 4 posts; each change was tried on them.',
    ]);
    expect(buttonsOf(offered)).toEqual([
      'Exclude “survey”: 2 of 4 posts less',
      'Digest instead of alerts: 4 posts in 1 message',
      'Mute “survey” in the whole server (2 of 4 here)',
      'Delete this post',
    ]);
    expect(harness.history()).toEqual(['added']);
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['ocean']);
  });

  it('does not offer a mute to whoever does not manage the server', async () => {
    await subscribe();
    await print();
    expect(buttonsOf(await notForUs(moe)).map((label) => label.split(' ')[0])).toEqual([
      'Exclude',
      'Digest',
      'Delete',
    ]);
  });

  it.each(['ManageChannels', 'SendMessages'] as const)(
    'is a member’s where they lack %s in the channel',
    async (lack) => {
      await subscribe();
      await print();
      harness.driver.setOverwrite(vision, { id: moe, kind: 'member', deny: [lack] });
      expect(contentOf(await notForUs(moe))).toBe('Noted. Moderators see a count.');
    },
  );

  it('Exclude: the filter goes on without the word, and Undo brings it back', async () => {
    await subscribe();
    await print();
    const { done } = await change(moe, 'Exclude');
    expect([titleOf(done), ...linesOf(done)]).toEqual([
      'Saved',
      `<#${vision}> gets \`ocean -survey\`: ${TERMS}.`,
    ]);
    expect(buttonsOf(done)).toEqual(['Undo', 'All subscriptions']);
    await print([{ title: 'Another ocean survey' }, { title: 'Ocean currents' }]);
    expect(headsIn(harness, vision).slice(4)).toEqual(['card: Ocean currents']);
    expect(await pressed(moe, done.id, 'Undo')).toBe(`Undone\n<#${vision}> has the filter \`ocean\` again.`);
    expect(harness.history()).toEqual(['added', 'changed', 'undone']);
  });

  it('Exclude keeps an OR together, and takes a word that the filter did not look for', async () => {
    await subscribe({ keywords: 'survey OR whales' });
    await print();
    const { done } = await change(moe, 'Exclude');
    expect(linesOf(done)[0]).toContain('gets `(survey OR whales) -ocean`');
  });

  it('Digest: the alerts come together from then on', async () => {
    await subscribe();
    await print();
    const { done } = await change(moe, 'Digest');
    expect(linesOf(done)).toEqual([`<#${vision}> gets \`ocean\`: every new paper, daily at 09:00 (UTC).`]);
    await print([{ title: 'Ocean currents' }]);
    expect(headsIn(harness, vision)).toHaveLength(4);
  });

  it('Stricter: of what is newly trending less comes, and it is told how much stays', async () => {
    await subscribe({ what: 'newly trending', sensitivity: 'everything rising' });
    await print([
      { title: 'Ocean survey', votes: 60 },
      { title: 'Ocean ice', votes: 3 },
      { title: 'Desert', votes: 2 },
      { title: 'Forest', votes: 2 },
    ]);
    const { label, done } = await change(moe, 'Stricter');
    expect(label).toMatch(/^Stricter \(early\): \d of \d stay$/);
    expect(linesOf(done)[0]).toMatch(/gets `ocean`: newly trending papers \(early\)/);
  });

  it('a second press on the same changes nothing and says so', async () => {
    await subscribe();
    await print();
    const one = await notForUs(moe);
    const other = await notForUs(moe);
    const label = buttonsOf(one)[0];
    await press(moe, one.id, label);
    const again = await press(moe, other.id, label);
    expect([titleOf(again), buttonsOf(again)]).toEqual(['Saved already', ['Undo', 'All subscriptions']]);
    expect(harness.history()).toEqual(['added', 'changed']);
  });

  it('of two at once the second hears what the first changed, and nothing is overwritten', async () => {
    await subscribe();
    await print();
    const [kims, moes] = [await notForUs(kim), await notForUs(moe)];
    await press(kim, kims.id, buttonsOf(kims)[0]);
    expect(await pressed(moe, moes.id, buttonsOf(moes)[1])).toBe(
      `This was changed since. <#${vision}> now has \`ocean -survey\`: ${TERMS}. Nothing was changed. \`/subscriptions\` shows it.`,
    );
    expect(harness.stored()[0].when).toEqual({ kind: 'now' });
  });

  it('says so where the subscription was removed meanwhile, and offers the post alone then', async () => {
    const subscribed = await subscribe();
    await print();
    const offered = await notForUs(moe);
    await harness.click(subscribed.id, 'Undo');
    expect(await pressed(moe, offered.id, buttonsOf(offered)[0])).toBe(
      'That subscription is no longer there. Use `/subscriptions` to see the current list.',
    );
    const fresh = await notForUs(moe);
    expect(linesOf(fresh)).toEqual([
      '**Ocean survey of whales**',
      'The subscription that it came by is no longer there, so the post alone is left to change.',
    ]);
    expect(buttonsOf(fresh)).toEqual(['Delete this post']);
  });

  it('names the oldest of several subscriptions, and that the others stay as they are', async () => {
    await subscribe();
    await subscribe({ keywords: 'whales' });
    await print();
    const offered = await notForUs(moe);
    expect(linesOf(offered).slice(1, 3)).toEqual([
      `It came by \`ocean\`: ${TERMS}.`,
      'It also came by `whales`, which stays as it is: the changes here are to the oldest.',
    ]);
    await press(moe, offered.id, buttonsOf(offered)[0]);
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['ocean -survey', 'whales']);
  });

  it('works after a restart, for 30 days; then it says where fresh ones are', async () => {
    await subscribe();
    await print();
    const offered = await notForUs(moe);
    await harness.restart();
    expect(titleOf(await press(moe, offered.id, buttonsOf(offered)[0]))).toBe('Saved');
    const other = await notForUs(moe);
    harness.clock.leap(31 * DAY);
    expect(await pressed(moe, other.id, buttonsOf(other)[0])).toBe(
      'Those changes are too old: they are kept for 30 days. Press Why here? under the post, then Not for us, for fresh ones.',
    );
  });
});

describe('Delete this post', () => {
  it('takes the message away, says so, and the paper never comes again', async () => {
    await subscribe();
    const [paper] = await print([OCEANS[0]]);
    const { done } = await change(moe, 'Delete this post');
    expect([titleOf(done), ...linesOf(done)]).toEqual([
      'Deleted',
      `The post is no longer in <#${vision}>, and what it had does not come there again.`,
    ]);
    expect(postsIn(harness, vision)).toEqual([]);
    harness.stand.vote(paper, 90);
    await harness.round();
    await harness.pipeline().refresh();
    await harness.restart();
    await harness.round();
    expect(postsIn(harness, vision)).toEqual([]);
    const [list] = [await harness.ask('subscriptions', {}, vision)];
    const history = textOf(await harness.click(list.id, 'History', vision));
    expect(history).toContain(`<@${moe}> deleted the post of Ocean survey of whales in <#${vision}>`);
  });

  it('says so where it was deleted meanwhile, by Paperboy or by hand, and writes no second entry', async () => {
    await subscribe();
    await print();
    const [mine, theirs] = [await notForUs(moe), await notForUs(kim)];
    await press(moe, mine.id, 'Delete this post');
    expect(await pressed(kim, theirs.id, 'Delete this post')).toBe(
      `Deleted already\nThat post was no longer in <#${vision}>. What it had does not come there again.`,
    );
    const second = await notForUs(moe);
    await deleteByHand(vision, firstPost());
    expect(await pressed(moe, second.id, 'Delete this post')).toContain('Deleted already');
    expect(harness.history()).toEqual(['added', 'deleted']);
  });

  it('of a digest tells how many papers it has before it goes', async () => {
    await subscribe({ when: 'daily', at: '15:00', zone: 'UTC' });
    await print();
    harness.clock.leapTo('2026-03-10T15:00:05Z');
    await harness.pipeline().deliver();
    const why = await press(moe, firstPost(), 'Why here?');
    const customId = choiceId(why);
    const values = [choicesOf(why, customId)[0].value];
    const offered = await harness.driver
      .choose({ user: moe, channel: vision, message: why.id, customId, values })
      .message();
    const asked = await press(moe, offered.id, 'Delete this post of 4 papers');
    expect([titleOf(asked), ...linesOf(asked)]).toEqual([
      'Delete all of it?',
      `This post in <#${vision}> has 4 papers. With it all of them go, and none comes to the channel again.`,
    ]);
    expect(postsIn(harness, vision)).toHaveLength(1);
    await press(moe, asked.id, 'Delete all 4');
    expect(postsIn(harness, vision)).toEqual([]);
  });

  it('tells how many lines of other channels led to it; what comes there later comes in full', async () => {
    const llm = harness.channelNamed('zz-llm');
    const [first, second] = [vision, llm].toSorted();
    await subscribe({ channel: first });
    await setSamePaper('line');
    await subscribe({ channel: second });
    await print([OCEANS[0]]);
    expect(noticesIn(harness, second)).toHaveLength(1);
    const offered = await notForUs(moe, firstPost(first), first);
    const done = await press(moe, offered.id, 'Delete this post', first);
    expect(linesOf(done).at(-1)).toBe('Another channel has it as one line: its link leads nowhere now.');
    const line = harness.driver.allMessages(second).find(({ content }) => content.includes('also in'));
    expect(textOf(await press(moe, line?.id ?? '', 'Why here?', second))).toContain(
      `It stood in <#${first}> in full, where a moderator deleted it: this server’s settings made it one line in further channels.`,
    );
    const third = harness.channelNamed('zz-third');
    await subscribe({ channel: third });
    await print([OCEANS[2]]);
    expect(headsIn(harness, first)).toEqual(['card: Ocean waves']);
  });

  it('of a paper that another channel wants later, it comes there in full', async () => {
    const [first, second] = [vision, harness.channelNamed('zz-llm')].toSorted();
    await subscribe({ channel: first });
    await setSamePaper('line');
    await subscribe({ channel: second, when: 'daily', at: '20:00', zone: 'UTC' });
    await print([OCEANS[0]]);
    const offered = await notForUs(moe, firstPost(first), first);
    await press(moe, offered.id, 'Delete this post', first);
    harness.clock.leapTo('2026-03-10T20:00:05Z');
    await harness.pipeline().deliver();
    expect(headsIn(harness, second)).toEqual(['card: Ocean survey of whales']);
  });
});

/** As people delete a message in Discord. */
async function deleteByHand(channel: string, message: string): Promise<void> {
  const { url, token } = harness.sandbox;
  const headers = { Authorization: `Bot ${token}`, 'User-Agent': 'DiscordBot (test, 1)' };
  const answer = await fetch(`${url}/v10/channels/${channel}/messages/${message}`, {
    method: 'DELETE',
    headers,
  });
  expect(answer.status).toBe(204);
}

/** As who manages the server sets it. */
async function setSamePaper(value: string): Promise<void> {
  const shown = await settings(kim);
  await harness.driver
    .choose({
      user: kim,
      channel: vision,
      message: shown.id,
      customId: 'server-settings:same-paper',
      values: [value],
    })
    .message();
}

describe('Mute in the whole server', () => {
  it('holds for alerts, digests and what waits in every channel, not for look-ups, until Undo', async () => {
    const other = harness.channelNamed('other');
    await subscribe();
    await subscribe({ channel: other, when: 'daily', at: '20:00', zone: 'UTC' });
    await print();
    const { done } = await change(kim, 'Mute');
    expect([titleOf(done), ...linesOf(done)]).toEqual([
      'Saved',
      '`survey` is muted in the whole server: no alert or digest has it, nor what waits. Look-ups find it. `/subscriptions` → Server settings lists what is muted.',
    ]);
    await print([{ title: 'Ocean survey three' }, { title: 'Ocean currents' }]);
    expect(headsIn(harness, vision).slice(4)).toEqual(['card: Ocean currents']);
    harness.clock.leapTo('2026-03-10T20:00:05Z');
    await harness.pipeline().deliver();
    const digest = textOf(postsIn(harness, other)[0].message);
    for (const title of ['Ocean waves', 'Ocean ice', 'Ocean currents']) expect(digest).toContain(title);
    expect(digest).not.toContain('survey');
    expect(await harness.said('search', { query: 'survey' })).toContain('Ocean survey three');
    expect(await pressed(kim, done.id, 'Undo')).toBe(
      'Undone\nRemoved: `survey` is not muted any more. Papers of the last days that it took away may still come.',
    );
    await print([{ title: 'Ocean survey four' }]);
    expect(headsIn(harness, vision).slice(5).toSorted()).toEqual([
      'card: Ocean survey four',
      'card: Ocean survey three',
    ]);
    expect(harness.history()).toEqual(['added', 'added', 'muted', 'unmuted']);
  });

  it('is told to whoever presses Not for us on what it keeps away already', async () => {
    await subscribe();
    await print(OCEANS.slice(0, 1));
    await change(kim, 'Mute');
    const offered = await notForUs(kim);
    expect(linesOf(offered).slice(2)).toEqual([
      '`survey` is muted in this server already, so such a paper does not come any more. `/subscriptions` → Server settings lists what is muted.',
      'The last day would have brought no post, so no change could be tried.',
    ]);
    expect(buttonsOf(offered)).toEqual(['Digest instead of alerts', 'Delete this post']);
  });

  it('holds for previews too', async () => {
    await subscribe();
    await print();
    await change(kim, 'Mute');
    const preview = await harness.ask('subscribe', { keywords: 'ocean OR sea', what: 'all' });
    expect(textOf(preview)).toContain('**The last day: 2 papers.**');
    expect(textOf(preview)).not.toContain('survey');
  });

  it('is not done by who does not manage the server any more', async () => {
    await subscribe();
    await print();
    const offered = await notForUs(kim);
    harness.driver.setOverwrite(vision, { id: kim, kind: 'member', deny: ['ManageGuild'] });
    expect(await pressed(kim, offered.id, 'Mute “survey” in the whole server (2 of 4 here)')).toBe(
      'Settings of the whole server are for members with the Manage Server permission. Nothing was changed. Ask somebody who has it.',
    );
    expect(harness.history()).toEqual(['added']);
  });

  it('stands in Server settings, where it is removed and brought back, and in History and Why here? for moderators', async () => {
    await subscribe();
    await print();
    await change(kim, 'Mute');
    const shown = await settings(kim);
    expect(linesOf(shown)).toContain('**Muted in all channels**');
    expect(linesOf(shown).at(-1)).toMatch(new RegExp(`^\`survey\` · <@${kim}>, <t:\\d+:D>$`));
    const why = async (user: string) => textOf(await press(user, firstPost(), 'Why here?'));
    expect(await why(moe)).toMatch(
      /Muted in this server since <t:\d+:f>: `survey`\. Such a paper does not come any more\./,
    );
    expect(await why(mia)).not.toContain('Muted');
    const [mute] = choicesOf(shown, 'server-settings:unmute');
    expect(mute.label).toBe('survey');
    const remove = () =>
      harness.driver
        .choose({
          ...{ user: kim, channel: vision, message: shown.id },
          ...{ customId: 'server-settings:unmute', values: [mute.value] },
        })
        .message();
    const removed = await remove();
    expect(linesOf(removed)[0]).toBe(
      'Removed: `survey` is not muted any more. Papers of the last days that it took away may still come.',
    );
    expect(textOf(removed)).not.toContain('Muted in all channels');
    const back = await press(kim, removed.id, 'Undo');
    expect(linesOf(back)[0]).toBe('`survey` is muted again.');
    expect(harness.history()).toEqual(['added', 'muted', 'unmuted', 'muted']);
    const list = await harness.ask('subscriptions', {}, vision);
    const history = textOf(await harness.click(list.id, 'History', vision));
    expect(history).toContain(`<@${kim}> muted \`survey\` in the whole server`);
    expect(history).toContain(`<@${kim}> removed the mute of \`survey\` in the whole server`);
  });

  it('that was removed already says so', async () => {
    await subscribe();
    await print();
    await change(kim, 'Mute');
    const [one, other] = [await settings(kim), await settings(kim)];
    const remove = async (message: string) => {
      const values = [choicesOf(one, 'server-settings:unmute')[0].value];
      const customId = 'server-settings:unmute';
      return textOf(
        await harness.driver.choose({ user: kim, channel: vision, message, customId, values }).message(),
      );
    };
    await remove(one.id);
    expect(await remove(other.id)).toContain(
      'That mute was removed already. `/subscriptions` → Server settings shows what is muted.',
    );
    expect(harness.history()).toEqual(['added', 'muted', 'unmuted']);
  });
});
