/** Reads one XML part as a stream of events; no document types, custom entities or deep trees. */
import { SaxesParser } from 'saxes';
import { Refused } from '../../core/refused.ts';
import { unreadable } from './zip.ts';

/** A sheet's rows are four elements deep. */
const MAX_DEPTH = 100;

export interface Events {
  /** @param name without prefix */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Called after each block of the part; may wait. */
  pause?(): Promise<void> | undefined;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** @throws Refused `unreadable` */
export async function readXml(source: AsyncIterable<Buffer>, events: Events): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw unreadable('a part of the workbook declares a document type');
  });
  parser.on('error', () => {
    throw unreadable('a part of the workbook is not well-formed XML');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH)
      throw unreadable(`a part of the workbook is nested deeper than ${MAX_DEPTH} elements`);
    events.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    events.close?.(local(name));
  });
  const text = events.text?.bind(events);
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new Refused('encoding', 'a part of the workbook is not UTF-8', { accepts: 'UTF-8' });
    }
  };
  for await (const piece of source) {
    parser.write(decode(piece));
    const wait = events.pause?.();
    if (wait !== undefined) await wait;
  }
  parser.write(decode());
  parser.close();
}
