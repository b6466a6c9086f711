/**
 * What no mutant is made of: words whose exact letters are nobody's promise. A Stryker ignore plug-in, named `noise`.
 * Levels and fields of a log call stay mutants; comments and import paths are none to begin with.
 */

/** A node of the syntax tree with what is above it, as far as the rules look. */
export type NodePath = {
  key: string | number | null;
  listKey?: string | null;
  node: Node;
  parentPath: NodePath | null;
};

type Node = {
  type: string;
  name?: string;
  callee?: Node;
  object?: Node;
  property?: Node;
};

const TEXTS = new Set(['StringLiteral', 'TemplateLiteral']);
/** Above these a text is no longer a word of the call. */
const ENDS = /Function|Statement|Declaration|ObjectProperty|ClassBody/;

const noise = {
  /** The rule by which this node and all below it are left alone; undefined: it may be mutated. */
  shouldIgnore(path: NodePath): string | undefined {
    if (!TEXTS.has(path.node.type)) return undefined;
    const call = callAround(path);
    if (call === null) return undefined;
    if (isLogCall(call)) return 'the message of a log call';
    return isFatalError(call) ? 'the sentence of a FatalError' : undefined;
  },
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'noise', value: noise }];

/** The call among whose arguments the text stands, if only choices, sums and texts lie between. */
function callAround(path: NodePath): Node | null {
  let below = path;
  for (let at = path.parentPath; at !== null; at = at.parentPath) {
    if (ENDS.test(at.node.type)) return null;
    if (/^(?:Call|New)Expression$/.test(at.node.type)) return below.listKey === 'arguments' ? at.node : null;
    below = at;
  }
  return null;
}

function isLogCall({ type, callee }: Node): boolean {
  return type === 'CallExpression' && callee?.type === 'MemberExpression' && nameOf(callee.object) === 'log';
}

function isFatalError({ type, callee }: Node): boolean {
  return type === 'NewExpression' && callee?.name === 'FatalError';
}

function nameOf(node: Node | undefined): string | undefined {
  return node?.type === 'MemberExpression' ? node.property?.name : node?.name;
}
