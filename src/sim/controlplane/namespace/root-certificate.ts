// The certificate that Pods find as ca.crt: a stand-in in the right form, and the line that the simulator's curl and wget
// read of it (kernel/commands/http/tls.ts), with which they trust the API server's port.
const line = 'UG9kbGFiIHNpbXVsYXRlZCBjbHVzdGVyOiB0aGlzIGlzIG5vIHJlYWwgY2VydGlmaWNh'.slice(0, 64);

export const rootCertificate = [
  '-----BEGIN CERTIFICATE-----',
  ...Array.from({ length: 16 }, () => line),
  '-----END CERTIFICATE-----',
  'Model certificate: subject=kubernetes; issuer=kubernetes; names=; from=2020-01-01T00:00:00Z; until=2040-01-01T00:00:00Z',
  '',
].join('\n');
