/** True for dates, sizes and other things that only look like a hash. */
export function isLookalike(token: string): boolean {
  return OTHER_THINGS.some((shape) => shape.test(token));
}

const DATE = /^(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?:[-_T]?\d{2,6})?$/;
/** `v1p1beta1`, `v2alpha` */
const VERSION = /(?:^|[-_])v\d+(?:p\d+)?(?:alpha|beta|rc)\d*[a-z]?$/i;
/** `en-US`, `zh-Hans-CN` */
const LOCALE = /^[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3})){1,2}$/;
/** `1f468-200d-1f33e`: the code points of an emoji. */
const CODE_POINTS = /^(?:u?[0-9a-f]{2,6}[-_])+u?[0-9a-f]{2,6}$/i;
/** `a6a6a6_2x2`, `192x192` */
const DIMENSIONS = /(?:^|[-_])\d+x\d+$/;
/** `aaaaaaaa`, `1dot1dot1dot1`, `40_aaaaaa`: rarer than once in 5,000 among tokens drawn by lot. */
const REPETITION = /^(.{1,4})\1+$|^(?=.*[g-zG-Z_-]).*(?:(.{3,})\2|(.)\3{4})/;

const OTHER_THINGS = [DATE, VERSION, LOCALE, CODE_POINTS, DIMENSIONS, REPETITION];
