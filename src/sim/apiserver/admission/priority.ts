// Priority: turns the name of a PriorityClass into a number (plugin/pkg/admission/priority).
import type { Pod, PriorityClass } from '../../api/generated/types.ts';
import type { ServerContext } from '../registry/context.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { forbid, isPodCreate } from './plugin.ts';

export const priority: AdmissionPlugin = {
  name: 'Priority',

  admit(context, attributes, object) {
    if (!isPodCreate(attributes)) return { ok: true, object };
    const spec = (object as Pod).spec ?? { containers: [] };
    const asked = spec.priorityClassName ?? '';
    const found = asked === '' ? globalDefault(context) : findClass(context, asked);
    if (found === undefined && asked !== '') {
      const status = forbid(attributes, `no PriorityClass with name ${asked} was found`);
      return { ok: false, status };
    }
    const value = found?.value ?? 0;
    const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
    if (spec.priority !== undefined && spec.priority !== value) {
      const why = `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
      return { ok: false, status: forbid(attributes, why) };
    }
    if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
      const why = `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`;
      return { ok: false, status: forbid(attributes, why) };
    }
    const name = found?.metadata?.name ?? '';
    const named = name === '' ? {} : { priorityClassName: name };
    return {
      ok: true,
      object: { ...object, spec: { ...spec, ...named, priority: value, preemptionPolicy: policy } },
    };
  },

  validate(context, attributes) {
    const { info, operation, object, name } = attributes;
    if (info.modelled !== 'PriorityClass' || operation === 'DELETE') return undefined;
    if ((object as PriorityClass | undefined)?.globalDefault !== true) return undefined;
    const present = globalDefault(context)?.metadata?.name;
    if (present === undefined || present === name) return undefined;
    return forbid(
      attributes,
      `PriorityClass ${present} is already marked as default. Only one default can exist`,
    );
  },
};

function findClass({ store }: ServerContext, name: string): PriorityClass | undefined {
  return store.get('PriorityClass', '', name) as unknown as PriorityClass | undefined;
}

function globalDefault({ store }: ServerContext): PriorityClass | undefined {
  const classes = store.list('PriorityClass') as unknown as readonly PriorityClass[];
  return classes.find((object) => object.globalDefault === true);
}
