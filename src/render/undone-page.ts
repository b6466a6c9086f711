import { channel, code, instant, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';
import { allSubscriptions, type SubscriptionView } from './subscription-page.ts';

/** What is so again once a change was undone. */
export type UndoneView = {
  kind: 'undone';
  /** It was undone before. */
  isDone: boolean;
  items: readonly (
    | { kind: 'gone'; channelId: string; filter: string }
    | { kind: 'back' | 'filter' | 'terms' | 'runs' | 'paused'; view: SubscriptionView }
    | { kind: 'muted' | 'unmuted'; text: string }
    | { kind: 'settings'; steps: readonly Phrase[] }
  )[];
  /** How many besides are not told one by one. */
  more: number;
};

type Item = UndoneView['items'][number];

/** In the place of the answer that had the button. */
export function undoneMessage(view: UndoneView): MessageView {
  const title = say(view.isDone ? 'undo.titleAlready' : 'undo.title');
  return {
    embeds: [
      {
        ...embed(title, [...view.items.map(tellItem), ...andMore(view)].join('\n'), ACCENT.saved),
        ...(view.items.some(isFromNowOn) ? { footer: { text: sayPlain('undo.goesOn') } } : {}),
      },
    ],
    components: [row(allSubscriptions(), button(sayPlain('button.history'), 'history:0'))],
  };
}

/** The same above the list of subscriptions. */
export function tellUndone({ isDone, items, more }: UndoneView): string {
  const head = say(isDone ? 'undo.doneAlready' : 'undo.done');
  const [only] = items;
  const told = items.length === 1 && only ? tellItem(only) : say('undo.several', { n: items.length + more });
  const rest = items.some(isFromNowOn) ? [say('undo.goesOn')] : [];
  return cut([head, told, ...rest].join(' '), 2000);
}

const andMore = ({ more }: UndoneView): string[] => (more > 0 ? [say('list.andMore', { n: more })] : []);

/** Papers passed while it was not there, or paused. */
const isFromNowOn = ({ kind }: Item): boolean => kind === 'back' || kind === 'runs';

function tellItem(item: Item): string {
  if (item.kind === 'gone') return say('undo.gone', named(item));
  if (item.kind === 'settings') return say('undo.settings', { steps: { list: [...item.steps] } });
  if ('text' in item) {
    const key = item.kind === 'muted' ? 'serverSettings.mutedAgain' : 'serverSettings.unmuted';
    return say(key, { mute: code(item.text, 100) });
  }
  const notes = item.view.lost.map((sentence) => cut(sayPhrase(sentence), 300));
  return [tellWhat(item), ...notes].join(' ');
}

function tellWhat(item: Extract<Item, { view: SubscriptionView }>): string {
  const { kind, view } = item;
  if (kind === 'back') return tellBack(view);
  if (kind === 'terms') return say('undo.terms', { ...named(view), terms: view.terms });
  if (kind === 'paused') return tellPaused(view);
  return say(`undo.${kind}`, named(view));
}

function tellPaused(view: SubscriptionView): string {
  const { pausedUntil: until } = view;
  const hasEnd = yesNo(until !== undefined);
  return say('undo.paused', { ...named(view), hasEnd, until: instant(until ?? 0, 'f') });
}

const named = ({ channelId, filter }: { channelId: string; filter: string }) => ({
  ...{ channel: channel(channelId), filter: code(filter, 300) },
});

function tellBack(view: SubscriptionView): string {
  const { terms, paused } = view;
  const again = { ...named(view), terms };
  if (paused === null) return say('undo.back', again);
  return say('undo.backPaused', { ...again, paused });
}
