import type { Reporter, TestModule } from 'vitest/node';

/** Says at the end, alone on a line, how many tests passed and failed: for whoever reads logs. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const skipped = count('skipped');
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(`\n${count('passed')} passed, ${count('failed')} failed${rest}`);
  }
}
