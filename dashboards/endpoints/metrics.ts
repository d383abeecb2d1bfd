/**
 * GET /metrics: for an operator's Prometheus. Figures come from the newest month's named queries and count work,
 * never a person; latencies cover the queries since the start.
 */
import { Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry as Collected } from 'prom-client';
import { MonitorError } from '../../core/errors.ts';
import { addMonths, monthStart, type Month } from '../../core/month.ts';
import type { QueryInput } from '../shared/parameters.ts';
import type { QueryResult, QueryRegistry } from '../shared/registry.ts';
import type { Row } from '../shared/protect.ts';
import type { Scope } from '../shared/scope.ts';
import type { ScopeOf } from './rows.ts';

interface Figure {
  readonly name: string;
  readonly help: string;
  readonly query: string;
  readonly value: string;
  /** Columns that become labels. */
  readonly labels?: readonly string[];
  /** Multiplier that converts the value to Prometheus units. */
  readonly times?: number;
}

const deliveries = ['dispatched', 'delivered', 'waiting', 'dead'].map((state) => ({
  name: `doudi_leads_${state}`,
  help: `Leads of all months by county: ${state}`,
  query: 'operations_queues',
  value: state,
  labels: ['county'],
}));

const FIGURES: readonly Figure[] = [
  {
    name: 'doudi_step_rows',
    help: 'Rows of the last record of each step, newest month',
    query: 'operations_steps',
    value: 'rows',
    labels: ['step'],
  },
  {
    name: 'doudi_step_seconds',
    help: 'How long each step took when it last had something to do, newest month',
    query: 'operations_steps',
    value: 'seconds',
    labels: ['step'],
  },
  {
    name: 'doudi_step_finished_timestamp_seconds',
    help: 'When each step last finished, newest month',
    query: 'operations_steps',
    value: 'finished_at',
    labels: ['step'],
    times: 0.001,
  },
  {
    name: 'doudi_source_rows',
    help: 'Rows taken in, newest month',
    query: 'quality_sources',
    value: 'rows',
    labels: ['source'],
  },
  {
    name: 'doudi_source_quarantined_rows',
    help: 'Bad rows kept out, newest month',
    query: 'quality_sources',
    value: 'quarantined',
    labels: ['source'],
  },
  {
    name: 'doudi_source_refused_files',
    help: 'Files refused, newest month',
    query: 'quality_sources',
    value: 'refused',
    labels: ['source'],
  },
  {
    name: 'doudi_source_months_behind',
    help: 'Months behind the last whole month; 999: never came',
    query: 'quality_freshness',
    value: 'months_behind',
    labels: ['source'],
  },
  {
    name: 'doudi_warnings',
    help: 'Warnings of the newest month',
    query: 'province_months',
    value: 'warnings',
  },
  {
    name: 'doudi_leads_open',
    help: 'Open leads at the end of the newest month',
    query: 'province_months',
    value: 'open',
  },
  ...deliveries,
  {
    name: 'doudi_delivery_median_seconds',
    help: 'From the run to the county, median, newest month',
    query: 'operations_delivery',
    value: 'median_hours',
    times: 3600,
  },
  {
    name: 'doudi_delivery_longest_seconds',
    help: 'From the run to the county, longest, newest month',
    query: 'operations_delivery',
    value: 'longest_hours',
    times: 3600,
  },
  {
    name: 'doudi_overdue_days',
    help: 'Days that run and lists of the newest month are overdue',
    query: 'operations_calendar',
    value: 'overdue_days',
    labels: ['job'],
  },
  {
    name: 'doudi_queue_reachable',
    help: '1: the queue answers',
    query: 'operations_state',
    value: 'queue',
  },
  {
    name: 'doudi_published_age_seconds',
    help: 'Age of the published figures',
    query: 'operations_state',
    value: 'published_hours',
    times: 3600,
  },
  {
    name: 'doudi_journal_records',
    help: 'Records of the journal when the figures were published',
    query: 'operations_state',
    value: 'records',
  },
  {
    name: 'doudi_queue_workers',
    help: 'Workers of county queues running in this program',
    query: 'operations_state',
    value: 'workers',
  },
  {
    name: 'doudi_disk_free_bytes',
    help: 'Free bytes of the disk that holds the home',
    query: 'operations_state',
    value: 'disk_free',
  },
  {
    name: 'doudi_disk_total_bytes',
    help: 'Size of the disk that holds the home',
    query: 'operations_state',
    value: 'disk_total',
  },
];

/** Months to look back for the newest one that was run. */
const BACK = 24;

/** Rows of the newest month among them; all rows for a query without months. */
function newest(rows: readonly Row[]): readonly Row[] {
  const last = rows.at(-1)?.['month'];
  return last === undefined ? rows : rows.filter(({ month }) => month === last);
}

async function fill(figure: Figure, gauge: Gauge, answer: Promise<QueryResult>): Promise<void> {
  const { rows } = await answer;
  gauge.reset();
  for (const row of newest(rows)) {
    const value = row[figure.value];
    if (typeof value !== 'number') continue;
    const labels = Object.fromEntries(
      (figure.labels ?? []).map((name) => [name, String(row[name] ?? '')]),
    );
    gauge.set(labels, value * (figure.times ?? 1));
  }
}

/** The registry with each answer timed. */
export function timed(registry: QueryRegistry, collected: Collected): QueryRegistry {
  const seconds = new Histogram({
    name: 'doudi_query_seconds',
    help: 'Time until a named query has returned its rows',
    labelNames: ['query'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    registers: [collected],
  });
  return {
    metrics: registry.metrics,
    visible: (scope) => registry.visible(scope),
    async ask(name, ...rest) {
      const end = seconds.startTimer();
      const answer = await registry.ask(name, ...rest);
      end({ query: name });
      return answer;
    },
  };
}

/** @param now the clock of the home, milliseconds */
export function metricsFace(
  registry: QueryRegistry,
  collected: Collected,
  scopeOf: ScopeOf,
  now: () => number,
): Router {
  collectDefaultMetrics({ register: collected });
  const gauges = FIGURES.map((figure) => ({
    figure,
    gauge: new Gauge({
      name: figure.name,
      help: figure.help,
      labelNames: [...(figure.labels ?? [])],
      registers: [collected],
    }),
  }));

  const refresh = async (scope: Scope): Promise<void> => {
    const month = new Date(now() + 8 * 3_600_000).toISOString().slice(0, 7) as Month;
    const given = (query: string): QueryInput => {
      const { parameters = [] } = registry.metrics.get(query) ?? {};
      return {
        ...(parameters.includes('months')
          ? { from: String(monthStart(addMonths(month, -BACK))), to: String(now()) }
          : {}),
        ...(parameters.includes('region') ? { region: 'all' } : {}),
        ...(parameters.includes('source') ? { source: 'all' } : {}),
      };
    };
    const answers = new Map(
      [...new Set(FIGURES.map(({ query }) => query))].map((query) => [
        query,
        registry.ask(query, given(query), scope),
      ]),
    );
    await Promise.all(
      gauges.map(async ({ figure, gauge }) => {
        const answer = answers.get(figure.query);
        if (answer !== undefined) await fill(figure, gauge, answer);
      }),
    );
  };

  return Router().get('/', async (request, response) => {
    const scope = scopeOf(request, response);
    if (!scope.whole || !scope.exact || scope.alertsOnly)
      throw new MonitorError('unknown', 'this reader may not see exact figures of the province');
    await refresh(scope).catch((error: unknown) => {
      // Before the first run only the process itself can be reported.
      if (!(error instanceof MonitorError && error.code === 'not-published')) throw error;
    });
    response.type(collected.contentType).send(await collected.metrics());
  });
}
