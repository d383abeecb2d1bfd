const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address of this very machine is named: the one place where http and loopback are harmless. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
