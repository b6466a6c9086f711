import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { smallPng } from './small-png.ts';

describe('a picture in few bytes', () => {
  it('has the colours that the large one has', () => {
    const [dark, light, green] = [
      [49, 51, 56],
      [255, 255, 255],
      [36, 128, 70],
    ];
    const rows = [
      // No filter; then "left", then "above": each byte is what it adds to that one.
      [0, ...dark, ...light, ...dark],
      [1, ...light, 0, 0, 0, ...minus(green, light)],
      [2, ...minus(dark, light), ...minus(green, light), 0, 0, 0],
    ];
    expect(pixelsOf(smallPng(truecolour(3, rows)))).toEqual([
      [dark, light, dark],
      [light, light, green],
      [dark, green, green],
    ]);
  });

  it('keeps a rare colour that is like no other, and gives up one that nearly is another', () => {
    const ground = Array.from({ length: 30 }, () => [49, 51, 56]);
    const rows = [[0, ...ground.flat(), 50, 51, 56, 218, 55, 60]];
    expect(pixelsOf(smallPng(truecolour(32, rows)))).toEqual([[...ground, [49, 51, 56], [218, 55, 60]]]);
  });
});

const minus = (one: number[], other: number[]): number[] => one.map((value, at) => (value - other[at]) & 255);

function truecolour(width: number, rows: readonly (readonly number[])[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([
    Buffer.alloc(8),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.of()),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Row by row, of a picture with a list of colours. */
function pixelsOf(png: Buffer): number[][][] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    parts.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [colours, data] = [parts.get('PLTE') ?? Buffer.of(), inflateSync(parts.get('IDAT') ?? Buffer.of())];
  const width = png.readUInt32BE(16);
  return Array.from({ length: png.readUInt32BE(20) }, (_, y) => {
    const row = [...data.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
    return row.map((place) => [...colours.subarray(place * 3, place * 3 + 3)]);
  });
}
