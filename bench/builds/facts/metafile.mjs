// What esbuild's metafile says of its output.
export function metafileFacts({ outputs }) {
  const [entry] = Object.entries(outputs).find(
    ([, { entryPoint }]) => entryPoint === 'src/main.jsx',
  );
  const initial = closureOf(entry, outputs);
  const styles = stylesOf(outputs, initial);
  return Object.entries(outputs)
    .filter(([path]) => !path.endsWith('.map'))
    .map(([path, output]) => {
      const file = path.replace(/^dist\//, '');
      if (styles.has(path)) return { file, ...styles.get(path) };
      if (!path.endsWith('.js'))
        return { file, key: Object.keys(output.inputs)[0] ?? null, load: null };
      const load = initial.has(path) ? 'initial' : 'lazy';
      return { file, key: output.entryPoint ?? null, load, modules: Object.keys(output.inputs) };
    });
}

function closureOf(entry, outputs) {
  const found = new Set();
  const waiting = [entry];
  for (const path of waiting) {
    if (found.has(path)) continue;
    found.add(path);
    const imports = outputs[path]?.imports ?? [];
    waiting.push(
      ...imports.filter(({ kind }) => kind === 'import-statement').map((one) => one.path),
    );
  }
  return found;
}

function stylesOf(outputs, initial) {
  const styles = new Map();
  for (const [path, { cssBundle, entryPoint }] of Object.entries(outputs)) {
    const load = initial.has(path) ? 'initial' : 'lazy';
    if (cssBundle !== undefined) styles.set(cssBundle, { key: `${entryPoint} (style)`, load });
  }
  return styles;
}
