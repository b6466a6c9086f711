import { abstract, more, open, why } from './cards.ts';
import type { Command, Component } from './command.ts';
import { doubt } from './doubt.ts';
import { correct, filter, filterEdit, tryCorrected } from './filter.ts';
import { help } from './help.ts';
import { askAgain, paper } from './paper.ts';
import { foundPage, search } from './search.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { like, topic, zone } from './subscribe-front.ts';
import { cancel, edit, preview, sensitivity, subscribeNow } from './subscribe-preview.ts';
import {
  copy,
  copyTo,
  fine,
  history,
  pause,
  pauseFor,
  pauseUntil,
  pick,
  remove,
  runAgain,
  serverSettings,
  subscriptions,
  subscriptionsPage,
  tune,
  tuned,
  undo,
  unsubscribe,
  unusual,
} from './subscriptions.ts';
import { trending, trendingPage, trendingPeriod } from './trending.ts';
import { change, typed } from './typed.ts';
import { mend, wrong } from './wrong.ts';

/** A new command is one file, and one word here. */
export const commands: readonly Command[] = [
  paper,
  search,
  trending,
  subscribe,
  subscriptions,
  filter,
  status,
  help,
];

/** Buttons, selects and modals, by the prefix of their custom ids: each stands in its command's file, and here. */
export const components: readonly Component[] = [
  open,
  abstract,
  askAgain,
  why,
  wrong,
  mend,
  more,
  doubt,
  foundPage,
  trendingPage,
  trendingPeriod,
  topic,
  like,
  zone,
  preview,
  sensitivity,
  subscribeNow,
  edit,
  cancel,
  subscriptionsPage,
  serverSettings,
  pick,
  remove,
  unsubscribe,
  pause,
  pauseFor,
  pauseUntil,
  runAgain,
  copy,
  copyTo,
  undo,
  history,
  unusual,
  tune,
  tuned,
  fine,
  filterEdit,
  correct,
  tryCorrected,
  change,
  typed,
];
