import type { PageMessage } from '../../protocol.ts';
import { AppsMenu } from '../composer/apps-menu.ts';
import { html, useMemo } from '../preact.ts';
import { changeKnown, useKnown } from '../store.ts';
import { Face } from './face.ts';
import type { LogRow } from './log-rows.ts';
import { ShownBody } from './shown-body.ts';
import { ownTimes } from './time-words.ts';

type Props = { row: LogRow; isLit: boolean; serverId: string | null };

/** A message with its author, and what parts it from those above. It is drawn only when something of it changed. */
export function LogMessage({ row, isLit, serverId }: Props) {
  const { message, startsGroup, startsDay, isFirstNew } = row;
  return useMemo(
    () => html`${(startsDay || isFirstNew) && drawDivider(message.at, startsDay, isFirstNew)}
      <article
        class=${classesOf(message, startsGroup, isLit)}
        data-message-id=${message.id}
        aria-label=${labelOf(message)}
      >
        ${message.replyTo && html`<${ReplyLine} message=${message} />`}
        ${message.asked && drawAsked(message.asked)}
        ${startsGroup ? html`<${Head} message=${message} />` : drawGutter(message.at)}
        <${ShownBody} message=${message} serverId=${serverId} />
        <div class="toolbar"><${AppsMenu} message=${message} /></div>
      </article>`,
    [message, startsGroup, startsDay, isFirstNew, isLit, serverId],
  );
}

/** The element of a message. */
export const rowId = (messageId: string): string => `message-${messageId}`;

function classesOf({ pings, isEphemeral }: PageMessage, startsGroup: boolean, isLit: boolean): string {
  const classes = { 'starts-group': startsGroup, pings, 'is-ephemeral': isEphemeral, 'is-lit': isLit };
  const set = Object.entries(classes).filter(([, isSet]) => isSet);
  return ['message', ...set.map(([name]) => name)].join(' ');
}

const labelOf = ({ author, at }: PageMessage): string => `${author.name}, ${ownTimes.clock(at)}`;

function drawDivider(at: number, startsDay: boolean, isFirstNew: boolean) {
  return html`<div class=${`divider ${isFirstNew ? 'is-new' : ''}`} role="separator">
    ${startsDay && html`<span class="divider-day">${ownTimes.day(at)}</span>`}
    ${isFirstNew && html`<span class="divider-new">New</span>`}
  </div>`;
}

function Head({ message: { author, at } }: { message: PageMessage }) {
  const time = useKnown(({ sceneMinute }) => ownTimes.written(at, sceneMinute ?? at));
  return html`<${Face} person=${author} />
    <div class="head">
      <span class="author">${author.name}</span>
      ${author.isBot && html`<span class="app-badge">App</span>`}
      <time class="written-at" datetime=${new Date(at).toISOString()}>${time}</time>
    </div>`;
}

function drawGutter(at: number) {
  return html`<time class="gutter" datetime=${new Date(at).toISOString()}>${ownTimes.clock(at)}</time>`;
}

function ReplyLine({ message: { channelId, replyTo } }: { message: PageMessage }) {
  if (!replyTo) return null;
  const { author, text, messageId } = replyTo;
  const show = () => changeKnown((state) => ({ ...state, lit: { channelId, messageId } }));
  return html`<div class="line-above">
    <span class="aloud">Reply to </span><${Face} person=${author} isSmall />
    <span class="line-author">${author.name}</span>
    <button type="button" class="reply-words" onClick=${show}>${text || 'A message without words'}</button>
  </div>`;
}

function drawAsked({ by, command }: NonNullable<PageMessage['asked']>) {
  return html`<div class="line-above">
    <${Face} person=${by} isSmall /><span class="line-author">${by.name}</span> used
    <span class="mention">${command.startsWith('/') ? command : `/${command}`}</span>
  </div>`;
}
