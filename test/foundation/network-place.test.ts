import { describe, expect, it } from 'vitest';
import { reachOf } from '#src/foundation/network-place.ts';

describe('how far an address reaches', () => {
  it.each(['127.0.0.1', '127.200.3.4', '::1', '[::1]', '::ffff:127.0.0.1', '::ffff:7f00:1', '2002:7f00:1::'])(
    '%s is this machine',
    (address) => expect(reachOf(address)).toBe('loopback'),
  );

  it.each([
    ...[
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
    ],
    ...[
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fd12::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:a9fe:a9fe',
      '::10.0.0.1',
    ],
    ...['64:ff9b::a9fe:a9fe', '2002:a00:1::', '224.0.0.1', '255.255.255.255', 'no address', ''],
  ])('%s is not open to everybody', (address) => expect(reachOf(address)).toBe('private'));

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('%s is open to everybody', (address) => expect(reachOf(address)).toBe('public'));
});
