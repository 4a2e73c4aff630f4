// Marks in the table of contents which section the reader is in and which lie behind.

export function startContents(): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-section]')];
  const anchors = new Set(items.map((item) => item.dataset.section ?? ''));
  const headings = [...anchors].map((id) => document.getElementById(id)).filter((h) => h !== null);
  if (headings.length === 0) return;
  const show = () => {
    const line = innerHeight * 0.4;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    for (const item of items) {
      const at = passed.findIndex((heading) => heading.id === item.dataset.section);
      item.toggleAttribute('data-seen', at >= 0 && at < passed.length - 1);
      item.toggleAttribute('data-now', at >= 0 && at === passed.length - 1);
    }
  };
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      show();
    });
  };
  addEventListener('scroll', ask, { passive: true });
  addEventListener('resize', ask);
  show();
}
