/**
 * Which addresses a source may have. The check stands in the lookup of the connection itself: the address that was
 * checked is the one that is connected to, whatever the name says a moment later (DNS rebinding).
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

/** Never, whatever is configured: link-local addresses, and where clouds hand out their machines' credentials. */
const NEVER = listOf(['169.254.0.0/16', 'fe80::/10', '100.100.100.200/32', 'fd00:ec2::254/128']);

/** Not of the open network: private, shared, documentation, multicast, and forms that wrap another address. */
const INNER = listOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  ...['::/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', 'fc00::/7', 'ff00::/8'],
]);

/** @param onLoopback the source's own base is of this machine */
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
  fault('source-forbidden', 'the source has an inner address that is not allowed');

/** A lookup that answers with allowed addresses only; one forbidden among them spoils the name. */
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
