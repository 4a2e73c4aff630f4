// From nodes to plain JSON, as kubectl turns YAML into JSON (decode.go of gopkg.in/yaml.v2, sigs.k8s.io/yaml).
import { decodeBase64 } from '../base64.ts';
import { readBase64 } from '../decoding/base64.ts';
import { YamlError } from './cursor.ts';
import { goInner, goValue } from './go-value.ts';
import { mostNodes } from './limits.ts';
import type { MappingNode, ScalarNode, YamlNode } from './nodes.ts';
import { type Resolved, resolvePlain, type Scalar } from './resolve.ts';
import { compareBytes, setKey } from './sort-keys.ts';

/** A text that is YAML but has no JSON: infinity, a mapping as a key. */
export class JsonError extends Error {}

export type Json = Scalar | Json[] | { [key: string]: Json };

const coreTag = 'tag:yaml.org,2002:';
const mergeTag = `${coreTag}merge`;

/** Throws YamlError or JsonError. Objects come with their keys in order, as kubectl sends them. */
export function construct(root: YamlNode): Json {
  return new Constructor().value(root);
}

class Constructor {
  #values = 0;
  #fromAliases = 0;
  #aliasDepth = 0;
  readonly #open = new Set<YamlNode>();

  value(node: YamlNode): Json {
    this.#count(node);
    switch (node.kind) {
      case 'scalar':
        return jsonScalar(scalarValue(node));
      case 'sequence':
        return node.items.map((item) => this.value(item));
      case 'mapping':
        return this.#mapping(node);
      case 'alias':
        return this.#inside(node.name, node, () => this.value(node.target));
    }
  }

  #count(node: YamlNode): void {
    this.#values += 1;
    if (this.#aliasDepth > 0) this.#fromAliases += 1;
    const excessive =
      this.#values > mostNodes ||
      (this.#fromAliases > 100 &&
        this.#values > 1000 &&
        this.#fromAliases / this.#values > allowedAliasRatio(this.#values));
    if (excessive) throw new YamlError('document contains excessive aliasing', 0, node.start);
  }

  #inside<T>(name: string, node: YamlNode & { readonly kind: 'alias' }, read: () => T): T {
    if (this.#open.has(node.target)) {
      throw new YamlError(`anchor '${name}' value contains itself`, 0, node.start);
    }
    this.#open.add(node.target);
    this.#aliasDepth += 1;
    const result = read();
    this.#aliasDepth -= 1;
    this.#open.delete(node.target);
    return result;
  }

  #mapping(node: MappingNode): Json {
    const entries = new Map<string, Json>();
    this.#fill(node, entries);
    const keys = [...entries.keys()].sort(compareBytes);
    const object: { [key: string]: Json } = {};
    for (const key of keys) {
      setKey(object, key, entries.get(key) ?? null);
    }
    return object;
  }

  /** Later pairs win over earlier ones, and over what is merged in. */
  #fill(node: MappingNode, entries: Map<string, Json>): void {
    for (const [key, value] of node.pairs) {
      if (isMerge(key)) {
        this.#merge(value, entries);
        continue;
      }
      const name = this.#key(key);
      const read = this.value(value);
      if (name === undefined) {
        throw new JsonError(
          `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goInner(read)}`,
        );
      }
      entries.set(name, read);
    }
  }

  #merge(node: YamlNode, entries: Map<string, Json>): void {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind === 'mapping') {
      if (node.kind === 'alias') this.#inside(node.name, node, () => this.#fill(target, entries));
      else this.#fill(target, entries);
      return;
    }
    if (target.kind === 'sequence' && node.kind === 'sequence') {
      for (const item of [...node.items].reverse()) {
        const inner = item.kind === 'alias' ? item.target : item;
        if (inner.kind !== 'mapping') throw mergeError(node);
        this.#merge(item, entries);
      }
      return;
    }
    throw mergeError(node);
  }

  /** The key as JSON has it, or undefined for null, which JSON cannot have. */
  #key(node: YamlNode): string | undefined {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind === 'scalar') {
      this.#count(node);
      return keyText(scalarValue(target));
    }
    const key = this.value(node);
    throw new YamlError(`invalid map key: ${goValue(key)}`, 0, node.start);
  }
}

const mergeError = (node: YamlNode): YamlError =>
  new YamlError('map merge requires map or sequence of maps as the value', 0, node.start);

const isMerge = (node: YamlNode): boolean =>
  node.kind === 'scalar' && node.text === '<<' && (node.plain || node.tag === mergeTag);

/** The share of values that may come from aliases: nearly all of a small document, a tenth of a large one. */
function allowedAliasRatio(values: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (values <= low) return 0.99;
  if (values >= high) return 0.1;
  return 0.99 - 0.89 * ((values - low) / (high - low));
}

function scalarValue(node: ScalarNode): Scalar {
  if (node.tag === '' && !node.plain) return node.text;
  if (node.tag === '') return resolvePlain(node.text).value;
  if (!node.tag.startsWith(coreTag)) return node.text;
  return taggedValue(node, node.tag.slice(coreTag.length));
}

function taggedValue(node: ScalarNode, tag: string): Scalar {
  if (tag === 'str') return node.text;
  if (tag === 'binary') {
    const read = readBase64(node.text);
    if (!read.ok) throw new YamlError('!!binary value contains invalid base64 data', 0, node.start);
    return decodeBase64(read.text) ?? '';
  }
  if (!['bool', 'int', 'float', 'null', 'timestamp'].includes(tag)) return node.text;
  const resolved: Resolved = resolvePlain(node.text);
  if (resolved.tag === tag || (resolved.tag === 'int' && tag === 'float')) return resolved.value;
  const problem = `cannot decode !!${resolved.tag} \`${node.text}\` as a !!${tag}`;
  throw new YamlError(problem, 0, node.start);
}

function jsonScalar(value: Scalar): Scalar {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new JsonError(`json: unsupported value: ${name}`);
}

/** What a key that is no string becomes in JSON. */
function keyText(value: Scalar): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (typeof value === 'boolean') return String(value);
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return String(value);
}
