import { ACCENT, type MessageView } from './parts.ts';

/** What does not work, in a sentence, with a red edge. */
export const problemMessage = (sentence: string): MessageView => ({
  embeds: [{ description: sentence, color: ACCENT.refused }],
  components: [],
});
