// Made by scripts/astro/shiki-classes.mjs.
declare module 'virtual:shiki.css';
