import { describe, expect, it } from 'vitest';
import { isOurs } from '#src/foundation/http/http-hosts.ts';

describe('a request means this server', () => {
  it('under the address of this machine that it came to, however that is written', () => {
    for (const local of ['10.0.0.5', '::ffff:10.0.0.5']) {
      expect(isOurs('10.0.0.5:8080', local, [])).toBe(true);
      expect(isOurs('[::ffff:10.0.0.5]', local, [])).toBe(true);
      expect(isOurs('10.0.0.6', local, [])).toBe(false);
    }
    expect(isOurs('[fe80::1]:80', 'fe80::1%eth0', [])).toBe(true);
  });

  it('under no name that only looks like it', () => {
    for (const host of [undefined, '', 'notlocalhost', '0.0.0.0', '128.0.0.1', '::1'])
      expect(isOurs(host, '127.0.0.1', [])).toBe(false);
  });
});
