import { cut } from './cut.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import type { SubscriptionView } from './subscription-page.ts';

/** What is so again once a change was undone. */
export type UndoneView = {
  /** It was undone before. */
  isDone: boolean;
  items: readonly (
    | { kind: 'gone'; channelId: string; filter: string }
    | { kind: 'back' | 'filter' | 'runs' | 'paused'; view: SubscriptionView }
  )[];
};

type Item = UndoneView['items'][number];

/** In the place of the answer that had the button. */
export function undoneMessage(view: UndoneView): { embeds: object[]; components: object[] } {
  const all = { type: 2, style: 2, label: 'All subscriptions', custom_id: 'subscriptions:0' };
  return {
    embeds: [
      {
        title: view.isDone ? 'Undone already' : 'Undone',
        color: 0x3ba55d,
        description: cut(view.items.map(tellItem).join('\n'), 4096),
        ...(view.items.some(isFromNowOn) ? { footer: { text: FROM_NOW_ON } } : {}),
      },
    ],
    components: [{ type: 1, components: [all] }],
  };
}

/** The same above the list of subscriptions. */
export function tellUndone({ isDone, items }: UndoneView): string {
  const head = isDone ? 'Undone already.' : 'Undone.';
  const [only] = items;
  const told =
    items.length === 1 && only ? tellItem(only) : `${items.length} subscriptions are as they were.`;
  const rest = items.some(isFromNowOn) ? ` ${FROM_NOW_ON}` : '';
  return cut(`${head} ${told}${rest}`, 2000);
}

const FROM_NOW_ON = 'What came in between is not posted: it goes on with the next paper.';

/** Papers passed while it was not there, or paused. */
const isFromNowOn = ({ kind }: Item): boolean => kind === 'back' || kind === 'runs';

function tellItem(item: Item): string {
  if (item.kind === 'gone')
    return `<#${item.channelId}> is not subscribed to ${codeSpan(item.filter, 300)} any more.`;
  const { channelId, filter, terms, paused, lost } = item.view;
  const [place, name] = [`<#${channelId}>`, codeSpan(filter, 300)];
  const notes = lost.map((sentence) => ` ${cut(sentence, 300)}`).join('');
  const state = paused === null ? '' : `, paused: ${escapeMarkdown(paused, 150)}`;
  if (item.kind === 'back') return `${place} is subscribed to ${name} again: ${terms}${state}.${notes}`;
  if (item.kind === 'runs') return `${name} runs again in ${place}.${notes}`;
  if (item.kind === 'paused') return `${name} is paused again in ${place}.${notes}`;
  return `${place} has the filter ${name} again.${notes}`;
}
