import type { Client, Interaction, ModalSubmitInteraction } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModalFields } from '#src/sandbox/driver/modal-answer.ts';
import { connect, someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let client: Client<true>;
let shown: object[];
let answer: (sent: ModalSubmitInteraction) => unknown;

beforeEach(async () => {
  place = await someServer();
  client = await connect(place.sandbox);
  await client.application.commands.set([{ name: 'form', description: 'd' }]);
  onInteraction(async (interaction) => {
    if (interaction.isModalSubmit()) return interaction.reply(String(await answer(interaction)));
    if (interaction.isChatInputCommand()) return interaction.showModal(formOf(shown));
  });
});
afterEach(async () => {
  await client.destroy();
  await place.sandbox.close();
});

function onInteraction(answerIt: (interaction: Interaction) => unknown) {
  client.on('interactionCreate', answerIt);
}

/** As Discord has it: discord.js' builders are not what is tried here. */
function formOf(fields: readonly object[]): APIModalInteractionResponseCallbackData {
  const components = fields.map((component) => ({ type: 18, label: 'l', component }));
  return { custom_id: 'm', title: 't', components } as unknown as APIModalInteractionResponseCallbackData;
}

const open = () => place.driver.slash({ user: place.alice, channel: place.channel, name: 'form' });

/** Fills the form in as alice, and reads what the bot made of it. */
async function send(fields: ModalFields): Promise<string> {
  const at = { user: place.alice, channel: place.channel };
  const sent = await place.driver.submitModal({ ...at, life: open(), fields });
  return (await sent.message()).content;
}

const options = (...values: string[]) => values.map((value) => ({ label: value, value }));

describe('a field of a form', () => {
  test('hands over what was chosen in it, whatever its kind', async () => {
    const { server, channel, bob, driver } = place;
    const role = driver.createRole(server, { name: 'readers' }).id;
    shown = [
      { type: 3, custom_id: 'text', options: options('a', 'b') },
      { type: 5, custom_id: 'user' },
      { type: 6, custom_id: 'role' },
      { type: 7, custom_id: 'any', max_values: 2 },
      { type: 8, custom_id: 'channel' },
    ];
    answer = ({ fields }) =>
      [
        fields.getStringSelectValues('text').join(),
        fields.getSelectedUsers('user')?.first()?.username,
        fields.getSelectedRoles('role')?.first()?.name,
        fields.getSelectedMentionables('any')?.users.size,
        fields.getSelectedMentionables('any')?.roles.size,
        fields.getSelectedChannels('channel')?.first()?.id === channel,
      ].join();
    const fields = { text: ['b'], user: [bob], role: [role], any: [bob, role], channel: [channel] };
    expect(await send(fields)).toBe('b,bob,readers,1,1,true');
  });

  test('is ticked, picked and written in', async () => {
    shown = [
      { type: 21, custom_id: 'radio', options: options('x', 'y') },
      { type: 22, custom_id: 'boxes', options: options('p', 'q', 'r') },
      { type: 23, custom_id: 'box' },
      { type: 4, custom_id: 'text', style: 1 },
    ];
    answer = ({ fields }) =>
      [
        fields.getRadioGroup('radio'),
        fields.getCheckboxGroup('boxes').join('+'),
        fields.getCheckbox('box'),
        fields.getTextInputValue('text'),
      ].join();
    expect(await send({ radio: 'y', boxes: ['p', 'r'], box: true, text: 'w' })).toBe('y,p+r,true,w');
  });

  test('keeps what stood in it from the first when nobody touches it', async () => {
    shown = [
      { type: 21, custom_id: 'radio', options: [{ label: 'x', value: 'x', default: true }, ...options('y')] },
      { type: 23, custom_id: 'box', default: true },
      { type: 4, custom_id: 'text', style: 1, value: 'before' },
      { type: 8, custom_id: 'where', default_values: [{ id: place.channel, type: 'channel' }] },
    ];
    answer = ({ fields }) =>
      [
        fields.getRadioGroup('radio'),
        fields.getCheckbox('box'),
        fields.getTextInputValue('text'),
        fields.getSelectedChannels('where')?.has(place.channel),
      ].join();
    expect(await send({})).toBe('x,true,before,true');
  });

  test('that need not be filled in is sent empty', async () => {
    shown = [
      { type: 3, custom_id: 'text', options: options('a'), required: false },
      { type: 21, custom_id: 'radio', options: options('x', 'y'), required: false },
      { type: 22, custom_id: 'boxes', options: options('p'), required: false },
      { type: 19, custom_id: 'files', required: false },
      { type: 4, custom_id: 'words', style: 1, required: false },
    ];
    answer = ({ fields }) =>
      [
        fields.getStringSelectValues('text').length,
        fields.getRadioGroup('radio'),
        fields.getCheckboxGroup('boxes').length,
        fields.getUploadedFiles('files')?.size ?? 0,
        fields.getTextInputValue('words').length,
      ].join();
    expect(await send({})).toBe('0,,0,0,0');
  });

  const file = (name: string, contentType?: string) => ({ name, contentType, content: new Uint8Array(3) });

  test.each<[string, object, ModalFields[string] | undefined]>([
    ['a select left empty', { type: 3, options: options('a') }, undefined],
    ['a select left empty that says 0', { type: 3, options: options('a'), min_values: 0 }, []],
    ['too few', { type: 3, options: options('a', 'b'), min_values: 2, max_values: 2 }, ['a']],
    ['too many', { type: 3, options: options('a', 'b') }, ['a', 'b']],
    ['the same twice', { type: 3, options: options('a', 'b'), max_values: 2 }, ['a', 'a']],
    ['an unknown option', { type: 3, options: options('a') }, ['z']],
    ['an unknown user', { type: 5 }, ['1']],
    ['an unknown role', { type: 6 }, ['1']],
    ['an unknown mentionable', { type: 7 }, ['1']],
    ['an unknown channel', { type: 8 }, ['1']],
    ['no radio', { type: 21, options: options('x', 'y') }, undefined],
    ['an unknown radio', { type: 21, options: options('x', 'y') }, 'z'],
    ['no box', { type: 22, options: options('p', 'q') }, []],
    ['too many boxes', { type: 22, options: options('p', 'q'), max_values: 1 }, ['p', 'q']],
    ['an unknown box', { type: 22, options: options('p') }, ['z']],
    ['no file', { type: 19 }, undefined],
    ['too many files', { type: 19 }, [file('a'), file('b')]],
    ['a file of another type', { type: 19, file_types: ['.bib', 'image'] }, [file('a.txt', 'text/plain')]],
    ['no text', { type: 4, style: 1 }, ''],
    ['too short a text', { type: 4, style: 1, min_length: 3 }, 'ab'],
    ['too long a text', { type: 4, style: 1, max_length: 3 }, 'abcd'],
  ])('refuses %s, as a client does', async (_, field, given) => {
    shown = [{ ...field, custom_id: 'f' }];
    answer = () => 'sent';
    await expect(send(given === undefined ? {} : { f: given })).rejects.toThrow(/f"|offers no|none of/);
  });

  test('takes a channel of the kinds that it names', async () => {
    const { driver, server, channel } = place;
    const news = driver.createChannel(server, { name: 'news', type: 'announcement' }).id;
    shown = [{ type: 8, custom_id: 'f', channel_types: [5] }];
    answer = () => 'sent';
    expect(await send({ f: [news] })).toBe('sent');
    await expect(send({ f: [channel] })).rejects.toThrow('offers no channel');
  });
});

test('files of a form arrive, and the bot can fetch them', async () => {
  shown = [{ type: 19, custom_id: 'files', min_values: 1, max_values: 2, file_types: ['.bib', 'image'] }];
  answer = async ({ fields }) => {
    const files = [...(fields.getUploadedFiles('files')?.values() ?? [])];
    const texts = await Promise.all(files.map(async ({ url }) => (await fetch(url)).text()));
    return files.map(({ name, size, contentType }, i) => `${name} ${size} ${contentType} ${texts[i]}`).join();
  };
  const files = [
    { name: 'mine.BIB', content: Buffer.from('@misc{a}') },
    { name: 'plot', contentType: 'image/png', content: Buffer.from('png') },
  ];
  expect(await send({ files })).toBe('mine.BIB 8 application/octet-stream @misc{a},plot 3 image/png png');
});

test('a form is open for its asker alone, and has no other fields', async () => {
  const { driver, bob, channel, alice } = place;
  shown = [{ type: 4, custom_id: 'text', style: 1 }];
  const life = open();
  const fields = { text: 'w' };
  await expect(driver.submitModal({ user: bob, channel, life, fields })).rejects.toThrow('alone');
  const other = { text: 'w', more: 'x' };
  await expect(driver.submitModal({ user: alice, channel, life, fields: other })).rejects.toThrow('no field');
});

test('what answers a form tells which command opened it', async () => {
  const { driver, alice, channel } = place;
  shown = [{ type: 4, custom_id: 'text', style: 1 }];
  answer = () => 'thanks';
  const life = open();
  const sent = await driver.submitModal({ user: alice, channel, life, fields: { text: 'w' } });
  expect(await sent.message()).toMatchObject({
    interaction_metadata: { type: 5, triggering_interaction_metadata: { id: life.id, type: 2 } },
  });
});
