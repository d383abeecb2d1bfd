/** Rule fields on pupils and students, made by `person.sql`. */
import { sourceName } from '../../files/extract/contract.ts';
import { fieldTable } from '../../files/extract/field-table.ts';
import { enrolment } from './enrolment.ts';

const ENROLMENT = sourceName(enrolment);

export const fields = [
  fieldTable(
    'education',
    'person',
    new URL('person.sql', import.meta.url),
    [
      ['education.on_roll', 'boolean', '在学籍数据中', 'has a row in the school roll', [ENROLMENT]],
      [
        'education.out_of_school',
        'boolean',
        '义务教育阶段未到校或辍学',
        'primary or junior, absent or dropped out',
        [ENROLMENT],
      ],
      [
        'education.net_cost_year',
        'yuan/year',
        '高中（中职）学年自付扣除资助后（元）',
        'senior or vocational: out of pocket minus aid, yuan per year (highest row)',
        [ENROLMENT],
      ],
      [
        'education.aid_year',
        'yuan/year',
        '在读学生本学年资助（元，最少）',
        'aid of an enrolled student, yuan per year (lowest row)',
        [ENROLMENT],
      ],
      [
        'education.university_graduated',
        'boolean',
        '本年内大学毕业',
        'graduates from university this year, up to the month',
        [ENROLMENT],
      ],
      [
        'education.graduation',
        'date',
        '预计毕业月份的最后一天（高中、中职、大学）',
        'last day of the month of graduation to come: senior, vocational, university',
        [ENROLMENT],
      ],
    ],
    { also: ['out_of_pocket_year'] },
  ),
];
