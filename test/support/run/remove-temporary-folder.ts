/** Ends a run of the tests: nothing of it stays behind, even where a test was killed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { temporaryFolder } from './temporary-folder.ts';

export default function setup(project: TestProject): () => void {
  const folder = temporaryFolder();
  project.onTestsRerun(() => {
    // Of sources that have changed since (shared-home.ts).
    rmSync(join(folder, 'shared'), { recursive: true, force: true });
  });
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
