/** What people call the presets of newly trending. */
export const SENSITIVITY = {
  sure: 'strict',
  balanced: 'balanced',
  early: 'early',
  wide: 'everything rising',
} as const;
