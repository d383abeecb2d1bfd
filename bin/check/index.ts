/**
 * `npm run check`: builds, then runs the tests in parallel with all checks that read the sources. The tests print as
 * they go; of the rest only failures are printed. Ends with a table, and with exit code 1 when anything failed.
 */
import { spawn } from 'node:child_process';

interface Task {
  readonly name: string;
  /** A command line, of an npm script or of this project. */
  readonly command: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

const BUILD: Task = { name: 'build', command: 'npm run -s build' };
const TESTS: Task = { name: 'tests', command: 'npm test', env: { DOUDI_PROGRAM: 'dist' } };
/** Longest first. They use what the tests leave of the two cores. */
const BESIDE: readonly Task[] = [
  { name: 'lint', command: 'npm run -s lint' },
  { name: 'types', command: 'npm run -s typecheck' },
  { name: 'format', command: 'npm run -s format:check' },
  { name: 'layers', command: 'npm run -s boundaries' },
  { name: 'dead code', command: 'npm run -s deadcode' },
  { name: 'rules, from source', command: 'npm run -s rules' },
  { name: 'rules, as built', command: 'node dist/cli/main.js rules check' },
];

/** @param shown whether it prints as it goes; otherwise only on failure */
function run({ name, command, env }: Task, shown: boolean): Promise<Outcome> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(shown ? command : `nice -n 5 ${command}`, {
      shell: true,
      stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const said: Buffer[] = [];
    child.stdout?.on('data', (piece: Buffer) => said.push(piece));
    child.stderr?.on('data', (piece: Buffer) => said.push(piece));
    child.once('close', (code) => {
      const ok = code === 0;
      if (!ok && !shown)
        process.stdout.write(`\n${command}\n${Buffer.concat(said).toString('utf8')}\n`);
      resolve({ name, ok, seconds: (performance.now() - begun) / 1000 });
    });
  });
}

async function inTurn(tasks: readonly Task[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const task of tasks) outcomes.push(await run(task, false));
  return outcomes;
}

async function check(): Promise<Outcome[]> {
  const built = await run(BUILD, true);
  if (!built.ok) return [built];
  const [tests, beside] = await Promise.all([run(TESTS, true), inTurn(BESIDE)]);
  return [built, ...beside, tests];
}

const outcomes = await check();
const lines = outcomes.map(
  ({ name, ok, seconds }) =>
    `${ok ? 'ok    ' : 'FAILED'} ${seconds.toFixed(0).padStart(5)} s  ${name}`,
);
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
