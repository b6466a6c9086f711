import type { PageMessage, ShownFile } from '../../protocol.ts';
import { html, useState } from '../preact.ts';
import { heard, opened } from '../state.ts';
import { changeKnown } from '../store.ts';
import { EmbedBox } from './embed-box.ts';
import { FileBox } from './file-box.ts';
import { GalleryBox } from './gallery-box.ts';
import { PollBox } from './poll-box.ts';
import { ShownPart } from './shown-part.ts';
import type { Spot } from './spot.ts';
import { Written } from './written.ts';

/** What a message says, and what can be pressed there. */
export function ShownBody({ message, serverId }: { message: PageMessage; serverId: string | null }) {
  const [failure, setFailure] = useState<string | null>(null);
  if (message.isThinking) return html`<${Thinking} name=${message.author.name} />`;
  const { id: messageId, channelId } = message;
  const spot: Spot = { channelId, messageId, serverId, failed: setFailure };
  const { content, parts, embeds, poll, thread } = message;
  return html`<div class="body">
    ${content.length > 0 && html`<div class="content"><${Written} text=${content} />${message.editedAt !== null && EDITED}</div>`}
    ${message.files.length > 0 && html`<${Files} files=${message.files} />`}
    ${embeds.map((embed) => html`<${EmbedBox} embed=${embed} />`)}
    ${parts.map((part) => html`<${ShownPart} part=${part} spot=${spot} />`)}
    ${poll && html`<${PollBox} poll=${poll} spot=${spot} />`}
    ${content.length === 0 && message.editedAt !== null && EDITED}
    ${thread && html`<${ThreadBox} thread=${thread} />`}
    ${failure !== null && html`<div class="failure" role="alert">This interaction failed. ${failure}</div>`}
    ${message.isEphemeral && html`<${OnlyYou} message=${message} />`}
  </div>`;
}

const EDITED = html`<span class="edited"> (edited)</span>`;

function Thinking({ name }: { name: string }) {
  return html`<div class="thinking">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${name} is thinking…
  </div>`;
}

/** Pictures stand together as in a gallery, other files below each other. */
function Files({ files }: { files: readonly ShownFile[] }) {
  const pictures = files.filter(({ isImage }) => isImage);
  const others = files.filter(({ isImage }) => !isImage);
  return html`${pictures.length > 0 && html`<${GalleryBox} pictures=${pictures} />`}
  ${others.map((file) => html`<${FileBox} key=${file.id} file=${file} />`)}`;
}

function ThreadBox({ thread }: { thread: NonNullable<PageMessage['thread']> }) {
  const open = () => changeKnown((state) => opened(state, thread.id));
  const count = thread.messages === 1 ? '1 message' : `${thread.messages} messages`;
  return html`<button type="button" class="thread-box" onClick=${open}>
    <b>${thread.name}</b> <span class="thread-count">${count} ›</span>
  </button>`;
}

function OnlyYou({ message: { id: messageId, channelId } }: { message: PageMessage }) {
  const dismiss = () =>
    changeKnown((state) => heard(state, { told: 'gone', channelId, messageId }, state.timeHeardAt));
  return html`<div class="only-you">
    Only you can see this • <button type="button" class="words-button" onClick=${dismiss}>Dismiss message</button>
  </div>`;
}
