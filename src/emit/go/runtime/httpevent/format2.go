package httpevent

import "strings"

// HTTPAPI is an API Gateway HTTP API, payload formats 2.0 and 1.0.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
func HTTPAPI() Door {
	return Door{
		Name:      "an HTTP API",
		limit:     lambdaLimit,
		limitText: lambdaLimitText,
		read: func(e *event, basePath string) (*wireRequest, bool) {
			if isFormat2(e) {
				return readFormat2(e, basePath, true), true
			}
			return readFormat1(e, basePath)
		},
		write: func(e *event, w *response) *result {
			if isFormat2(e) {
				return writeFormat2(e, w)
			}
			return writeFormat1(e, w)
		},
	}
}

// FunctionURL is a Lambda function URL.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
func FunctionURL() Door {
	return Door{
		Name:      "a Function URL",
		limit:     lambdaLimit,
		limitText: lambdaLimitText,
		read: func(e *event, basePath string) (*wireRequest, bool) {
			if !isFormat2(e) {
				return nil, false
			}
			return readFormat2(e, basePath, false), true
		},
		write:   writeFormat2,
		prelude: preludeWithCookies,
	}
}

// isFormat2 tells whether an event has payload format 2.0.
func isFormat2(e *event) bool {
	return e.Version == "2.0" && e.RequestContext.HTTP.Method != ""
}

// readFormat2 reads an event of payload format 2.0. HTTP APIs decode the path and Function URLs do not; where the domain
// does not tell them apart, pathDecoded does.
func readFormat2(e *event, basePath string, pathDecoded bool) *wireRequest {
	header := headerOf(nil, e.Headers)
	if len(e.Cookies) > 0 {
		header.Set("Cookie", strings.Join(e.Cookies, "; "))
	}
	domain := e.RequestContext.DomainName
	switch {
	case strings.Contains(domain, ".lambda-url."):
		pathDecoded = false
	case strings.Contains(domain, ".execute-api."):
		pathDecoded = true
	}
	return &wireRequest{
		method:      e.RequestContext.HTTP.Method,
		path:        withoutPrefix(withoutStage(e.RawPath, e.RequestContext.Stage), basePath),
		pathDecoded: pathDecoded,
		query:       e.RawQuery,
		header:      header,
		client:      e.RequestContext.HTTP.SourceIP,
	}
}

func writeFormat2(_ *event, w *response) *result {
	joined, cookies := joinedHeaders(w.sent)
	out := &result{StatusCode: w.status, Headers: joined, Cookies: cookies}
	out.setBody(w)
	return out
}

func preludeWithCookies(w *response) *prelude {
	joined, cookies := joinedHeaders(w.sent)
	return &prelude{StatusCode: w.status, Headers: joined, Cookies: cookies}
}
