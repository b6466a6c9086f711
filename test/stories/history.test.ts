import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inList } from './in-list.ts';
import { createNewsstand, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
let stage: Stage;
let stand: Newsstand;
beforeEach(async () => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
});
afterEach(() => stage.close());

const pressHistory = async (user: string) => {
  const list = await stage.ask('subscriptions');
  const at = { user, channel: stage.channel, message: list.id };
  return textOf(await stage.driver.click({ ...at, label: 'History' }).message());
};

it('a moderator sees in the history who changed what when, and apart from it what Paperboy paused', async () => {
  const papers = stage.channelNamed('ocean-papers');
  const room = stage.channelNamed('mod-room');
  await stage.subscribe({ keywords: 'ocean', what: 'all' }, papers);
  const at = { user: stage.moderator, channel: stage.channel };
  stage.clock.leap(HOUR);
  await inList(stage.driver, at, '', 'Pause');
  await inList(stage.driver, at, '', 'Resume');
  stage.driver.setOverwrite(papers, { id: stage.role, deny: ['SendMessages'] });
  stand.print('Ocean one');
  stage.clock.leap(HOUR);
  await stage.round();
  await vi.waitFor(() => expect(noticesIn(stage, room)).toHaveLength(1), 12_000);

  const shown = (await pressHistory(stage.moderator)).replaceAll(/<t:\d+:f>/g, 'T');
  const who = `<@${stage.moderator}>`;
  expect(shown).toContain('3 changes');
  expect(shown).toContain(
    [
      `**1.** T ${who} resumed \`ocean\` in <#${papers}>`,
      `**2.** T ${who} paused \`ocean\` in <#${papers}>`,
      `**3.** T ${who} subscribed <#${papers}> to \`ocean\``,
      '',
      '**By Paperboy itself**',
      `<#${papers}> from T until now: Send Messages is missing`,
    ].join('\n'),
  );
});

it('changes in a channel that the asker cannot see are counted, not shown', async () => {
  const secret = stage.channelNamed('layoffs-2027');
  await stage.subscribe({ keywords: 'river', what: 'all' }, secret);
  await stage.subscribe({ keywords: 'ocean', what: 'all' });
  stage.driver.setOverwrite(secret, { id: stage.server, deny: ['ViewChannel'] });
  await vi.waitFor(async () => {
    const shown = await pressHistory(stage.moderator);
    expect(shown).toContain('1 more in a channel you cannot see.');
    expect(shown).not.toMatch(new RegExp(`river|${secret}`));
  }, 5000);
});

it('a member who may not change what is posted does not see the history', async () => {
  await stage.subscribe({ keywords: 'ocean', what: 'all' });
  const life = stage.driver.slash({ user: stage.moderator, channel: stage.channel, name: 'subscriptions' });
  const message = await life.message();
  stage.driver.setMemberRoles(stage.server, stage.moderator, []);
  const at = { user: stage.moderator, channel: stage.channel, message: message.id };
  expect(textOf(await stage.driver.click({ ...at, label: 'History' }).message())).toContain(
    'Only members with the Manage Channels permission, and those whom this server’s Integrations page lets use `/subscriptions`, can do this.',
  );
});
