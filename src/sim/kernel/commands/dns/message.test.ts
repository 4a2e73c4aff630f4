import { describe, expect, it } from 'vitest';
import { parseAnswer, parseQuestion, printAnswer, printQuestion } from './message.ts';

describe('the text of DNS messages', () => {
  it('carries a question there and back', () => {
    const question = { type: 'SRV', name: '_http._tcp.web.default.svc.cluster.local' } as const;
    expect(parseQuestion(printQuestion(question))).toEqual(question);
    expect(parseQuestion('WHAT web')).toBeUndefined();
    expect(parseQuestion('A')).toBeUndefined();
    expect(parseQuestion('A two words')).toBeUndefined();
  });

  it('carries an answer there and back', () => {
    const answer = {
      status: 'NOERROR',
      authoritative: true,
      records: [
        { name: 'db.default.svc.cluster.local', ttlSeconds: 30, type: 'CNAME', data: 'db.example' },
        { name: '_x._tcp.web', ttlSeconds: 5, type: 'SRV', data: '0 100 80 web.example' },
      ],
    } as const;
    expect(parseAnswer(printAnswer(answer))).toEqual(answer);
  });

  it('takes what it cannot read for a failure of the server', () => {
    expect(parseAnswer('')).toEqual({ status: 'SERVFAIL', authoritative: false, records: [] });
  });
});
