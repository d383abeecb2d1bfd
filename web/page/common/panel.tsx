/** A titled block of a screen; its title is a heading, so that screen readers can jump between blocks. */
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Right of the title: a hint, a legend, a control. */
  readonly extra?: ReactNode;
  /** Tables extend to the border of the panel; everything else keeps its distance. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Panel({ title, extra, flush = false, className = '', children }: Props) {
  return (
    <section className={`panel ${className}`}>
      <div className="panel-head">
        <h2>{title}</h2>
        {extra === undefined ? null : <div className="panel-extra">{extra}</div>}
      </div>
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  );
}
