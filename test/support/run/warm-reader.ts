/** Stands in for connectors/reader/child.ts where product code runs in a test's process (shared-processes.ts). */
import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { withReader as withChildren, type Read } from '../../../connectors/reader/child.ts';

export type { Read };

const idle: ChildProcess[] = [];

/** As the program's own, but a child that has read nothing but CSV waits for the next run. */
export async function withReader<T>(
  _temporary: string,
  work: (read: Read) => Promise<T>,
): Promise<T> {
  for (const child of idle) {
    child.ref();
    child.channel?.ref();
  }
  try {
    return await withChildren(tmpdir(), work, idle);
  } finally {
    // The process of the tests ends although they wait; they end with it.
    for (const child of idle) {
      child.unref();
      child.channel?.unref();
    }
  }
}
