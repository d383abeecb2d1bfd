/** Chart annotations: what was done, and which policy figures changed. */
import { ANNOTATION_COLUMNS } from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

/** The public names of these queries begin with `marks_…`. */
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
