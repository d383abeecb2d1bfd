/** Columns a phone has no room for; their content is then shown small in the first column. */
import type { Breakpoint } from 'antd';

export const WIDE_ONLY: Breakpoint[] = ['md'];

/** Room for three figures beside a name. */
export const VERY_WIDE_ONLY: Breakpoint[] = ['xl'];
