import { withoutBackticks } from '#src/foundation/visible-text.ts';
import { cut } from './cut.ts';

/** `texts`: what was typed. `change`: the key of the form that it can be changed in; null: that would not help. */
export type RefusedView = { sentence: string; texts: readonly string[]; change: string | null };

/** Why something was not done, and all that was typed, to be copied or changed. */
export function refusedMessage({ sentence, texts, change }: RefusedView): {
  content: string;
  embeds: object[];
  components: object[];
} {
  const blocks = texts
    .filter((text) => text.trim() !== '')
    .map((text) => `\`\`\`\n${withoutBackticks(text)}\n\`\`\``);
  const description = cut(blocks.join('\n'), 4096);
  const button = { type: 2, style: 1, label: 'Change', custom_id: `change:${change}` };
  return {
    content: sentence,
    embeds: blocks.length === 0 ? [] : [{ title: 'What you typed', color: 0xd83c3e, description }],
    components: change === null ? [] : [{ type: 1, components: [button] }],
  };
}

/** A form with what was typed. `lines`: the other options; null: there are none. */
export function typedModal(form: { title: string; key: string; filter: string; lines: string | null }): {
  modal: object;
} {
  const filter = textField('filter', form.filter, { most: 1000, isRequired: true });
  const lines = form.lines === null ? null : textField('lines', form.lines, { most: 500, isRequired: false });
  return {
    modal: {
      title: form.title,
      custom_id: `typed:${form.key}`,
      components: [
        {
          type: 18,
          label: 'Filter',
          description: 'Words, "phrases", OR, -not, title:… /help topic:filters tells more',
          component: filter,
        },
        ...(lines === null
          ? []
          : [
              {
                type: 18,
                label: 'Other options',
                description: 'One a line, such as when: daily. Channel, role, silent and publish stay.',
                component: lines,
              },
            ]),
      ],
    },
  };
}

function textField(
  id: string,
  value: string,
  { most, isRequired }: { most: number; isRequired: boolean },
): object {
  const typed = value === '' ? {} : { value: value.slice(0, most) };
  return { type: 4, custom_id: id, style: 2, ...typed, max_length: most, required: isRequired };
}
