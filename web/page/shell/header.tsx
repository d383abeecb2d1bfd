/** Whose figures these are, of which month, in which language; links to the other screens. */
import { Tooltip } from 'antd';
import type { HomeAnswer } from '../../api.ts';
import { Chinese } from '../common/chinese.tsx';
import { useNavigation } from '../place/use-place.ts';
import { useWords, type PageLanguage } from '../words/words.ts';
import { WhoAmI } from '../sign-in/who-am-i.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { MonthSelect } from './month-select.tsx';

interface Props {
  readonly home: HomeAnswer | null;
  readonly month: string | null;
  readonly onLanguage: (language: PageLanguage) => void;
}

export function Header({ home, month, onLanguage }: Props) {
  const words = useWords();
  const { route, to } = useNavigation();
  const entry = (screen: 'overview' | 'charts' | 'queues') => {
    // Rules, counties and leads are part of the overview.
    const at = route.screen === 'queues' || route.screen === 'charts' ? route.screen : 'overview';
    const current = at === screen;
    return (
      <a href={to({ screen })} aria-current={current ? 'page' : undefined}>
        {words.navigation[screen]}
      </a>
    );
  };
  return (
    <header className="top">
      <div className="top-inner">
        <a className="brand" href={to({ screen: 'overview' })}>
          <img src="/icon.svg" alt="" width="30" height="30" />
          <span>
            <strong>
              {words.brand}
              {home === null ? null : (
                <span className="province">
                  <Chinese>{home.province.name}</Chinese>
                </span>
              )}
            </strong>
            <small>{words.product}</small>
          </span>
        </a>
        {home?.demo === true ? (
          <Tooltip title={words.demoHint}>
            <span className="tag caution demo" data-testid="demo">
              {words.demo}
            </span>
          </Tooltip>
        ) : null}
        <nav aria-label={words.navigation.label}>
          {entry('overview')}
          {entry('charts')}
          {entry('queues')}
        </nav>
        <div className="top-tools">
          {home === null || month === null ? null : (
            <MonthSelect months={home.months} month={month} />
          )}
          <WhoAmI />
          <LanguageSwitch onLanguage={onLanguage} />
        </div>
      </div>
    </header>
  );
}
