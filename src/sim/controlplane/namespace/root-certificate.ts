// The certificate that Pods find as ca.crt. A stand-in in the right form: nothing in the simulator verifies it.
const line = 'UG9kbGFiIHNpbXVsYXRlZCBjbHVzdGVyOiB0aGlzIGlzIG5vIHJlYWwgY2VydGlmaWNh'.slice(0, 64);

export const rootCertificate = [
  '-----BEGIN CERTIFICATE-----',
  ...Array.from({ length: 16 }, () => line),
  '-----END CERTIFICATE-----',
  '',
].join('\n');
