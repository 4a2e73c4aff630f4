// Tolerations of Pods and the taints of nodes that they answer (ValidateTolerations, validateNodeTaints).
import type { Taint, Toleration } from '../generated/types.ts';
import { duplicate, invalid, notSupported, quoted, type FieldError } from '../messages.ts';
import { checkLabelValue, checkQualifiedName } from '../names.ts';
import { judgeGiven, oneOf, oneOfRequired, qualifiedName } from './rules.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateValue({ operator = '', value = '' }: Toleration, field: string) {
  if (operator === 'Exists') {
    if (value === '') return [];
    return [invalid(field, value, "value must be empty when `operator` is 'Exists'")];
  }
  if (operator !== '' && operator !== 'Equal') {
    return [notSupported(field, operator, ['Equal', 'Exists'])];
  }
  const texts = checkLabelValue(value);
  return texts.length === 0 ? [] : [invalid(field, value, texts.join(';'))];
}

export function validateTolerations(
  tolerations: readonly Toleration[],
  field: string,
): readonly FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    const at = `${field}[${index}]`;
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const errors = [...judgeGiven(`${at}.key`, key, checkQualifiedName)];
    if (key === '' && operator !== 'Exists') {
      const text =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${at}.operator`, operator, text));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      const text = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(invalid(`${at}.effect`, effect, text));
    }
    return [
      ...errors,
      ...validateValue(toleration, `${at}.operator`),
      ...(effect === '' ? [] : oneOf(`${at}.effect`, effect, effects)),
    ];
  });
}

const goTaint = ({ key, value = '', effect }: Taint): string =>
  `core.Taint{Key:${quoted(key ?? '')}, Value:${quoted(value)}, Effect:${quoted(effect ?? '')}, TimeAdded:<nil>}`;

export function validateTaints(taints: readonly Taint[], field: string): readonly FieldError[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const at = `${field}[${index}]`;
    const { key, value = '', effect } = taint;
    const texts = checkLabelValue(value);
    const pair = `${effect}/${key}`;
    const isRepeated = seen.has(pair);
    seen.add(pair);
    return [
      ...qualifiedName(`${at}.key`, key),
      ...(texts.length === 0 ? [] : [invalid(`${at}.value`, value, texts.join(';'))]),
      ...oneOfRequired(`${at}.effect`, effect, effects),
      ...(isRepeated
        ? [duplicate(at, { go: goTaint(taint) }, 'taints must be unique by key and effect pair')]
        : []),
    ];
  });
}
