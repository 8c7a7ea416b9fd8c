// A build step: a chunk exports its names by one short table instead of a descriptor written out for
// each, which are a twentieth of the code that every check loads.
const DESCRIPTOR =
  /Object\.defineProperty\(exports,(?:"([\w$]+)"|`([\w$]+)`),\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;
const RUN = new RegExp(`${DESCRIPTOR.source}(?:,${DESCRIPTOR.source})*`, 'g');

/** The same code, shorter; getters as before, so that names may be set later. */
export function withShortExports(code) {
  return code.replaceAll(RUN, (run) => {
    const getters = [...run.matchAll(DESCRIPTOR)].map(
      ([, double, template, local]) => `${JSON.stringify(double ?? template)}:()=>${local}`,
    );
    const shorter = `(e=>{for(let k in e)Object.defineProperty(exports,k,{enumerable:!0,get:e[k]})})({${getters.join()}})`;
    return shorter.length < run.length ? shorter : run;
  });
}
