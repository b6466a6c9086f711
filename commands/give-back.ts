import { changeTyped, refusedMessage } from '#src/render/refused-page.ts';
import { zoneQuestion } from '#src/render/zone-question.ts';
import { ZoneNeededError } from '#src/service/read-order.ts';
import type { Services } from '#src/service/services.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { ChangedError, DeniedError, GoneError, UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Reply, Request } from './command.ts';

/**
 * Does it, or answers with why not and gives back what was typed, with a form to change it in; where only a zone is missing, asks
 * for it. Rethrows what is not about it.
 */
export async function orGiveBack(
  typed: TypedForm,
  request: Request,
  services: Services,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error instanceof ZoneNeededError) {
      const key = await services.keepTyped({ ...askerOf(request), typed });
      const { locale } = request;
      return zoneQuestion(services.proposeLikelyZones({ ...askerOf(request), locale }), key);
    }
    const isLost = error instanceof GoneError || error instanceof DeniedError;
    // What somebody else did meanwhile is shown: it may be changed from there.
    const kept = error instanceof ChangedError ? { ...typed, shown: error.mark } : typed;
    const change = isLost
      ? null
      : changeTyped(await services.keepTyped({ ...askerOf(request), typed: kept }));
    return refusedMessage({ sentence: error.phrase, texts: textsOf(typed), change });
  }
}

function textsOf(typed: TypedForm): string[] {
  if (typed.form === 'subscribe') return [typed.filter, typed.lines];
  return typed.form === 'test' ? [typed.filter, typed.paper] : [typed.filter];
}
