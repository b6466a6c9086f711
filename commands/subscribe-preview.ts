import { type ChangedView, changedMessage } from '#src/render/edit-page.ts';
import { likeMessage } from '#src/render/like-page.ts';
import { cancelledMessage, previewMessage } from '#src/render/preview-page.ts';
import { changeLike, refusedMessage } from '#src/render/refused-page.ts';
import { subscribedMessage } from '#src/render/subscription-page.ts';
import { tunedMessage } from '#src/render/tune-page.ts';
import { correctionLabel } from '#src/service/correction.ts';
import type { Services } from '#src/service/services.ts';
import type { TypedOrder } from '#src/service/typed-forms.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Component, Reply, Request } from './command.ts';
import { orGiveBack } from './give-back.ts';
import { asTyped, orderOf, withLines } from './subscribe-typed.ts';
import { TYPED } from './subscribe-values.ts';

/** What was typed as a preview, or given back with what is wrong with it. `request` says the same. */
export function previewed(typed: TypedOrder, request: Request, services: Services): Promise<Reply> {
  return orGiveBack(typed, request, services, async () => {
    const order = orderOf(request);
    const keep = (other: TypedOrder) => services.keepTyped({ ...askerOf(request), typed: other });
    const { base } = typed;
    const view = base
      ? await services.previewEdit({ ...order, base })
      : await services.previewSubscription(order);
    if (view === null) return subscribedMessage(await services.subscribeChannel(order));
    if ('mark' in view) return changedMessage(view, await keep(from(typed, view)));
    // A topic is kept by its name, however it was typed.
    const kept = request.text('topic') === '' ? typed : { ...typed, filter: view.filter };
    const { corrected, covering, uncommon, matched } = view;
    const isSilent = matched !== null;
    // Neither is for newly trending papers, nor of cards.
    const asDigest = { sensitivity: '', cap: '' };
    const keys = {
      shown: await keep(kept),
      corrected: corrected === null ? null : await keptCorrection(kept, corrected, keep),
      covering: covering === null ? null : await keep({ ...kept, filter: covering }),
      uncommon: uncommon && { word: uncommon.word, key: await keep({ ...kept, filter: uncommon.filter }) },
      weekly: isSilent
        ? await keep(withLines(kept, { ...asDigest, what: TYPED.allNew, when: 'weekly' }))
        : null,
      best: isSilent ? await keep(withLines(kept, { ...asDigest, what: TYPED.bestThree })) : null,
    };
    return previewMessage(view, keys);
  });
}

/** The same, begun from what is saved now. */
const from = (typed: TypedOrder, { id, mark }: ChangedView): TypedOrder => ({ ...typed, base: { id, mark } });

async function keptCorrection(
  typed: TypedOrder,
  filter: string,
  keep: (other: TypedOrder) => Promise<string>,
) {
  const key = await keep({ ...typed, filter });
  return { customId: `preview:${key}`, label: correctionLabel(typed.filter, filter) };
}

/** `preview:<key>`: what is behind it as a preview. */
export const preview = {
  prefix: 'preview',
  updates: true,
  answer: async (request, services) =>
    subscribeTyped(await orderBehind(request, services), request, services),
} satisfies Component;

/** `sensitivity:<key>`: a select of a preview. */
export const sensitivity = {
  prefix: 'sensitivity',
  updates: true,
  async answer(request, services) {
    const typed = await orderBehind(request, services);
    return subscribeTyped(
      withLines(typed, { what: TYPED.trending, sensitivity: TYPED.sensitivities.get(request.value) ?? '' }),
      request,
      services,
    );
  },
} satisfies Component;

/** `subscribe:<key>` saves what a preview showed. */
export const subscribeNow = {
  prefix: 'subscribe',
  updates: true,
  async answer(request, services) {
    const typed = await services.recallOwnTyped({ ...askerOf(request), key: request.arg(0) });
    if (typed.form !== 'subscribe') throw new UserError('preview.forgotten');
    return orGiveBack(typed, request, services, async () => {
      const order = orderOf(asTyped(typed, request));
      if (!typed.base) return subscribedMessage(await services.subscribeChannel(order));
      const view = await services.saveEdit({ ...order, base: typed.base });
      if (view.kind === 'saved') return tunedMessage(view);
      return changedMessage(
        view,
        await services.keepTyped({ ...askerOf(request), typed: from(typed, view) }),
      );
    });
  },
} satisfies Component;

/** `cancel`, and `cancel:saved` of what is saved: nobody wants the preview. */
export const cancel = {
  prefix: 'cancel',
  updates: true,
  answer: (request) => cancelledMessage(request.arg(0) === 'saved'),
} satisfies Component;

/** `edit:<subscription id>`: it as a preview, to be changed; `edit:<id>:here` in the place of the answer that it stands on. */
export const edit = {
  prefix: 'edit',
  updates: (request) => request.arg(1) === 'here',
  async answer(request, services) {
    const { here, userId } = request;
    const mentionedBy = here.mentionsAll.byAsker ? { userId, channelId: here.id } : null;
    const asked = { id: request.arg(0), mentionedBy };
    return subscribeTyped(
      await services.openSubscription({ ...askerOf(request), ...asked }),
      request,
      services,
    );
  },
} satisfies Component;

/** What a button of /subscribe is about. Throws UserError where it is too old. */
export async function orderBehind(request: Request, services: Services): Promise<TypedOrder> {
  const typed = await services.recallTyped({
    ...askerOf(request),
    ...({ key: request.arg(0), forgotten: 'preview.forgotten' } as const),
  });
  if (typed.form !== 'subscribe') throw new UserError('preview.forgotten');
  return typed;
}

/** Filters from examples; the button of each shows its preview with the other options. */
export async function proposeFrom(
  { like: _, ...typed }: TypedOrder,
  like: string,
  request: Request,
  { likeThese, keepTyped }: Services,
): Promise<Reply> {
  const asker = askerOf(request);
  const keep = (other: Partial<TypedOrder>) => keepTyped({ ...asker, typed: { ...typed, ...other } });
  const isAlone = typed.filter === '';
  try {
    if (!isAlone) throw new UserError('like.alone');
    const found = await likeThese({ ...asker, like });
    const keys = await Promise.all(found.filters.map(({ filter }) => keep({ filter })));
    return likeMessage(found, keys, await keep({ like }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const texts = [typed.filter, like, typed.lines];
    const isHopeless = !isAlone || error instanceof DeniedError;
    const change = isHopeless ? null : changeLike(await keep({ like }));
    return refusedMessage({ sentence: error.phrase, texts, change });
  }
}

/** The command once more, with what stands in the form now. */
export const subscribeTyped = (typed: TypedOrder, request: Request, services: Services): Promise<Reply> =>
  previewed(typed, asTyped(typed, request), services);
