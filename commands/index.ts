import { abstract, more, open, why } from './cards.ts';
import type { Command, Component } from './command.ts';
import { doubt } from './doubt.ts';
import { correct, filter, filterEdit, tryCorrected } from './filter.ts';
import { help } from './help.ts';
import { askAgain, paper } from './paper.ts';
import { foundPage, search } from './search.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { cancel, preview, sensitivity, subscribeNow } from './subscribe-preview.ts';
import {
  fine,
  history,
  pause,
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
  more,
  doubt,
  foundPage,
  trendingPage,
  trendingPeriod,
  preview,
  sensitivity,
  subscribeNow,
  cancel,
  subscriptionsPage,
  serverSettings,
  unsubscribe,
  pause,
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
