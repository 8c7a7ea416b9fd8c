/** What a step of a workflow may say and set, as the runner takes it. */
export interface StepLog {
  info(text: string): void;
  notice(text: string, place?: AnnotationPlace): void;
  warning(text: string, place?: AnnotationPlace): void;
  error(text: string, place?: AnnotationPlace): void;
  /** An output of the step. */
  output(name: string, value: string | number): void;
  /** Adds to the job summary. @throws where the summary is full or cannot be written */
  summary(markdown: string): Promise<void>;
}

/** Where an annotation stands, and what it is headed by. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/** The place of what is about no file. */
export const TITLE: AnnotationPlace = { title: 'Weighbridge' };
