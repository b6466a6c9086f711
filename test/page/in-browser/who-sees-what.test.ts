import { describe, expect, it } from 'vitest';
import { chromiumFile, NEEDS_CHROMIUM } from './chromium.ts';
import { answerTo, choose, command, line, messages, openChannel, say, write } from './hands.ts';
import { useVisits } from './visits.ts';

/** What a paper's title or a member may try. */
const HOSTILE = [
  '<img src=x onerror="document.title=1"><script>document.title=1</script>',
  '[a link](javascript:document.title=1)',
  'Right to left \u202e\u202e gnihtemos \u2067 and back',
  '&lt;b&gt; &amp; <!-- --> {{ }}',
  'W'.repeat(1990),
];

describe.skipIf(chromiumFile === null)(`who sees what on the page (${NEEDS_CHROMIUM})`, () => {
  const { visit } = useVisits();

  it('an answer that is only for the moderator is not there for a member and is there again for the moderator', async () => {
    const page = await visit();
    await openChannel(page, 'general');
    await command(page, 'subscribe', 'keywords:agents');
    await answerTo(page, 'subscribe').getByText('Only you can see this').waitFor();
    await choose(page, 'Member');
    await page.getByText('You are Member.').waitFor();
    await openChannel(page, 'general');
    expect(await messages(page, 'Only you can see this').count()).toBe(0);
    await choose(page, 'Moderator');
    await page.getByText('You are Moderator.').waitFor();
    await openChannel(page, 'general');
    await messages(page, 'Only you can see this').first().waitFor();
  });

  it('a member sees neither the moderators\u2019 channel nor their commands, the owner sees both', async () => {
    const page = await visit();
    await choose(page, 'Member');
    await page.getByText('You are Member.').waitFor();
    await openChannel(page, 'general');
    const channels = page.getByRole('navigation', { name: /^Channels of/ });
    expect(await channels.getByRole('button', { name: /^moderators/ }).count()).toBe(0);
    await write(page, '/');
    await line(page, /^\/search/).waitFor();
    expect(await line(page, /^\/subscribe/).count()).toBe(0);
    await page.keyboard.press('Backspace');
    await choose(page, 'Owner');
    await page.getByText('You are Owner.').waitFor();
    await channels.getByRole('button', { name: /^moderators/ }).waitFor();
    await openChannel(page, 'general');
    await write(page, '/');
    await line(page, /^\/subscribe/).waitFor();
  });

  it('what somebody wrote stays text, and in its place', async () => {
    const page = await visit();
    // The tab counts what comes meanwhile.
    await choose(page, 'Pause');
    await openChannel(page, 'general');
    const title = await page.title();
    for (const text of HOSTILE) {
      await say(page, text);
      const written = messages(page, text.slice(0, 9)).last();
      await written.waitFor();
      expect(await written.locator(':is(img, script, b, a)').count()).toBe(0);
    }
    const log = page.getByRole('region', { name: 'Messages' });
    const words = await log.textContent();
    for (const text of HOSTILE) expect(words).toContain(text);
    expect(await page.title()).toBe(title);
    expect(await log.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});
