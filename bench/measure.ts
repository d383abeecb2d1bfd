/** Runs a program and measures it from outside: wall time, CPU time and memory of its whole process tree (Linux). */
import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../core/errors.ts';

export interface Measured {
  readonly seconds: number;
  /** CPU seconds of the tree; misses at most the last tenth of a second. */
  readonly cpu: number;
  /** Largest sum of the resident memory of all processes of the tree. Shared pages count twice. */
  readonly peakBytes: number;
  readonly stdout: string;
}

const EVERY_MS = 100;
/** Linux counts CPU time in hundredths of a second. */
const TICKS = 100;

interface Process {
  readonly parent: number;
  /** Own CPU time and that of reaped children. */
  readonly ticks: number;
}

function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command's name is in brackets and may contain anything; the fields after it are plain.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
      found.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // It ended while being read.
    }
  }
  return found;
}

function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function sample(root: number): { bytes: number; cpu: number } {
  const all = processes();
  const inTree = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let bytes = 0;
  let ticks = 0;
  for (const [pid, process] of all) {
    if (!inTree(pid)) continue;
    bytes += residentBytes(pid);
    ticks += process.ticks;
  }
  return { bytes, cpu: ticks / TICKS };
}

/** @throws MonitorError `bench` with the end of its standard error when the program fails */
export function measure(args: readonly string[], folder: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let peakBytes = 0;
    let cpu = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timer = setInterval(() => {
      if (child.pid === undefined) return;
      const now = sample(child.pid);
      peakBytes = Math.max(peakBytes, now.bytes);
      cpu = Math.max(cpu, now.cpu);
    }, EVERY_MS);
    child.once('error', (cause) => {
      clearInterval(timer);
      reject(new MonitorError('bench', 'a process could not be started', { cause }));
    });
    child.once('close', (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, cpu, peakBytes, stdout });
      else reject(new MonitorError('bench', `${args.join(' ')}\n${stderr.slice(-2000)}`));
    });
  });
}

/** Bytes of all files below a folder. */
export function bytesBelow(path: string): number {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0);
}
