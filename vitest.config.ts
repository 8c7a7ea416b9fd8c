import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new ClosingLine()],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Real compression, git and browsers share two cores on a small runner.
    maxWorkers: 2,
    // CommonJS packages as Node itself gives them: vitest would unwrap a default inside a default.
    deps: { interopDefault: false },
  },
});
