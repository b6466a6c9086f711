import type { MessageView, ModalForm } from '#src/render/parts.ts';
import { ACCENT } from '#src/render/parts.ts';
import { controlsOf } from '#test/read-message.ts';

type Field = { label: string; description?: string; component: { custom_id?: string; value?: string } };
type Option = { label: string; value: string; description?: string; default?: boolean };

const EDGES = Object.entries(ACCENT);

/** All that a message shows, from above: "saved | Title", its lines, its footer; then buttons and selects with their ids. */
export function pageOf({ embeds, components }: MessageView): string[] {
  return [
    ...embeds.flatMap(({ color, title, description = '', footer }) => [
      `${EDGES.find(([, colour]) => colour === color)?.[0] ?? 'plain'} | ${title ?? ''}`,
      ...description.split('\n'),
      ...(footer ? [`(${footer.text})`] : []),
    ]),
    ...actsOf({ components }),
  ];
}

/** "Undo = undo:key"; of a select its choices too. */
export const actsOf = ({ components }: Pick<MessageView, 'components'>): string[] =>
  controlsOf({ components }).flatMap((control) => {
    const {
      label,
      custom_id: id,
      options = [],
      placeholder,
    } = control as typeof control & {
      placeholder?: string;
    };
    return [`${label ?? placeholder ?? 'select'} = ${id}`, ...options.map(ofOption)];
  });

const ofOption = ({ label, value, description, default: isChosen = false }: Option): string =>
  `${isChosen ? '*' : '-'} ${label} = ${value}${description === undefined ? '' : ` (${description})`}`;

/** A form's title and id, and each of its fields with what stands in it. */
export const formOf = ({ modal: { title, custom_id: id, components } }: ModalForm): string[] => [
  `${title} = ${id}`,
  ...(components as readonly Field[]).map(
    ({ label, component }) => `${label} = ${component.custom_id}: ${component.value ?? ''}`,
  ),
];
