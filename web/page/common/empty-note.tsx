/** An empty state: what it means or what to do. */
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
}

export function EmptyNote({ title, children }: Props) {
  return (
    <div className="empty-note">
      <p className="empty-title">{title}</p>
      {children === undefined ? null : <div className="quiet">{children}</div>}
    </div>
  );
}
