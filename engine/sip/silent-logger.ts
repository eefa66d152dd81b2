import { type Logger, LoggerFactory } from "sip.js/lib/core/index.js";

const silent = {
  level: 0,
  error(): void {},
  warn(): void {},
  log(): void {},
  debug(): void {},
} as unknown as Logger;

/**
 * Keeps sip.js from logging.
 *
 * WHY: its own factory makes a logger per transaction even when nothing is printed. What is wrong on the
 * wire is told by the endpoint's `onFault`.
 */
export class SilentLoggerFactory extends LoggerFactory {
  override getLogger(): Logger {
    return silent;
  }
}
