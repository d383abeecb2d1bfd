import { enrolment } from '../../connectors/education/enrolment.ts';
import { sourceName } from '../../connectors/kit/contract.ts';
import { usageError } from '../../core/errors.ts';
import { evaluateMonth } from '../../pipelines/monthly.ts';
import { correctMonths } from '../../pipelines/corrections.ts';
import { runContext } from '../../pipelines/office.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import { refreshPublished } from '../../pipelines/steps/publish.ts';
import { withdraw } from '../../pipelines/withdraw.ts';
import { text, type Command } from '../command.ts';
import { withHome } from '../open.ts';
import { requireCount, requireMonth, requireText } from '../require.ts';

export default {
  name: 'withdraw',
  summary:
    'takes a version of an extract back: it no longer counts, and what read it is evaluated again',
  usage: `doudi withdraw --source AGENCY/DATASET --month YYYY-MM --version N --reason TEXT [--by WHO] [--undo] [--json]`,
  options: {
    source: { type: 'string' },
    month: { type: 'string' },
    version: { type: 'string' },
    reason: { type: 'string' },
    by: { type: 'string' },
    undo: { type: 'boolean' },
  },
  async run(invocation) {
    const source = requireText(invocation, 'source', sourceName(enrolment));
    const [agency = '', dataset = '', ...more] = source.split('/');
    const month = requireMonth(invocation);
    const version = requireCount(invocation, 'version', '2');
    const withdrawn = invocation.values['undo'] !== true;
    const reason = requireText(invocation, 'reason', '"the department asked for it by letter"');
    await withHome(
      invocation,
      async ({ store, office }) => {
        const parts = await office();
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
