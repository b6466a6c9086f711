/** A message's parts, as Discord's JSON has them. */
type Parts = { content?: unknown; embeds?: unknown; components?: unknown };
type Json = Readonly<Record<string, unknown>>;

/**
 * What is left of a message that Discord refused: its content, the title and link of its first embed (its text where it
 * leads nowhere), and one button, the one that carries `mark`. Everything else was an ornament.
 */
export function plainMessage(parts: Parts, mark: string | null): { embeds: object[]; components: object[] } {
  const [embed] = list(parts.embeds);
  const button = list(parts.components)
    .flatMap((row) => list(row.components))
    .find(({ custom_id }) => mark !== null && custom_id === mark);
  return {
    embeds: embed ? [plainEmbed(embed)] : [],
    components: button ? [{ type: 1, components: [button] }] : [],
  };
}

function plainEmbed({ title, url, description }: Json): object {
  return url === undefined ? { title, description } : { title, url };
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
