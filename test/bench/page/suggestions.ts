import type { Page } from 'playwright-core';

/** Runs in the page: from the next key until a list that it changes has been drawn, ms. */
const WATCH_LIST = `globalThis.listDrawn = new Promise((resolve, reject) => {
  let from = null;
  addEventListener('keydown', ({ timeStamp }) => { from = timeStamp; }, { once: true, capture: true });
  const isOfList = (node) =>
    (node.closest ? node : node.parentElement)?.closest('[role=listbox]') || node.querySelector?.('[role=listbox]');
  const changes = new MutationObserver((all) => {
    if (from === null) return;
    const nodes = all.flatMap(({ type, target, addedNodes, removedNodes }) =>
      type === 'characterData' ? [target] : addedNodes.length + removedNodes.length > 0 ? [target, ...addedNodes] : []);
    if (!nodes.some((node) => node !== document.body && isOfList(node))) return;
    changes.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
  });
  changes.observe(document.body, { subtree: true, childList: true, characterData: true });
  setTimeout(() => reject(new Error('The key changed no list.')), 5000);
}), null`;

/** The third letter of each brings the first papers: two are the beginning of too many words. */
const BEGINNINGS = 'dif vid mod age rei lan tra ima rob see wor gen sca lar uni aut con sea dee vis'.split(
  ' ',
);

/** From `/` until the list of commands is drawn. The composer is empty and has the focus. */
export async function commandListDelays(page: Page, times: number): Promise<number[]> {
  const delays: number[] = [];
  for (let time = 0; time < times; time++) {
    delays.push(await delayOf(page, '/'));
    await page.keyboard.press('Backspace');
  }
  return delays;
}

/** From a letter of a title until what the bot proposes for it is drawn. The field has the focus and is empty. */
export async function completionDelays(page: Page, times: number): Promise<number[]> {
  const delays: number[] = [];
  for (const [first, second, third] of BEGINNINGS.slice(0, times)) {
    for (const key of [first, second]) await proposed(page, key);
    delays.push(await delayOf(page, third));
    for (let letter = 0; letter < 3; letter++) await proposed(page, 'Backspace');
  }
  return delays;
}

/** Presses a key and waits for what the bot proposes then, which may be the same as before. */
async function proposed(page: Page, key: string): Promise<void> {
  await Promise.all([page.waitForResponse(/\/ask$/), page.keyboard.press(key)]);
}

async function delayOf(page: Page, key: string): Promise<number> {
  await page.evaluate(WATCH_LIST);
  await page.keyboard.press(key);
  return page.evaluate<number>('globalThis.listDrawn');
}
