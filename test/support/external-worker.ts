/**
 * A county's own system, as a process that can be killed: a BullMQ client that knows nothing of doudi but the queue's
 * name. Its inbox is a folder with one file per lead. Words: address of Redis, folder, counties.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';

const [url = '', folder = '', ...counties] = process.argv.slice(2);
const dieOn = process.env['DIE_ON'];

const connection = new Redis(url, { maxRetriesPerRequest: null });
for (const county of counties) {
  const worker = new Worker<{ lead_id: string }>(
    `leads-${county}`,
    async (job: Job<{ lead_id: string }>) => {
      const { lead_id } = job.data;
      if (lead_id === dieOn) process.kill(process.pid, 'SIGKILL');
      await sleep(2);
      writeFileSync(join(folder, lead_id), county);
    },
    { connection, concurrency: 2, lockDuration: 1500, stalledInterval: 1500 },
  );
  worker.on('error', () => undefined);
}
connection.on('error', () => undefined);
process.stdout.write('at work\n');
