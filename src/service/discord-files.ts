import { OutsideError } from '#src/foundation/failure.ts';
import { UserError } from '#src/wording/user-error.ts';

const MEGABYTE = 2 ** 20;

/** A file that somebody handed over in a form; `bytes`: as many as Discord says that it has. */
export type HandedFile = { name: string; bytes: number; url: string };

export type DiscordFiles = {
  /** Its text, by its own mark or in UTF-8. Throws UserError for one that is too large, or cannot be had. */
  read(file: HandedFile): Promise<string>;
};

/** As many bytes as Discord takes of a bot in one file (reference.mdx "Uploading Files"): what was exported is read again. */
export const FILE_BYTES = 10 * MEGABYTE;
/** Where Discord keeps files (reference.mdx "Image Formatting", "CDN"). */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net'];

type Deps = {
  /** What is there, of at most `FILE_BYTES` bytes. Throws OutsideError. */
  get(url: string): Promise<string>;
  /** Another Discord than the real one keeps its files itself. */
  apiUrl: string;
};

export function createDiscordFiles({ get, apiUrl }: Deps): DiscordFiles {
  return {
    async read({ bytes, url }) {
      if (bytes > FILE_BYTES)
        throw new UserError('import.tooLarge', {
          has: Math.ceil((bytes / MEGABYTE) * 10) / 10,
          most: FILE_BYTES / MEGABYTE,
        });
      if (!isDiscords(url, apiUrl)) throw new UserError('import.notFetched');
      try {
        return await get(url);
      } catch (error) {
        if (error instanceof OutsideError) throw new UserError('import.notFetched');
        throw error;
      }
    },
  };
}

/** Whoever asks chooses the file, and must not choose what is asked inside the operator's network. */
function isDiscords(url: string, apiUrl: string): boolean {
  const [asked, api] = [URL.parse(url), URL.parse(apiUrl)];
  if (!asked) return false;
  const isReal = asked.protocol === 'https:' && asked.port === '' && HOSTS.includes(asked.hostname);
  return isReal || (asked.origin === api?.origin && api.hostname !== 'discord.com');
}
