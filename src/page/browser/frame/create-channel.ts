import type { PageQuestion, Server } from '../../protocol.ts';
import { ask } from '../ask.ts';
import { html, useRef, useState } from '../preact.ts';

type Kind = Extract<PageQuestion, { ask: 'create channel' }>['kind'];

const KINDS: readonly { kind: Kind; label: string }[] = [
  { kind: 'text', label: 'Text' },
  { kind: 'announcement', label: 'Announcement' },
  { kind: 'forum', label: 'Forum' },
];

/** A small form for one more channel in that server. */
export function CreateChannel({ server }: { server: Server }) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('text');
  const [said, setSaid] = useState('');
  const isBusy = useRef(false);
  const create = async (event: Event) => {
    event.preventDefault();
    if (isBusy.current) return;
    const asked = name.trim();
    if (asked === '') return setSaid('Write a name first.');
    isBusy.current = true;
    const { answer } = await ask({ ask: 'create channel', serverId: server.id, name: asked, kind });
    isBusy.current = false;
    if (answer === 'failed') return setSaid('');
    setName('');
    setSaid(`${asked} is there. Open it in the list of channels.`);
  };
  return html`<form aria-labelledby="new-channel" onSubmit=${create}>
    <h3 id="new-channel">A new channel in ${server.name}</h3>
    <label
      >Name
      <input
        value=${name}
        maxlength="100"
        autocomplete="off"
        onInput=${({ target }: { target: HTMLInputElement }) => setName(target.value)}
    /></label>
    <label
      >Kind
      <select value=${kind} onChange=${({ target }: { target: HTMLSelectElement }) => setKind(kindOf(target.value))}>
        ${KINDS.map((one) => html`<option key=${one.kind} value=${one.kind}>${one.label}</option>`)}
      </select></label
    >
    <button type="submit" class="plain-button">Create channel</button>
    <p class="quiet" role="status">${said}</p>
  </form>`;
}

const kindOf = (value: string): Kind => KINDS.find(({ kind }) => kind === value)?.kind ?? 'text';
