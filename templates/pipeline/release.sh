#!/bin/sh
# Deploys a stage, tries it, and deploys the last good commit again where that fails. Made by `grpc2lambda init`, yours to change.
#   sh deploy/release.sh <stage>
# ARTIFACT_BUCKET: bucket for code and for the name of the last good commit. AWS_REGION, and credentials of the AWS CLI.
__SETTINGS__
# SMOKE_PATH: a path that has to be answered SMOKE_STATUS (200); "none" where nobody here reaches the API. Without it, a path of no RPC
# has to be answered 404 by a function. SMOKE_TOKEN: bearer token, where the API asks for one. Else requests are signed.
set -eu

deploy() {
__DEPLOY__
}

api_url() {
__API_URL__
}

# An API that asks for no signature does not look at it. Secrets come by stdin: arguments are for everybody to see.
ask() {
  case $2 in *.lambda-url.*) service=lambda ;; *) service=execute-api ;; esac
  if [ -n "${SMOKE_TOKEN:-}" ]; then
    printf 'header = "authorization: Bearer %s"\n' "$SMOKE_TOKEN"
  else
    printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
    printf 'aws-sigv4 = "aws:amz:%s:%s"\n' "$AWS_REGION" "$service"
    printf 'header = "x-amz-security-token: %s"\n' "${AWS_SESSION_TOKEN:-}"
  fi | curl --config - --silent --show-error --max-time 30 --output "$1" --write-out '%{http_code}' "$2"
}

smoke_test() {
  [ "${SMOKE_PATH:-}" = none ] && return 0
  answer=$(mktemp)
  url=$(api_url)
  url=${url%/}${SMOKE_PATH:-/grpc2lambda/smoke-test}
  for attempt in 1 2 3 4 5; do
    status=$(ask "$answer" "$url") || status=000
    if [ -n "${SMOKE_PATH:-}" ]; then
      [ "$status" = "${SMOKE_STATUS:-200}" ] && return 0
    else
      [ "$status" = 404 ] && grep -q '"code":5' "$answer" && return 0
    fi
    echo "attempt $attempt: $url answered $status" >&2
    sleep "${SMOKE_PAUSE:-5}"
  done
  return 1
}

go_back() {
  last=$(aws s3 cp "$good" - 2>/dev/null) || { echo "there is no release to go back to" >&2; return; }
  echo "deploying $last again" >&2
  git checkout --quiet "$last"
  __INSTALL__
  __BUILD__
  deploy
}

main() {
  stage=${1:?expected a stage}
  name="__API_NAME__-$stage"
  good="s3://${ARTIFACT_BUCKET:?}/$name/commit"
  commit=$(git rev-parse HEAD)
  deploy
  if smoke_test; then
    printf %s "$commit" | aws s3 cp - "$good"
    exit 0
  fi
  go_back
  exit 1
}

# The shell has read all of this before it runs, so that going back may replace the file.
main "$@"
