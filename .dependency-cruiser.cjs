/** The layers of the design: imports point down this list, siblings never import each other. */
const folder = (names) => `^(${names.join('|')})/`;
const forbid = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    forbid(
      'core-imports-nothing-above',
      '^core/',
      folder([
        'connectors',
        'warnings',
        'leads',
        'exchange',
        'pipelines',
        'dashboards',
        'web',
        'cli',
        'test',
      ]),
      'core is the bottom layer',
    ),
    {
      name: 'vocabulary-does-not-touch-the-store',
      severity: 'error',
      from: { path: '^core/[^/]+$' },
      to: { path: '^core/(store|queue)/' },
    },
    forbid(
      'connectors-are-siblings',
      '^connectors/',
      folder(['warnings', 'leads', 'exchange', 'pipelines', 'dashboards', 'web', 'cli']),
      'siblings never import each other',
    ),
    forbid(
      'warnings-are-siblings',
      '^warnings/',
      folder(['connectors', 'leads', 'exchange', 'pipelines', 'dashboards', 'web', 'cli']),
      'siblings never import each other',
    ),
    forbid(
      'leads-are-siblings',
      '^leads/',
      folder(['connectors', 'warnings', 'exchange', 'pipelines', 'dashboards', 'web', 'cli']),
      'siblings never import each other',
    ),
    forbid(
      'exchange-is-a-sibling',
      '^exchange/',
      folder(['warnings', 'leads', 'pipelines', 'dashboards', 'web', 'cli']),
      'a list names the datasets that it reads by their contracts, and knows nothing of rules or leads',
    ),
    forbid(
      'dashboards-read-the-published-figures-only',
      '^dashboards/',
      folder(['connectors', 'warnings', 'leads', 'exchange', 'pipelines', 'web', 'cli']),
      'a panel knows counts, never the ledger behind them',
    ),
    forbid('web-below-cli', '^web/', folder(['cli', 'dashboards']), 'the page knows no command'),
    forbid(
      'the-page-knows-only-what-the-server-says',
      '^web/page/',
      folder(['core', 'connectors', 'warnings', 'leads', 'exchange', 'pipelines', 'cli']),
      'what runs in a browser must not reach the ledger',
    ),
    forbid(
      'pipelines-below-cli',
      '^pipelines/',
      folder(['dashboards', 'web', 'cli']),
      'pipelines know no screen',
    ),
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/|^connectors/.*[.]test[.]ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'bullmq-has-one-owner',
      severity: 'error',
      from: { pathNot: '^(queue|test|bench)/' },
      to: { path: 'node_modules/(bullmq|ioredis|@electric-sql)' },
    },
    {
      name: 'strangers-workbooks-have-one-reader',
      severity: 'error',
      from: { pathNot: '^(files/workbook|test)/' },
      to: { path: 'node_modules/(yauzl|saxes)' },
    },
    {
      name: 'strangers-files-are-read-in-the-kit',
      severity: 'error',
      from: { pathNot: '^(files/extract|dashboards/endpoints|test)/' },
      to: { path: 'node_modules/apache-arrow' },
    },
    {
      name: 'ssh2-has-one-owner',
      severity: 'error',
      from: { pathNot: '^(transport|test)/' },
      to: { path: 'node_modules/ssh2' },
    },
    {
      name: 'duckdb-has-one-owner',
      severity: 'error',
      from: { pathNot: '^store/' },
      to: { path: 'node_modules/@duckdb' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
