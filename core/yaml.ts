/** YAML files that know the line of each value. */
import { existsSync, readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { MonitorError } from './errors.ts';
import { sha256 } from './hash.ts';

type Path = readonly PropertyKey[];

export interface YamlFile {
  /** The file's name in messages. */
  readonly name: string;
  readonly value: unknown;
  /** Line of the value at a path, or of its nearest existing parent; the first line is 1. */
  lineAt(path: Path): number;
  /** Line of a key in the map at a path. */
  lineOfKey(path: Path, key: string): number;
  /** Line of the first scalar with this text, at or under a path. */
  lineOf(text: string, path?: Path): number;
}

interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Cached by text: every command in a process reloads the same rules and figures, and most of that time is parsing. */
const parsed = new Map<string, Parsed>();

function parse(text: string): Parsed {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const lines = new LineCounter();
  const made = { document: parseDocument(text, { lineCounter: lines }), lines };
  parsed.set(text, made);
  return made;
}

/**
 * Contents of the shipped files by the digest of their text, made by `npm run build` (bin/parse-yaml.mjs): parsing them
 * would be most of a small command's time. A file that was edited since has another digest and is parsed.
 */
const BUILT = new URL('../rules/parsed.json', import.meta.url);

let built: Readonly<Record<string, unknown>> | undefined;

function builtValue(text: string): unknown {
  built ??= existsSync(BUILT)
    ? (JSON.parse(readFileSync(BUILT, 'utf8')) as Readonly<Record<string, unknown>>)
    : {};
  return built[sha256(text)];
}

/** @throws MonitorError with file and line when it is not YAML */
function readValue(text: string, name: string, code: string): unknown {
  const { document } = parse(text);
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new MonitorError(
      code,
      `${name}, line ${broken.linePos?.[0].line ?? 0}: not readable as YAML`,
      { cause: broken.code },
    );
  return document.toJS() as unknown;
}

/**
 * @param path file to read
 * @param name the file's name in messages
 * @param code error code for this kind of file
 * @throws MonitorError with file and line when it is not YAML
 */
export function openYaml(path: string | URL, name: string, code: string): YamlFile {
  const text = readFileSync(path, 'utf8');
  const value = builtValue(text) ?? readValue(text, name, code);
  const line = (node: Pick<Node, 'range'> | null | undefined): number | undefined =>
    node?.range === undefined || node.range === null
      ? undefined
      : parse(text).lines.linePos(node.range[0]).line;
  const nodeAt = (at: Path): Node | undefined => {
    const { document } = parse(text);
    return at.length === 0
      ? (document.contents ?? undefined)
      : (document.getIn(at, true) as Node | undefined);
  };
  const lineAt = (at: Path): number => {
    for (let length = at.length; length >= 0; length -= 1) {
      const found = line(nodeAt(at.slice(0, length)));
      if (found !== undefined) return found;
    }
    return 1;
  };
  return {
    name,
    value,
    lineAt,
    lineOfKey(at, key) {
      const map = nodeAt(at);
      const pair = isMap(map)
        ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      return (isScalar(pair?.key) ? line(pair.key) : undefined) ?? lineAt(at);
    },
    lineOf(text, at = []) {
      let found: number | undefined;
      const start = nodeAt(at);
      if (start !== undefined)
        visit(start, {
          Scalar(_key, node) {
            if (String(node.value) !== text) return undefined;
            found = line(node);
            return visit.BREAK;
          },
        });
      return found ?? lineAt(at);
    },
  };
}

/** A YAML file as plain data. @throws MonitorError with file and line when it is not YAML */
export function readYaml(path: string | URL, name: string, code: string): unknown {
  return openYaml(path, name, code).value;
}
