/*
 * What the page's server tells the browser and what the browser asks: plain values with names instead of Discord's numbers.
 * Types only; both sides import them. Instants are UTC ms by the scene's clock.
 */

// ---- text: Discord's markdown, read on the server; what people or papers wrote is never HTML

export type Text = readonly TextPart[];

export type TextPart =
  | { kind: 'plain'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler' | 'quote' | 'small'; inner: Text }
  | { kind: 'heading'; level: 1 | 2 | 3; inner: Text }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly Text[] }
  | { kind: 'code'; text: string }
  | { kind: 'code-block'; language: string | null; text: string }
  | { kind: 'link'; href: string; title: string | null; inner: Text }
  /** `<t:…:R>`; `style` is Discord's letter, `f` where there is none. */
  | { kind: 'time'; at: number; style: string }
  /** `name` without the sign before it; `isMine`: it calls the viewer. */
  | {
      kind: 'mention';
      of: 'user' | 'role' | 'channel' | 'everyone' | 'command';
      id: string;
      name: string;
      isMine: boolean;
    }
  | { kind: 'emoji'; name: string };

// ---- messages

export type Person = {
  id: string;
  name: string;
  isBot: boolean;
};

export type PageMessage = {
  id: string;
  channelId: string;
  author: Person;
  at: number;
  editedAt: number | null;
  content: Text;
  embeds: readonly ShownEmbed[];
  parts: readonly Part[];
  files: readonly ShownFile[];
  poll: ShownPoll | null;
  /** Only the viewer sees it. */
  isEphemeral: boolean;
  /** "Paperboy is thinking …". */
  isThinking: boolean;
  /** It answers a command: `/search`. */
  asked: { by: Person; command: string } | null;
  replyTo: { messageId: string; author: Person; text: string } | null;
  thread: { id: string; name: string; messages: number } | null;
  /** It calls the viewer, by name, role or everyone. */
  pings: boolean;
  /** What a phone would show of it, cut as there; null where it would show nothing. */
  push: string | null;
};

export type Picture = {
  /** A path of this server; null: it stands on another host, and the page asks no other. */
  src: string | null;
  /** The other host. */
  host: string | null;
  alt: string | null;
  isSpoiler: boolean;
};

export type ShownFile = Picture & { id: string; name: string; bytes: number; isImage: boolean };

export type ShownEmbed = {
  /** `#rrggbb` */
  colour: string | null;
  author: string | null;
  title: Text | null;
  href: string | null;
  description: Text | null;
  fields: readonly { name: Text; value: Text; isInline: boolean }[];
  image: Picture | null;
  thumbnail: Picture | null;
  footer: string | null;
  at: number | null;
};

/** `share` of all votes, 0 to 1. */
export type ShownPoll = {
  question: string;
  answers: readonly { id: string; text: string; votes: number; share: number; isMine: boolean }[];
  takesSeveral: boolean;
  votes: number;
  endsAt: number;
  isOver: boolean;
};

// ---- components

export type Part =
  | { kind: 'row'; parts: readonly (Button | Select)[] }
  | Button
  | Select
  | { kind: 'text'; text: Text }
  | {
      kind: 'section';
      texts: readonly Text[];
      accessory: Button | { kind: 'thumbnail'; picture: Picture } | null;
    }
  | { kind: 'gallery'; pictures: readonly Picture[] }
  | { kind: 'file'; file: ShownFile }
  | { kind: 'separator'; hasLine: boolean; isLarge: boolean }
  | { kind: 'container'; colour: string | null; isSpoiler: boolean; parts: readonly Part[] };

export type Button = {
  kind: 'button';
  style: 'primary' | 'secondary' | 'success' | 'danger' | 'link';
  label: string | null;
  emoji: string | null;
  /** Null: a link. */
  customId: string | null;
  href: string | null;
  isDisabled: boolean;
};

/** `choices` of `options`; of the others the viewer picks from the scene. `chosen`: values that are set already. */
export type Select = {
  kind: 'select';
  of: 'options' | PickKind;
  customId: string;
  placeholder: string | null;
  least: number;
  most: number;
  isDisabled: boolean;
  choices: readonly SelectChoice[];
  chosen: readonly string[];
  /** Only these kinds of channels; null: all. */
  channelKinds: readonly Place['kind'][] | null;
};

/** Somebody or something of the server, chosen by its id. `mentionable`: a member or a role. */
export type PickKind = 'user' | 'role' | 'channel' | 'mentionable';

export type SelectChoice = { value: string; label: string; description: string | null; emoji: string | null };

export type Modal = {
  title: string;
  customId: string;
  /** The interaction that was answered with it; goes back with what was filled in. */
  life: string;
  parts: readonly ModalPart[];
};

export type ModalPart =
  | { kind: 'text'; text: Text }
  | { kind: 'label'; label: string; description: string | null; field: FormField };

export type FormField =
  | {
      kind: 'input';
      customId: string;
      isLong: boolean;
      placeholder: string | null;
      value: string;
      isRequired: boolean;
      shortest: number;
      longest: number;
    }
  | (Select & { isRequired: boolean })
  | {
      kind: 'radio';
      customId: string;
      choices: readonly SelectChoice[];
      chosen: string | null;
      isRequired: boolean;
    }
  | {
      kind: 'checks';
      customId: string;
      choices: readonly SelectChoice[];
      chosen: readonly string[];
      least: number;
      most: number;
    }
  | { kind: 'check'; customId: string; isChosen: boolean }
  | { kind: 'upload'; customId: string; least: number; most: number; fileTypes: readonly string[] };

// ---- the scene

export type Scene = {
  /** Another one after a start again: nothing of the old one holds. */
  id: string;
  viewer: Person;
  /** Whom the page can be looked at as. */
  people: readonly Viewer[];
  bot: Person;
  servers: readonly Server[];
  /** Direct messages of the viewer. */
  directs: readonly Place[];
  tasks: readonly Task[];
};

export type Viewer = Person & { role: 'member' | 'moderator' | 'owner' };

export type Server = {
  id: string;
  name: string;
  /** What the viewer sees, in the order of the list; threads and forum posts stand behind their parent. */
  places: readonly Place[];
  roles: readonly { id: string; name: string }[];
  members: readonly Person[];
};

export type Place = {
  id: string;
  serverId: string | null;
  name: string;
  kind: 'text' | 'announcement' | 'forum' | 'category' | 'voice' | 'thread' | 'direct';
  parentId: string | null;
  topic: string | null;
  isArchived: boolean;
  /** Whether the viewer may write there. */
  mayWrite: boolean;
  /** What the bot lacks of what it needs there, by Discord's names ("Send Messages"). */
  botLacks: readonly string[];
  tags: readonly { id: string; name: string; isSet: boolean }[];
  /** The newest message that the viewer sees. */
  lastMessageId: string | null;
};

/** Something to try, ticked off by the server when it has been done. `command`: what to put in the composer. */
export type Task = { id: string; text: string; command: string | null; isDone: boolean };

/** Milliseconds of the scene that pass in one of the viewer's; 0: it stands still. */
export type SceneTime = {
  now: number;
  speed: number;
  nextPollAt: number | null;
  nextDigestAt: number | null;
  /** When the sample days are over. */
  endsAt: number;
  isOver: boolean;
  /** Being led to that instant, poll by poll; null: not. */
  goingTo: number | null;
};

export type ShownHappening = {
  id: number;
  at: number;
  text: Text;
  link: { channelId: string; messageId: string } | null;
};

// ---- told: GET /live?as=PERSON, a stream of server-sent events, each one JSON value

export type Told =
  /** At the beginning, and whenever places, people, rights or tasks changed. */
  | { told: 'scene'; scene: Scene }
  /** At the beginning: the newest of each place, oldest first. */
  | { told: 'messages'; channelId: string; messages: readonly PageMessage[]; hasEarlier: boolean }
  | { told: 'message'; message: PageMessage }
  | { told: 'gone'; channelId: string; messageId: string }
  | { told: 'time'; time: SceneTime }
  | { told: 'happening'; happening: ShownHappening };

// ---- asked

/** GET /messages?as=&channel=&before=: the 50 before that one, oldest first. */
export type EarlierMessages = { messages: readonly PageMessage[]; hasEarlier: boolean };

/** GET /commands?as=&channel= */
export type OfferedCommands = { commands: readonly OfferedCommand[] };

/** A subcommand is one of its own: `filter test`. */
export type OfferedCommand = {
  id: string;
  name: string;
  description: string;
  kind: 'slash' | 'message' | 'user';
  options: readonly OfferedOption[];
};

export type OfferedOption = {
  name: string;
  description: string;
  kind: 'text' | 'integer' | 'number' | 'boolean' | 'attachment' | PickKind;
  isRequired: boolean;
  choices: readonly { name: string; value: string | number }[];
  completes: boolean;
  /** Of numbers. */
  min: number | null;
  max: number | null;
  /** Of texts, in characters. */
  shortest: number | null;
  longest: number | null;
  channelKinds: readonly Place['kind'][] | null;
};

export type OptionValue = string | number | boolean;

/** A file as the browser sends it; `base64` of its bytes. */
export type SentFile = { name: string; type: string; base64: string };

/** POST /ask, one JSON value. `as`: who does it. */
export type PageQuestion = { as: string } & (
  | { ask: 'command'; channelId: string; name: string; options: Record<string, OptionValue | SentFile> }
  | {
      ask: 'complete';
      channelId: string;
      name: string;
      options: Record<string, OptionValue>;
      focused: string;
    }
  | { ask: 'use on message'; channelId: string; name: string; messageId: string }
  | { ask: 'use on person'; channelId: string; name: string; personId: string }
  | { ask: 'click'; channelId: string; messageId: string; customId: string }
  | { ask: 'choose'; channelId: string; messageId: string; customId: string; values: readonly string[] }
  | { ask: 'submit'; channelId: string; life: string; fields: Record<string, FieldValue> }
  | { ask: 'vote'; channelId: string; messageId: string; answers: readonly string[] }
  | { ask: 'write'; channelId: string; content: string }
  /** The scene's panel. */
  | { ask: 'allow'; channelId: string; permission: string; isAllowed: boolean }
  | { ask: 'create channel'; serverId: string; name: string; kind: 'text' | 'announcement' | 'forum' }
  | { ask: 'delete channel'; channelId: string }
  /** Null: everybody who has the command's default permission. */
  | { ask: 'map command'; serverId: string; command: string; roleId: string | null }
  | { ask: 'speed'; speed: number }
  | { ask: 'go to'; where: 'next poll' | 'next digest' }
  | { ask: 'again' }
);

export type FieldValue = string | boolean | readonly string[] | readonly SentFile[];

/** `sentence` is for the viewer: "Paperboy did not respond." */
export type Answer =
  | { answer: 'done' }
  | { answer: 'modal'; modal: Modal }
  | { answer: 'choices'; choices: readonly { name: string; value: string | number }[] }
  | { answer: 'failed'; sentence: string };
