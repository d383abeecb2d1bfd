/**
 * The province's key. It is read from an owner-only file and held as a KeyObject, which does not print its content. It
 * is never a command-line argument or environment variable: those show up in process lists and shell histories.
 */
import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, rmSync } from 'node:fs';
import { MonitorError } from '../core/errors.ts';
import { writeAll } from '../core/write-all.ts';

const BYTES = 32;
/** A key file is one short line; anything longer is another file. */
const MAX_FILE = 256;

const fault = (path: string, what: string, fix: string): MonitorError =>
  new MonitorError('key', `${path}: ${what}`, { fix });

/** @returns the 32 bytes, or null when the text is neither 64 hex digits nor their base64 */
function decode(text: string): Buffer | null {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function openKey(path: string): number {
  try {
    // Non-blocking: a named pipe in place of the file must not hang the program.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    throw fault(
      path,
      'the key file cannot be opened',
      'check the path and who owns the file; `doudi pseudonymise --new-key FILE` makes a new key',
    );
  }
}

/** @throws MonitorError `key`; the message never quotes the file */
export function readKey(path: string): KeyObject {
  const file = openKey(path);
  const buffer = Buffer.alloc(MAX_FILE + 1);
  let bytes: Buffer | null = null;
  try {
    // Checks the open file, not the name: what is checked is what is read.
    const status = fstatSync(file);
    if (!status.isFile()) throw fault(path, 'not a file', 'name a key file');
    if ((status.mode & 0o077) !== 0)
      throw fault(path, 'others may read the key file', `chmod 400 ${path}`);
    const uid = process.getuid?.();
    if (uid !== undefined && status.uid !== uid && status.uid !== 0)
      throw fault(path, 'the key file belongs to somebody else', 'let its owner run this');
    const length = readSync(file, buffer, 0, buffer.length, 0);
    bytes = decode(buffer.toString('latin1', 0, length).trim());
    if (bytes?.length !== BYTES)
      throw fault(path, 'not a key', '32 bytes as 64 hex digits or base64, on one line');
    return createSecretKey(bytes);
  } finally {
    closeSync(file);
    buffer.fill(0);
    bytes?.fill(0);
  }
}

/**
 * Makes a new key in a new file. @throws MonitorError `key` when the file exists: losing a key means losing every id
 */
export function makeKey(path: string): KeyObject {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o400);
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw there
      ? fault(path, 'is there already and stays as it is', 'name a file that does not exist')
      : fault(path, 'the key file cannot be made', 'check the folder and who may write to it');
  }
  const bytes = randomBytes(BYTES);
  try {
    writeAll(file, Buffer.from(`${bytes.toString('hex')}\n`));
    fsyncSync(file);
    return createSecretKey(bytes);
  } catch (error) {
    // A partial key would block the next attempt.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
    bytes.fill(0);
  }
}

/**
 * Eight digits by which two departments check that they hold the same key: a wrong key is not noticed otherwise, its
 * ids just match nobody. They reveal nothing about the key or any id.
 */
export function keyCheck(key: KeyObject): string {
  return createHmac('sm3', key).update('doudi key check').digest('hex').slice(0, 8);
}
