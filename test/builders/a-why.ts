import type { WhyView } from '#src/render/why-view.ts';

export const AT = Date.UTC(2026, 2, 10, 12, 30);

/** A paper that came to channel `5` as one for every new paper. */
export const aWhy = (facts: Partial<WhyView> = {}): WhyView => ({
  ...{ paper: '2603.00001', title: 'TerraScope' },
  ...{
    serverId: '1',
    channelId: '5',
    asked: null,
    nearest: 0,

    votes: 36,
    more: 0,
    mute: null,
    mutedNow: null,
    elsewhere: null,
  },
  outcome: { kind: 'sent', at: AT, message: { channelId: '5', messageId: '9' }, isDeleted: false },
  seen: { at: AT, place: { place: 3, papers: 24, source: 'Hugging Face' } },
  trend: {
    ...{ news: { kind: 'new', at: AT }, highest: null, reached: [] },
    ...{ what: { kind: 'all' }, sensitivity: null, isWeekly: false },
  },
  subscriptions: [
    {
      ...{ n: null, filter: 'ocean', verdict: { kind: 'matches', words: ['Ocean'] } },
      ...{ obstacle: null, since: 0, pausedUntil: null },
    },
  ],
  samePaper: { was: 'full', is: 'full' },
  timing: { cause: 'now', until: AT },
  ...{ troubles: [], decidedAt: AT, isLost: false, takenBackAt: null, changes: [], tries: [] },
  ...facts,
});
