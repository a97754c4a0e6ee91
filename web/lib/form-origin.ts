/**
 * Whether a form was posted by a page of this site. Either header may be missing: old browsers have no Sec-Fetch-Site,
 * and a strict referrer policy turns Origin into "null".
 */
export function isOwnForm(request: Request): boolean {
  if (request.headers.get('sec-fetch-site') === 'same-origin') return true;
  return request.headers.get('origin') === new URL(request.url).origin;
}
