import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test('gives the command inside highlighted code as it is typed', () => {
  const markup =
    '<pre class="astro-code"><code><span class="line"><span>kubectl get pods -o jsonpath=&#x27;{.items[0]}&#x27; &#x26;&#x26; echo &quot;&lt;ok&gt;&quot;</span></span></code></pre>';
  expect(plainText(markup)).toBe(`kubectl get pods -o jsonpath='{.items[0]}' && echo "<ok>"`);
});
