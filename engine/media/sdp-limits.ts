/** Characters of a session description that is read; a real one has a few hundred. */
export const MAX_SDP_CHARS = 16 * 1024;

/** Streams of one description; each has to be answered. */
export const MAX_MEDIA_LINES = 16;
