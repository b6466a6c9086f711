import { describe, expect, it } from 'vitest';
import { cityOf, placeKey, readZoneTable, wellKnownFirst } from '#src/subscription/zone-table.ts';

/** What the table has under those names. */
function placesNamed(...names: string[]) {
  const { places } = readZoneTable();
  return names.map((name) => places.get(placeKey(name)));
}
const zonesNamed = (...names: string[]) => placesNamed(...names).map((place) => place?.zones);

describe('a name of a place', () => {
  it('is found with its accents, without them, and with the umlauts that are spelled out', () => {
    expect(zonesNamed('Zürich', 'zurich', 'ZUERICH')).toEqual(Array(3).fill(['Europe/Zurich']));
    expect(zonesNamed('Köln', 'koln', 'Koeln')).toEqual(Array(3).fill(['Europe/Berlin']));
    expect(zonesNamed('Pärnu', 'parnu', 'Paernu')).toEqual(Array(3).fill(['Europe/Tallinn']));
    expect(zonesNamed('Düsseldorf', 'Duesseldorf')).toEqual(Array(2).fill(['Europe/Berlin']));
  });

  it('is that of every city of the zones, of those that are called otherwise there, and of old zones', () => {
    expect(zonesNamed('Kyoto', 'Hamburg', 'Bombay', 'Timbuktu', 'Belfast', 'Nipigon', 'Salta')).toEqual([
      ['Asia/Tokyo'],
      ['Europe/Berlin'],
      ['Asia/Kolkata'],
      ['Africa/Abidjan'],
      ['Europe/London'],
      ['America/Toronto'],
      ['America/Argentina/Salta'],
    ]);
    const kinds = placesNamed('Kyoto', 'Timbuktu', 'Salta').map((place) => place?.kind);
    expect(kinds).toEqual(['city', 'city', 'city']);
  });

  it('is none where an old zone was called after a part of a country', () => {
    expect(zonesNamed('Eastern', 'Central', 'Newfoundland', 'LHI')).toEqual(Array(4).fill(undefined));
  });

  it('is that of a country: in English, by its two letters, and as people call it', () => {
    const germany = { kind: 'country', zones: ['Europe/Berlin'] };
    expect(placesNamed('Germany', 'DE', 'Deutschland')).toMatchObject([germany, germany, germany]);
    expect(placesNamed('The Netherlands', 'Holland').map((place) => place?.name)).toEqual([
      'The Netherlands',
      'Holland',
    ]);
    expect(zonesNamed('Portugal', 'USA')).toEqual([
      ['Atlantic/Azores', 'Europe/Lisbon'],
      expect.arrayContaining(['America/New_York', 'Pacific/Honolulu', 'America/Adak']),
    ]);
  });

  it('is shown as it is spelled, with no blank around it', () => {
    const names = [...readZoneTable().places.values()].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Tübingen', 'Bonaire, Saint Eustatius and Saba']));
    expect(names.filter((name) => name !== name.trim())).toEqual([]);
  });
});

describe('a name that several places have', () => {
  it('is that of each city with another clock, each clock once', () => {
    expect(placesNamed('San Jose', 'Cambridge', 'Hamilton', 'Kolkata')).toEqual([
      { name: 'San Jose', kind: 'city', zones: ['America/Los_Angeles', 'America/Costa_Rica'] },
      { name: 'Cambridge', kind: 'city', zones: ['America/New_York', 'Europe/London'] },
      { name: 'Hamilton', kind: 'city', zones: ['Atlantic/Bermuda', 'America/Toronto', 'Pacific/Auckland'] },
      { name: 'Kolkata', kind: 'city', zones: ['Asia/Kolkata'] },
    ]);
  });

  it('is that of the city alone after which a zone of today is called', () => {
    expect(zonesNamed('Sydney', 'Melbourne', 'Tripoli', 'San Juan', 'Louisville', 'Catamarca')).toEqual([
      ['Australia/Sydney'],
      ['Australia/Melbourne'],
      ['Africa/Tripoli'],
      ['America/Argentina/San_Juan'],
      ['America/Kentucky/Louisville'],
      ['America/Argentina/Catamarca'],
    ]);
  });

  it('is that of a country before a city elsewhere, and of the city that is a country', () => {
    expect(placesNamed('Liberia', 'LA', 'Samoa', 'Singapore')).toMatchObject([
      { kind: 'country', zones: ['Africa/Monrovia'] },
      { kind: 'country', zones: ['Asia/Vientiane'] },
      { kind: 'country', zones: ['Pacific/Apia'] },
      { kind: 'city', zones: ['Asia/Singapore'] },
    ]);
  });
});

describe('a name of IANA', () => {
  it('is known in lower case with those that show the same clock, whether it is in use or old', () => {
    const { byName, modern } = readZoneTable();
    expect(byName.get('us/eastern')).toMatchObject({
      name: 'US/Eastern',
      group: { name: 'America/New_York' },
    });
    expect(byName.get('asia/kolkata')).toMatchObject({ group: { countryName: 'India' } });
    expect(byName.get('US/Eastern')).toBeUndefined();
    expect([modern.has('Asia/Kolkata'), modern.has('Asia/Calcutta')]).toEqual([true, false]);
  });
});

describe('a state', () => {
  it('is found by its name and its two letters, with each clock that it has', () => {
    const { regions } = readZoneTable();
    expect(
      ['texas', 'tx', 'prince edward island', 'bc', 'california'].map((key) => regions.get(key)),
    ).toEqual([
      ['America/Chicago', 'America/Denver'],
      ['America/Chicago', 'America/Denver'],
      ['America/Halifax'],
      ['America/Vancouver'],
      ['America/Los_Angeles'],
    ]);
  });
});

describe('an abbreviation', () => {
  const zonesOf = (...known: string[]) => known.map((short) => readZoneTable().abbreviations.get(short));

  it('is known in capitals, of both halves of the year, with what it stands for', () => {
    expect(zonesOf('JST', 'JAPAN TIME', 'LHST', 'LHDT', 'HST')).toEqual([
      ['Asia/Tokyo'],
      ['Asia/Tokyo'],
      ['Australia/Lord_Howe'],
      ['Australia/Lord_Howe'],
      ['Pacific/Honolulu', 'America/Adak'],
    ]);
  });

  it('has all zones that share it, those first that most people mean', () => {
    const [indochina, eastern] = zonesOf('ICT', 'EASTERN TIME');
    expect(indochina).toEqual(['Asia/Bangkok', 'Asia/Ho_Chi_Minh', 'Asia/Phnom_Penh', 'Asia/Vientiane']);
    expect(eastern?.slice(0, 2)).toEqual(['America/New_York', 'America/Toronto']);
  });

  it('means what people mean by it, even where the zones have another, and is no offset', () => {
    expect(zonesOf('IST', 'ET', 'AOE')).toEqual([
      ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
      ['America/New_York', 'America/Toronto'],
      ['Etc/GMT+12'],
    ]);
    const offsets = [...readZoneTable().abbreviations.keys()].filter((short) => !/^(?!GMT)[A-Z]/.test(short));
    expect(offsets).toEqual([]);
  });
});

describe('how places are compared', () => {
  it.each([
    ['São Paulo', 'sao paulo'],
    ['  SAO_PAULO ', 'sao paulo'],
    ['Port-au-Prince', 'port au prince'],
    ['America/New_York', 'america new york'],
    ['St. John’s', 'st johns'],
    ["Xi'an", 'xian'],
    ['Washington, D.C.', 'washington dc'],
    ['Łódź', 'lodz'],
    [' -_/ ', ''],
  ])('%j is %j', (text, key) => expect(placeKey(text)).toBe(key));

  it('a zone is called after its last part', () => {
    expect(['America/Argentina/Buenos_Aires', 'Asia/Ho_Chi_Minh', 'UTC'].map(cityOf)).toEqual([
      'Buenos Aires',
      'Ho Chi Minh',
      'UTC',
    ]);
  });

  it('those that most people mean come first, each once, and the others stay as they were', () => {
    expect(
      wellKnownFirst(['Pacific/Niue', 'Asia/Tokyo', 'America/Adak', 'Europe/Berlin', 'Pacific/Niue']),
    ).toEqual(['Europe/Berlin', 'Asia/Tokyo', 'Pacific/Niue', 'America/Adak']);
  });
});
