import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { type Call, fieldsOf, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { checkCommands, checkOneCommand } from '../rules/command-rules.ts';
import { DiscordError, refusal } from '../rules/discord-error.ts';
import { commandView } from '../view/command-view.ts';
import { type RegisteredCommand, typeOf } from '../world/command.ts';
import { tellPeople } from '../world/heard.ts';
import type { Json } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { guildFor } from './access.ts';

/** https://discord.com/developers/docs/interactions/application-commands#endpoints, global and for one guild. */
export const commandRoutes: readonly Route[] = [
  ...routesUnder('/applications/{application_id}/commands'),
  ...routesUnder('/applications/{application_id}/guilds/{guild_id}/commands'),
];

function routesUnder(path: string): Route[] {
  return [
    { method: 'GET', path, answer: (call) => ok(inScope(call).map((one) => commandView(call.world, one))) },
    { method: 'PUT', path, answer: overwriteAll },
    { method: 'POST', path, answer: createOne },
    {
      method: 'GET',
      path: `${path}/{command_id}`,
      answer: (call) => ok(commandView(call.world, commandOf(call))),
    },
    { method: 'PATCH', path: `${path}/{command_id}`, answer: patchOne },
    { method: 'DELETE', path: `${path}/{command_id}`, answer: deleteOne },
  ];
}

const CREATES_A_DAY = 200;
const DAY = 86_400_000;

function scopeOf({ world, params }: Call): string | null {
  if (params.application_id !== world.applicationId) throw refusal.unknownApplication();
  return params.guild_id === undefined ? null : guildFor(world, params.guild_id).id;
}

function inScope(call: Call): RegisteredCommand[] {
  const scope = scopeOf(call);
  return [...call.world.commands.values()].filter((one) => one.guildId === scope);
}

function commandOf(call: Call): RegisteredCommand {
  const found = inScope(call).find((one) => one.id === call.params.command_id);
  if (!found) throw refusal.unknownCommand();
  return found;
}

// Commands of the same name and type keep their id; the others of the scope go.
function overwriteAll(call: Call): RestAnswer {
  const before = inScope(call);
  const bodies = checkCommands(call.body);
  const kept = bodies.map((body) => before.find((one) => isSame(one.body, body)));
  countCreations(call, kept.filter((one) => one === undefined).length);
  for (const one of before) call.world.commands.delete(one.id);
  const now = bodies.map((body, index) => keep(call, body, kept[index]?.id));
  tellScope(call);
  return ok(now.map((one) => commandView(call.world, one)));
}

function createOne(call: Call): RestAnswer {
  const before = inScope(call);
  const body = fieldsOf(call);
  const same = before.find((one) => isSame(one.body, body));
  checkOneCommand(
    call.body,
    before.filter((one) => one !== same).map((one) => one.body),
  );
  if (!same) countCreations(call, 1);
  const command = keep(call, body, same?.id);
  tellScope(call);
  return { status: same ? 200 : 201, body: commandView(call.world, command) };
}

function patchOne(call: Call): RestAnswer {
  const command = commandOf(call);
  const others = inScope(call).filter((one) => one !== command);
  const body = { ...command.body, ...fieldsOf(call) };
  checkOneCommand(
    body,
    others.map((one) => one.body),
  );
  const patched = keep(call, body, command.id);
  tellScope(call);
  return ok(commandView(call.world, patched));
}

function deleteOne(call: Call): RestAnswer {
  call.world.commands.delete(commandOf(call).id);
  tellScope(call);
  return noContent;
}

function tellScope(call: Call): void {
  tellPeople(call.world, { kind: 'place', guildId: scopeOf(call) });
}

function keep(call: Call, body: Json, id: string | undefined): RegisteredCommand {
  const { world } = call;
  const command = { id: id ?? world.nextId(), guildId: scopeOf(call), version: world.nextId(), body };
  world.commands.set(command.id, command);
  return command;
}

function isSame(a: Json, b: Json): boolean {
  return a.name === b.name && typeOf(a) === typeOf(b);
}

function countCreations(call: Call, more: number): void {
  const { world } = call;
  const scope = scopeOf(call) ?? 'global';
  const day = Math.floor(world.now() / DAY);
  const before = creationsOf(world, scope, day);
  if (before + more > CREATES_A_DAY) {
    throw new DiscordError(
      400,
      RESTJSONErrorCodes.MaximumDailyApplicationCommandCreatesReached,
      `Max number of daily application command creates has been reached (${CREATES_A_DAY})`,
    );
  }
  world.commandCreations.set(scope, { day, count: before + more });
}

function creationsOf(world: World, scope: string, day: number): number {
  const known = world.commandCreations.get(scope);
  return known?.day === day ? known.count : 0;
}
