/** The first password was issued by somebody else; it must be changed before anything is shown. */
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { SessionAnswer } from '../../api.ts';
import { sendAnswer, type Problem } from '../data/fetch-answer.ts';
import { useWords } from '../words/words.ts';

interface Fields {
  readonly old?: string;
  readonly next: string;
}

interface Props {
  /** The one-time password just typed; empty after a reload. */
  readonly old: string;
  readonly name: string;
  readonly csrf: string;
  readonly onSignOut: () => Promise<void>;
  readonly onChanged: (session: SessionAnswer) => void;
}

const SHORTEST = 12;

export function ChangePassword({ old, name, csrf, onSignOut, onChanged }: Props) {
  const { signIn } = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { old: fields.old ?? old, new: fields.next };
      onChanged(await sendAnswer<SessionAnswer>('POST', '/api/session/password', body, csrf));
    } catch (error) {
      setProblem(error as Problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
      <h1>{signIn.changeTitle}</h1>
      <p className="quiet">{signIn.changeHint}</p>
      {problem === null ? null : (
        <Alert
          type="error"
          showIcon
          title={problem.status === 401 ? signIn.oldWrong : signIn.short}
        />
      )}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      {old === '' ? (
        <Form.Item name="old" label={signIn.password} rules={[{ required: true, message: '' }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      ) : null}
      <Form.Item
        name="next"
        label={signIn.next}
        rules={[
          {
            validator: (_rule, value: string | undefined) =>
              [...(value ?? '')].length >= SHORTEST && value?.toLowerCase().includes(name) === false
                ? Promise.resolve()
                : Promise.reject(new Error(signIn.short)),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" autoFocus />
      </Form.Item>
      <Form.Item
        name="again"
        label={signIn.again}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value: string | undefined) =>
              value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(signIn.differ)),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {signIn.change}
      </Button>
      <Button type="link" block onClick={() => void onSignOut()}>
        {signIn.signOut}
      </Button>
    </Form>
  );
}
