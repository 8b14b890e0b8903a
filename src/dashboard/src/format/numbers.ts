const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Keeps a number and its unit on one line. */
const space = '\u00a0';

/** What stands where there is no value. */
export const none = '–';

type Maybe = number | null | undefined;

const or = (value: Maybe, text: (value: number) => string) => (value === null || value === undefined || Number.isNaN(value) ? none : text(value));

export const count = (value: Maybe) => or(value, (v) => whole.format(v));
export const compact = (value: Maybe) => or(value, (v) => (Math.abs(v) < 10_000 ? whole.format(v) : short.format(v)));
export const decimal = (value: Maybe) => or(value, (v) => two.format(v));

/** A number with the digits it deserves: 0.04, 1.2, 35. */
export const plain = (value: Maybe) => or(value, (v) => (Math.abs(v) >= 100 ? whole : Math.abs(v) >= 10 ? one : two).format(v));

/** A share in [0,1] as per cent; small ones keep a digit, so that what is there never reads as nothing. */
export const percent = (value: Maybe) =>
  or(value, (v) => {
    const hundredfold = v * 100;
    if (hundredfold > 0 && hundredfold < 0.1) return `<0.1${space}%`;
    return `${hundredfold !== 0 && Math.abs(hundredfold) < 10 ? one.format(hundredfold) : whole.format(hundredfold)}${space}%`;
  });

/** A difference with its sign; nothing for none. */
export const signed = (value: Maybe) => or(value, (v) => (v === 0 ? '±0' : `${v > 0 ? '+' : '−'}${compact(Math.abs(v))}`));

/** A difference of shares, in points of a hundred. */
export const points = (value: Maybe) => or(value, (v) => (Math.abs(v) < 0.0005 ? '±0' : `${v > 0 ? '+' : '−'}${one.format(Math.abs(v) * 100)}${space}points`));

/** "1 tie", "3 ties". */
export const plural = (number: number, word: string, words = `${word}s`) => `${count(number)} ${number === 1 ? word : words}`;
