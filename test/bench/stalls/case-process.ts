/** One case in a process of its own: `fill FIXTURE FILE` or `run CASE FILE`, then perhaps `quick`. */
import { openDatabase } from '#src/foundation/database/database.ts';
import { CASES } from './cases.ts';

const [what, name, file, ...flags] = process.argv.slice(2);
const quick = flags.includes('quick');

if (what === 'fill') {
  const db = await openDatabase(file);
  await CASES.find(({ fixture }) => fixture === name)?.fill(db, quick);
  await db.close();
} else {
  const holds = await CASES.find((one) => one.name === name)?.run(file, quick);
  console.log(JSON.stringify(holds));
}
process.exit(0);
