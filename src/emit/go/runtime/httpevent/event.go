// Package httpevent calls an http.Handler with the events of AWS front doors. The handler sees the request that net/http
// would have read from a connection, and the front door gets the response that net/http would have written.
package httpevent

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// event has the members of every front door's events that a request is made of.
type event struct {
	Version         string              `json:"version"`
	HTTPMethod      string              `json:"httpMethod"`
	Resource        string              `json:"resource"`
	Path            string              `json:"path"`
	RawPath         string              `json:"rawPath"`
	RawQuery        string              `json:"rawQueryString"`
	Query           map[string]string   `json:"queryStringParameters"`
	QueryLists      map[string][]string `json:"multiValueQueryStringParameters"`
	Headers         map[string]string   `json:"headers"`
	HeaderLists     map[string][]string `json:"multiValueHeaders"`
	PathParameters  map[string]string   `json:"pathParameters"`
	Cookies         []string            `json:"cookies"`
	Body            string              `json:"body"`
	IsBase64Encoded bool                `json:"isBase64Encoded"`
	RequestContext  requestContext      `json:"requestContext"`
	// Source and Warmer are members of events that only keep a function warm.
	Source string          `json:"source"`
	Warmer json.RawMessage `json:"warmer"`
}

// requestContext is what a front door says about a request.
type requestContext struct {
	// ELB is in events of load balancers.
	ELB        *struct{} `json:"elb"`
	Stage      string    `json:"stage"`
	Path       string    `json:"path"`
	DomainName string    `json:"domainName"`
	HTTP       struct {
		Method   string `json:"method"`
		SourceIP string `json:"sourceIp"`
	} `json:"http"`
	Identity struct {
		SourceIP string `json:"sourceIp"`
	} `json:"identity"`
}

// readEvent reads an event; one of another kind than a request has no method, which the doors find out.
func readEvent(payload []byte) (*event, error) {
	var read event
	if err := json.Unmarshal(payload, &read); err != nil {
		return nil, fmt.Errorf("read the event: %w", err)
	}
	return &read, nil
}

// isWarmUp tells whether an event only keeps the function warm (scheduled rules, warm-up plugins).
func (e *event) isWarmUp() bool {
	switch e.Source {
	case "aws.events", "aws.scheduler", "serverless-plugin-warmup":
		return true
	}
	return string(e.Warmer) == "true"
}

// body is the body as it was sent.
func (e *event) body() ([]byte, error) {
	if !e.IsBase64Encoded {
		return []byte(e.Body), nil
	}
	body, err := base64.StdEncoding.DecodeString(e.Body)
	if err != nil {
		return nil, fmt.Errorf("decode the body of the event: %w", err)
	}
	return body, nil
}
