/** Text that is Chinese in any page language: names of places and sources, clauses, advice. */
import type { ReactNode } from 'react';

export function Chinese({ children }: { readonly children: ReactNode }) {
  return <span lang="zh-CN">{children}</span>;
}
