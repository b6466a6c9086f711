import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { ACCENT, button, type MessageView, row } from './parts.ts';
import { sayPhrase, sayPlain } from './say.ts';

/** What a notice with the first words is about. */
export const WELCOME = 'welcome';

/** First words in a server. */
export const welcomeText = (): Phrase => phrase('welcome.text');

export function welcomeButtons(): APIButtonComponent[] {
  return [
    button(sayPlain('button.chooseTopic'), 'begin', ButtonStyle.Primary),
    button(sayPlain('button.checkPermissions'), 'doctor:open::0'),
    button(sayPlain('button.whatIsStored'), 'privacy:show:me'),
  ];
}

/** The same, for a moderator alone. */
export function welcomeMessage(): MessageView {
  return {
    embeds: [{ color: ACCENT.paper, description: sayPhrase(welcomeText()) }],
    components: [row(...welcomeButtons())],
  };
}
