import { isatty } from 'node:tty';

/**
 * Whether a stream shows colours: it is a terminal and nobody has asked for none (https://no-color.org). Decided here
 * and said to the colour library in full: left to itself it colours what is piped wherever `CI` is set.
 */
export function showsColour(stream: { readonly fd: number }): boolean {
  return isatty(stream.fd) && process.env['NO_COLOR'] === undefined;
}
