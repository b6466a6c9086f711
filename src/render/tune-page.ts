import { ButtonStyle } from 'discord-api-types/v10';
import { channel, code, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { ACCENT, button, embed, type MessageView, row } from './parts.ts';
import { say, sayPhrasePlain, sayPlain } from './say.ts';
import { allSubscriptions } from './subscription-page.ts';

/** A sensitivity, as it stands in a custom id and as people call it, and the papers that it brought. */
type Tried = { mark: string; name: Phrase; posts: number };

/** Another sensitivity for a subscription, tried on the last days. */
export type TuneView = {
  id: string;
  channelId: string;
  filter: string;
  days: number;
  now: Tried;
  next: Tried;
};

export function tuneMessage({ id, channelId, filter, days, now, next }: TuneView): MessageView {
  const asks = say('tune.asks', {
    ...{ channel: channel(channelId), filter: code(filter, 300), days },
    ...{ after: next.posts, sensitivity: next.name, before: now.posts, now: now.name },
  });
  const use = sayPlain('button.useSensitivity', { sensitivity: sayPhrasePlain(next.name) });
  return {
    embeds: [embed(say('tune.title'), asks, ACCENT.look)],
    components: [
      row(
        button(use, `tuned:${id}:${now.mark}:${next.mark}`, ButtonStyle.Primary),
        button(sayPlain('button.editFilter'), `tune:${id}:filter`),
        allSubscriptions(),
      ),
    ],
  };
}

export type TunedView = {
  channelId: string;
  filter: string;
  terms: Phrase;
  isPaused: boolean;
  /** It was so before. */
  isOld: boolean;
  /** The key of what is behind Undo; null: nothing. */
  undo: string | null;
};

export function tunedMessage({ channelId, filter, terms, isPaused, isOld, undo }: TunedView): MessageView {
  const there = { channel: channel(channelId), filter: code(filter, 300), isPaused: yesNo(isPaused) };
  const is = say('tune.is', { ...there, terms });
  const back = undo === null ? [] : [button(sayPlain('button.undo'), `undo:${undo}`, ButtonStyle.Danger)];
  return {
    embeds: [embed(say(isOld ? 'tune.savedAlready' : 'tune.saved'), is, ACCENT.saved)],
    components: [row(...back, allSubscriptions())],
  };
}
