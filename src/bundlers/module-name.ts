/** The id of a module by the name that a bundler's metadata gives it. */
export function moduleName(name: string): string {
  return name
    .replace(/ \+ \d+ modules$/, '')
    .replace(/^.*!/s, '')
    .replace(/[?|].*$/s, '')
    .replace(/^.*?(?=node_modules\/)/s, '')
    .replace(/^(?:\.{1,2}\/)+/, '');
}
