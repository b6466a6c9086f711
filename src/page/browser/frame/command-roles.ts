import type { Scene, Server } from '../../protocol.ts';
import { ask, commandsFor } from '../ask.ts';
import { html, useEffect, useState } from '../preact.ts';

type Props = { scene: Scene; server: Server; placeId: string };

/** Who may use a command: a role, as a server's owner sets it under Integrations. */
export function CommandRoles({ scene, server, placeId }: Props) {
  const commands = useCommandNames(scene, placeId);
  const [command, setCommand] = useState('');
  const [roleId, setRoleId] = useState('');
  const [said, setSaid] = useState('');
  const chosen = command || (commands[0] ?? '');
  const map = async (event: Event) => {
    event.preventDefault();
    const role = server.roles.find(({ id }) => id === roleId);
    const serverId = server.id;
    const { answer } = await ask({ ask: 'map command', serverId, command: chosen, roleId: role?.id ?? null });
    if (answer === 'failed') return setSaid('');
    setSaid(role ? `Only ${role.name} may use /${chosen} now.` : `/${chosen} has its default again.`);
  };
  return html`<form aria-labelledby="command-roles" onSubmit=${map}>
    <h3 id="command-roles">Who may use a command</h3>
    <label
      >Command
      <select value=${chosen} onChange=${({ target }: { target: HTMLSelectElement }) => setCommand(target.value)}>
        ${commands.map((name) => html`<option key=${name} value=${name}>/${name}</option>`)}
      </select></label
    >
    <label
      >Role
      <select value=${roleId} onChange=${({ target }: { target: HTMLSelectElement }) => setRoleId(target.value)}>
        <option value="">Paperboy's default</option>
        ${server.roles.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select></label
    >
    <button type="submit" class="plain-button" disabled=${chosen === ''}>Set role</button>
    <p class="quiet" role="status">${said}</p>
  </form>`;
}

/** All commands, for the owner is offered all; a subcommand has the rights of its command. */
function useCommandNames({ id, people }: Scene, placeId: string): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  const owner = people.find(({ role }) => role === 'owner');
  useEffect(() => {
    if (placeId === '') return setNames([]);
    let isWanted = true;
    void commandsFor(placeId, owner?.id).then((commands) => {
      const slash = commands.filter(({ kind }) => kind === 'slash');
      if (isWanted) setNames([...new Set(slash.map(({ name }) => name.split(' ')[0] ?? name))]);
    });
    return () => {
      isWanted = false;
    };
  }, [id, placeId]);
  return names;
}
