/** Annotations of charts: what was done, and which figures of policy changed. */
import { ANNOTATION_COLUMNS } from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

/** Readers know these queries as `marks_…`. */
export const prefix = 'marks';

export default {
  runs: {
    title: '月度比对',
    parameters: ['months'],
    reads: ['event'],
    columns: ANNOTATION_COLUMNS,
  },
  corrections: {
    title: '订正',
    parameters: ['months'],
    reads: ['event'],
    columns: ANNOTATION_COLUMNS,
  },
  figures: {
    title: '政策参数变化',
    parameters: ['months'],
    reads: ['event'],
    columns: ANNOTATION_COLUMNS,
  },
  clauses: {
    title: '条款到期',
    parameters: ['months'],
    reads: ['event'],
    columns: ANNOTATION_COLUMNS,
  },
} satisfies Queries;
