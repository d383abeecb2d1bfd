import { shanghaiTime } from '../../core/clock.ts';
import { usageError } from '../../core/errors.ts';
import { settleReports } from '../../exchange/answers/place.ts';
import { standingReports, type StandingReport } from '../../exchange/answers/standing.ts';
import { textOf } from '../../exchange/answers/text.ts';
import { text, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireMonth } from '../require.ts';

function deliveryLine({ path, delivery }: StandingReport): string {
  const { state, channel, code, at } = delivery;
  const way = channel === 'webhook' ? '回调' : '原处';
  const said = {
    home: '未设答复方式，只存于家目录',
    due: `尚未送达（${way}）`,
    failed: `未能送达（${way}，${code}），将自动重试`,
    done: `已送达（${way}，${at === null ? '' : shanghaiTime(new Date(at))}）`,
  }[state];
  return `答复：      ${said}\n存放：      ${path}.txt\n`;
}

export async function run(invocation: Invocation): Promise<void> {
  const month = requireMonth(invocation);
  const source = text(invocation, 'source');
  await withHome(invocation, async ({ store, deployment }) => {
    const opened = await deployment();
    if (source !== undefined && !opened.contracts.has(source))
      throw usageError(`no connector reads '${source}'`, 'e.g. --source education/enrolment');
    settleReports(store, opened.contracts);
    const reports = await standingReports(opened, store, month, source);
    if (invocation.json) return invocation.out(`${JSON.stringify(reports, null, 2)}\n`);
    if (reports.length === 0)
      return invocation.out(`nothing has been delivered for ${month} yet\n`);
    const rule = `\n${'─'.repeat(72)}\n\n`;
    return invocation.out(
      reports.map((one) => `${textOf(one.report)}\n${deliveryLine(one)}`).join(rule),
    );
  });
}
