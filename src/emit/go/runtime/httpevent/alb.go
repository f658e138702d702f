package httpevent

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
)

// Most bytes of all headers of a response behind a load balancer, and of one of them.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
const (
	albHeaderBytes    = 32_768
	albOneHeaderBytes = 16_384
)

// ALB is an Application Load Balancer with a target group of type lambda, with and without lists of values.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
func ALB() Door {
	return Door{
		Name:      "a load balancer",
		limit:     1_000_000,
		limitText: "the 1 MB that a load balancer takes from a function",
		read:      readALB,
		write:     writeALB,
		excess:    excessOfALB,
	}
}

func readALB(e *event, basePath string) (*wireRequest, bool) {
	if e.RequestContext.ELB == nil || e.HTTPMethod == "" {
		return nil, false
	}
	return &wireRequest{
		method: e.HTTPMethod,
		path:   withoutPrefix(e.Path, basePath),
		query:  albQuery(e),
		header: headerOf(e.HeaderLists, e.Headers),
	}, true
}

// albQuery joins the query again: the load balancer splits it and decodes nothing.
func albQuery(e *event) string {
	var query strings.Builder
	eachValue(e.QueryLists, e.Query, func(name, value string) {
		if query.Len() > 0 {
			query.WriteByte('&')
		}
		query.WriteString(name)
		query.WriteByte('=')
		query.WriteString(value)
	})
	return query.String()
}

// writeALB answers in the form of the event: lists of values where it has them.
func writeALB(e *event, w *response) *result {
	out := &result{StatusCode: w.status, StatusDescription: description(w.status)}
	out.setBody(w)
	if e.HeaderLists != nil {
		out.HeaderLists = listedHeaders(w.sent)
		return out
	}
	joined, cookies := joinedHeaders(w.sent)
	if len(cookies) > 1 {
		slog.Warn("only the last cookie is sent: enable multi-value headers", "cookies", len(cookies))
	}
	if len(cookies) > 0 {
		joined["Set-Cookie"] = cookies[len(cookies)-1]
	}
	out.Headers = joined
	return out
}

// description is the status with words, without which a load balancer answers 502.
func description(status int) string {
	text := http.StatusText(status)
	if text == "" {
		// grpc-gateway has 499 for CANCELLED, as nginx has it.
		text = "Client Closed Request"
		if status != 499 {
			text = "Unknown"
		}
	}
	return strconv.Itoa(status) + " " + text
}

func excessOfALB(w *response) string {
	total, largest := 0, 0
	eachHeader(w.sent, func(name string, values []string) {
		for _, value := range values {
			// The separator and the line end count.
			size := len(name) + len(value) + 4
			total, largest = total+size, max(largest, size)
		}
	})
	if total > albHeaderBytes || largest > albOneHeaderBytes {
		return "the 32 KB of headers, 16 KB each, that a load balancer passes on"
	}
	return ""
}
