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

/** A field of a form; `value`: what was typed. */
type Field = {
  id: string;
  label: string;
  description: string;
  value: string;
  most: number;
  isNeeded: boolean;
};

const FILTER = {
  ...{ id: 'filter', label: 'Filter', most: 1000, isNeeded: true },
  description: 'Words, "phrases", OR, -not, title:… /help topic:filters tells more',
};
const LINES = {
  ...{ id: 'lines', label: 'Other options', most: 500, isNeeded: false },
  description: 'One a line, such as when: daily. Channel, role, silent and publish stay.',
};
const PAPER = {
  ...{ id: 'paper', label: 'Paper', most: 300, isNeeded: false },
  description: 'arXiv id, link or words of the title; nothing for the last 30 days',
};

/** A form with what was typed. `lines`: the other options of a subscription; `paper`: what a filter is tried on. */
export function typedModal(form: {
  title: string;
  key: string;
  filter: string;
  lines?: string;
  paper?: string;
}): { modal: object } {
  const fields = [
    { ...FILTER, value: form.filter },
    ...(form.lines === undefined ? [] : [{ ...LINES, value: form.lines }]),
    ...(form.paper === undefined ? [] : [{ ...PAPER, value: form.paper }]),
  ];
  return {
    modal: { title: form.title, custom_id: `typed:${form.key}`, components: fields.map(labelled) },
  };
}

function labelled({ id, label, description, value, most, isNeeded }: Field): object {
  const typed = value === '' ? {} : { value: value.slice(0, most) };
  const component = { type: 4, custom_id: id, style: 2, ...typed, max_length: most, required: isNeeded };
  return { type: 18, label, description, component };
}
