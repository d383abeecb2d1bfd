/** Attributes of a table row for browser tests, and its click action. */
import type { HTMLAttributes, MouseEvent } from 'react';

/** @param data e.g. `{ testid: 'county-520102', open: 12 }`: attributes `data-testid`, `data-open` */
export function rowAttributes(
  data: Readonly<Record<string, string | number | null>>,
  open?: () => void,
): HTMLAttributes<HTMLElement> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(data)) {
    attributes[`data-${name}`] = value === null ? '' : String(value);
  }
  if (open === undefined) return attributes;
  return {
    ...attributes,
    className: 'opens',
    onClick: (event: MouseEvent) => {
      // Links and buttons in the row keep their own action; selecting text means copying it.
      const control = event.target instanceof Element && event.target.closest('a, button') !== null;
      if (!control && window.getSelection()?.isCollapsed !== false) open();
    },
  };
}
