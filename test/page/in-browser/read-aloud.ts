import type { Locator, Page } from 'playwright-core';

/** What a screen reader meets, in its order: a thing with its role and what is said of it. */
export type Heard = {
  role: string;
  name: string;
  /** Of a heading, as the page has it. */
  level: number | null;
};

type Value = { value?: unknown };
type AxNode = {
  nodeId: string;
  ignored: boolean;
  childIds?: string[];
  parentId?: string;
  role?: Value;
  name?: Value;
  properties?: { name: string; value: Value }[];
};

const textOf = (value: Value | undefined): string =>
  typeof value?.value === 'string' ? value.value.trim() : '';

/** What stands inside of that element of the page, from its accessibility tree. */
export async function heardIn(page: Page, element: Locator): Promise<readonly Heard[]> {
  const session = await page.context().newCDPSession(page);
  const mark = `heard-${Math.random()}`;
  await element.evaluate((node, name) => node.setAttribute('data-heard', name), mark);
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const selector = `[data-heard="${mark}"]`;
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { nodes }: { nodes: AxNode[] } = await session.send('Accessibility.queryAXTree', { nodeId });
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const [top] = nodes.filter(({ parentId }) => parentId === undefined || !byId.has(parentId));
  const walk = (node: AxNode): readonly Heard[] => {
    const inner = (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child ? walk(child) : [];
    });
    const role = textOf(node.role);
    // Pieces of lines, which their text says already.
    if (node.ignored || role === 'InlineTextBox') return inner;
    const level = node.properties?.find(({ name }) => name === 'level')?.value.value;
    return [{ role, name: textOf(node.name), level: typeof level === 'number' ? level : null }, ...inner];
  };
  return top ? walk(top) : [];
}
