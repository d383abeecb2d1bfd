/** Marks on charts: what was done, and which figures of policy changed. */
import { MARK } from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

export default {
  runs: { title: '月度比对', parameters: ['months'], reads: ['event'], columns: MARK },
  corrections: { title: '订正', parameters: ['months'], reads: ['event'], columns: MARK },
  figures: { title: '政策参数变化', parameters: ['months'], reads: ['event'], columns: MARK },
  clauses: { title: '条款到期', parameters: ['months'], reads: ['event'], columns: MARK },
} satisfies Queries;
