import { COMMANDS, type Command, parseCommand } from './workflow-commands.ts';

// The behaviour of actions/runner, ActionCommandManager.cs and ExecutionContext.AddIssue, written anew.

export type Level = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: Level;
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** GitHub cuts longer messages, and shows ten annotations a level and step. */
const MAX_MESSAGE = 4_096;
const MAX_ANNOTATIONS = 10;

/** What the runner makes of a step's output, line by line. */
export class StepLog {
  readonly annotations: Annotation[] = [];
  /** Beyond the tenth of a level: in the log, but never shown on the page. */
  readonly droppedAnnotations: Annotation[] = [];
  readonly outputs: Record<string, string> = {};
  readonly state: Record<string, string> = {};
  readonly masks: string[] = [];
  readonly debug: string[] = [];
  /** All commands that were obeyed, in order. */
  readonly commands: Command[] = [];
  /** The lines that a reader of the log sees, secrets replaced. */
  readonly lines: string[] = [];
  failed = false;

  readonly #workspace: string;
  readonly #names = new Set(COMMANDS);
  #stopToken: string | null = null;

  constructor(workspace: string, secrets: readonly string[] = []) {
    this.#workspace = workspace;
    this.masks.push(...secrets);
  }

  /** Takes one line of stdout or stderr. */
  read(line: string): void {
    const command = parseCommand(line, this.#names);
    if (command === null || !this.#obeys(command, line)) this.#show(line);
  }

  annotate(annotation: Annotation): void {
    const message = this.mask(annotation.message).slice(0, MAX_MESSAGE);
    const same = this.annotations.filter(({ level }) => level === annotation.level);
    const list = same.length < MAX_ANNOTATIONS ? this.annotations : this.droppedAnnotations;
    list.push({ ...annotation, message });
    this.lines.push(`##[${annotation.level}]${message}`);
  }

  /** The step fails, for a reason that is the runner's own. */
  fail(...messages: readonly string[]): void {
    for (const message of messages) this.annotate({ level: 'error', message });
    this.failed = true;
  }

  mask(text: string): string {
    return this.masks.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  }

  #show(line: string): void {
    this.lines.push(this.mask(line));
  }

  /** Whether the command is one at this point: between `stop-commands` and its token none is. */
  #obeys(command: Command, line: string): boolean {
    if (this.#stopToken !== null) {
      if (command.name !== this.#stopToken) return false;
      this.#names.delete(this.#stopToken);
      this.#stopToken = null;
      this.#show(line);
      return true;
    }
    this.commands.push(command);
    if (command.name === 'stop-commands') this.#stop(command, line);
    else this.#handle(command, line);
    return true;
  }

  #stop({ data }: Command, line: string): void {
    const token = data.toLowerCase();
    if (token === '' || token === 'pause-logging' || this.#names.has(token)) {
      this.fail('You cannot use a endToken that is an empty string, or another workflow command.');
      return;
    }
    this.#stopToken = token;
    this.#names.add(token);
    if (data.length > 6) this.masks.push(data);
    this.#show(line);
  }

  #handle(command: Command, line: string): void {
    const { name, data } = command;
    const handlers: Record<string, () => void> = {
      error: () => this.annotate(annotationOf('error', command, this.#workspace)),
      warning: () => this.annotate(annotationOf('warning', command, this.#workspace)),
      notice: () => this.annotate(annotationOf('notice', command, this.#workspace)),
      'add-mask': () => this.#addMask(data),
      'set-output': () => this.#keep(this.outputs, command, line),
      'save-state': () => this.#keep(this.state, command, line),
      'set-env': () => this.fail(unable(line), 'The `set-env` command is disabled.'),
      'add-path': () => this.fail(unable(line), 'The `add-path` command is disabled.'),
      debug: () => this.debug.push(data),
      group: () => this.#show(`##[group]${data}`),
      endgroup: () => this.#show('##[endgroup]'),
    };
    // The others (echo and the problem matchers) are swallowed: nothing here depends on them.
    handlers[name]?.();
  }

  #addMask(data: string): void {
    if (data.trim() === '') {
      const message = "Can't add secret mask for empty string in ##[add-mask] command.";
      this.annotate({ level: 'warning', message });
      return;
    }
    const lines = data.split(/[\r\n]/).map((part) => part.trim());
    this.masks.push(...new Set([data, ...lines.filter((part) => part !== '')]));
  }

  /** Deprecated, and still obeyed. */
  #keep(values: Record<string, string>, { name, properties, data }: Command, line: string): void {
    this.annotate({ level: 'warning', message: `The \`${name}\` command is deprecated.` });
    const key = properties.get('name');
    if (key === undefined) {
      this.fail(unable(line), `Required field 'name' is missing in ##[${name}] command.`);
    } else {
      values[key] = data;
    }
  }
}

function unable(line: string): string {
  return `Unable to process command '${line}' successfully.`;
}

function annotationOf(level: Level, { properties, data }: Command, workspace: string): Annotation {
  const file = properties.get('file');
  const title = properties.get('title');
  return {
    level,
    message: data,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file: relativeTo(workspace, file) }),
    ...position(properties),
  };
}

/** Only a path below the workspace becomes relative, by its text alone. */
function relativeTo(workspace: string, file: string): string {
  return file.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file;
}

type Position = Pick<Annotation, 'line' | 'endLine' | 'column' | 'endColumn'>;

/** Nonsense is left out: an end before its start, columns without a line or over several lines. */
function position(properties: ReadonlyMap<string, string>): Position {
  const endLine = integer(properties.get('endline'));
  const endColumn = integer(properties.get('endcolumn'));
  const line = integer(properties.get('line')) ?? endLine;
  const column = integer(properties.get('col')) ?? endColumn;
  const severalLines = endLine !== undefined && line !== endLine;
  return {
    ...range('line', line, 'endLine', endLine),
    ...(line === undefined || severalLines ? {} : range('column', column, 'endColumn', endColumn)),
  };
}

function range(
  from: string,
  start: number | undefined,
  to: string,
  end: number | undefined,
): Position {
  if (start === undefined || (end !== undefined && end < start)) return {};
  return { [from]: start, ...(end === undefined ? {} : { [to]: end }) };
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
