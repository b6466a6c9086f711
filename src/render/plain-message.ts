import { type APIEmbed, ComponentType } from 'discord-api-types/v10';
import { type MessageView, rowsOf, type ShownMessage } from './parts.ts';

/**
 * What is left of a message that Discord refused: its content, the title and link of its first embed (its text where it
 * leads nowhere), and one button, the one that carries `mark`. Everything else was an ornament.
 */
export function plainMessage(
  { embeds, components }: Omit<ShownMessage, 'content'>,
  mark: string | null,
): MessageView {
  const [embed] = embeds ?? [];
  const buttons = (components ?? [])
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .filter((button) => mark !== null && 'custom_id' in button && button.custom_id === mark);
  return { embeds: embed ? [plainEmbed(embed)] : [], components: rowsOf(buttons.slice(0, 1)) };
}

function plainEmbed({ title, url, description }: APIEmbed): APIEmbed {
  return url === undefined ? { title, description } : { title, url };
}
