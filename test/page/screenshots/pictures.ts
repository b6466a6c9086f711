import type { Locator, Page } from 'playwright-core';
import {
  answerTo,
  choose,
  command,
  line,
  messages,
  newestPrivate,
  openChannel,
  write,
} from '../in-browser/hands.ts';

/** What a picture shows: a part of the page, or null: the whole page. */
type Shown = Locator | null;

type PictureToTake = {
  /** `NAME-dark.png` and `NAME-light.png`. */
  name: string;
  size: Size;
  /** Opened before. */
  channel: 'vision' | 'general' | 'moderators';
  /** Brings it about on a page whose scene stands still. */
  bring(page: Page): Promise<Shown>;
};

/** Of the page, in its own pixels; `dots` of the picture in each. */
type Size = { width: number; height: number; dots: number };

const WIDE = { width: 1280, height: 800, dots: 1 };
/** What opens over the messages is seen. */
const LOW = { width: 1280, height: 620, dots: 1 };
/** A message stands there in one piece. */
const TALL = { width: 1280, height: 1600, dots: 1 };
const NARROW = { width: 400, height: 1600, dots: 2 };
const PHONE = { width: 390, height: 844, dots: 2 };

/** In this order: what a later one shows has come about by the earlier ones. */
export const PICTURES: readonly PictureToTake[] = [
  { name: 'page', size: WIDE, channel: 'vision', bring: async () => null },
  { name: 'phone', size: PHONE, channel: 'vision', bring: async () => null },
  {
    name: 'first-words',
    size: TALL,
    channel: 'moderators',
    bring: async (page) => answered(messages(page, 'Paperboy is here').first(), /Choose a topic/),
  },
  { name: 'alert', size: NARROW, channel: 'vision', bring: async (page) => alertIn(page) },
  {
    name: 'search',
    size: NARROW,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'search', 'video generation');
      return answered(answerTo(page, 'search'), /best match first/);
    },
  },
  {
    name: 'trending',
    size: NARROW,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'trending', 'period:3 days');
      return answered(answerTo(page, 'trending'), /upvotes/);
    },
  },
  {
    name: 'why-here',
    size: TALL,
    channel: 'vision',
    bring: async (page) => {
      await alertIn(page).getByRole('button', { name: 'Why here?' }).click();
      return answered(newestPrivate(page), /Yes · filter/);
    },
  },
  {
    name: 'why',
    size: TALL,
    channel: 'vision',
    bring: async (page) => {
      await command(
        page,
        'why',
        'paper:Diffusion Models Are Real-Time Game Engines channel:#language-models',
      );
      return answered(answerTo(page, 'why'), /Try without/);
    },
  },
  {
    name: 'command-list',
    size: LOW,
    channel: 'general',
    bring: async (page) => {
      await write(page, '/');
      await line(page, /^\/search/).waitFor();
      return null;
    },
  },
  {
    name: 'suggestions',
    size: LOW,
    channel: 'general',
    bring: async (page) => {
      await write(page, '/paper');
      await line(page, /^\/paper/).click();
      await page.keyboard.type('models');
      await line(page, /Real-Time Game Engines/).waitFor();
      return null;
    },
  },
  {
    name: 'paper',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'paper', 'Diffusion Models Are Real-Time Game Engines');
      return answered(answerTo(page, 'paper'), /GameNGen/);
    },
  },
  {
    name: 'subscribe',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'subscribe', 'keywords:model when:daily at:14:00 zone:UTC');
      return answered(answerTo(page, 'subscribe'), /would get papers/);
    },
  },
  {
    name: 'subscriptions',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      const preview = answerTo(page, 'subscribe');
      await preview.getByRole('button', { name: 'Subscribe', exact: true }).click();
      await answered(preview, /\bgets papers/);
      await command(page, 'subscriptions');
      return answered(answerTo(page, 'subscriptions'), /vision/);
    },
  },
  {
    name: 'modal',
    size: LOW,
    channel: 'vision',
    bring: async (page) => {
      await command(page, 'subscriptions');
      await answerTo(page, 'subscriptions')
        .getByRole('combobox', { name: /^Pick one/ })
        .click();
      await page.getByRole('option').first().click();
      await answerTo(page, 'subscriptions').getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByRole('button', { name: 'Change', exact: true }).last().click();
      await page.getByRole('dialog').waitFor();
      return null;
    },
  },
  {
    name: 'status',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'status');
      return answered(answerTo(page, 'status'), /Sample feed/);
    },
  },
  {
    name: 'help',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'help');
      return answered(answerTo(page, 'help'), /Look something up/);
    },
  },
  {
    name: 'digest',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await goTo(page, 'Next digest');
      return answered(messages(page, /\d+ papers/).last(), /upvotes/);
    },
  },
  {
    name: 'notice',
    size: TALL,
    channel: 'vision',
    bring: async (page) => {
      await page.locator('summary').filter({ hasText: 'Rights and channels' }).click();
      await page.getByRole('switch', { name: 'Send Messages', exact: true }).click();
      await openChannel(page, 'moderators');
      const notice = messages(page, 'Send Messages is missing').last();
      while ((await notice.count()) === 0) await goTo(page, 'Next poll');
      return answered(notice, /I cannot post in/);
    },
  },
  {
    name: 'doctor',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'doctor');
      return answered(answerTo(page, 'doctor'), /one thing to mend/);
    },
  },
  {
    name: 'import-problems',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'filter import');
      const form = page.getByRole('dialog');
      await form.locator('input[type=file]').setInputFiles(FAULTY_FILE);
      await form.getByRole('button', { name: 'Submit' }).click();
      return answered(answerTo(page, 'filter import'), /things to mend/);
    },
  },
  {
    name: 'privacy',
    size: TALL,
    channel: 'general',
    bring: async (page) => {
      await command(page, 'privacy show');
      return answered(answerTo(page, 'privacy show'), /stores about you/);
    },
  },
];

/** As somebody wrote it by hand. */
const FAULTY_FILE = {
  ...{ name: 'paperboy.json', mimeType: 'application/json' },
  buffer: Buffer.from(
    JSON.stringify({
      paperboy: 1,
      subscriptions: [
        { channel: { id: '1' }, filter: 'title:(pruning OR sparsity' },
        { channel: { id: '2' }, filter: 'topic:nope' },
        { channel: { id: '3' }, filter: '-survey' },
        { channel: { id: '4' }, filter: 'video', when: 'sometimes' },
        { channel: { id: '5' }, filter: 'video', cap: 9999 },
      ],
    }),
  ),
};

/** Leads the scene to the first alert in #vision, from poll to poll, so that it stands still in between. */
export async function untilFirstAlert(page: Page): Promise<void> {
  await page.getByRole('main').waitFor();
  // Before the bot is there the scene stands still by itself.
  await page.getByRole('radio', { name: '60x', exact: true, checked: true }).waitFor();
  await choose(page, 'Pause');
  await openChannel(page, 'vision');
  while ((await alertIn(page).count()) === 0) await goTo(page, 'Next poll');
}

const alertIn = (page: Page): Locator => messages(page, 'Why now').first();

/** Presses the button, and resolves when the scene has arrived. */
async function goTo(page: Page, label: 'Next poll' | 'Next digest'): Promise<void> {
  const timer = page.getByRole('timer');
  const before = (await timer.textContent()) ?? '';
  await page.getByRole('button', { name: label }).click();
  await timer.filter({ hasNotText: before }).waitFor();
  await page.getByText('On the way to').waitFor({ state: 'detached', timeout: 120_000 });
}

async function answered(answer: Locator, words: RegExp): Promise<Locator> {
  await answer.getByText(words).first().waitFor();
  return answer;
}
