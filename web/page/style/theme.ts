/** The one accent colour and what follows from it; style/base.css has the same values for what is not antd. */
import type { ThemeConfig } from 'antd';

export const ACCENT = '#175a8c';
export const INK = '#1c2733';
export const QUIET = '#5a6775';
export const LINE = '#dde3ea';

/** Pale to accent: five classes that still differ on a projector. */
export const SEQUENCE = ['#e6eff6', '#bcd5e7', '#84b0d0', '#4583b0', '#175a8c'] as const;

export const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: ACCENT,
    colorLink: ACCENT,
    colorText: INK,
    colorTextSecondary: QUIET,
    colorBorderSecondary: LINE,
    colorTextPlaceholder: '#66727f',
    colorError: '#b3261e',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#efb9b4',
    colorWarning: '#8a5300',
    colorWarningBg: '#fdf1dc',
    colorWarningBorder: '#e8c88f',
    borderRadius: 6,
    fontFamily: FONT,
  },
  components: {
    Table: {
      headerBg: '#f5f7fa',
      headerColor: QUIET,
      cellPaddingBlockSM: 7,
      rowHoverBg: '#f1f6fa',
    },
  },
};
