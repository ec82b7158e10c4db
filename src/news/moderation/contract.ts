/** What a comment is looked at for; each is one of the four rules that stand above the comment form. */
export type CommentRule = 'off_topic' | 'finglish' | 'advertising' | 'insult';

/** `publish`: no hint. `hold`: a person must look. `reject`: clear, and the author is told what to mend. */
export type Decision = 'publish' | 'hold' | 'reject';

/** A place in the comment that one rule speaks of; `start` and `end` count its Unicode code points. */
export type Hint = {
  readonly rule: CommentRule;
  readonly start: number;
  readonly end: number;
  /** A clear hint needs no person; an unclear one holds the comment until somebody has looked. */
  readonly clear: boolean;
};

/** A comment with the text that it is written under. */
export type Remark = { readonly article: string; readonly comment: string };

export type Moderated = { readonly decision: Decision; readonly hints: readonly Hint[] };

/** As `karsaz moderate` prints a hint; the message says in Persian, then in English, what to mend. */
export type Reason = Pick<Hint, 'rule' | 'start' | 'end'> & { readonly message: string };
