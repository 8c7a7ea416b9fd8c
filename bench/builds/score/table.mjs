// The one table, what is below a target, and the totals.

const RECALL = 0.99;

/** Prints, and says whether every target is met. */
export function printScore(rows, { details }) {
  const bundlers = [...new Set(rows.map(({ bundler }) => bundler))];
  const lines = bundlers.map((name) =>
    lineOf(
      name,
      rows.filter(({ bundler }) => bundler === name),
    ),
  );
  console.table(Object.fromEntries(lines));
  for (const row of rows) {
    for (const problem of problemsOf(row)) console.log(`${row.bundler}/${row.variant}: ${problem}`);
    if (details) console.log(JSON.stringify(row));
  }
  const total = totalOf(rows);
  console.log(
    `${total.named} of ${total.declared} causes, ${total.spurious} spurious; ` +
      `${total.right} of ${total.right + total.missed + total.wrong} pairs, ${total.wrong} wrong; ` +
      `${total.pages} of ${total.measured} pages, ${total.opened} of ${total.tried} in a browser; ` +
      `${total.noisy} of the same source again not silent; ${total.failed} without a report`,
  );
  return isMet(total);
}

function isMet(total) {
  const bad = ['spurious', 'wrong', 'noisy', 'failed', 'unsummed'];
  return (
    total.named >= RECALL * total.declared &&
    bad.every((key) => total[key] === 0) &&
    total.pages === total.measured &&
    total.opened === total.tried
  );
}

function lineOf(name, rows) {
  const total = totalOf(rows);
  const cells = {
    version: rows.find(({ version }) => version !== null)?.version,
    builds: rows.length,
    causes: `${total.named}/${total.declared}`,
    spurious: total.spurious,
    pairs: `${total.right}/${total.right + total.missed + total.wrong}`,
    'wrong pairs': total.wrong,
    pages: `${total.pages}/${total.measured}`,
    browser: `${total.opened}/${total.tried}`,
    'same again': rows.some(({ noise }) => (noise?.length ?? 0) > 0) ? 'not silent' : 'silent',
    failed: total.failed,
  };
  return [name, cells];
}

function totalOf(rows) {
  const built = rows.filter(({ failed }) => failed === undefined);
  const opened = built.filter(({ browser }) => browser !== null);
  const sum = (count) => built.reduce((total, row) => total + count(row), 0);
  return {
    named: sum(({ causes }) => causes?.named ?? 0),
    declared: sum(({ causes }) => (causes === null ? 0 : causes.named + causes.missed.length)),
    spurious: sum(({ causes }) => causes?.spurious.length ?? 0),
    unsummed: sum(({ causes }) => causes?.unsummed.length ?? 0),
    right: sum(({ pairs }) => pairs?.right ?? 0),
    missed: sum(({ pairs }) => pairs?.missed.length ?? 0),
    wrong: sum(({ pairs }) => pairs?.wrong.length ?? 0),
    pages: built.filter(({ page }) => page.length === 0).length,
    measured: built.length,
    opened: opened.filter(({ browser }) => browser.length === 0).length,
    tried: opened.length,
    noisy: built.filter(({ noise }) => (noise?.length ?? 0) > 0).length,
    failed: rows.length - built.length,
  };
}

function problemsOf({ failed, causes, pairs, page, browser, noise = [] }) {
  if (failed !== undefined) return [failed];
  const named = (label, items) => items.map((item) => `${label} ${JSON.stringify(item)}`);
  return [
    ...named('missed', causes?.missed ?? []),
    ...named('spurious', causes?.spurious ?? []),
    ...named('does not add up', causes?.unsummed ?? []),
    ...named('not paired', pairs?.missed ?? []),
    ...named('wrong pair', pairs?.wrong ?? []),
    ...named('noise', noise),
    ...page,
    ...(browser ?? []),
  ];
}
