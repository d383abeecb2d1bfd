/** Name, password and, for users who have one, the second factor's code. */
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { SessionAnswer } from '../../api.ts';
import { sendAnswer, type Problem } from '../data/fetch-answer.ts';
import { useWords } from '../words/words.ts';

interface Fields {
  readonly name: string;
  readonly password: string;
  readonly code?: string;
}

interface Props {
  readonly onSignedIn: (session: SessionAnswer, password: string) => void;
}

export function SignInForm({ onSignedIn }: Props) {
  const { signIn, unreachable } = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async ({ name, password, code = '' }: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { name: name.trim(), password, code: code.trim() };
      onSignedIn(await sendAnswer<SessionAnswer>('POST', '/api/session', body, ''), password);
    } catch (error) {
      setProblem(error as Problem);
    } finally {
      setBusy(false);
    }
  };

  const said = (status: number): string =>
    status === 0 ? unreachable : status === 429 ? signIn.tooMany : signIn.failed;
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
      <h1>{signIn.title}</h1>
      {problem === null ? null : (
        <Alert type="error" showIcon title={said(problem.status)} data-testid="sign-in-problem" />
      )}
      <Form.Item name="name" label={signIn.name} rules={[{ required: true, message: '' }]}>
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
      </Form.Item>
      <Form.Item name="password" label={signIn.password} rules={[{ required: true, message: '' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="code" label={signIn.code} extra={signIn.codeHint}>
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {signIn.submit}
      </Button>
    </Form>
  );
}
