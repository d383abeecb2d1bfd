import { usageError } from '../../core/errors.ts';
import { text, type Command } from '../command.ts';
import { withHome } from '../open.ts';
import { BY, MONTH, option, required } from '../options.ts';
import { requireCount, requireMonth, requireText } from '../require.ts';

export default {
  name: 'withdraw',
  summary:
    'withdraws a version of an extract: it no longer counts, and months that read it are re-evaluated',
  options: [
    required('--source <AGENCY/DATASET>', 'whose extract', 'AGENCY/DATASET'),
    MONTH,
    required('--version <N>', 'of the extract', '2'),
    required('--reason <TEXT>', 'why', '"the department asked for it by letter"'),
    BY,
    option('--undo', 'lets it count again'),
  ],
  async run(invocation) {
    const source = requireText(invocation, 'source');
    const [agency = '', dataset = '', ...more] = source.split('/');
    const month = requireMonth(invocation);
    const version = requireCount(invocation, 'version');
    const withdrawn = invocation.values['undo'] !== true;
    const reason = requireText(invocation, 'reason');
    const [{ evaluateMonth }, { correctMonths }, { runContext }, { lineProgress }] =
      await Promise.all([
        import('../../pipelines/monthly.ts'),
        import('../../pipelines/corrections.ts'),
        import('../../pipelines/deployment.ts'),
        import('../../pipelines/progress.ts'),
      ]);
    const { refreshPublished } = await import('../../published/publish.ts');
    const { withdraw } = await import('../../pipelines/withdraw.ts');
    await withHome(
      invocation,
      async ({ store, deployment }) => {
        const parts = await deployment();
        if (more.length > 0 || !parts.contracts.has(source))
          throw usageError(`no connector reads ${source}`, [...parts.contracts.keys()].join(', '));
        const key = { agency, dataset, month, version };
        const by = text(invocation, 'by') ?? 'command-line';
        const { changed } = await withdraw(store, { ...key, withdrawn, reason, by });
        const context = {
          ...runContext(parts, store, month, undefined, lineProgress(invocation.tell)),
          inbox: null,
        };
        const corrected = await correctMonths(context, evaluateMonth);
        await refreshPublished(store, parts);
        const answer = { ...key, withdrawn, changed, corrected };
        await invocation.out(
          invocation.json
            ? `${JSON.stringify(answer, null, 2)}\n`
            : `${source} ${month} v${version} ${withdrawn ? 'is withdrawn' : 'counts again'}${changed ? '' : ', as before'}; ${corrected.length === 0 ? 'no month reads it' : `evaluated again: ${corrected.join(', ')}; \`doudi corrections\` lists what changed`}\n`,
        );
      },
      { long: true },
    );
  },
} satisfies Command;
