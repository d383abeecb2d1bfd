/** Colours of adjacent series, distinguishable with red-green colour blindness. */
export const SERIES = [
  '#175a8c',
  '#d98a1f',
  '#4f9d69',
  '#8b5aa8',
  '#c8553d',
  '#6b7a89',
  '#3aa0a8',
  '#b59b2c',
  '#9c6b4e',
  '#5d73c9',
] as const;
