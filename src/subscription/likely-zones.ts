/**
 * Where people who use Discord in a language most likely live, the likeliest first: its locales (discord.com/developers/docs,
 * Reference, Locales) to three zones. Zones are told by their city.
 */
const BY_LOCALE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    bg: ['Europe/Sofia', 'Europe/Berlin', 'Europe/London'],
    cs: ['Europe/Prague', 'Europe/Bratislava', 'Europe/Berlin'],
    da: ['Europe/Copenhagen', 'Europe/Oslo', 'Europe/Stockholm'],
    de: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
    el: ['Europe/Athens', 'Asia/Nicosia', 'Europe/Berlin'],
    'en-GB': ['Europe/London', 'Europe/Dublin', 'Australia/Sydney'],
    'en-US': ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
    'es-419': ['America/Mexico_City', 'America/Bogota', 'America/Argentina/Buenos_Aires'],
    'es-ES': ['Europe/Madrid', 'Atlantic/Canary', 'America/Mexico_City'],
    fi: ['Europe/Helsinki', 'Europe/Stockholm', 'Europe/Tallinn'],
    fr: ['Europe/Paris', 'Europe/Brussels', 'America/Toronto'],
    hi: ['Asia/Kolkata', 'Asia/Dubai', 'Europe/London'],
    hr: ['Europe/Zagreb', 'Europe/Sarajevo', 'Europe/Vienna'],
    hu: ['Europe/Budapest', 'Europe/Bratislava', 'Europe/Bucharest'],
    id: ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'],
    it: ['Europe/Rome', 'Europe/Zurich', 'Europe/London'],
    ja: ['Asia/Tokyo', 'America/Los_Angeles', 'Europe/London'],
    ko: ['Asia/Seoul', 'America/Los_Angeles', 'Europe/London'],
    lt: ['Europe/Vilnius', 'Europe/London', 'Europe/Warsaw'],
    nl: ['Europe/Amsterdam', 'Europe/Brussels', 'Europe/Berlin'],
    no: ['Europe/Oslo', 'Europe/Copenhagen', 'Europe/Stockholm'],
    pl: ['Europe/Warsaw', 'Europe/London', 'Europe/Berlin'],
    'pt-BR': ['America/Sao_Paulo', 'America/Manaus', 'Europe/Lisbon'],
    ro: ['Europe/Bucharest', 'Europe/Chisinau', 'Europe/Rome'],
    ru: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Novosibirsk'],
    'sv-SE': ['Europe/Stockholm', 'Europe/Helsinki', 'Europe/Copenhagen'],
    th: ['Asia/Bangkok', 'Asia/Singapore', 'Australia/Sydney'],
    tr: ['Europe/Istanbul', 'Europe/Berlin', 'Asia/Nicosia'],
    uk: ['Europe/Kyiv', 'Europe/Warsaw', 'Europe/Berlin'],
    vi: ['Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Australia/Sydney'],
    'zh-CN': ['Asia/Shanghai', 'Asia/Singapore', 'America/Los_Angeles'],
    'zh-TW': ['Asia/Taipei', 'Asia/Hong_Kong', 'America/Los_Angeles'],
  }),
);
const ANYWHERE = ['America/New_York', 'Europe/London', 'Asia/Singapore'] as const;

/** Three zones that somebody may mean: those in use around them first, then by their locale. */
export function likelyZones(locale: string, inUse: readonly string[]): string[] {
  return [...new Set([...inUse, ...(BY_LOCALE.get(locale) ?? ANYWHERE)])].slice(0, 3);
}
