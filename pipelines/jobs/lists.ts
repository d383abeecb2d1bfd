/**
 * lists: the month's lists to the departments, on their day. A month that was not run, or whose alarms nobody has
 * signed off, has no lists yet.
 */
import { MonitorError } from '../../core/errors.ts';
import type { Store } from '../../store/store.ts';
import { exportMonth } from '../export-lists.ts';
import { runContext } from '../deployment.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { Progress } from '../progress.ts';
import type { Job } from '../schedule.ts';

export function listsJob(store: Store, deployment: Deployment, progress: Progress): Job {
  return {
    name: 'lists',
    title: '部门名单交换',
    pattern: deployment.config.schedule.lists,
    again: false,
    async work(month) {
      try {
        const { lists } = await exportMonth(
          runContext(deployment, store, month, undefined, progress),
        );
        return {
          files: lists.reduce((sum, list) => sum + list.changed_files, 0),
          rows: lists.reduce((sum, list) => sum + list.rows, 0),
        };
      } catch (error) {
        if (error instanceof MonitorError && ['not-run', 'alarm'].includes(error.code)) return null;
        throw error;
      }
    },
  };
}
