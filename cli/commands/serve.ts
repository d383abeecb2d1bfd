import { readServeSettings } from '../../core/environment.ts';
import { MonitorError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { isServed } from '../serve/ask.ts';
import { untilTold } from '../serve/until-told.ts';

export default {
  local: true,
  name: 'serve',
  summary:
    'holds the home: calendar, county queues, page (DOUDI_LISTEN, DOUDI_QUEUE; docs/operations.md)',
  async run(invocation) {
    const { home, clock, log, tell } = invocation;
    const settings = readServeSettings(process.env);
    if (await isServed(home))
      throw new MonitorError('ledger-busy', 'another doudi serve holds this home');
    if (process.env['UV_THREADPOOL_SIZE'] === undefined)
      tell(
        'UV_THREADPOOL_SIZE is not set: heavy queries will hold up files and pages; start with UV_THREADPOOL_SIZE=16\n',
      );
    const { builtPage } = await import('../serve/page.ts');
    const { startServing } = await import('../serve/start.ts');
    const page = await builtPage(tell);
    const serving = await startServing({ home, clock, log, settings, page });
    try {
      await invocation.out(`doudi serves ${home} · ${serving.address}\n`);
      serving.keepCalendar();
      tell(`${await untilTold()}: finishing current work\n`);
    } finally {
      await serving.close();
    }
  },
} satisfies Command;
