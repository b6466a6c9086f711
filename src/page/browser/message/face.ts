import type { Person } from '../../protocol.ts';
import { html } from '../preact.ts';
import { colourOf, initialsOf } from './initials.ts';

/** A person's picture: initials in a coloured circle. The name always stands beside it, so it is not read aloud. */
export function Face({ person, isSmall = false }: { person: Person; isSmall?: boolean }) {
  const size = isSmall ? 'is-small' : '';
  return html`<span class=${`face face-${colourOf(person.id)} ${size}`} aria-hidden="true">
    ${initialsOf(person.name)}
  </span>`;
}
