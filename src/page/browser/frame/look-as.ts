import type { Viewer } from '../../protocol.ts';
import { followScene } from '../live.ts';
import { html } from '../preact.ts';
import { Segments } from './segments.ts';

const ROLE_WORDS: Readonly<Record<Viewer['role'], string>> = {
  member: 'Member',
  moderator: 'Moderator',
  owner: 'Owner',
};

/** Who looks at the scene, where Discord shows oneself, and whom it can be looked at as. */
export function LookAs({ viewerId, people }: { viewerId: string; people: readonly Viewer[] }) {
  const viewer = people.find(({ id }) => id === viewerId);
  const segments = people.map(({ id, name, role }) => ({
    value: id,
    label: ROLE_WORDS[role],
    title: `${name}, ${ROLE_WORDS[role].toLowerCase()}`,
  }));
  return html`<section class="look-as" aria-label="Look as">
    <${Segments}
      name="look-as"
      legend=${`You are ${viewer?.name ?? 'nobody'}. Look as:`}
      isLegendShown=${true}
      segments=${segments}
      chosen=${viewerId}
      onChoose=${followScene}
    />
  </section>`;
}
