import { ENV_FILE, type EnvFile } from './env-file.ts';

/**
 * Sentences for the operator on what a `.env` did and did not do; none without one. Names only, never a value.
 * `variables`: all that Paperboy reads.
 */
export function tellEnvFile(
  found: EnvFile | null,
  env: Record<string, string | undefined>,
  variables: readonly string[],
): string[] {
  if (found === null) return [];
  const { sets, overruled, unread } = found;
  // The zone of the machine is no variable of ours, and counts all the same.
  const known = [...variables, 'TZ'];
  const used = known.filter((name) => sets.includes(name) && !overruled.includes(name) && env[name]?.trim());
  const strange = sets.filter((name) => !known.includes(name));
  const hasEmptyToken = sets.includes('DISCORD_TOKEN') && !env.DISCORD_TOKEN?.trim();
  return [
    `${ENV_FILE} was read: it sets ${used.length > 0 ? listed(used) : 'nothing that Paperboy uses'}.`,
    ...(overruled.length > 0
      ? [`The environment has ${listed(overruled)} too, and wins over ${ENV_FILE}.`]
      : []),
    ...(hasEmptyToken ? [tellEmptyToken(overruled)] : []),
    ...(strange.length > 0
      ? [`Paperboy knows no ${listed(strange, 'or')}: config/example.env lists every variable.`]
      : []),
    ...unread.map(
      (line) => `Line ${line} of ${ENV_FILE} was passed over: it has no = between name and value.`,
    ),
  ];
}

function tellEmptyToken(overruled: readonly string[]): string {
  if (overruled.includes('DISCORD_TOKEN'))
    return 'In the environment DISCORD_TOKEN is empty, which means the sandbox: unset it there to use the one of .env.';
  return `DISCORD_TOKEN= in ${ENV_FILE} is empty, which means the sandbox: put your bot's token right behind the sign.`;
}

function listed(names: readonly string[], last = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}
