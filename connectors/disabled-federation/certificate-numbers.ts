/**
 * Certificates whose number does not match the identity number, which only the federation can compare. Nobody delivers
 * this yet, so there is no contract; a rule that needs it reports it as missing.
 */
export const certificateNumbers = {
  agency: 'disabled-federation',
  dataset: 'certificate-numbers',
} as const;
