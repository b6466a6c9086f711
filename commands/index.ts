import { abstract, more, open } from './cards.ts';
import type { Command, Component } from './command.ts';
import { doctor, doctorAgain } from './doctor.ts';
import { doubt } from './doubt.ts';
import { deleteExample, example } from './example.ts';
import {
  correct,
  filter,
  filterEdit,
  importFile,
  importNow,
  importUndo,
  mute,
  tryCorrected,
} from './filter.ts';
import { help, helpTopic } from './help.ts';
import { askAgain, paper } from './paper.ts';
import { privacy, privacyButton } from './privacy.ts';
import { foundPage, search } from './search.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { begin, beginIn, like, topic, zone } from './subscribe-front.ts';
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
  takeBack,
  tune,
  tuned,
  undo,
  unsubscribe,
  unusual,
} from './subscriptions.ts';
import { trending, trendingPage, trendingPeriod } from './trending.ts';
import { change, typed } from './typed.ts';
import { why, whyHere, whyIn } from './why.ts';
import { mend, wrong } from './wrong.ts';

/** A new command is one file, and one word here. */
export const commands: readonly Command[] = [
  paper,
  search,
  trending,
  subscribe,
  subscriptions,
  filter,
  doctor,
  why,
  status,
  privacy,
  help,
];

/** Buttons, selects and modals, by the prefix of their custom ids: each stands in its command's file, and here. */
export const components: readonly Component[] = [
  open,
  abstract,
  askAgain,
  whyHere,
  whyIn,
  wrong,
  mend,
  more,
  doubt,
  doctorAgain,
  foundPage,
  trendingPage,
  trendingPeriod,
  begin,
  beginIn,
  topic,
  like,
  zone,
  preview,
  sensitivity,
  subscribeNow,
  example,
  deleteExample,
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
  takeBack,
  unusual,
  tune,
  tuned,
  fine,
  filterEdit,
  correct,
  tryCorrected,
  helpTopic,
  mute,
  importFile,
  importNow,
  importUndo,
  change,
  typed,
  privacyButton,
];
