package httpevent

import (
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"
)

// result is what a function returns to any of the front doors. Each gets the members that it knows.
type result struct {
	StatusCode int `json:"statusCode"`
	// StatusDescription is a load balancer's: "200 OK".
	StatusDescription string `json:"statusDescription,omitempty"`
	// Headers and HeaderLists are maps. The one that a front door wants is there even when it is empty: without it a load
	// balancer answers 502.
	Headers         any      `json:"headers,omitempty"`
	HeaderLists     any      `json:"multiValueHeaders,omitempty"`
	Cookies         []string `json:"cookies,omitempty"`
	Body            string   `json:"body"`
	IsBase64Encoded bool     `json:"isBase64Encoded"`
}

// setBody sets the body: as text where it is text by its type and in fact, else in base64.
func (r *result) setBody(w *response) {
	body := w.body.Bytes()
	if isText(w.sent) && utf8.Valid(body) {
		r.Body = string(body)
		return
	}
	r.Body, r.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
}

// isText tells whether a body goes out as text.
func isText(header http.Header) bool {
	if header.Get("Content-Encoding") != "" {
		return false
	}
	mediaType, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	switch mediaType {
	case "", "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "+json") || strings.HasSuffix(mediaType, "+xml")
}

// joinedHeaders has one value for each name, and the cookies, which cannot be joined.
func joinedHeaders(header http.Header) (joined map[string]string, cookies []string) {
	joined = make(map[string]string, len(header))
	eachHeader(header, func(name string, values []string) {
		if http.CanonicalHeaderKey(name) == "Set-Cookie" {
			cookies = append(cookies, values...)
			return
		}
		joined[name] = strings.Join(values, ", ")
	})
	return joined, cookies
}

// listedHeaders has a list of values for each name.
func listedHeaders(header http.Header) map[string][]string {
	lists := make(map[string][]string, len(header))
	eachHeader(header, func(name string, values []string) { lists[name] = values })
	return lists
}
