const NOT_OWNERS = new Set(['orgs', 'topics', 'features', 'sponsors', 'collections', 'search', 'apps']);

/** `owner/name` from what people enter as a repository: branch paths, `.git`, line breaks; null for anything else. */
export function readRepository(written: string | null | undefined): string | null {
  const joined = (written ?? '').replace(/\s+/g, '');
  const found = /(?:^|\/\/|\.)github\.com\/([a-z\d][a-z\d-]*)\/([\w.-]+)/i.exec(joined);
  if (!found || NOT_OWNERS.has(found[1].toLowerCase())) return null;
  const name = found[2].replace(/\.git$/, '');
  return name && !/^\.+$/.test(name) ? `${found[1]}/${name}` : null;
}

/** A web page's address, trimmed; null when it is none. */
export function readPageAddress(written: string | null | undefined): string | null {
  const url = URL.parse((written ?? '').trim());
  return url && /^https?:$/.test(url.protocol) && !/\s/.test((written ?? '').trim()) ? url.href : null;
}

/** The https address of a picture that Discord shows: no video, no SVG. Relative ones start from `base`. */
export function readPicture(written: string | null | undefined, base: string): string | null {
  const url = written?.trim() ? URL.parse(written.trim(), base) : null;
  if (url?.protocol !== 'https:') return null;
  return /\.(png|jpe?g|gif|webp)$/i.test(url.pathname) ? url.href : null;
}
