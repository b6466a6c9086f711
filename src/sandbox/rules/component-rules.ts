import { ComponentType as T } from 'discord-api-types/v10';
import { everyComponent, type PlacedComponent } from '../world/component-walk.ts';
import { isObject, type Json, type JsonPath } from '../world/json.ts';
import { checkButton, checkSelect } from './button-and-select-rules.ts';
import { SELECTS } from './component-types.ts';
import type { Form } from './form.ts';
import { checkFile, checkGallery, checkPicture } from './media-rules.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText, lengthOf } from './primitives.ts';

/*
 * Components of messages. https://discord.com/developers/docs/components/reference
 * Legacy messages hold up to five action rows; with the IS_COMPONENTS_V2 flag up to 40 components in all.
 * The 4000 characters over all text displays are from the discord.js guide.
 */
const V2_COUNT = 40;
const V2_TEXT = 4000;
const V2_TOP: readonly unknown[] = [
  T.ActionRow,
  T.Section,
  T.TextDisplay,
  T.MediaGallery,
  T.File,
  T.Separator,
  T.Container,
];
const IN_CONTAINER: readonly unknown[] = V2_TOP.filter((type) => type !== T.Container);

/** Refuses components over Discord's limits. `fileNames`: what `attachment://` may name, null where unknown. */
export function checkComponents(
  form: Form,
  path: JsonPath,
  value: unknown,
  v2: boolean,
  fileNames: ReadonlySet<string>,
): void {
  const rule = { v2, fileNames };
  const top = checkList(form, path, value, { max: v2 ? V2_COUNT : 5 });
  const allowed = v2 ? V2_TOP : [T.ActionRow];
  top.forEach((one, index) => {
    checkComponent(form, [...path, index], one, allowed, rule);
  });
  const all = everyComponent(value, path);
  if (v2) checkTotals(form, path, all);
  checkUnique(form, all);
}

type Rule = { v2: boolean; fileNames: ReadonlySet<string> };

function checkComponent(
  form: Form,
  path: JsonPath,
  value: unknown,
  allowed: readonly unknown[],
  rule: Rule,
): void {
  const component = checkObject(form, path, value);
  if (!component) return;
  if (!allowed.includes(component.type)) {
    form.refuse(
      [...path, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}).`,
    );
    return;
  }
  checkInteger(form, [...path, 'id'], component.id, { min: 0, max: 2 ** 31 - 1 });
  if (SELECTS.includes(component.type)) checkSelect(form, path, component);
  CHECKS[String(component.type)]?.(form, path, component, rule);
}

type Check = (form: Form, path: JsonPath, component: Json, rule: Rule) => void;
const CHECKS: Record<string, Check> = {
  [T.ActionRow]: checkRow,
  [T.Button]: checkButton,
  [T.Section]: checkSection,
  [T.TextDisplay]: checkTextDisplay,
  [T.Thumbnail]: (form, path, one, { fileNames }) => checkPicture(form, path, one, fileNames),
  [T.MediaGallery]: (form, path, one, { fileNames }) => checkGallery(form, path, one, fileNames),
  [T.File]: (form, path, one, { fileNames }) => checkFile(form, path, one, fileNames),
  [T.Separator]: (form, path, one) => {
    checkChoice(form, [...path, 'spacing'], one.spacing, [1, 2]);
  },
  [T.Container]: checkContainer,
};

function checkRow(form: Form, path: JsonPath, row: Json, rule: Rule): void {
  const inner = checkList(form, [...path, 'components'], row.components, { min: 1, max: 5, required: true });
  const holdsSelect = inner.some((one) => isObject(one) && SELECTS.includes(one.type));
  if (holdsSelect && inner.length > 1) {
    form.refuse(
      [...path, 'components'],
      'BASE_TYPE_BAD_LENGTH',
      'A row holds up to five buttons or a single select menu.',
    );
  }
  inner.forEach((one, index) => {
    checkComponent(form, [...path, 'components', index], one, [T.Button, ...SELECTS], rule);
  });
}

function checkSection(form: Form, path: JsonPath, section: Json, rule: Rule): void {
  const texts = checkList(form, [...path, 'components'], section.components, {
    min: 1,
    max: 3,
    required: true,
  });
  texts.forEach((one, index) => {
    checkComponent(form, [...path, 'components', index], one, [T.TextDisplay], rule);
  });
  checkComponent(form, [...path, 'accessory'], section.accessory, [T.Button, T.Thumbnail], rule);
}

function checkTextDisplay(form: Form, path: JsonPath, display: Json): void {
  checkText(form, [...path, 'content'], display.content, { min: 1, max: V2_TEXT, required: true });
}

function checkContainer(form: Form, path: JsonPath, container: Json, rule: Rule): void {
  checkInteger(form, [...path, 'accent_color'], container.accent_color, { min: 0, max: 0xffffff });
  const inner = checkList(form, [...path, 'components'], container.components, {
    min: 1,
    max: V2_COUNT,
    required: true,
  });
  inner.forEach((one, index) => {
    checkComponent(form, [...path, 'components', index], one, IN_CONTAINER, rule);
  });
}

function checkTotals(form: Form, path: JsonPath, all: readonly PlacedComponent[]): void {
  if (all.length > V2_COUNT) {
    form.refuse(
      path,
      'BASE_TYPE_MAX_LENGTH',
      `The number of components, nested ones counted, must be ${V2_COUNT} or fewer.`,
    );
  }
  const texts = all.filter(({ component }) => component.type === T.TextDisplay);
  const length = texts.reduce((sum, { component }) => sum + lengthOf(String(component.content ?? '')), 0);
  if (length <= V2_TEXT) return;
  form.refuse(
    path,
    'COMPONENT_MAX_TOTAL_TEXT_EXCEEDED',
    `The total text of a message must be ${V2_TEXT} or fewer in length.`,
  );
}

/** custom_id and id are unique in a message or modal. */
export function checkUnique(form: Form, all: readonly PlacedComponent[]): void {
  const seen = { custom_id: new Set<unknown>(), id: new Set<unknown>() };
  for (const { component, path } of all) {
    for (const key of ['custom_id', 'id'] as const) {
      const value = component[key];
      // 0 stands for "not given": Discord then picks an id.
      if (value === undefined || value === null || value === 0) continue;
      if (seen[key].has(value)) {
        form.refuse(
          [...path, key],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      }
      seen[key].add(value);
    }
  }
}
