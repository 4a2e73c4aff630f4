// What a YAML document consists of, with the places in the text.
import type { Mark } from './cursor.ts';

interface NodeBase {
  /** The whole tag (`tag:yaml.org,2002:str`), or '' where none is written. */
  readonly tag: string;
  readonly start: Mark;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly text: string;
  /** Without quotes and tag: its type follows from its text. */
  readonly plain: boolean;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly items: YamlNode[];
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly pairs: (readonly [key: YamlNode, value: YamlNode])[];
}

/** `*name`: another node, once more. */
export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
