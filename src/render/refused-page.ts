import { withoutBackticks } from '#src/foundation/visible-text.ts';
import type { Phrase } from '#src/wording/values.ts';
import { cut } from './cut.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

/** `texts`: what was typed. `change`: the key of the form that it can be changed in; null: that would not help. */
type RefusedView = { sentence: Phrase; texts: readonly string[]; change: string | null };

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
  const button = { type: 2, style: 1, label: sayPlain('button.change'), custom_id: `change:${change}` };
  return {
    content: sayPhrase(sentence),
    embeds: blocks.length === 0 ? [] : [{ title: say('typed.title'), color: 0xd83c3e, description }],
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

/** What a form's field for a filter is called. */
export const filterField = () => ({
  ...{ label: sayPlain('form.filter'), description: sayPlain('form.filter.description') },
});

const filterOf = (value: string): Field => ({
  ...{ id: 'filter', ...filterField(), value, most: 1000, isNeeded: true },
});

const linesOf = (value: string): Field => ({
  ...{ id: 'lines', label: sayPlain('form.lines'), description: sayPlain('form.lines.description') },
  ...{ value, most: 500, isNeeded: false },
});

const paperOf = (value: string): Field => ({
  ...{ id: 'paper', label: sayPlain('form.paper'), description: sayPlain('form.paper.description') },
  ...{ value, most: 300, isNeeded: false },
});

/** A form with what was typed. `lines`: the other options of a subscription; `paper`: what a filter is tried on. */
export function typedModal(form: {
  title: string;
  key: string;
  filter: string;
  lines?: string;
  paper?: string;
}): { modal: object } {
  const fields = [
    filterOf(form.filter),
    ...(form.lines === undefined ? [] : [linesOf(form.lines)]),
    ...(form.paper === undefined ? [] : [paperOf(form.paper)]),
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
