import { ACCENT, button, embed, lineField, type MessageView, type ModalForm, row, select } from './parts.ts';
import { say, sayPlain } from './say.ts';

/** A zone that may be meant. `localTime`: `14:05`, the time there now. */
export type ZoneChoice = { zone: string; city: string; localTime: string };

/** The value of the choice that opens a form. */
export const OTHER_ZONE = 'other';

/** Asks whose hours are meant. `key`: of what was typed. */
export function zoneQuestion(choices: readonly ZoneChoice[], key: string): MessageView {
  const options = choices.map(({ zone, city, localTime }) => ({
    label: sayPlain('zone.choice', { city, localTime }),
    value: zone,
    description: zone,
  }));
  const other = { label: sayPlain('zone.other'), value: OTHER_ZONE };
  return {
    embeds: [embed(say('zone.question'), say('zone.askedOnce'), ACCENT.look)],
    components: [
      row(
        select({
          custom_id: `zone:${key}`,
          placeholder: sayPlain('zone.choose'),
          options: [...options, other],
        }),
      ),
      row(button(sayPlain('button.change'), `change:${key}`), button(sayPlain('button.cancel'), 'cancel')),
    ],
  };
}

/** The form for a city that was not among the choices; it comes back as `customId` with the field `zone`. */
export function zoneModal(customId: string, zone = ''): ModalForm {
  const field = {
    ...{ custom_id: 'zone', max_length: 60, required: true },
    ...(zone === '' ? {} : { value: zone }),
  };
  const label = { label: sayPlain('zone.field'), description: sayPlain('zone.field.description') };
  return {
    modal: {
      title: sayPlain('zone.formTitle'),
      custom_id: customId,
      components: [lineField(label, field)],
    },
  };
}
