/** Files that must survive a power cut: written aside, synced, then renamed into place. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Moves a finished file into place; after a crash it is there whole or not at all. */
export function settle(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  sync(from);
  renameSync(from, to);
  sync(dirname(to));
}
