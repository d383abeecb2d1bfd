/**
 * Makes the folder of a further agency, ready to be filled with what it really hands in:
 *
 *     npm run new:connector -- housing unsafe-homes --title 住建 --dataset-title 危房
 *
 * What it writes passes every check as it stands. It is found by its place: there is no list to add it to.
 */
import { describeError, exitCodeOf } from '../../core/errors.ts';
import { newConnector } from './make.ts';

try {
  const files = await newConnector(process.argv.slice(2), new URL('../../', import.meta.url));
  process.stdout.write(
    `${files.join('\n')}\nNow say what is really handed in: docs/add-a-connector.md\n`,
  );
} catch (error) {
  const { message, fix } = describeError(error);
  process.stderr.write(`${message}\n${fix === undefined ? '' : `accepted: ${fix}\n`}`);
  process.exitCode = exitCodeOf(error);
}
