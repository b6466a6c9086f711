import type { Browser } from 'playwright-core';

const CHANNEL_AND_VIEWER = `import('/browser/store.ts').then(({ known }) => {
  const { viewer, servers } = known().scene;
  return { as: viewer.id, channelId: servers[0].places.find(({ name }) => name === 'general').id };
})`;

/** Writes that many messages into #general as fast as the page's server takes them, with marks, links and lines of several lengths. */
export async function writeLongTalk(browser: Browser, url: string, count: number): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('main').waitFor();
  const where = await page.evaluate<{ as: string; channelId: string }>(CHANNEL_AND_VIEWER);
  await page.close();
  for (let number = 1; number <= count; number++) {
    const response = await fetch(`${url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ ...where, ask: 'write', content: messageOf(number) }),
    });
    if (!response.ok) throw new Error(`The page's server answered ${response.status}.`);
  }
}

/** Stands in the first message, and in no other. */
export const FIRST_WORDS = 'This is message 1:';

const messageOf = (number: number): string =>
  `This is message ${number}: **strong**, *leaning* and \`code\`, with https://arxiv.org/abs/2408.14837.\n${'It goes on for a while. '.repeat(number % 12)}`;
