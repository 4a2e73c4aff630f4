// The words an author has in a lesson: each component with its attributes. The check of a lesson's
// text, the components' own props and docs/authoring.md follow this table.

export interface Word {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** How it is written, for messages and for the authors' guide. */
  readonly example: string;
  /** What it is for, in one sentence. */
  readonly use: string;
}

export const lessonVocabulary: Readonly<Record<string, Word>> = {
  Part: {
    required: ['title', 'minutes'],
    optional: [],
    example: '<Part title="Two containers, one address" minutes={8}>',
    use: 'A part of the lesson, at most ten minutes long, with a place to stop after it.',
  },
  Predict: {
    required: ['id'],
    optional: [],
    example: '<Predict id="same-ip" />',
    use: 'A prediction the reader commits to before the lab shows what happens.',
  },
  Steps: {
    required: [],
    optional: [],
    example: '<Steps>',
    use: 'The steps the reader takes in the lab, in order.',
  },
  Step: {
    required: ['goal'],
    optional: [],
    example: '<Step goal="file-seen">',
    use: 'One step; it ticks itself when the goal of that id in lab.yaml is reached.',
  },
  Run: {
    required: [],
    optional: ['command'],
    example: '<Run command="kubectl get pods" />',
    use: 'A command to run in the lab or to copy; also as <Run> around a code block.',
  },
  Quiz: {
    required: [],
    optional: [],
    example: '<Quiz />',
    use: 'The questions of quiz.yaml.',
  },
  TakeAway: {
    required: [],
    optional: [],
    example: '<TakeAway>',
    use: 'Three sentences to keep, as a numbered list, then what to read on.',
  },
  Term: {
    required: [],
    optional: ['id'],
    example: '<Term>sandbox</Term>',
    use: 'A word of the glossary at its first use; id where the entry is called otherwise.',
  },
  Figure: {
    required: ['caption'],
    optional: ['title'],
    example: '<Figure title="Two ways to start over." caption="Left, shop crashed.">',
    use: 'A picture or drawing with its caption.',
  },
  Note: {
    required: [],
    optional: ['title', 'version'],
    example: '<Note>',
    use: 'The nuance behind a short sentence; version="1.35" where newer releases differ.',
  },
};
