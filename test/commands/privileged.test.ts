import { expect, it } from 'vitest';
import { withoutPackages } from '../../src/commands/privileged.ts';
import { measureFolder, quietHost } from '../support/measured.ts';
import { temporaryFolder } from '../support/temporary.ts';

it('loads no bundler that a checkout brings along', async () => {
  const folder = await temporaryFolder({
    'a.js': 'export const a = 1;',
    'budgets.json': { budgets: [{ import: '*', from: './a.js', max: '1 kB' }] },
    'node_modules/esbuild/index.js': "throw new Error('this ran');",
  });
  await expect(measureFolder(folder)).rejects.toThrow('this ran');
  await expect(measureFolder(folder, withoutPackages(quietHost()))).rejects.toMatchObject({
    name: 'UserError',
    code: 'package-refused',
    message: 'esbuild is not loaded in a privileged event.',
  });
});
