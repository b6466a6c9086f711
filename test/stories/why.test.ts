import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  buttonsOf,
  choicesOf,
  type Facts,
  type Harness,
  inUtc,
  linksOf,
  openHarness,
} from './harness.ts';
import { postsIn } from './newsstand.ts';
import { textOf } from './stage.ts';

const HOUR = 3_600_000;
const EVERYDAY = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;

let harness: Harness;
let vision: string;
let mia: string;
let kim: string;
beforeEach(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  vision = harness.channelNamed('vision');
  const person = (name: string, permissions: readonly ('ManageChannels' | 'ManageGuild')[]) =>
    harness.driver.addMember(harness.server, { name, permissions: [...EVERYDAY, ...permissions] }).id;
  mia = person('Mia', []);
  kim = person('Kim', ['ManageChannels', 'ManageGuild']);
});
afterEach(() => harness.close());

const subscribe = (options: Record<string, string | number> = {}, channel = vision) =>
  harness.subscribe({ keywords: 'ocean -survey', what: 'all', channel, ...options });
/** An hour later these papers appear, and what of them is wanted is posted. */
const print = async (...papers: readonly Facts[]) => {
  harness.clock.leap(HOUR);
  const ids = await harness.print(...papers);
  await harness.pipeline().deliver();
  return ids;
};
const ask = (user: string, paper: string, options: Record<string, string> = {}, channel = vision) =>
  harness.driver.slash({ user, channel, name: 'why', options: { paper, ...options } }).message();
const linesOf = (answer: Answer): string[] => inUtc(textOf(answer)).trim().split('\n');
const why = async (...asked: Parameters<typeof ask>) => linesOf(await ask(...asked));
const press = (user: string, message: string, label: string, channel = vision) =>
  harness.driver.click({ user, channel, message, label }).message();
const NOT_REACHED = 'Not reached · same paper elsewhere, cap, quiet hours, permission';
const named = (channel: string) => `<#${channel}>`;

describe('/why', () => {
  it('tells of a paper that came when, where it stands and by what, and “Why here?” tells the same', async () => {
    await subscribe();
    const [waves] = await print({ title: 'Ocean waves' }, { title: 'Desert' });
    const answer = await ask(mia, waves);
    const [{ message }] = postsIn(harness, vision);
    const told = [
      `**Ocean waves came to ${named(vision)} on 2026-03-10 13:00.**`,
      'Yes · seen 2026-03-10 13:00, 1st of 2 papers in a list of Hugging Face',
      `Yes · First seen on 10 March; ${named(vision)} asks for every new paper that matches`,
      'Yes · filter `ocean -survey`: **Ocean**',
      'Yes · decided 2026-03-10 13:00, posted 2026-03-10 13:00',
    ];
    expect([linesOf(answer), answer.ephemeral]).toEqual([told, true]);
    expect(linksOf(answer)).toEqual([
      `https://discord.com/channels/${harness.server}/${vision}/${message.id}`,
    ]);
    const here = await press(mia, message.id, 'Why here?');
    expect([linesOf(here), buttonsOf(here)]).toEqual([['Why here?', ...told], ['Not for us']]);
    const offered = await harness.driver
      .autocomplete({
        user: mia,
        channel: vision,
        name: 'why',
        options: { paper: 'ocean' },
        focused: 'paper',
      })
      .choices();
    expect(offered).toEqual([{ name: 'Ocean waves', value: waves }]);
  });

  it('tells which words of the filter kept it out; a moderator tries it without them, and undoes that', async () => {
    await subscribe();
    const [survey, desert] = await print({ title: 'A survey of ocean ice' }, { title: 'Desert' });
    const told = [
      `**A survey of ocean ice did not come to ${named(vision)}: its filter excludes \`survey\`.**`,
      'Yes · seen 2026-03-10 13:00, 1st of 2 papers in a list of Hugging Face',
      `Yes · First seen on 10 March; ${named(vision)} asks for every new paper that matches`,
      'No · filter `ocean -survey`: it excludes `survey`, in “A **survey** of ocean ice”',
      NOT_REACHED,
    ];
    const [member, moderator] = [await ask(mia, survey), await ask(kim, survey)];
    expect([linesOf(member), linesOf(moderator)]).toEqual([told, told]);
    const label = 'Try without “survey”: 1 more post in 1 day';
    expect([buttonsOf(member), buttonsOf(moderator)]).toEqual([[], [label]]);
    expect((await why(mia, desert)).slice(0, 1)).toEqual([
      `**Desert did not come to ${named(vision)}: its filter asks for \`ocean\`, which the paper lacks.**`,
    ]);
    const saved = await press(kim, moderator.id, label);
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['ocean']);
    // The filter of then stands, whatever was changed afterwards; by whom is told to moderators.
    expect(await why(mia, survey)).toEqual(told);
    expect(await why(kim, survey)).toEqual([
      ...told,
      '',
      '**Changed since**',
      `2026-03-10 13:00 <@${kim}> changed \`ocean -survey\` to \`ocean\` in ${named(vision)}`,
    ]);
    await press(kim, saved.id, 'Undo');
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['ocean -survey']);
  });

  it('tells of what did not stand out enough how far it came, and the sensitivity that hears of it', async () => {
    await subscribe({ keywords: 'ocean', what: 'newly trending' });
    const deserts = Array.from({ length: 22 }, (_, n) => ({ title: `Desert ${n}`, votes: 2 }));
    const [waves, ice] = await print(
      { title: 'Ocean waves', votes: 60 },
      { title: 'Ocean ice', votes: 3 },
      ...deserts,
    );
    expect((await why(mia, waves)).slice(2, 4)).toEqual([
      'Yes · newly trending 2026-03-10 13:00: 1st of 24 papers of 10 March (60 upvotes at 13 h)',
      'It stood out enough for everything rising, early, balanced and strict on 2026-03-10 13:00.',
    ]);
    const answer = await ask(kim, ice);
    expect(linesOf(answer)).toEqual([
      `**Ocean ice did not come to ${named(vision)}: it did not stand out enough for balanced.**`,
      'Yes · seen 2026-03-10 13:00, 2nd of 24 papers in a list of Hugging Face',
      'No · newly trending: at most 2nd of 24 papers of 10 March (3 upvotes at 13 h)',
      'It stood out enough for everything rising and early on 2026-03-10 13:00.',
      'Yes · filter `ocean`: **Ocean**',
      NOT_REACHED,
    ]);
    await press(kim, answer.id, 'Try early: 1 more post in 1 day');
    expect(harness.stored()[0].what).toEqual({ kind: 'trending', sensitivity: 'early' });
  });

  it('tells members that a mute keeps it out, and moderators which one and whose', async () => {
    await subscribe({ keywords: 'ocean' });
    await print({ title: 'Ocean survey of whales' }, { title: 'Ocean survey of ships' });
    const mute = async () => {
      const here = await press(kim, postsIn(harness, vision)[0].message.id, 'Why here?');
      const offered = await press(kim, here.id, 'Not for us');
      const label = buttonsOf(offered).find((one) => one.startsWith('Mute')) ?? '';
      return [label, await press(kim, offered.id, label)] as const;
    };
    const [label] = await mute();
    expect(label).toBe('Mute “survey” in the whole server (2 of 2 here)');
    const [ice] = await print({ title: 'A survey of ocean ice' });
    const first = `**A survey of ocean ice did not come to ${named(vision)}: a mute of this server keeps it out.**`;
    const member = await why(mia, ice);
    expect([member[0], member[4]]).toEqual([first, 'No · a mute of this server meets it']);
    expect(member.slice(4).join()).not.toContain('survey');
    const moderator = await why(kim, ice);
    expect([moderator[0], moderator[4]]).toEqual([
      first,
      `No · muted: \`survey\`, by <@${kim}> on 2026-03-10 13:00`,
    ]);
  });

  it('is under the nearest miss of /status, and behind a title that is picked of several', async () => {
    await subscribe({ keywords: 'ocean video', what: 'newly trending' });
    const deserts = Array.from({ length: 22 }, (_, n) => ({ title: `Desert ${n}`, votes: 2 }));
    const [, desert] = await print({ title: 'Ocean waves', votes: 60 }, ...deserts);
    const status = await harness.driver.slash({ user: mia, channel: vision, name: 'status' }).message();
    expect(textOf(status)).toContain('Nearest miss: “Ocean waves” lacks `video`.');
    const told = [
      `**Ocean waves did not come to ${named(vision)}: its filter asks for \`video\`, which the paper lacks.**`,
    ];
    const behind = await press(mia, status.id, 'Why?');
    expect([linesOf(behind).slice(0, 1), behind.ephemeral]).toEqual([told, true]);
    const general = harness.channel;
    const several = await ask(mia, 'Desert', { channel: vision, date: '2026-03-10' }, general);
    const opens = `why-in:${vision}:2026-03-10`;
    expect(choicesOf(several, opens)).toHaveLength(22);
    const chosen = { user: mia, channel: general, message: several.id, customId: opens, values: [desert] };
    const one = await harness.driver.choose(chosen).message();
    expect(linesOf(one)[0]).toBe(
      `**Desert 0 did not come to ${named(vision)}: its filter asks for \`ocean\` and \`video\`, which the paper lacks.**`,
    );
  });

  it('tells what it waits for: the cap, quiet hours, a permission; and that another channel has it', async () => {
    const llm = harness.channelNamed('llm');
    const quiet = harness.channelNamed('quiet');
    await harness.changeSettings({ samePaper: 'none', zone: 'UTC', notices: null });
    await subscribe({}, llm);
    await subscribe({ cap: 1 });
    await print({ title: 'Ocean one' });
    expect((await why(mia, 'Ocean one', { channel: llm })).toSpliced(1, 3)).toEqual([
      `**Ocean one did not come to ${named(llm)}: it stands in ${named(vision)}.**`,
      `No · same paper elsewhere: it stands in ${named(vision)}, and further channels of this server got nothing of it`,
      'Decided 2026-03-10 13:00.',
    ]);
    await harness.changeSettings({ samePaper: 'full', zone: 'UTC', notices: null });
    await subscribe({ quiet: '12:00-20:00', zone: 'UTC' }, quiet);
    await print({ title: 'Ocean two' }, { title: 'Ocean three' });
    expect((await why(mia, 'Ocean three')).toSpliced(1, 3)).toEqual([
      `**Ocean three has not come to ${named(vision)} yet: the cards of that day were full, so it comes with the digest of 2026-03-11 09:00.**`,
      'Yes · the cards of the day were full, so due with the digest of 2026-03-11 09:00',
      'Decided 2026-03-10 14:00, and not posted yet.',
    ]);
    expect((await why(mia, 'Ocean two', {}, quiet))[0]).toBe(
      `**Ocean two has not come to ${named(quiet)} yet: it waits for the end of quiet hours, 2026-03-10 20:00.**`,
    );
    harness.driver.setOverwrite(vision, { id: harness.role, deny: ['SendMessages'] });
    harness.clock.leapTo('2026-03-11T09:00:05Z');
    await harness.pipeline().deliver();
    const held = await why(mia, 'Ocean three');
    expect(held[0]).toBe(`**Ocean three waits for ${named(vision)}: Send Messages is missing.**`);
    expect(held).toContain('No · permission, since 2026-03-11 09:00: Send Messages is missing');
    harness.driver.setOverwrite(vision, { id: harness.role, deny: [] });
    harness.clock.leap(HOUR);
    await harness.round();
    const sent = await why(mia, 'Ocean three');
    expect(sent[0]).toBe(`**Ocean three came to ${named(vision)} on 2026-03-11 10:00.**`);
    expect(sent).toContain(
      'Yes · permission, from 2026-03-11 09:00 to 2026-03-11 10:00: Send Messages is missing',
    );
  });

  it('tells what a moderator did: a pause, a filter that was changed while it waited, a subscription made too late', async () => {
    await subscribe({ keywords: 'ocean', quiet: '12:00-20:00', zone: 'UTC' });
    await print({ title: 'Ocean waves' });
    const [{ id }] = harness.stored();
    await harness.submit(await harness.form(id), 'ocean ice');
    harness.clock.leapTo('2026-03-10T20:00:05Z');
    await harness.round();
    expect(await why(kim, 'Ocean waves')).toEqual([
      `**Ocean waves did not come to ${named(vision)}: its filter asks for \`ice\`, which the paper lacks.**`,
      'Yes · seen 2026-03-10 13:00, 1st of 1 paper in a list of Hugging Face',
      `Yes · First seen on 10 March; ${named(vision)} asks for every new paper that matches`,
      'No · filter `ocean ice`: the paper lacks `ice`',
      'No · decided 2026-03-10 13:00, taken back 2026-03-10 20:00',
      '',
      '**Changed since**',
      `2026-03-10 13:00 <@${harness.moderator}> changed \`ocean\` to \`ocean ice\` in ${named(vision)}`,
    ]);
    await harness.pause(id);
    await print({ title: 'Ocean ice' });
    await harness.resume(id);
    const paused = await why(kim, 'Ocean ice');
    expect(paused[0]).toBe(
      `**Ocean ice did not come to ${named(vision)}: a moderator had paused its subscription.**`,
    );
    expect(paused).toContain('No · filter `ocean ice`: paused by a moderator');
    expect(paused.at(-1)).toBe(
      `2026-03-10 21:00 <@${harness.moderator}> resumed \`ocean ice\` in ${named(vision)}`,
    );
    const late = harness.channelNamed('late');
    await subscribe({ keywords: 'waves' }, late);
    expect(await why(mia, 'Ocean waves', {}, late)).toEqual([
      `**Ocean waves did not come to ${named(late)}: its first subscription was made on 2026-03-10 21:00, after the paper was news.**`,
      'Yes · seen 2026-03-10 13:00, 1st of 1 paper in a list of Hugging Face',
      `Yes · First seen on 10 March; ${named(late)} asks for every new paper that matches`,
      'No · filter `waves`: subscribed only on 2026-03-10 21:00',
      NOT_REACHED,
    ]);
  });

  it('tells of a channel that the asker does not see nothing, not even whether it is there', async () => {
    const secret = harness.channelNamed('secret');
    await subscribe({}, secret);
    const [waves] = await print({ title: 'Ocean waves' });
    harness.driver.setOverwrite(secret, { id: mia, deny: ['ViewChannel'] });
    const refused =
      'You cannot see that channel, if there is one, so I tell nothing of it. Ask a moderator of this server to let you see it.';
    expect(await why(mia, waves, { channel: secret })).toEqual([refused]);
    expect((await why(kim, waves, { channel: secret }))[0]).toContain('came to');
  });

  it('says of a day, a paper or a channel of which nothing is known that there is nothing', async () => {
    const [waves] = await print({ title: 'Ocean waves' });
    const stored = harness.stand.keepInStore('An ocean in store');
    expect((await why(mia, waves))[0]).toBe(
      `**Ocean waves did not come to ${named(vision)}: nothing was subscribed there.**`,
    );
    expect(await why(mia, stored)).toEqual([
      `**An ocean in store did not come to ${named(vision)}: no list that I read has shown it.**`,
      'No · seen: no list that I read has shown it',
      'Not reached · newly trending, filter, same paper elsewhere, cap, quiet hours, permission',
    ]);
    expect((await why(mia, '2603.99998'))[0]).toBe('Hugging Face does not have 2603.99998 (asked now).');
    expect(await why(mia, waves, { date: '2026-03-11' })).toEqual([
      '`2026-03-11` is still to come, so nothing is known of it. Write `2026-03-10` or an earlier day.',
    ]);
    expect(await why(mia, waves, { date: '2026-03-01' })).toEqual([
      'I know papers from `2026-03-10` on, so nothing is known of `2026-03-01`.',
    ]);
    expect(await why(mia, waves, { date: 'soon' })).toEqual([
      '“soon” is no day that I can read. Write one like `2026-03-10`, `10 March`, `Tuesday`, `yesterday` or `3 days ago`.',
    ]);
    await subscribe();
    harness.clock.leapTo('2026-03-12T12:00:00Z');
    const [ice] = await print({ title: 'Ocean ice' });
    expect((await why(mia, ice, { date: '2026-03-11' }))[0]).toBe(
      `**Ocean ice came to ${named(vision)} on 2026-03-12 13:00.**`,
    );
    expect((await why(mia, waves, { date: '2026-03-11' }))[0]).toBe(
      `**Ocean waves did not come to ${named(vision)}: it was news before 2026-03-10 13:00, from when on the subscription wants papers.**`,
    );
    const [desert] = await print({ title: 'Desert' });
    expect((await why(mia, desert, { date: '2026-03-11' }))[0]).toBe(
      `**Desert could not come to ${named(vision)} by then: a list first showed it on 2026-03-12 14:00.**`,
    );
  });
});
