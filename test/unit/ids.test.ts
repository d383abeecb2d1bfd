import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SubjectId } from '../../core/ids.ts';

const HEX = '0123456789abcdef0123456789abcdef';

describe('a subject’s id', () => {
  it('shows itself whole only when asked to', () => {
    const id = SubjectId.parse(HEX);
    expect(id.reveal()).toBe(HEX);
    for (const shown of [JSON.stringify({ id }), String(id), inspect(id), id.toString()]) {
      expect(shown).not.toContain(HEX.slice(0, 8));
    }
  });
  it.each(['', HEX.toUpperCase(), HEX.slice(1), `${HEX}0`, '520102199001011234'])(
    'refuses %j without repeating it',
    (text) => {
      let message = '';
      try {
        SubjectId.parse(text);
      } catch (error) {
        message = error instanceof Error ? error.message : '';
      }
      expect(message).toContain('32 lower-case hex digits');
      if (text !== '') expect(message).not.toContain(text);
    },
  );
});
