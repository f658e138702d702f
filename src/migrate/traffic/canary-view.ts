/** Things that a share of an API's requests can show. */

/** Minutes of a month of 730 hours, by which AWS counts. */
const minutesOfMonth = 730 * 60;

/** Minutes that a canary of CodeDeploy waits in its shortest configuration. https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
export const canaryMinutes = 5;

/** Requests in which an error of 1 in 100 shows two times of three: 1 - 0.99^100 is 0.63. */
export const telling = 100;

/** The sight that a share gives. */
export interface CanaryView {
  /** Percent. */
  readonly share: number;
  /** Requests in `canaryMinutes`. */
  readonly requests: number;
  /** Minutes for `telling` requests. */
  readonly minutes: number;
}

/** Looks at a share (percent) of an API with so many requests a month, spread evenly. */
export function viewCanary(share: number, requestsOfMonth: number): CanaryView {
  const perMinute = (requestsPerMinute(requestsOfMonth) * share) / 100;
  return { share, requests: perMinute * canaryMinutes, minutes: telling / perMinute };
}

/** Requests a minute. */
export function requestsPerMinute(requestsOfMonth: number): number {
  return requestsOfMonth / minutesOfMonth;
}
