import { BlockList, isIP } from 'node:net';

/** How far an address reaches: this machine, the networks around it (link-local and reserved ones too), or anybody. */
export type Reach = 'loopback' | 'private' | 'public';

const LOOPBACK = listOf(['127.0.0.0/8', '::1/128']);

/** What is not globally reachable: IANA's special-purpose registries for IPv4 and IPv6, multicast and broadcast. */
const PRIVATE = listOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...[
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
  ...['224.0.0.0/4', '240.0.0.0/4', '::/127', '::ffff:0:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
  ...['2001:db8::/32', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]);

/** IPv6 that carries an IPv4 address, which is the one that counts: mapped, compatible, NAT64 and 6to4. */
const CARRIERS = [
  { of: listOf(['::ffff:0:0/96', '64:ff9b::/96', '::/96']), at: 6 },
  { of: listOf(['2002::/16']), at: 1 },
];

/** The reach of an IP address as text, an IPv6 one with or without brackets and zone; `private` for what is none. */
export function reachOf(address: string): Reach {
  const ip = address.replace(/^\[|\]$/g, '').split('%', 1)[0];
  const version = isIP(ip);
  if (version === 0) return 'private';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (LOOPBACK.check(ip, family)) return 'loopback';
  const carried = version === 6 ? carriedBy(ip) : null;
  if (carried !== null) return reachOf(carried);
  return PRIVATE.check(ip, family) ? 'private' : 'public';
}

function carriedBy(ip: string): string | null {
  const carrier = CARRIERS.find(({ of }) => of.check(ip, 'ipv6'));
  if (!carrier) return null;
  const [high, low] = groupsOf(ip).slice(carrier.at);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight numbers of an IPv6 address. */
function groupsOf(ip: string): number[] {
  // The URL parser writes the last two in hexadecimal, whoever wrote them as IPv4.
  const written = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  const missing = 8 - written.split(':').filter(Boolean).length;
  const whole = written.replace('::', `:${'0:'.repeat(missing)}`);
  return whole
    .split(':')
    .filter(Boolean)
    .map((group) => Number.parseInt(group, 16));
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/');
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
