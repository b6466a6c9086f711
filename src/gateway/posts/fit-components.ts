/** Components that Discord takes (components/reference.mdx): one that it would refuse is left out, the others stay. */
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import {
  type Cuts,
  type Fields,
  fitAddress,
  fitList,
  fitText,
  isFields,
  withoutNothing,
} from './fit-text.ts';

const IN_A_ROW = 5;
const OPTIONS = 25;
/** Custom ids and the values of choices. */
const NAME = 100;
const LINK = 512;
const TEXTS = { label: 80, placeholder: 150 } as const;

/** Rows of buttons and selects within the limits. */
export function fitComponents(components: readonly object[], rows: number, cuts: Cuts): Fields[] {
  return fitList(components, rows, 'rows', cuts).flatMap((component) => fitComponent({ ...component }, cuts));
}

function fitComponent(component: Fields, cuts: Cuts): Fields[] {
  const fitted: Fields = { ...component };
  for (const [name, limit] of Object.entries(TEXTS)) {
    if (Object.hasOwn(fitted, name)) fitted[name] = fitText(fitted[name], limit, `component ${name}`, cuts);
  }
  if (Array.isArray(fitted.components)) {
    const parts = fitted.components.filter(isFields).flatMap((part) => fitComponent(part, cuts));
    if (parts.length === 0) return [];
    fitted.components =
      fitted.type === ComponentType.ActionRow ? fitList(parts, IN_A_ROW, 'buttons', cuts) : parts;
  }
  const options = Array.isArray(fitted.options) ? fitOptions(fitted.options, cuts) : undefined;
  const isLink = fitted.type === ComponentType.Button && fitted.style === ButtonStyle.Link;
  const url = isLink ? fitAddress(fitted.url, LINK, 'link of a button', cuts) : fitted.url;
  const taken = withoutNothing({ ...fitted, options, url });
  if (isTaken(taken, cuts)) return [taken];
  return [];
}

function isTaken(component: Fields, cuts: Cuts): boolean {
  const { type, label, emoji, style, url, custom_id, options } = component;
  if (type === ComponentType.Button && label === undefined && emoji === undefined)
    return isLeftOut('button without a word', cuts);
  if (type === ComponentType.Button && style === ButtonStyle.Link) return url !== undefined;
  if (Array.isArray(options) && options.length === 0) return isLeftOut('select without choices', cuts);
  if (custom_id === undefined) return true;
  return isName(custom_id) || isLeftOut('component for its id', cuts);
}

function isLeftOut(what: string, cuts: Cuts): false {
  cuts.push(what);
  return false;
}

function fitOptions(options: readonly unknown[], cuts: Cuts): Fields[] {
  const known = new Set<unknown>();
  const fitted = options.filter(isFields).flatMap((option) => {
    const label = fitText(option.label, 100, 'choice label', cuts);
    const { value } = option;
    const isValue = isName(value) && !known.has(value);
    if (label === undefined || !isValue) {
      cuts.push('choice');
      return [];
    }
    known.add(value);
    const description = fitText(option.description, 100, 'choice description', cuts);
    return [withoutNothing({ ...option, label, description })];
  });
  return [...fitList(fitted, OPTIONS, 'choices', cuts)];
}

/** What comes back to us as it is: it cannot be cut. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= NAME && value.isWellFormed();
}
