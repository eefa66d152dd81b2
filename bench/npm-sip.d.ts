/** What is used of npm `sip`, which has no types. */
declare module "sip" {
  interface Request {
    readonly method: string;
  }

  interface Response {
    readonly headers: { to: { params: Record<string, string> }; [name: string]: unknown };
    content?: string;
  }

  export function create(
    options: { port: number; address: string; tcp: boolean },
    onRequest: (request: Request) => void,
  ): { send(message: Response): void };
  export function makeResponse(request: Request, status: number, reason: string): Response;
}
