// The pages that nginx makes itself, and types of files.
import { reasonOf } from './status.ts';

/** The page of an error or a redirect, with the version that `server_tokens on` shows. */
export function builtInPage(status: number, version: string): string {
  const title = `${status} ${reasonOf(status)}`;
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>nginx/${version}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  xml: 'text/xml',
  txt: 'text/plain',
  js: 'application/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
};

/** The media type by the end of the name, as mime.types has it. */
export function mediaType(path: string, otherwise: string): string {
  const dot = path.lastIndexOf('.');
  return (dot > path.lastIndexOf('/') ? types[path.slice(dot + 1)] : undefined) ?? otherwise;
}
