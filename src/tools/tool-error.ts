/** For who runs a tool: the sentence that it ends with. */
export class ToolError extends Error {
  override name = 'ToolError';
}
