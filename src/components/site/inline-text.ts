// The same for scripts: a sentence with `code` between backticks, as nodes.

/** Replaces what the element holds by the sentence. */
export function writeInline(element: Element, sentence: string): void {
  const nodes = sentence.split('`').map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    const code = document.createElement('code');
    code.textContent = piece;
    return code;
  });
  element.replaceChildren(...nodes);
}
