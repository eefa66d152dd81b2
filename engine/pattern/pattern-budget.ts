/**
 * What one number pattern may cost. A pattern comes from an administrator's tenant or from a stranger's
 * script, so each of these is a promise that the answer comes soon; going past one of them is the problem
 * `REGEX_TOO_COMPLEX`, never a hang and never a guess.
 *
 * @module
 */

/** UTF-16 units of a pattern. The longest of the published patterns has 200. */
export const MAX_PATTERN_LENGTH = 4096;

/** Groups within groups, and classes within classes. */
export const MAX_NESTING_DEPTH = 200;

/** Nodes of the nondeterministic automaton, counted repetitions written out. */
export const MAX_NFA_NODES = 20_000;

/** States of one deterministic automaton, before it is minimised. */
export const MAX_DFA_STATES = 10_000;

/**
 * Elementary steps of all automata of one pattern together: a tenth of a second, and a second more for one
 * of 4096 characters. Published patterns take a thousand at most, whatever is in reach of people's hands
 * (`5\d{12}$`, 500 exchanges in an alternation without `^`) less than these.
 */
export const MAX_COMPILE_STEPS = 300_000;
export const MAX_COMPILE_STEPS_PER_CHARACTER = 1000;

/** Pairs of states when two automata are compared for a warning; past it there is none. */
export const MAX_COMPARED_PAIRS = 200_000;

/** Lookarounds of a pattern that are tried for being without effect, each a compilation or two. */
export const MAX_JUDGED_LOOKS = 8;

/** Steps of each such compilation; past it the lookaround is taken to be fine. */
export const MAX_JUDGING_STEPS = 300_000;

/** UTF-16 units of a text that is matched without an automaton. */
export const MAX_TEXT_LENGTH = 64;

/** Symbols of a number that a rule rewrites: what may be dialed. */
export const MAX_REWRITTEN_LENGTH = 40;

/** Cells in which the captures of one pattern are found: instruction by place by loop; 16 MB. */
export const MAX_CAPTURE_CELLS = 4_000_000;

/** UTF-16 units of a rule's translation; Teams has 256 for those of gateways. */
export const MAX_TRANSLATION_LENGTH = 1024;

/** UTF-16 units of what a rule makes of a number; the rest is cut off, since no number is half as long. */
export const MAX_RESULT_LENGTH = 128;
