import { shanghaiTime } from '../../core/clock.ts';
import type { Command } from '../command.ts';
import { withHome } from '../open.ts';

export default {
  name: 'schedule',
  summary: 'what the calendar does next, what is done, what is due',
  async run(invocation) {
    const { lineProgress } = await import('../../pipelines/progress.ts');
    const { allJobs } = await import('../../pipelines/jobs/all.ts');
    const { readSchedule } = await import('../../pipelines/schedule.ts');
    await withHome(invocation, async ({ store, deployment }) => {
      const jobs = allJobs(store, await deployment(), lineProgress(invocation.tell));
      const states = await readSchedule(store, jobs);
      const rows = states.map(({ job, next, done, due }) => ({
        job: job.name,
        title: job.title,
        pattern: job.pattern,
        next: shanghaiTime(next),
        done: done?.month ?? null,
        due,
      }));
      if (invocation.json) return invocation.out(`${JSON.stringify(rows, null, 2)}\n`);
      const lines = rows.map(
        ({ job, pattern, next, done, due, title }) =>
          `${job.padEnd(38)} ${pattern.padEnd(12)} next ${next}  done ${(done ?? '-').padEnd(7)}${due.length > 0 ? `  due ${due.join(', ')}` : ''}  ${title}`,
      );
      return invocation.out(`${lines.join('\n')}\n`);
    });
  },
} satisfies Command;
