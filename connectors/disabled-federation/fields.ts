/** Rule fields on certificates and their holders; each `.sql` file makes its table. */
import { readBefore } from '../../core/field.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { certificates } from './certificates.ts';

const CERTIFICATES = sourceName(certificates);

/** In build order: a home's `membership` reads the tables before it. */
export const fields = [
  fieldTable(
    'disabled-federation',
    'person',
    new URL('person.sql', import.meta.url),
    [
      [
        'disability.certificate',
        'boolean',
        '有有效残疾人证',
        'holds a valid certificate',
        [CERTIFICATES],
      ],
      [
        'disability.severe',
        'boolean',
        '重度残疾（一、二级，或三级智力、精神）',
        'severe disability: grade 1–2, or grade 3 intellectual or mental',
        [CERTIFICATES],
      ],
      [
        'disability.grade_1_2',
        'boolean',
        '有有效一、二级残疾人证',
        'holds a valid certificate of grade 1–2',
        [CERTIFICATES],
      ],
      [
        'disability.no_nursing_subsidy',
        'boolean',
        '一、二级残疾人未享受护理补贴',
        'grade 1–2 and known to draw no nursing subsidy',
        [CERTIFICATES],
      ],
      [
        'disability.no_living_subsidy',
        'boolean',
        '持证且未享受生活补贴',
        'valid certificate and known to draw no living subsidy',
        [CERTIFICATES],
      ],
      [
        'disability.valid_until',
        'date',
        '有效残疾人证的到期日（最晚）',
        'last day of the valid certificate that holds longest',
        [CERTIFICATES],
      ],
    ],
    { figures: ['severe-disability-grade'] },
  ),
  fieldTable('disabled-federation', 'person', new URL('before.sql', import.meta.url), [
    [
      'disability.grade_1_2_before',
      'boolean',
      '上月已有有效一、二级残疾人证',
      'held one of grade 1–2 in the month before',
      [readBefore(CERTIFICATES, 1)],
    ],
  ]),
  fieldTable(
    'disabled-federation',
    'household',
    new URL('membership.sql', import.meta.url),
    [
      [
        'household.certified_members',
        'integer',
        '持有效残疾人证的成员数',
        'members with a valid certificate',
        [CERTIFICATES],
      ],
    ],
    { otherwise: { 'household.certified_members': 0 } },
  ),
];
