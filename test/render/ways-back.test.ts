import { describe, expect, it } from 'vitest';
import { FORMER_MEMBER } from '#src/foundation/member-records.ts';
import { type ConflictView, conflictMessage } from '#src/render/conflict-page.ts';
import { type ChangedView, changedMessage } from '#src/render/edit-page.ts';
import { type TunedView, type TuneView, tunedMessage, tuneMessage } from '#src/render/tune-page.ts';
import { zoneModal, zoneQuestion } from '#src/render/zone-question.ts';
import { phrase } from '#src/wording/phrase.ts';
import { formOf, pageOf } from './whole-page.ts';

const text = (words: string) => phrase('stored.text', { text: words });
const MINUTE = 60_000;

describe('an Undo of what was changed since', () => {
  const version = { filter: 'ocean', terms: text('daily'), isPaused: false };
  const view = (items: ConflictView['items'], more = 0): ConflictView => ({
    ...{ kind: 'conflict', items, more, key: 'k' },
  });

  it('shows what would be and what is, who did that, and both ways on; nothing is done yet', () => {
    const page = conflictMessage(
      view(
        [
          {
            about: {
              ...{ kind: 'subscription', channelId: '1', before: version },
              now: { ...version, filter: 'sea', isPaused: true },
            },
            since: { what: 'changed', who: '5', at: MINUTE },
          },
          {
            about: { kind: 'settings', before: [text('one line'), text('no zone')], now: [text('in full')] },
            since: { what: 'settings', who: null, at: MINUTE },
          },
        ],
        2,
      ),
    );
    expect(pageOf(page)).toEqual([
      'look | This was changed since',
      'This is about <#1>.',
      '**Undo would make it:** `ocean`: daily',
      '**Now:** `sea`, paused: daily',
      '<@5> changed it <t:60:f>.',
      '',
      '**Undo would make it:** one line',
      'no zone',
      '**Now:** in full',
      'It was changed <t:60:f>.',
      '',
      'and 2 more',
      '',
      'Nothing was undone yet.',
      'Put it back all the same = undo:k',
      'Leave it = history:0',
    ]);
  });

  it('says so where it was not there, or is not any more, and nobody knows since when', () => {
    const about = { kind: 'subscription', channelId: '1', before: null, now: version } as const;
    expect(pageOf(conflictMessage(view([{ about, since: null }]), 'import-undo'))).toEqual([
      'look | This was changed since',
      'This is about <#1>.',
      '**Undo would make it:** no subscription',
      '**Now:** `ocean`: daily',
      '',
      'Nothing was undone yet.',
      'Put it back all the same = import-undo:k',
      'Leave it = history:0',
    ]);
  });

  it.each([
    ['ended', 'It ended by itself <t:60:f>.'],
    ['resumed', 'The pause ended by itself <t:60:f>.'],
    ['paused', 'It was paused <t:60:f>.'],
    ['removed', 'It was removed <t:60:f>.'],
    ['undone', 'It was changed <t:60:f>.'],
  ])('says of what has no doer what was done: %s', (what, told) => {
    const about = { kind: 'subscription', channelId: '1', before: null, now: version } as const;
    const item = { about, since: { what, who: null, at: MINUTE } };
    expect(pageOf(conflictMessage(view([item])))).toContain(told);
  });
});

describe('an edit of what somebody else changed meanwhile', () => {
  const view = (change: ChangedView['change']): ChangedView => ({
    ...{ kind: 'changed', id: 'x1', channelId: '1', mark: 'm', change },
    ...{ saved: { filter: 'sea', terms: text('daily') }, wanted: { filter: 'ocean', terms: text('weekly') } },
  });

  it('shows both versions, and who changed it when', () => {
    expect(pageOf(changedMessage(view({ who: '5', at: MINUTE }), 'k'))).toEqual([
      'look | Changed meanwhile',
      '<@5> changed this subscription <t:60:R>. Nothing of yours is saved yet.',
      '',
      '**Saved now**',
      '`sea`: daily',
      '',
      '**Yours**',
      '`ocean`: weekly',
      'Show what is saved = edit:x1:here',
      'Use mine = preview:k',
      'Cancel = cancel:saved',
    ]);
  });

  it('names nobody where nobody knows, or who did it is forgotten', () => {
    const unknown = pageOf(changedMessage(view(null), 'k'))[1];
    expect(unknown).toEqual('This subscription was changed meanwhile. Nothing of yours is saved yet.');
    expect(pageOf(changedMessage(view({ who: FORMER_MEMBER, at: MINUTE }), 'k'))[1]).not.toContain('<@');
  });
});

describe('another sensitivity', () => {
  const view: TuneView = {
    ...{ id: 'x1', channelId: '1', filter: 'ocean', days: 30 },
    now: { mark: 'balanced', name: phrase('sensitivity.balanced'), posts: 4 },
    next: { mark: 'sure', name: phrase('sensitivity.sure'), posts: 1 },
  };
  const tuned = (facts: Partial<TunedView>): TunedView => ({
    ...{ channelId: '1', filter: 'ocean', terms: text('strict'), isPaused: false, isOld: false, undo: 'k' },
    ...facts,
  });

  it('is offered with what it would have brought', () => {
    expect(pageOf(tuneMessage(view))).toEqual([
      'look | Not saved yet',
      '<#1> `ocean`',
      'The last 30 days: 1 paper with **strict**, 4 papers with balanced.',
      'Use strict = tuned:x1:balanced:sure',
      'Edit the filter = tune:x1:filter',
      'All subscriptions = subscriptions:0',
    ]);
  });

  it('once saved has a way back, where there is one', () => {
    expect(pageOf(tunedMessage(tuned({})))).toEqual([
      'saved | Saved',
      '<#1> gets `ocean`: strict.',
      'Undo = undo:k',
      'All subscriptions = subscriptions:0',
    ]);
    expect(pageOf(tunedMessage(tuned({ isOld: true, undo: null, isPaused: true })))).toEqual([
      'saved | Saved already',
      '<#1> gets `ocean`, paused: strict.',
      'All subscriptions = subscriptions:0',
    ]);
  });
});

describe('a zone that was not said', () => {
  it('is asked for once, with the time there now, and a form for another city', () => {
    const choices = [{ zone: 'Europe/Berlin', city: 'Berlin', localTime: '14:05' }];
    expect(pageOf(zoneQuestion(choices, 'k'))).toEqual([
      'look | Which city’s time is meant?',
      'An hour was named, and no city. This is asked once for the whole server, and Server settings under `/subscriptions` change it. Nothing is saved yet.',
      'City = zone:k',
      '- Berlin (14:05 there now) = Europe/Berlin (Europe/Berlin)',
      '- Another city = other',
      'Change = change:k',
      'Cancel = cancel',
    ]);
  });

  it('is typed into a form, which holds what was typed before', () => {
    expect(formOf(zoneModal('zone-form:k'))).toEqual(['Which city’s time? = zone-form:k', 'City = zone: ']);
    expect(formOf(zoneModal('zone-form:k', 'Paris'))[1]).toMatch(/: Paris$/);
    const [label] = zoneModal('zone-form:k').modal.components;
    expect(label).not.toHaveProperty('component.value');
  });
});
