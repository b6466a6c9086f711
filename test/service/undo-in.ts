import topicList from '#config/topics.json' with { type: 'json' };
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import type { QuestionStore } from '#src/service/question-store.ts';
import { createUndoChange } from '#src/service/undo-change.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';

/** What takes back changes of server settings in that store. */
export const undoSettingsIn = (subscriptionStore: SubscriptionStore, questions: QuestionStore) =>
  createUndoChange({
    ...{ subscriptionStore, questions, topics: readTopicCatalogue(topicList), perChannel: 3, perServer: 30 },
    clock: { elapsed: () => 0 },
    isGone: () => false,
    lacked: () => [],
    takesWords: () => true,
    viewOf: () => Promise.reject(new Error('no subscription is shown here')),
  }).undoSettings;
