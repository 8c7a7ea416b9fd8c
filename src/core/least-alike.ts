/** The likeness, from 0 to 1, from which two assets are one that was changed; measured on real builds. */
export const LEAST_ALIKE = 0.25;
