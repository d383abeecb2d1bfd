/**
 * What the federation would count: certificates whose number does not agree with the identity number, which it alone sees
 * side by side. Nobody hands it in yet, so there is no contract; a rule that needs it says that it is missing.
 */
export const certificateNumbers = {
  agency: 'disabled-federation',
  dataset: 'certificate-numbers',
} as const;
