/** "1.2 MB", as Discord counts: 1,024 bytes are a KB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 1024 ** 2) return `${shortened(bytes / 1024)} KB`;
  return `${shortened(bytes / 1024 ** 2)} MB`;
}

const shortened = (count: number): string =>
  count < 100 ? count.toFixed(1).replace('.0', '') : count.toFixed(0);
