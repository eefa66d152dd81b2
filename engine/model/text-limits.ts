/** Characters of a name or an id, at most: far above Teams' own limits. */
export const MAX_NAME_LENGTH = 256;

/** Characters of a free text, a pattern or a replacement, at most. */
export const MAX_TEXT_LENGTH = 4_096;

// WHY: no \p{Cc}, as readers of the JSON Schema compile patterns without the flag u.
/** A name: no control character in it. Tenant files and cmdlets must agree, or what one writes the other refuses. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
export const NO_CONTROLS = /^[^\x00-\x1f\x7f-\x9f]*$/;
