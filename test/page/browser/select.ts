import type { Select } from '#src/page/protocol.ts';

export const select = (more: Partial<Select> = {}): Select => ({
  kind: 'select',
  of: 'options',
  customId: 'pick',
  placeholder: null,
  least: 1,
  most: 1,
  isDisabled: false,
  choices: [{ value: 'x', label: 'X', description: null, emoji: null }],
  chosen: [],
  channelKinds: null,
  ...more,
});
