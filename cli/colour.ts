import { isatty } from 'node:tty';

/**
 * Whether a stream shows colours: it is a terminal and colours are not turned off (https://no-color.org). Decided
 * here and passed to the colour library explicitly: by itself it colours piped output wherever `CI` is set.
 */
export function showsColour(stream: { readonly fd: number }): boolean {
  return isatty(stream.fd) && process.env['NO_COLOR'] === undefined;
}
