/** Rule fields on monitored persons and their homes; each `.sql` file makes its table. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { monitored } from './monitored.ts';

const MONITORED = sourceName(monitored);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable(
    'rural-revitalization',
    'person',
    new URL('person.sql', import.meta.url),
    [
      [
        'monitored.measures_able_idle',
        'integer',
        '有劳动能力且未就业的监测对象的帮扶措施数（最少）',
        'fewest measures on an open monitored row with full labour capacity and no employment',
        [MONITORED],
      ],
      [
        'monitored.measures',
        'integer',
        '监测对象的帮扶措施数（最少）',
        'fewest measures on an open monitored row',
        [MONITORED],
      ],
    ],
    { also: ['open', 'no_labour', 'some_labour'] },
  ),
  fieldTable('rural-revitalization', 'household', new URL('home.sql', import.meta.url), [], {
    also: ['income', 'size'],
  }),
  fieldTable('rural-revitalization', 'household', new URL('membership.sql', import.meta.url), [
    [
      'household.monitored_open',
      'boolean',
      '家庭有风险未消除的监测对象',
      'a member is monitored with open risk',
      [MONITORED],
    ],
    [
      'household.monitored_unstable',
      'boolean',
      '家庭为风险未消除的脱贫不稳定户',
      'monitored with open risk as unstable',
      [MONITORED],
    ],
    [
      'household.monitored_marginal',
      'boolean',
      '家庭为风险未消除的边缘易致贫户',
      'monitored with open risk as marginal',
      [MONITORED],
    ],
    [
      'household.monitored_sudden',
      'boolean',
      '家庭为风险未消除的突发严重困难户',
      'monitored with open risk as in sudden hardship',
      [MONITORED],
    ],
    [
      'household.monitored_disability',
      'boolean',
      '家庭监测风险未消除、原因含因残',
      'monitored with open risk because of disability',
      [MONITORED],
    ],
    [
      'household.monitored_illness',
      'boolean',
      '家庭监测风险未消除、原因含因病',
      'monitored with open risk because of illness',
      [MONITORED],
    ],
  ]),
];
