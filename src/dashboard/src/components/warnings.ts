const meanings: Readonly<Record<string, string>> = {
  spamming: 'the same message to many, not personal and not answered',
  exploitation: 'asks far more than they give',
  transactional: 'only business and asks, nothing else',
  superficial: 'only reactions, never a word',
  'premature-pitch': 'a pitch or an ask before the two had three exchanges',
  'burning-bridges': 'ends ties with complaints and declines',
  monologue: 'five messages or more in a row without an answer',
  'no-follow-up': 'meets people and is not in touch again',
  'one-way-mentorship': 'advice goes one way only',
  'unwanted-persistence': 'goes on after a decline, or without any answer',
};

/** What a warning says, in a few words. */
export function warningMeaning(warning: string): string {
  return meanings[warning] ?? '';
}
