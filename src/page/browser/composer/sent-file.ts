import type { SentFile } from '../../protocol.ts';

/** As much as Discord takes of whoever pays nothing. */
const MOST_BYTES = 10 * 1024 * 1024;

/** A file that the viewer chose, as it is sent; null: it is too large. */
export async function readFile(file: File): Promise<SentFile | null> {
  if (file.size > MOST_BYTES) return null;
  return { name: file.name, type: file.type, base64: await base64Of(file) };
}

/** Said where `readFile` gives nothing. */
export const TOO_LARGE = 'That file is larger than 10 MB. Choose a smaller one.';

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
