import type { Place, Scene } from '../../protocol.ts';
import { ask } from '../ask.ts';
import { html, useRef, useState } from '../preact.ts';
import { placeOf } from '../state.ts';
import { useKnown } from '../store.ts';
import { CommandRoles } from './command-roles.ts';
import { ConfirmButton } from './confirm-button.ts';
import { CreateChannel } from './create-channel.ts';
import { KIND_WORDS, placeName } from './places.ts';

/** What the bot needs, by Discord's names. */
const NEEDED = ['View Channel', 'Send Messages', 'Embed Links', 'Read Message History'];
const NEEDED_IN_FORUMS = [...NEEDED, 'Send Messages in Threads'];

/** What the bot may do in the open channel, the server's channels, and who may use its commands. */
export function RightsPanel({ scene, place }: { scene: Scene; place: Place | null }) {
  const parent = useKnown((state) => placeOf(state, place?.kind === 'thread' ? place.parentId : null));
  const channel = parent ?? place;
  const server = channel ? scene.servers.find(({ id }) => id === channel.serverId) : scene.servers[0];
  if (!server) return html`<p class="quiet">A direct message has no rights. Open a channel of a server.</p>`;
  return html`<div class="rights">
    ${channel && html`<${Switches} channel=${channel} botName=${scene.bot.name} />`}
    <${CreateChannel} key=${`new in ${server.id}`} server=${server} />
    <${CommandRoles} key=${`roles of ${server.id}`} scene=${scene} server=${server} placeId=${channel?.id ?? ''} />
  </div>`;
}

function Switches({ channel, botName }: { channel: Place; botName: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const needed = channel.kind === 'forum' ? NEEDED_IN_FORUMS : NEEDED;
  const others = channel.botLacks.filter((name) => !needed.includes(name));
  const remove = async () => {
    await ask({ ask: 'delete channel', channelId: channel.id });
    heading.current?.focus();
  };
  return html`<section aria-labelledby="rights-here">
    <h3 id="rights-here" ref=${heading} tabindex="-1">${botName} in ${placeName(channel)}</h3>
    ${[...needed, ...others].map((name) => html`<${Switch} key=${name} channel=${channel} permission=${name} />`)}
    <${ConfirmButton}
      key=${channel.id}
      label=${`Delete ${placeName(channel)}`}
      question=${`Delete this ${KIND_WORDS[channel.kind]} with its messages? It cannot be brought back.`}
      keep=${`Keep ${placeName(channel)}`}
      isDanger=${true}
      onConfirm=${() => void remove()}
    />
  </section>`;
}

function Switch({ channel, permission }: { channel: Place; permission: string }) {
  const [isBusy, setBusy] = useState(false);
  const isAllowed = !channel.botLacks.includes(permission);
  const change = async () => {
    if (isBusy) return;
    setBusy(true);
    await ask({ ask: 'allow', channelId: channel.id, permission, isAllowed: !isAllowed });
    setBusy(false);
  };
  return html`<button
    type="button"
    role="switch"
    class="switch"
    aria-checked=${isAllowed ? 'true' : 'false'}
    aria-busy=${isBusy ? 'true' : undefined}
    onClick=${() => void change()}
  >
    <span>${permission}</span><span class="knob" aria-hidden="true"></span>
  </button>`;
}
