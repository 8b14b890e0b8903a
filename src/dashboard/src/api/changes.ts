import { forgetAnswers } from './answers';
import { addressOf, ApiProblem, problemOf, requestHeaders } from './client';
import type { paths } from './schema';

/** The answer to a change. A refusal fails with an {@link ApiProblem}; what was kept of earlier answers is forgotten. */
export async function change(method: 'PUT' | 'POST' | 'DELETE', template: keyof paths, path: object, body?: object, query?: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(addressOf(template, path, query), {
      method,
      headers: { Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}), ...requestHeaders() },
      body: body ? JSON.stringify(body) : null,
    });
  } catch {
    throw new ApiProblem(0, 'No answer', 'The server cannot be reached. Whether the change was kept shows when it answers again.');
  }
  if (!response.ok) throw await problemOf(response);
  forgetAnswers();
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
