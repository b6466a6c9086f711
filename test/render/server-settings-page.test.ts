import { describe, expect, it } from 'vitest';
import {
  type ServerSettingsView,
  samePaperOf,
  serverSettingsMessage,
} from '#src/render/server-settings-page.ts';
import { actsOf, pageOf } from './whole-page.ts';

const LINE = { samePaper: 'line', zone: null, notices: null } as const;
const view = (facts: Partial<ServerSettingsView> = {}): ServerSettingsView => ({
  settings: LINE,
  notices: { goTo: '9', chosen: null, how: 'picked', isPublic: false, mayChange: true },
  ...{ done: null, mutes: [], mute: null, unread: { settings: false, mutes: false } },
  ...facts,
});
const page = (facts: Partial<ServerSettingsView> = {}) => pageOf(serverSettingsMessage(view(facts)));
const acts = (facts: Partial<ServerSettingsView> = {}) => actsOf(serverSettingsMessage(view(facts)));
const mute = (at: number) => ({ text: `mute ${at}`, who: '5', at });

describe('the settings of a server', () => {
  it('tell what is so, and offer what can be chosen', () => {
    expect(page()).toEqual([
      'paper | Server settings',
      'A paper that several channels want comes in full to one of them, and to the others as one line with a link.',
      '-# When it is due in several at once, the first in the order of `/subscriptions` has it; else the one where it is due first. What that channel refuses comes in full elsewhere.',
      '',
      'No zone was said yet: it is asked with the first digest or quiet hours.',
      '',
      'Notices to moderators go to <#9>: Paperboy picked it, because nobody has chosen one.',
      'The same paper in several channels = server-settings:same-paper',
      '- In full in each channel = full',
      '* One line with a link = line',
      '- Not at all = none',
      'Where notices to moderators go = server-settings:notices',
      'Change the zone = server-settings:zone',
      'All subscriptions = subscriptions:0',
    ]);
  });

  it('tell of a zone that is known, and of a channel that was chosen', () => {
    const settings = { samePaper: 'full', zone: 'Europe/Berlin', notices: '8' } as const;
    const notices = { goTo: '8', chosen: '8', how: 'chosen', isPublic: true, mayChange: true } as const;
    expect(page({ settings, notices })).toEqual([
      'paper | Server settings',
      'A paper that several channels want comes to each of them in full.',
      '',
      'An hour without a city is meant in Europe/Berlin.',
      '-# What is subscribed already keeps its own.',
      '',
      'Notices to moderators go to <#8>. Everybody in this server sees that channel.',
      'The same paper in several channels = server-settings:same-paper',
      '* In full in each channel = full',
      '- One line with a link = line',
      '- Not at all = none',
      'Where notices to moderators go = server-settings:notices',
      'Change the zone = server-settings:zone',
      'Let Paperboy pick = server-settings:pick-notices',
      'All subscriptions = subscriptions:0',
    ]);
  });

  it('are saved in green, with a way back to what was before', () => {
    const from = { samePaper: 'none', zone: 'UTC', notices: '8' } as const;
    expect(page({ done: { what: 'saved', from } }).slice(0, 2)).toEqual([
      'saved | Server settings',
      'Saved.',
    ]);
    const undo = (
      before: Partial<ServerSettingsView['settings']>,
      now: ServerSettingsView['settings'] = LINE,
    ) =>
      acts({ settings: now, done: { what: 'saved', from: { ...LINE, ...before } } }).find((act) =>
        act.startsWith('Undo'),
      );
    expect([
      undo({ samePaper: 'full' }),
      undo({ notices: '8' }),
      undo({}, { ...LINE, notices: '7' }),
      undo({ zone: 'UTC' }),
      undo({}, { ...LINE, zone: 'UTC' }),
      undo({}),
    ]).toEqual([
      'Undo = server-settings:undo:line:full',
      'Undo = server-settings:undo-notices::8',
      'Undo = server-settings:undo-notices:7:',
      'Undo = server-settings:undo-zone::UTC',
      'Undo = server-settings:undo-zone:UTC:',
      undefined,
    ]);
  });

  it('say that they were so already, or that something was undone, now or before', () => {
    const second = (facts: Partial<ServerSettingsView>) => page(facts).slice(0, 2);
    expect(second({ done: { what: 'saved', from: LINE } })).toEqual([
      'saved | Server settings',
      'Saved already.',
    ]);
    expect(second({ done: { what: 'undone', isOld: false } })).toEqual([
      'saved | Server settings',
      'Undone.',
    ]);
    expect(second({ done: { what: 'undone', isOld: true } })).toEqual([
      'saved | Server settings',
      'Undone already.',
    ]);
  });

  it('say which mute was removed, with a way back, or is back again', () => {
    expect(page({ mute: { text: 'survey', undo: 'key' } }).slice(0, 2)).toEqual([
      'saved | Server settings',
      'Removed: `survey` is not muted any more. Papers of the last days that it took away may still come.',
    ]);
    expect(acts({ mute: { text: 'survey', undo: 'key' } })).toContain('Undo = server-settings:mute:key');
    expect(page({ mute: { text: 'survey', undo: null } }).slice(0, 2)).toEqual([
      'saved | Server settings',
      '`survey` is muted again.',
    ]);
  });

  it('are amber where some of them cannot be read, and then change nothing of those', () => {
    expect(page({ unread: { settings: true, mutes: false } })).toEqual([
      'look | Server settings',
      'What was set here cannot be read, so the following holds until it can. It is kept; the operator’s log says what is wrong with it.',
      '',
      'A paper that several channels want comes in full to one of them, and to the others as one line with a link.',
      '-# When it is due in several at once, the first in the order of `/subscriptions` has it; else the one where it is due first. What that channel refuses comes in full elsewhere.',
      '',
      'No zone was said yet: it is asked with the first digest or quiet hours.',
      '',
      'Notices to moderators go to <#9>: Paperboy picked it, because nobody has chosen one.',
      'All subscriptions = subscriptions:0',
    ]);
    const unread = page({ unread: { settings: false, mutes: true } });
    expect(unread[0]).toBe('look | Server settings');
    expect(unread).toContain('Change the zone = server-settings:zone');
    expect(unread.join()).toContain('What this server mutes cannot be read');
  });

  it('list the last twenty mutes, and offer all of them, 25 in a select', () => {
    const mutes = [60_000, 120_000].map(mute);
    expect(page({ mutes }).filter((line) => line.includes('mute'))).toEqual([
      '`mute 60000` · <@5>, <t:60:D>',
      '`mute 120000` · <@5>, <t:120:D>',
      'Remove a mute = server-settings:unmute',
      '- mute 60000 = 60000',
      '- mute 120000 = 120000',
    ]);
    const many = Array.from({ length: 27 }, (_, n) => mute(n + 1));
    const told = page({ mutes: many }).filter((line) => line.includes('`mute'));
    expect([told.length, told[0]]).toEqual([20, '`mute 8` · <@5>, <t:0:D>']);
    expect(page({ mutes: many })).toContain('and 7 more');
    expect(acts({ mutes: many }).filter((act) => act.includes('unmute'))).toEqual([
      'Remove a mute: 1 to 25 of 27 = server-settings:unmute',
      'Remove a mute: 26 to 27 of 27 = server-settings:unmute:1',
    ]);
    expect(acts({ mutes: many })).toContain('- mute 27 = 27');
  });
});

it('a choice that nobody knows any more is the way everything was before', () => {
  expect(['full', 'line', 'none', 'other'].map(samePaperOf)).toEqual(['full', 'line', 'none', 'full']);
});
