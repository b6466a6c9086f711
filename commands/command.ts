import type {
  APIApplicationCommandOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { ModalForm, ShownMessage } from '#src/render/parts.ts';
import type { Rights } from '#src/service/rights.ts';
import type { Services } from '#src/service/services.ts';
import type { PlainKey } from '#src/wording/phrase.ts';

/** `name`: a sentence's name, or what is called the same in every language. */
export type CommandChoice = { name: string; value: string | number };

/** Each kind of option has what Discord lets it have, and no more. */
export type CommandOption = Named<APIApplicationCommandOption>;

type Named<Option> = Option extends unknown
  ? Omit<Option, 'description' | keyof Lists> & { description: PlainKey } & {
      [List in keyof Lists]: List extends keyof Option ? Lists[List] : undefined;
    }
  : never;

type Lists = { choices?: readonly CommandChoice[]; options?: readonly CommandOption[] };

/** Discord's application-command JSON, with the names of sentences: the same object is registered and run. */
export type CommandData = Readonly<
  Omit<RESTPostAPIChatInputApplicationCommandsJSONBody, 'description' | 'options'>
> & {
  description?: PlainKey;
  options?: readonly CommandOption[];
};

/** A slash command. It returns its answer; gateway/answers/dispatch.ts sends it. */
export type Command = {
  data: CommandData;
  /** Whether the answer is seen only by the asker; a function decides by the request. Default: true. */
  private?: boolean | ((request: Request) => boolean);
  answer(request: Request, services: Services): Promise<Reply> | Reply;
  /** Up to 25 proposals for the focused option. Within 3 s, never throws to the user. */
  complete?(request: Typing, services: Services): Promise<readonly Choice[]> | readonly Choice[];
};

/** A button, select or modal: `prefix` is the part of the custom id before the first `:`. State is in the custom id or the store. */
export type Component = {
  prefix: string;
  private?: boolean;
  /** True when the answer replaces the message that the component stands on. */
  updates?: boolean | ((request: Request) => boolean);
  answer(request: Request, services: Services): Promise<Reply> | Reply;
};

export type Choice = { name: string; value: string };

/** What was asked, by whom, where. Knows nothing of discord.js. */
export type Request = {
  /** Command name or component prefix. */
  readonly name: string;
  /** Subcommand, when there is one. */
  readonly subcommand: string | null;
  /** For autocomplete: name and partial text of the option being typed. */
  readonly focused: { name: string; value: string } | null;
  /** A part of what a custom id says behind its prefix, split at `:`; '' when absent. */
  arg(index: number): string;
  /** Values chosen in a select. */
  readonly values: readonly string[];
  /** The first of them; '' when absent. */
  readonly value: string;
  /** A string option or modal field; '' when absent. */
  text(name: string): string;
  number(name: string): number | null;
  flag(name: string): boolean | null;
  /** A channel option with the bot's own permissions there, when Discord told them. */
  channel(name: string): RequestChannel | null;
  role(name: string): RequestRole | null;
  /** A file of a form. */
  file(name: string): RequestFile | null;
  readonly userId: string;
  /** The language that the asker reads, as Discord names it: `en-US`. */
  readonly locale: string;
  readonly serverId: string | null;
  /** The channel where it was asked; inside a thread or forum post its parent. */
  readonly here: RequestChannel;
  /** What the bot may do in a channel of the server; null: unknown. `mentionsAll`: also roles that not everybody may mention. */
  botIn(channelId: string): { botPermissions: bigint | null; mentionsAll: boolean };
  /** What the asker may do in this server. */
  readonly rights: Rights;
  readonly now: number;
};

/** What is asked while somebody types in an option. */
type Typing = Request & { readonly focused: NonNullable<Request['focused']> };

export type RequestChannel = {
  id: string;
  name: string;
  /** Discord's channel type number. */
  type: number;
  /** The bot's permissions there, as Discord computed them; null when unknown. */
  botPermissions: bigint | null;
  /** Who may mention there also roles that not everybody may mention. */
  mentionsAll: { byBot: boolean; byAsker: boolean };
};

/** A file as Discord keeps it for the bot to read; `bytes`: as many as it is said to have. */
export type RequestFile = { name: string; bytes: number; url: string };

/** `mentionable`: by everybody. */
export type RequestRole = { id: string; mentionable: boolean };

/** The answer. Exactly one of message, modal. dispatch sets allowed_mentions to none unless given. */
export type Reply =
  | (ShownMessage & {
      private?: boolean;
      modal?: undefined;
    })
  | ModalForm;
