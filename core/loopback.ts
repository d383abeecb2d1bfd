import { BlockList, isIP } from 'node:net';

const NETWORKS = new BlockList();
NETWORKS.addSubnet('127.0.0.0', 8, 'ipv4');
NETWORKS.addAddress('::1', 'ipv6');

/**
 * Whether a host is this machine, the only place where plain HTTP and an open server are harmless.
 * @param host `localhost` or an address, IPv6 with or without brackets, without a port
 */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return address.toLowerCase() === 'localhost';
  return NETWORKS.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
