// Rules for names and labels, with the texts in which they are broken (apimachinery/pkg/util/validation/validation.go).

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const tooLongText = (most: number): string => `must be no more than ${most} characters`;

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/** Names of containers, volumes, namespaces and ports of Services. */
export function checkDns1123Label(text: string): readonly string[] {
  const errors = byteLength(text) > 63 ? [tooLongText(63)] : [];
  if (label.test(text)) return errors;
  return [...errors, isSubdomain(text) ? 'must not contain dots' : labelText];
}

const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

const isSubdomain = (text: string): boolean => text.split('.').every((part) => label.test(part));

/** Names of most objects. */
export function checkDns1123Subdomain(text: string): readonly string[] {
  return [
    ...(byteLength(text) > 253 ? [tooLongText(253)] : []),
    ...(isSubdomain(text) ? [] : [subdomainText]),
  ];
}

/** A name to which a suffix is still to come may end in a hyphen. */
export function maskTrailingHyphen(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

const underscoreText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";
const underscoreLabel = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

/** Domains in which resolvers search. */
export function checkSearchDomain(text: string): readonly string[] {
  const fits = text.split('.').every((part) => underscoreLabel.test(part));
  return [...(byteLength(text) > 253 ? [tooLongText(253)] : []), ...(fits ? [] : [underscoreText])];
}

const dns1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const dns1035Text =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end " +
  "with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/** Names of Services. */
export function checkDns1035Label(text: string): readonly string[] {
  return [
    ...(byteLength(text) > 63 ? [tooLongText(63)] : []),
    ...(dns1035.test(text) ? [] : [dns1035Text]),
  ];
}

const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const qualifiedNote =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** Keys of labels and annotations: an optional DNS prefix, a slash, and a name. */
export function checkQualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${qualifiedNote} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const errors: string[] = [];
  if (parts.length === 2) {
    const [prefix = ''] = parts;
    if (prefix === '') errors.push('prefix part must be non-empty');
    else errors.push(...checkDns1123Subdomain(prefix).map((error) => `prefix part ${error}`));
  }
  if (name === '') errors.push('name part must be non-empty');
  else if (byteLength(name) > 63) errors.push(`name part ${tooLongText(63)}`);
  if (!qualified.test(name)) errors.push(`name part ${qualifiedNote}`);
  return errors;
}

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with " +
  "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

export function checkLabelValue(text: string): readonly string[] {
  return [
    ...(byteLength(text) > 63 ? [tooLongText(63)] : []),
    ...(labelValue.test(text) ? [] : [labelValueText]),
  ];
}

/** Names of ports: IANA_SVC_NAME. */
export function checkPortName(text: string): readonly string[] {
  const errors: string[] = [];
  if (text.length > 15) errors.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(text)) errors.push('must contain at least one letter (a-z)');
  if (text.includes('--')) errors.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-'))
    errors.push('must not begin or end with a hyphen');
  return errors;
}

export function checkPortNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? [] : ['must be between 1 and 65535, inclusive'];
}

/** Users and groups. */
export function checkId(id: number): readonly string[] {
  return id >= 0 && id <= 2_147_483_647 ? [] : ['must be between 0 and 2147483647, inclusive'];
}

/** Names of environment variables (relaxed since 1.32: anything printable but '='). */
export function checkEnvName(text: string): readonly string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]+$/.test(text)
    ? []
    : [
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ];
}

export function checkHttpHeaderName(text: string): readonly string[] {
  return /^[-A-Za-z0-9]+$/.test(text)
    ? []
    : [
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation " +
          "is '[-A-Za-z0-9]+')",
      ];
}

/** Names that become a part of a path of the API (api/validation/path). */
export function checkPathSegment(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%']
    .filter((part) => text.includes(part))
    .map((part) => `may not contain '${part}'`);
}

export function checkPercent(text: string): readonly string[] {
  return /^[0-9]+%$/.test(text)
    ? []
    : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for " +
          "validation is '[0-9]+%')",
      ];
}

/** Keys of ConfigMaps and Secrets. */
export function checkConfigKey(text: string): readonly string[] {
  const errors: string[] = [];
  if (byteLength(text) > 253) errors.push(tooLongText(253));
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) {
    errors.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
        "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  }
  if (text === '.' || text === '..') errors.push(`must not be '${text}'`);
  else if (text.startsWith('..')) errors.push("must not start with '..'");
  return errors;
}
