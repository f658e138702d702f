package httpevent

import (
	"net/url"
	"strings"
)

// RestAPI is an API Gateway REST API.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
func RestAPI() Door {
	return Door{
		Name:      "a REST API",
		limit:     lambdaLimit,
		limitText: lambdaLimitText,
		read:      readFormat1,
		write:     writeFormat1,
		prelude:   preludeWithLists,
	}
}

// isFormat1 tells whether an event has payload format 1.0; a load balancer's events resemble it.
func isFormat1(e *event) bool {
	return e.RequestContext.ELB == nil && e.HTTPMethod != "" && (e.Version == "" || e.Version == "1.0")
}

// readFormat1 reads an event of payload format 1.0. That of an HTTP API has a version, a decoded path and the stage in
// front of it; that of a REST API has none of these, except that a custom domain can put the stage in front.
func readFormat1(e *event, basePath string) (*wireRequest, bool) {
	if !isFormat1(e) {
		return nil, false
	}
	path := e.Path
	if hasStage(e) {
		path = withoutStage(path, e.RequestContext.Stage)
	}
	return &wireRequest{
		method:      e.HTTPMethod,
		path:        withoutPrefix(path, basePath),
		pathDecoded: e.Version == "1.0",
		query:       decodedQuery(e),
		header:      headerOf(e.HeaderLists, e.Headers),
		client:      e.RequestContext.Identity.SourceIP,
	}, true
}

// hasStage tells whether a path that begins with the name of the stage has it from the door. A REST API leaves the stage
// out of path and has it in requestContext.path; behind a custom domain whose mapping names no stage it is in both.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
func hasStage(e *event) bool {
	if e.Version == "1.0" {
		return true
	}
	if e.RequestContext.Path != e.Path {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(e.Resource, "/"), "/")
	if name, ok := strings.CutPrefix(first, "{"); ok {
		first = e.PathParameters[strings.TrimRight(name, "+}")]
	}
	stage := e.RequestContext.Stage
	return first != stage && !strings.HasPrefix(first, stage+"/")
}

// decodedQuery encodes again what the door has decoded.
func decodedQuery(e *event) string {
	query := url.Values{}
	eachValue(e.QueryLists, e.Query, query.Add)
	return query.Encode()
}

func writeFormat1(_ *event, w *response) *result {
	out := &result{StatusCode: w.status, HeaderLists: listedHeaders(w.sent)}
	out.setBody(w)
	return out
}

// preludeWithLists has single values in headers and repeated ones in multiValueHeaders.
func preludeWithLists(w *response) *prelude {
	out := &prelude{StatusCode: w.status, Headers: map[string]string{}}
	for name, values := range listedHeaders(w.sent) {
		if len(values) == 1 && name != "Set-Cookie" {
			out.Headers[name] = values[0]
			continue
		}
		if out.HeaderLists == nil {
			out.HeaderLists = map[string][]string{}
		}
		out.HeaderLists[name] = values
	}
	return out
}
