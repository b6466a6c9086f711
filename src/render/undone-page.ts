import { channel, code } from '#src/wording/phrase.ts';
import { cut } from './cut.ts';
import { ACCENT, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrase, sayPlain } from './say.ts';
import { allSubscriptions, type SubscriptionView } from './subscription-page.ts';

/** What is so again once a change was undone. */
export type UndoneView = {
  /** It was undone before. */
  isDone: boolean;
  items: readonly (
    | { kind: 'gone'; channelId: string; filter: string }
    | { kind: 'back' | 'filter' | 'terms' | 'runs' | 'paused'; view: SubscriptionView }
  )[];
};

type Item = UndoneView['items'][number];

/** In the place of the answer that had the button. */
export function undoneMessage(view: UndoneView): MessageView {
  const title = say(view.isDone ? 'undo.titleAlready' : 'undo.title');
  return {
    embeds: [
      {
        ...embed(title, view.items.map(tellItem).join('\n'), ACCENT.saved),
        ...(view.items.some(isFromNowOn) ? { footer: { text: sayPlain('undo.goesOn') } } : {}),
      },
    ],
    components: [row(allSubscriptions())],
  };
}

/** The same above the list of subscriptions. */
export function tellUndone({ isDone, items }: UndoneView): string {
  const head = say(isDone ? 'undo.doneAlready' : 'undo.done');
  const [only] = items;
  const told = items.length === 1 && only ? tellItem(only) : say('undo.several', { n: items.length });
  const rest = items.some(isFromNowOn) ? [say('undo.goesOn')] : [];
  return cut([head, told, ...rest].join(' '), 2000);
}

/** Papers passed while it was not there, or paused. */
const isFromNowOn = ({ kind }: Item): boolean => kind === 'back' || kind === 'runs';

function tellItem(item: Item): string {
  if (item.kind === 'gone') return say('undo.gone', named(item));
  const notes = item.view.lost.map((sentence) => cut(sayPhrase(sentence), 300));
  return [tellWhat(item), ...notes].join(' ');
}

function tellWhat(item: Exclude<Item, { kind: 'gone' }>): string {
  const { kind, view } = item;
  if (kind === 'back') return tellBack(view);
  if (kind === 'terms') return say('undo.terms', { ...named(view), terms: view.terms });
  return say(`undo.${kind}`, named(view));
}

const named = ({ channelId, filter }: { channelId: string; filter: string }) => ({
  ...{ channel: channel(channelId), filter: code(filter, 300) },
});

function tellBack(view: SubscriptionView): string {
  const { terms, paused } = view;
  const again = { ...named(view), terms };
  if (paused === null) return say('undo.back', again);
  return say('undo.backPaused', { ...again, reason: cut(sayPhrase(paused), 150) });
}
