/**
 * The layers of the design, from the top. A folder imports folders of lower layers only: neither what stands above it
 * nor a sibling of its own layer.
 */
const LAYERS = [
  ['bin', 'bench'],
  ['cli'],
  ['web'],
  ['pipelines'],
  ['published', 'synthetic'],
  ['exchange'],
  ['cases'],
  ['warnings', 'connectors'],
  ['transport', 'pseudonym'],
  ['files'],
  ['store', 'queue'],
  ['core'],
];
const folder = (names) => `^(${names.join('|')})/`;

const layers = LAYERS.flatMap((names, at) =>
  names.map((name) => ({
    name: `${name}-imports-what-lies-below`,
    severity: 'error',
    comment: 'imports point down the layers of the design; siblings never import each other',
    from: { path: `^${name}/`, pathNot: '[.]test[.]ts$' },
    to: {
      path: folder([
        ...LAYERS.slice(0, at).flat(),
        ...names.filter((one) => one !== name),
        ...(name === 'web' || name === 'cli' || at === 0 ? [] : ['dashboards']),
        'test',
      ]),
    },
  })),
);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layers,
    {
      name: 'dashboards-know-counts-only',
      severity: 'error',
      comment:
        'dashboards read the published figures only: a panel knows counts, never the ledger behind them',
      from: { path: '^dashboards/' },
      to: {
        path: folder(LAYERS.flat().filter((name) => !['core', 'store', 'files'].includes(name))),
      },
    },
    {
      name: 'dashboards-open-the-published-file-only',
      severity: 'error',
      from: { path: '^dashboards/' },
      to: {
        path: '^(store|files)/',
        // Readings of leads stand in the audit, under the same fence of regions; rows are written as CSV.
        pathNot: '^store/(published|sql|in-region)[.]ts$|^store/audit/|^files/csv[.]ts$',
      },
    },
    {
      name: 'the-page-knows-only-what-the-server-says',
      severity: 'error',
      comment: 'what runs in a browser must not reach the ledger',
      from: { path: '^web/page/' },
      to: { path: folder(LAYERS.flat().filter((name) => !['web'].includes(name))) },
    },
    {
      name: 'the-interface-knows-no-dashboard',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^dashboards/' },
    },
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
      to: { path: 'node_modules/(bullmq|ioredis)' },
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
