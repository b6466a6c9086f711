import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { type ChannelReport, type DoctorView, doctorMessage } from '#src/render/doctor-page.ts';
import type { NoticesView } from '#src/render/notices-line.ts';
import { ACCENT } from '#src/render/parts.ts';
import { phrase } from '#src/wording/phrase.ts';
import { controlsOf } from '#test/read-message.ts';

const told = (text: string) => phrase('stored.text', { text });
const report = (channelId: string, facts: Partial<ChannelReport> = {}): ChannelReport => ({
  ...{ channelId, isGone: false, findings: [], waiting: 0, since: null },
  ...{ isSubscribed: true, isPublishing: false },
  ...facts,
});
const picked: NoticesView = {
  ...{ goTo: '9', chosen: null, how: 'picked', isPublic: false, mayChange: false },
};
const view = (facts: Partial<DoctorView>): DoctorView => ({
  ...{
    asked: '',
    channels: [],
    page: 0,
    well: [],
    hidden: 0,
    unreadable: 0,
    notices: picked,
    lookIn: [],
    done: null,
  },
  ill: facts.channels?.length ?? 0,
  ...facts,
});
const shown = (facts: Partial<DoctorView>) =>
  doctorMessage(view(facts)).embeds.map(({ title, color, description }) => ({ title, color, description }));
const pressed = (facts: Partial<DoctorView>) =>
  controlsOf(doctorMessage(view(facts))).map(({ label, custom_id: id }) => `${label ?? 'select'} ${id}`);
const notices = (facts: Partial<NoticesView>) => shown({ notices: { ...picked, ...facts } }).at(-1);

describe('what /doctor says', () => {
  it('is red where posts stop, amber where something is lost, with what is to be done under the channel’s name', () => {
    const stops = { kind: 'stops', told: told('Nothing is posted.') } as const;
    const costs = { kind: 'costs', told: told('No mention.') } as const;
    const paused = { kind: 'paused', told: told('Paused.') } as const;
    const [first, second, third] = shown({
      channels: [
        report('1', { findings: [stops, costs] }),
        report('2', { findings: [costs, paused] }),
        report('3', { findings: [paused] }),
      ],
    });
    expect(first).toEqual({
      ...{ title: '<#1>: 2 things to mend', color: ACCENT.refused },
      description: 'Nothing is posted.\nNo mention.',
    });
    expect(second).toMatchObject({ title: '<#2>: one thing to mend', color: ACCENT.look });
    expect(third).toMatchObject({ title: '<#3>: paused', color: ACCENT.look });
  });

  it('tells how much waits, and since when; a deleted channel is called so', () => {
    const findings = [{ kind: 'stops', told: told('Gone.') }] as const;
    const [one] = shown({
      channels: [report('1', { findings, isGone: true, waiting: 2, since: 60_000 })],
    });
    expect(one).toMatchObject({
      title: 'deleted channel: one thing to mend',
      description: 'Gone.\nNothing is posted since <t:60:f>: 2 papers wait, and come once that is mended.',
    });
  });

  it('is green for all that are well, and says which publish', () => {
    expect(shown({ well: [report('1'), report('2', { isPublishing: true })] })[0]).toEqual({
      ...{ title: undefined, color: ACCENT.saved },
      description: 'All well: <#1>, <#2> (publishing too).',
    });
  });

  it('counts the channels beyond twelve, and those that the asker does not see', () => {
    const well = Array.from({ length: 15 }, (_, at) => report(`${100 + at}`));
    const [{ description }] = shown({ well, hidden: 2 });
    expect(description).toMatch(
      /<#111> and 3 more\.\n2 more channels have subscriptions, and you cannot see them\.$/,
    );
  });

  it('says where nothing is subscribed', () => {
    expect(shown({})[0].description).toMatch(
      /^No channel of this server is subscribed\. Begin with .*`\/doctor` with `channel` looks at one/,
    );
    expect(pressed({ lookIn: [ChannelType.GuildText] })).toContain('select doctor:channel');
    expect(shown({ asked: '1', well: [report('1', { isSubscribed: false })] })[0].description).toBe(
      'Nothing is subscribed in <#1>; a subscription could post there.',
    );
    const findings = [{ kind: 'stops', told: told('No.') }] as const;
    expect(
      shown({ asked: '1', channels: [report('1', { isSubscribed: false, findings })] })[0].description,
    ).toBe('No.\nNothing is subscribed here yet.');
  });

  it('has its pages, each of which looks again', () => {
    const findings = [{ kind: 'stops', told: told('No.') }] as const;
    const channels = ['1', '2', '3', '4'].map((id) => report(id, { findings }));
    expect(pressed({ channels, ill: 12, page: 1 })).toEqual([
      'Look again doctor:look::1',
      'Previous doctor:look::0',
      'Next doctor:look::2',
    ]);
  });
});

describe('where notices go', () => {
  it('is told: where Paperboy picked, where moderators chose, where it goes meanwhile, or nowhere', () => {
    expect(notices({})).toMatchObject({
      color: ACCENT.paper,
      description: 'Notices to moderators go to <#9>: Paperboy picked it, because nobody has chosen one.',
    });
    expect(notices({ how: 'chosen', chosen: '9' })?.description).toBe('Notices to moderators go to <#9>.');
    expect(notices({ how: 'instead', chosen: '8' })).toMatchObject({
      color: ACCENT.look,
      description:
        'Notices to moderators were to go to <#8>, where Paperboy may not write any more; they go to <#9> meanwhile.',
    });
    expect(notices({ how: 'deleted', chosen: '8' })).toMatchObject({
      color: ACCENT.look,
      description:
        'The channel that was chosen for notices to moderators was deleted; they go to <#9> meanwhile.',
    });
    expect(notices({ how: 'nowhere', goTo: null })).toMatchObject({
      color: ACCENT.look,
      description:
        'Notices to moderators go nowhere: Paperboy may write in no channel that is fit for them. Choose one.',
    });
  });

  it('names no channel that the asker cannot see, and warns of one that everybody does', () => {
    expect(notices({ goTo: null })?.description).toContain('go to a channel that you cannot see');
    expect(notices({ isPublic: true })).toMatchObject({
      color: ACCENT.look,
      description: expect.stringMatching(/Everybody in this server sees that channel\.$/),
    });
  });

  it('is chosen by who manages the server, who can leave it to Paperboy again and take it back', () => {
    const mine = { ...picked, mayChange: true };
    expect(pressed({ notices: mine })).toEqual(['select doctor:notices::0', 'Look again doctor:look::0']);
    const done = { what: 'saved', from: null, to: '9' } as const;
    expect(pressed({ notices: { ...mine, how: 'chosen', chosen: '9' }, done })).toEqual([
      'select doctor:notices::0',
      'Look again doctor:look::0',
      'Let Paperboy pick doctor:pick::0',
      'Undo doctor:undo:9:',
    ]);
    expect(doctorMessage(view({ done })).content).toBe('Saved.');
  });
});
