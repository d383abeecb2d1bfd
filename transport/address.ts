/**
 * Which addresses a source may have. The check is in the connection's own lookup, so the checked address is the one
 * connected to, whatever the name resolves to a moment later (DNS rebinding).
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isLoopback } from '../core/loopback.ts';
import { fault } from './fault.ts';

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = '128'] = network.split('/');
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Always forbidden: link-local addresses, and cloud metadata services that hand out credentials. */
const NEVER = listOf(['169.254.0.0/16', 'fe80::/10', '100.100.100.200/32', 'fd00:ec2::254/128']);

/** Not public: private, shared, documentation, multicast, and forms that embed another address. */
const INNER = listOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  ...['::/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', 'fc00::/7', 'ff00::/8'],
]);

/** @param onLoopback whether the source's own base URL is on this machine */
export function addressGuard(
  allowPrivate: readonly string[],
  onLoopback: boolean,
): (address: string) => boolean {
  const allowed = listOf(allowPrivate);
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const within = (list: BlockList): boolean => list.check(address, family);
    if (isIP(address) === 0 || within(NEVER)) return false;
    if (isLoopback(address)) return onLoopback;
    return !within(INNER) || within(allowed);
  };
}

export const forbiddenAddress = (): Error =>
  fault('source-forbidden', 'the source has a private address that is not allowed');

/** A lookup that returns allowed addresses only; a single forbidden one rejects the name. */
export function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, answer) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const [first] = error === null ? found : [];
      if (first === undefined || !found.every(({ address }) => isAllowed(address)))
        answer(error ?? forbiddenAddress(), '', 0);
      else if (options.all === true) answer(null, found);
      else answer(null, first.address, first.family);
    });
  };
}
