import { readSchedule } from '../../pipelines/schedule.ts';
import { scheduleAnswer } from '../api.ts';
import { FIGURE_ROLES, read } from '../route.ts';

export default read(
  {
    path: '/schedule',
    summary: { zh: '日历：下次、已完成、已到期', en: 'What comes next, what is done, what is due' },
    answer: scheduleAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: [...FIGURE_ROLES, 'administrator'],
      place: { of: 'none' },
      person: false,
    },
  },
  async ({ services: { store, jobs, reading } }) => {
    const states = await reading(() => store.task((task) => readSchedule(task, jobs)));
    return {
      jobs: states.map(({ job, next, done, due }) => ({
        job: job.name,
        title: job.title,
        pattern: job.pattern,
        next_at: next.toISOString(),
        done_month: done?.month ?? null,
        done_at: done?.at ?? null,
        due,
      })),
    };
  },
);
