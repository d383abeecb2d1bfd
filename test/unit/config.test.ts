import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../core/config.ts';
import { withFolder } from '../support/doudi.ts';

const read = (yaml: string): Promise<ReturnType<typeof readConfig>> =>
  withFolder((home) => {
    writeFileSync(join(home, 'doudi.yaml'), yaml);
    return Promise.resolve(readConfig(home));
  });

describe('doudi.yaml', () => {
  it('reads the contract’s example, with codes as numbers or texts', async () => {
    const config = await read(`province: 520000
parameters:
  - { name: dibao-standard, where: { residence: rural }, region: 520000, from: 2023-01-01, to: null, value: 6000, unit: yuan/year, doc: trial, clause: "-" }`);
    expect(config.province).toBe('520000');
    expect(config.parameters[0]).toMatchObject({
      region: '520000',
      from: '2023-01-01',
      to: null,
      value: 6000,
    });
    expect(config.limits.badRowShare).toBe(0.05);
  });
  it('takes an empty home for one of Guizhou', () =>
    withFolder((home) => {
      expect(readConfig(home).province).toBe('520000');
      return Promise.resolve();
    }));
  it('refuses an unknown key and names the nearest known one', async () => {
    await expect(read('province: "520000"\nparametres: []')).rejects.toThrow(
      /unknown key 'parametres'; did you mean 'parameters'/,
    );
    await expect(read('province: "520000"\nlimits: { bad_row_shar: 0.1 }')).rejects.toThrow(
      /limits\.bad_row_shar'; did you mean 'bad_row_share'/,
    );
  });
  it('names file and line of broken YAML', async () => {
    await expect(read('province: "520000"\n  x: [')).rejects.toThrow(/doudi\.yaml, line \d+/);
  });
  it('refuses a province that is none', async () => {
    await expect(read('province: "5201"\nlimits: {}')).rejects.toThrow(/province/);
  });
});
