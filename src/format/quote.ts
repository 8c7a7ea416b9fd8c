/** How foreign text is escaped in the place where a sentence stands. */
export type Quote = (text: string) => string;
