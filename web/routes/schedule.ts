import { Router } from 'express';
import { readSchedule } from '../../pipelines/schedule.ts';
import type { ScheduleAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';

/** GET /api/schedule: what comes next, what is done, what is due. */
const route: Route = ({ store, jobs, reading }) =>
  Router().get('/schedule', officeOnly, async (_request, response) => {
    const states = await reading(() => store.task((task) => readSchedule(task, jobs)));
    const answer: ScheduleAnswer = {
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
    response.json(answer);
  });

export default route;
