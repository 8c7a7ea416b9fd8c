// The words: rows as lines for the terminal and as tables for a page. Nothing is judged here.

import { OURS } from './tools.mjs';

const SIGNS = { met: '✅', missed: '❌', ahead: '➕', behind: '➖', 'not built': '⏳' };

/** One goal as lines of text. */
export function terminal({ number, title, rows, figures, notes }) {
  const lines = rows.map((row) => `  ${cells(row).join('  ')}`);
  const commands = (figures?.commands ?? []).map(
    (command) => `    ${command.id.padEnd(24)} ${figureCells(command).join('  ')}`,
  );
  const remarks = [...notes, ...disturbance(figures)].map((note) => `  ${note}`);
  return [`\nGoal ${number}: ${title}`, ...lines, ...commands, ...remarks].join('\n');
}

/** The whole result as a page. */
export function markdown({ date, machine, versions, isBuilt, corpora, goals }) {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const sizes = Object.values(corpora).map(
    ({ name, files, bytes, digest }) => `\`${name}\` ${files} files, ${bytes} bytes, ${digest}`,
  );
  return [
    `# Benchmark of ${date}`,
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}; ` +
      `Node ${machine.node}, zlib ${machine.zlib}, brotli ${machine.brotli}.`,
    '',
    `${peers.join(', ')}.`,
    '',
    `Corpora: ${sizes.join('; ')}.`,
    '',
    ...(isBuilt ? [] : ['Our command line was not built: the peers stand alone.', '']),
    ...goalTable(goals),
    '',
    '✅ met, ❌ missed; without a target: ➕ ahead of the peer, ➖ behind it.',
    '',
    '## Figures',
    '',
    ...figureTable(goals),
    '',
    ...goals.flatMap(remarks),
    '',
  ].join('\n');
}

function goalTable(goals) {
  const head = ['Goal', '', 'Measure', 'Ours', 'Peer', 'Theirs', 'Ours / theirs', 'Target'];
  const body = goals.flatMap((goal) =>
    goal.rows.map((row) => [`${goal.number}. ${goal.title}`, ...markdownCells(row)]),
  );
  return table(head, body, ['', '', '', 'right', '', 'right', 'right', 'right']);
}

function figureTable(goals) {
  const head = ['Goal', 'Command', 'CPU', 'Wall', 'Peak', 'Rounds'];
  const body = goals
    .filter(({ figures }) => figures !== null)
    .flatMap(({ number, figures }) =>
      figures.commands.map((command) => [
        String(number),
        command.id,
        ...figureCells(command),
        String(command.samples.length),
      ]),
    );
  return table(head, body, ['', '', 'right', 'right', 'right', 'right']);
}

function remarks({ number, figures, notes }) {
  const all = [...notes, ...disturbance(figures)];
  return all.length === 0 ? [] : [`- Goal ${number}: ${all.join(' ')}`];
}

function disturbance(figures) {
  if (figures === null || figures.repeated + figures.disturbed === 0) return [];
  const { repeated, disturbed } = figures;
  return [
    `Rounds disturbed by other processes: ${repeated} repeated, ${disturbed} in the figures.`,
  ];
}

function cells(row) {
  const [sign, what, ours, peer, theirs, ratio, target] = markdownCells(row);
  const against = peer === '' ? '' : `against ${peer} ${theirs}`;
  return [
    `${sign} ${row.verdict.padEnd(9)}`,
    `${what}:`,
    ours,
    against,
    ratio,
    target === '' ? '' : `target ${target}`,
  ].filter((text) => text !== '');
}

function markdownCells({ verdict, what, unit, subject, ours, peer, theirs, ratio, target }) {
  const label = subject === OURS ? what : `${what}, \`${subject}\``;
  return [
    SIGNS[verdict],
    label,
    amount(ours, unit),
    peer ?? '',
    peer === null ? '' : amount(theirs, unit),
    ratio === null ? '' : `${digits(ratio)}x`,
    targetText(target, unit),
  ];
}

function targetText(target, unit) {
  if (target === null) return '';
  return target.of === 'ratio' ? `≤ ${digits(target.atMost)}x` : `≤ ${amount(target.atMost, unit)}`;
}

const figureCells = ({ cpu, wall, peak }) => [
  amount(cpu, 's'),
  amount(wall, 's'),
  amount(peak, 'MiB'),
];

// Below a second the milliseconds count, and above it they are noise.
function amount(value, unit) {
  if (value === null) return '–';
  if (unit === 's' && value < 1) return `${Math.round(value * 1000)} ms`;
  if (unit === 's') return `${value.toFixed(2)} s`;
  return `${unit === 'MiB' ? Math.round(value) : digits(value)} ${unit}`.trim();
}

const digits = (value) => String(Number(value.toPrecision(3)));

function table(head, body, alignment) {
  const rule = alignment.map((side) => (side === 'right' ? '--:' : '---'));
  return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`);
}
