import type { Json } from '../world/json.ts';
import { checkChoiceValue } from './command-option-rules.ts';
import { checked } from './form.ts';
import { checkList, checkObject } from './primitives.ts';

/** Autocomplete answers: at most 25 choices; values are texts or numbers, as the option's type. */
export function checkAutocomplete(body: Json, optionType: number): Json[] {
  let choices: Json[] = [];
  checked((form) => {
    const data = checkObject(form, ['data'], body.data);
    if (!data) return;
    const list = checkList(form, ['data', 'choices'], data.choices, { max: 25, required: true });
    choices = list.flatMap((one, index) => {
      const choice = checkObject(form, ['data', 'choices', index], one);
      if (choice) checkChoiceValue(form, ['data', 'choices', index], choice, optionType);
      return choice ? [choice] : [];
    });
  });
  return choices;
}
