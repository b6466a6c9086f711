import { crc32, deflateSync, inflateSync } from 'node:zlib';

/* A picture of text has few colours: with a list of at most 64 of them it is a third as large. */

type Raster = { width: number; height: number /** RGB, row by row. */; rgb: Uint8Array };

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const MOST_COLOURS = 64;
/** Squared: grounds that Discord sets beside each other are 5 apart. */
const LEAST_DISTANCE = 5 ** 2;

/** The same picture in fewer bytes; rare colours give way to the nearest of the usual ones. */
export function smallPng(png: Buffer): Buffer {
  const raster = decode(png);
  const pixels = Array.from({ length: raster.width * raster.height }, (_, at) => colourAt(raster, at));
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const usual = [...counts].sort(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
  const palette = paletteOf(usual);
  const places = new Map(usual.map((colour) => [colour, nearest(palette, colour)]));
  const { width, height } = raster;
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of pixels.entries())
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = places.get(colour) ?? 0;
  const colours = Buffer.from(palette.flatMap(channelsOf));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([
    SIGNATURE,
    ...[chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
  ]);
}

/** The most usual ones, none of them nearly another: what has a colour of its own keeps it, however small it is. */
function paletteOf(usual: readonly number[]): readonly number[] {
  const palette: number[] = [];
  for (const colour of usual) {
    if (palette.length === MOST_COLOURS) break;
    if (palette.every((other) => distance(colour, other) >= LEAST_DISTANCE)) palette.push(colour);
  }
  return palette;
}

const colourAt = ({ rgb }: Raster, at: number): number =>
  (rgb[at * 3] << 16) | (rgb[at * 3 + 1] << 8) | rgb[at * 3 + 2];

const channelsOf = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, other] of palette.entries()) {
    const away = distance(colour, other);
    if (away >= least) continue;
    least = away;
    best = place;
  }
  return best;
}

/** Squared. */
function distance(one: number, other: number): number {
  const to = channelsOf(other);
  return channelsOf(one).reduce((sum, channel, at) => sum + (channel - to[at]) ** 2, 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Reads what Chromium writes: eight bits a channel, RGB or RGBA, not interlaced. */
function decode(png: Buffer): Raster {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const rows = inflateSync(Buffer.concat(dataOf(png)));
  const rowBytes = width * channels;
  const bytes = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (rowBytes + 1)];
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x < channels ? 0 : bytes[at - channels];
      const above = y === 0 ? 0 : bytes[at - rowBytes];
      const aboveLeft = x < channels || y === 0 ? 0 : bytes[at - rowBytes - channels];
      bytes[at] = rows[y * (rowBytes + 1) + 1 + x] + guess(filter, left, above, aboveLeft);
    }
  }
  const rgb = channels === 3 ? bytes : bytes.filter((_, at) => at % 4 !== 3);
  return { width, height, rgb };
}

/** What the filter of a row took from its bytes. */
function guess(filter: number, left: number, above: number, aboveLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const slope = left + above - aboveLeft;
  const [a, b, c] = [left, above, aboveLeft].map((one) => Math.abs(slope - one));
  if (a <= b && a <= c) return left;
  return b <= c ? above : aboveLeft;
}

function dataOf(png: Buffer): Buffer[] {
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return data;
}
