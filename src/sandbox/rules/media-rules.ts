import type { Json, JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';
import { checkList, checkObject, checkText, checkUrl } from './primitives.ts';

/* Pictures and files in components V2. `attachment://NAME` must name a file of the message: `fileNames`. */
const ATTACHMENT = 'attachment://';

/** 1 to 10 pictures. */
export function checkGallery(
  form: Form,
  path: JsonPath,
  gallery: Json,
  fileNames: ReadonlySet<string>,
): void {
  const items = checkList(form, [...path, 'items'], gallery.items, { min: 1, max: 10, required: true });
  items.forEach((one, index) => {
    const item = checkObject(form, [...path, 'items', index], one);
    if (item) checkPicture(form, [...path, 'items', index], item, fileNames);
  });
}

/** A thumbnail or an item of a gallery: an address, and an alternative text of at most 1024 characters. */
export function checkPicture(
  form: Form,
  path: JsonPath,
  picture: Json,
  fileNames: ReadonlySet<string>,
): void {
  checkText(form, [...path, 'description'], picture.description, { max: 1024 });
  const media = checkObject(form, [...path, 'media'], picture.media);
  if (!media) return;
  const at = [...path, 'media', 'url'];
  checkUrl(form, at, media.url, { schemes: ['http', 'https', 'attachment'], required: true });
  checkReference(form, at, media.url, fileNames);
}

/** A file is always an attachment. */
export function checkFile(form: Form, path: JsonPath, file: Json, fileNames: ReadonlySet<string>): void {
  const media = checkObject(form, [...path, 'file'], file.file);
  if (!media) return;
  const at = [...path, 'file', 'url'];
  checkUrl(form, at, media.url, { schemes: ['attachment'], required: true });
  checkReference(form, at, media.url, fileNames);
}

function checkReference(form: Form, path: JsonPath, url: unknown, fileNames: ReadonlySet<string>): void {
  if (typeof url !== 'string' || !url.startsWith(ATTACHMENT) || fileNames.has(url.slice(ATTACHMENT.length)))
    return;
  form.refuse(
    path,
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    `The referenced attachment was not found: ${url}`,
  );
}
