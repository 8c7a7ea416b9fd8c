import { pageTypeOf } from '../core/page-type.ts';
import type { Host } from '../model/host.ts';
import type { Output } from './page-output.ts';
import { scriptLexer } from './script-imports.ts';
import { nameFinder } from './script-names.ts';
import { styleReferences } from './style-references.ts';

/** What a script or a style sheet loads. Addresses are as they are written. */
export interface LoadFacts {
  readonly isScript: boolean;
  /** Loaded with it. */
  readonly statics: readonly string[];
  /** Loaded by it, later. */
  readonly dynamics: readonly string[];
  /** Paths of files that its texts name: loaded by it, later. */
  readonly named: ReadonlySet<string>;
}

/** Reads the files of an output, each once, however many pages load it. */
export interface FactReader {
  /** The text of a file; empty for one that is gone. */
  textOf(path: string): string;
  ofFile(path: string): LoadFacts;
  /** @param text of an inline script */
  ofScript(text: string): LoadFacts;
  /** @param text of an inline style sheet */
  ofStyle(text: string): LoadFacts;
}

const NONE: LoadFacts = { isScript: false, statics: [], dynamics: [], named: new Set() };

export async function factReader(output: Output, folder: string, host: Host): Promise<FactReader> {
  const importsOf = await scriptLexer();
  const namesIn = nameFinder(output);
  const known = new Map<string, LoadFacts>();
  const bytesOf = (path: string) =>
    host.readNow(`${folder}/${path}`, output.files.get(path)?.size ?? 0) ?? new Uint8Array();
  const ofScript = (bytes: Uint8Array, self: string): LoadFacts => {
    const text = decoded(bytes);
    return { isScript: true, ...importsOf(text), named: namesIn(bytes, text, self) };
  };
  const ofStyle = (text: string): LoadFacts => {
    const { imports, urls } = styleReferences(text);
    return { ...NONE, statics: [...imports, ...urls] };
  };
  const read = (path: string): LoadFacts => {
    const type = pageTypeOf(path);
    if (type === 'script') return ofScript(bytesOf(path), path);
    return type === 'stylesheet' ? ofStyle(decoded(bytesOf(path))) : NONE;
  };
  return {
    textOf: (path) => decoded(bytesOf(path)),
    ofFile: (path) => {
      const facts = known.get(path) ?? read(path);
      known.set(path, facts);
      return facts;
    },
    ofScript: (text) => ofScript(new TextEncoder().encode(text), ''),
    ofStyle,
  };
}

/** Broken UTF-8 is read as a browser reads it. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
