/** Name, role and region of the signed-in user, and signing out. */
import { Button, Tooltip } from 'antd';
import { Chinese } from '../common/chinese.tsx';
import { useWords } from '../words/words.ts';
import { useSession } from './use-session.ts';

export function WhoAmI() {
  const { signIn } = useWords();
  const { account, signOut } = useSession();
  if (account === null) return null;
  const role = signIn.role(account.role, account.role_name);
  return (
    <span className="who" data-testid="who">
      <Tooltip title={signIn.who(account.name, role, account.region_name)}>
        <span className="who-name">
          <strong>{account.name}</strong>
          <small>
            {role} · <Chinese>{account.region_name}</Chinese>
          </small>
        </span>
      </Tooltip>
      <Button size="small" onClick={() => void signOut()}>
        {signIn.signOut}
      </Button>
    </span>
  );
}
