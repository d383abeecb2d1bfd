#!/usr/bin/env node
/** The composition root of the command line: runs the command here or in the `serve` that holds the home. */
import { once } from 'node:events';
import { createColors } from 'picocolors';
import { clockFromEnvironment } from '../core/clock.ts';
import { describeError, exitCodeOf } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import { showsColour } from './colour.ts';
import { readCall } from './execute.ts';
import { askServer } from './serve/ask.ts';

// Files created in a home are readable by their owner only: they say who is ill and who is poor.
process.umask(0o077);

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function main(words: string[]): Promise<void> {
  const call = await readCall(words, process.env);
  if (call.text !== null) return write(call.text);
  const tell = (line: string): void => {
    process.stderr.write(line);
  };
  const colour = showsColour(process.stdout);
  if (!call.local) {
    const code = await askServer(call.home, words, { out: write, tell, colour });
    if (code !== null) {
      process.exitCode = code;
      return;
    }
  }
  await call.run({
    cwd: process.cwd(),
    held: null,
    clock: clockFromEnvironment(process.env),
    log: createLog(),
    out: write,
    tell,
    colour,
  });
}

// A reader that stops reading (`doudi warnings | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { code, message, fix } = describeError(error);
  const c = createColors(showsColour(process.stderr));
  process.stderr.write(
    `${c.red(`doudi: ${message}`)} (${code})\n${fix === undefined ? '' : `       ${fix}\n`}`,
  );
  if (process.env['DOUDI_DEBUG'] === '1' && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = exitCodeOf(error);
}
