import type { Scene, TextPart } from '../../protocol.ts';
import { html } from '../preact.ts';
import { opened } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { MENTION_SIGNS } from './plain-words.ts';

type MentionPart = Extract<TextPart, { kind: 'mention' }>;

/** A mention: that of a channel opens it, that of a command puts it into the composer. */
export function Mention({ mention }: { mention: MentionPart }) {
  const { of, id, name } = mention;
  const isThere = useKnown(({ scene }) => of === 'command' || (of === 'channel' && sees(scene, id)));
  const words = `${MENTION_SIGNS[of]}${name}`;
  if (!isThere) return html`<span class="mention">${words}</span>`;
  return html`<button type="button" class="mention" onClick=${() => follow(mention)}>${words}</button>`;
}

function follow({ of, id, name }: MentionPart): void {
  changeKnown((state) => (of === 'command' ? { ...state, draft: `/${name} ` } : opened(state, id)));
}

const sees = (scene: Scene | null, placeId: string): boolean =>
  scene?.servers.some(({ places }) => places.some(({ id }) => id === placeId)) ?? false;
