import { describe, expect, it } from 'vitest';
import { addedImportLine, isOfModule, isOfPackage } from '../../src/core/added-import.ts';

const PATCH = [
  '@@ -1,4 +1,5 @@ export function Report() {',
  " import { useState } from 'react';",
  "-import dayjs from 'dayjs';",
  "+// import moment from 'moment';",
  "+import moment from 'moment';",
  ' ',
  '@@ -40,3 +41,6 @@',
  ' const late = 1;',
  "+const Chart = lazy(() => import('./Chart'));",
  '+export {',
  '+  parse,',
  "+} from 'qs/lib/parse';",
  '\\ No newline at end of file',
].join('\n');

const line = (isMeant: (specifier: string) => boolean) => addedImportLine(PATCH, isMeant);

describe('the line of an import', () => {
  it.each([
    ['moment', 3],
    ['qs', 45],
    ['react', null],
    ['dayjs', null],
    ['mom', null],
  ])('of the package %s is one that the change adds', (name, expected) => {
    expect(line((specifier) => isOfPackage(specifier, name))).toBe(expected);
  });

  it.each([
    ['src/pages/Chart.tsx', 42],
    ['src/pages/Chart/index.tsx', 42],
    ['src/pages/Chart.vue', 42],
    ['src/pages/Charts.tsx', null],
  ])('of the module %s is found by its name', (id, expected) => {
    expect(line((specifier) => isOfModule(specifier, id))).toBe(expected);
  });

  it('is none in what is no patch', () => {
    expect(addedImportLine('', () => true)).toBeNull();
    expect(addedImportLine('Binary files differ', () => true)).toBeNull();
  });
});
