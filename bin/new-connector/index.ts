/**
 * Creates the folder of a new agency, ready to be adapted to what it really delivers:
 *
 *     npm run new:connector -- housing unsafe-homes --title 住建 --dataset-title 危房
 *
 * The output passes every check as it is. The connector is found by its location: there is no list to add it to.
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
