import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleSource } from '#src/source/sample.ts';
import { formInList, inList } from './in-list.ts';
import { openStage, type Stage, textOf } from './stage.ts';

describe('moderators', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({
      start: '2026-11-20T12:00:00Z',
      sources: (clock) => [createSampleSource({ clock, startedAt: clock.now() })],
    });
  });
  afterEach(() => stage.close());

  it('see the last weeks when they subscribe, and can take it back', async () => {
    const answer = await stage.subscribe({ keywords: 'video -diffusion', what: 'all' });
    expect(textOf(answer)).toMatch(/The last 8 days: \d+ papers/);
    const at = { user: stage.moderator, channel: stage.channel, message: answer.id };
    await stage.driver.click({ ...at, label: 'Undo' }).answered();
    expect(textOf(await stage.ask('subscriptions'))).toContain('No channel of this server is subscribed');
  });

  it.each([
    [{ keywords: 'a', topic: 'llm' }, 'either `topic`'],
    [{ keywords: '-survey' }, 'what you do want'],
    [{ keywords: 'diffusion AND (' }, 'column'],
    [{ topic: 'lmm' }, 'Did you mean `llm`?'],
    [{ keywords: 'video', when: 'daily', zone: 'Berln' }, 'Did you mean `zone:Berlin`'],
    [{ keywords: 'video', when: 'hourly' }, 'is not a time to post'],
    [{ keywords: 'video', when: 'daily', at: '25:00' }, 'is not a time of day'],
    [{ keywords: 'video', what: 'best' }, 'is not something to post'],
  ])('are told what is wrong with %o, and nothing is saved', async (options, sentence) => {
    expect(textOf(await stage.subscribe(options))).toContain(sentence);
    expect(textOf(await stage.ask('subscriptions'))).toContain('No channel of this server is subscribed');
  });

  it('cannot subscribe a channel in which the bot may not post', async () => {
    const closed = stage.channelNamed('closed');
    stage.driver.setOverwrite(closed, { id: stage.role, kind: 'role', deny: ['EmbedLinks'] });
    const answer = await stage.subscribe({ keywords: 'video', channel: closed });
    expect(textOf(answer)).toContain('Paperboy may not embed links in');
  });

  it('keep the old filter when the new one is bad', async () => {
    await stage.subscribe({ keywords: 'diffusion' });
    const edit = async (filter: string) => {
      const at = { user: stage.moderator, channel: stage.channel };
      const life = await formInList(stage, at, 'diff');
      return textOf(await (await stage.driver.submitModal({ ...at, life, fields: { filter } })).message());
    };
    expect(await edit('diffusion OR (')).toContain('column 14');
    expect(textOf(await stage.ask('subscriptions'))).toContain('`diffusion`');
    expect(await edit('diffusion OR video')).toContain('Filter changed');
    expect(textOf(await stage.ask('subscriptions'))).toContain('`diffusion OR video`');
  });

  it('try a filter on one paper and see the words, and what fails', async () => {
    const text = textOf(await stage.ask('filter test', { filter: 'video -segment', paper: '2408.00714' }));
    expect(text).toContain('Only this does not hold: `-segment`');
    expect(text).toContain('**videos**');
  });

  it('pause, resume and remove from the list', async () => {
    await stage.subscribe({ keywords: 'diffusion' });
    const at = { user: stage.moderator, channel: stage.channel };
    const paused = await inList(stage.driver, at, '', 'Pause');
    expect(textOf(paused)).toContain('paused by a moderator');
  });
});
