import { FRONT_CHOICES, frontMessage, frontPageOf, likeModal, whereMessage } from '#src/render/front-page.ts';
import { typedModal } from '#src/render/refused-page.ts';
import { sayPlain } from '#src/render/say.ts';
import { OTHER_ZONE, zoneModal } from '#src/render/zone-question.ts';
import type { Services } from '#src/service/services.ts';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import type { TypedOrder } from '#src/service/typed-forms.ts';
import { UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Component, Reply, Request } from './command.ts';
import { orderBehind, proposeFrom, subscribeTyped } from './subscribe-preview.ts';
import { asTyped, NOTHING_TYPED, withLines } from './subscribe-typed.ts';

// What /subscribe shows where no filter was typed, and where only the zone of an hour is missing.

/** The topics that a channel can get; the other options stay as they were typed. */
export async function openFront(
  typed: TypedOrder,
  request: Request,
  services: Services,
  page = 0,
): Promise<Reply> {
  const asker = askerOf(request);
  const { channel, here } = { channel: asTyped(typed, request).channel('channel'), here: request.here };
  const view = await services.offerTopics({ ...asker, channelId: (channel ?? here).id });
  return frontMessage(view, await services.keepTyped({ ...asker, typed }), page);
}

/** `topic:<key>`: a select of topics, and of the other ways to say what is wanted. */
export const topic = {
  prefix: 'topic',
  updates: true,
  async answer(request, services) {
    const key = request.arg(0);
    const typed = await orderBehind(request, services);
    const page = frontPageOf(request.value);
    if (page !== null) return openFront(typed, request, services, page);
    if (request.value === FRONT_CHOICES.ownWords)
      return typedModal({ ...typed, title: sayPlain('form.subscribe'), key });
    if (request.value === FRONT_CHOICES.likeThese) return likeModal(key);
    return subscribeTyped({ ...typed, filter: `topic:${request.value}` }, request, services);
  },
} satisfies Component;

/** `begin`, under first words in a server: which channel should have papers. */
export const begin = {
  prefix: 'begin',
  async answer(request, services) {
    await services.mayBegin(askerOf(request));
    return whereMessage(POSTABLE);
  },
} satisfies Component;

/** `begin-in`: what that channel can get, as /subscribe asks it. */
export const beginIn = {
  prefix: 'begin-in',
  updates: true,
  async answer(request, services) {
    const channel = request.channel('begin-in');
    if (!channel) throw new UserError('front.noChannel');
    const { id, name, type, mentionsAll } = channel;
    const picked = { id, name, type, mentionedBy: mentionsAll.byAsker ? request.userId : null };
    return openFront({ ...NOTHING_TYPED, channel: picked }, request, services);
  },
} satisfies Component;

/** `like:<key>`: the form of papers that the wanted ones should be like; `like:<key>:again` opens it with what was written there. */
export const like = {
  prefix: 'like',
  updates: true,
  async answer(request, services) {
    const typed = await orderBehind(request, services);
    if (request.arg(1) === 'again') return likeModal(request.arg(0), typed.like);
    return proposeFrom(typed, request.text('like'), request, services);
  },
} satisfies Component;

/** `zone:<key>`: a select of zones; one of its choices opens a form, which comes back as `zone:<key>` too. */
export const zone = {
  prefix: 'zone',
  updates: true,
  async answer(request, services) {
    const chosen = request.value || request.text('zone');
    if (chosen === OTHER_ZONE) return zoneModal(`zone:${request.arg(0)}`);
    const typed = await orderBehind(request, services);
    return subscribeTyped(withLines(typed, { zone: chosen }), request, services);
  },
} satisfies Component;
