// Reads the v1.33 models of @kubernetes/client-node: per type its fields, their JSON names, types, formats, and which are required.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const modelsFolder = join(dirname(require.resolve('@kubernetes/client-node')), 'gen', 'models');

/** The kinds that the simulated API server knows, by the name of their model. */
export const rootModels = [
  'V1Pod',
  'V1Node',
  'V1Namespace',
  'CoreV1Event',
  'V1Service',
  'V1Endpoints',
  'V1EndpointSlice',
  'V1ConfigMap',
  'V1Secret',
  'V1ServiceAccount',
  'V1PersistentVolume',
  'V1PersistentVolumeClaim',
  'V1LimitRange',
  'V1ResourceQuota',
  'V1ReplicaSet',
  'V1Deployment',
  'V1StatefulSet',
  'V1DaemonSet',
  'V1Job',
  'V1CronJob',
  'V1ControllerRevision',
  'V1PodDisruptionBudget',
  'V1PriorityClass',
  'V1Lease',
  'V2HorizontalPodAutoscaler',
  'V1StorageClass',
  'V1Scale',
  'V1Eviction',
  'V1Binding',
  'V1DeleteOptions',
  'V1Status',
  'V1PodTemplate',
];

const renamed = {
  CoreV1Event: 'KubeEvent',
  CoreV1EventSeries: 'EventSeries',
  CoreV1EndpointPort: 'EndpointPort',
  DiscoveryV1EndpointPort: 'EndpointSlicePort',
  V1ObjectReference: 'ObjectReference',
};

/** The name a model has in Podlab's code: Kubernetes' own, without the version. */
export function shortName(model) {
  return (
    renamed[model] ?? model.replace(/^(Core|Discovery|Storage|Events)?V\d(beta\d|alpha\d)?/, '')
  );
}

const elementOf = (type) => /^Array<(.*)>$/.exec(type)?.[1];
const valueOf = (type) => /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];

/** The model a field's type refers to, or undefined for scalars. */
export function modelOf(type) {
  const inner = elementOf(type) ?? valueOf(type);
  if (inner) return modelOf(inner);
  return /^(Core|Discovery|Storage|Events)?V\d/.test(type) && type !== 'V1MicroTime'
    ? type
    : undefined;
}

/**
 * Every model reachable from the roots.
 * @returns {Map<string, {doc: string, fields: {name: string, type: string, format: string, required: boolean, doc: string}[]}>}
 */
export function readModels() {
  const models = new Map();
  const waiting = [...rootModels];
  while (waiting.length > 0) {
    const model = waiting.pop();
    if (models.has(model)) continue;
    const read = readModel(model);
    models.set(model, read);
    for (const field of read.fields) {
      const next = modelOf(field.type);
      if (next && !models.has(next)) waiting.push(next);
    }
  }
  return new Map([...models].sort(([a], [b]) => (shortName(a) < shortName(b) ? -1 : 1)));
}

function readModel(model) {
  const source = readFileSync(join(modelsFolder, `${model}.js`), 'utf8');
  const declared = readFileSync(join(modelsFolder, `${model}.d.ts`), 'utf8');
  const table = JSON.parse(/attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(source)[1]);
  const body = declared.slice(declared.indexOf('export declare class'));
  const doc = /\/\*\*\n\* ([\s\S]*?)\n\*\/\nexport declare class/.exec(declared)?.[1] ?? '';
  const fields = table.map(({ name, baseName, type, format }) => {
    const pattern = new RegExp(
      `(?:/\\*\\*\\n\\s+\\* ((?:(?!\\*/)[\\s\\S])*?)\\n\\s+\\*/\\n\\s+)?'${name}'(\\??): `,
    );
    const found = pattern.exec(body);
    return {
      name: baseName,
      type,
      format,
      required: found?.[2] !== '?',
      doc: (found?.[1] ?? '').replaceAll('\\"', '"').replaceAll("\\'", "'"),
    };
  });
  return { doc, fields };
}

/** The TypeScript type of a field. */
export function typescriptType(type, format) {
  const element = elementOf(type);
  if (element) return `readonly ${wrap(typescriptType(element, ''))}[]`;
  const value = valueOf(type);
  if (value) return `Readonly<Record<string, ${typescriptType(value, format)}>>`;
  if (type === 'IntOrString') return 'number | string';
  if (type === 'Date' || type === 'V1MicroTime') return 'string';
  if (type === 'any') return 'unknown';
  return modelOf(type) ? shortName(type) : type;
}
const wrap = (type) => (type.includes(' ') ? `(${type})` : type);
