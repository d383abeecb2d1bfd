/** Marks on charts: what was done, and which figures of policy changed. */
import { MARK } from '../kit/columns.ts';
import type { Queries } from '../kit/metric.ts';

export default {
  runs: { title: '月度比对', parameters: ['months'], columns: MARK },
  corrections: { title: '订正', parameters: ['months'], columns: MARK },
  figures: { title: '政策参数变化', parameters: ['months'], columns: MARK },
  clauses: { title: '条款到期', parameters: ['months'], columns: MARK },
} satisfies Queries;
