import { html, useState } from '../preact.ts';

type Segment<T> = { value: T; label: string; title: string | null };

type Props<T> = {
  /** Of the group of radio buttons; one of its kind on the page. */
  name: string;
  legend: string;
  isLegendShown: boolean;
  segments: readonly Segment<T>[];
  chosen: T;
  onChoose: (value: T) => unknown;
};

/** One of several, as a row of words. What is shown as chosen is what is so: also when the choice did not come about. */
export function Segments<T>({ name, legend, isLegendShown, segments, chosen, onChoose }: Props<T>) {
  const [, drawAnew] = useState({});
  const choose = async (value: T) => {
    await onChoose(value);
    drawAnew({});
  };
  return html`<fieldset>
    <legend class=${isLegendShown ? '' : 'aloud'}>${legend}</legend>
    <div class="segments">
      ${segments.map(
        ({ value, label, title }) => html`<label key=${value} title=${title}>
          <input
            type="radio"
            name=${name}
            checked=${value === chosen}
            onChange=${() => void choose(value)}
          /><span>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}
