import { error, info, notice, setFailed, setOutput, summary, warning } from '@actions/core';
import { step } from './commands/step.ts';
import type { StepLog } from './commands/step-log.ts';
import { nodeHost } from './host/node.ts';
import { UserError } from './model/errors.ts';
import { TOOL } from './model/tool.ts';

const log: StepLog = {
  info,
  notice,
  warning,
  error,
  output: setOutput,
  summary: async (markdown) => {
    await summary.addRaw(markdown, true).write();
  },
};

/** Red only as the last word. */
step(nodeHost({ progress: () => {} }), log).then(
  (failure) => {
    if (failure !== null) setFailed(failure);
  },
  (failure: unknown) => {
    if (failure instanceof UserError) {
      setFailed([failure.message, failure.hint].filter((part) => part !== null).join('\n'));
      return;
    }
    const stack = failure instanceof Error ? failure.stack : String(failure);
    setFailed(`Weighbridge ${TOOL.version} has a bug: no report could be made.\n${stack}`);
  },
);
