package httpevent

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// wireRequest is a request as a front door describes it.
type wireRequest struct {
	method string
	// path is as it was sent, unless the front door has decoded it.
	path        string
	pathDecoded bool
	// query is as it was sent, without the question mark.
	query  string
	header http.Header
	// client is the caller's address, where the front door knows it better than X-Forwarded-For.
	client string
	body   []byte
}

// httpRequest is the request that net/http would have read from a connection. It fails where net/http answers 400 itself.
func (r *wireRequest) httpRequest(ctx context.Context) (*http.Request, error) {
	target, err := r.url()
	if err != nil {
		return nil, err
	}
	request := &http.Request{
		Method:        r.method,
		URL:           target,
		RequestURI:    target.RequestURI(),
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        r.header,
		Host:          r.header.Get("Host"),
		Body:          http.NoBody,
		ContentLength: int64(len(r.body)),
		RemoteAddr:    r.remoteAddr(),
	}
	if len(r.body) > 0 {
		request.Body = io.NopCloser(bytes.NewReader(r.body))
	}
	r.header.Del("Host")
	r.header.Del("Transfer-Encoding")
	if _, ok := r.header["Cache-Control"]; !ok && r.header.Get("Pragma") == "no-cache" {
		// RFC 9111, section 5.4: net/http says it in today's words, too.
		r.header.Set("Cache-Control", "no-cache")
	}
	return request.WithContext(ctx), nil
}

// url is the request's target. A path that a front door has decoded is not decoded again.
func (r *wireRequest) url() (*url.URL, error) {
	if r.pathDecoded {
		return &url.URL{Path: r.path, RawQuery: r.query}, nil
	}
	target := r.path
	if r.query != "" {
		target += "?" + r.query
	}
	return url.ParseRequestURI(target)
}

// remoteAddr is the caller's address with a port, which front doors do not tell.
func (r *wireRequest) remoteAddr() string {
	client := r.client
	if client == "" {
		all := r.header.Values("X-Forwarded-For")
		if len(all) == 0 {
			return ""
		}
		last := all[len(all)-1]
		client = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
	}
	if host, _, err := net.SplitHostPort(client); err == nil {
		client = host
	}
	return net.JoinHostPort(client, "0")
}

// headerOf joins the headers of an event: lists of values where it has them, else one value for each name.
func headerOf(lists map[string][]string, single map[string]string) http.Header {
	header := make(http.Header, max(len(lists), len(single)))
	if lists != nil {
		for name, values := range lists {
			for _, value := range values {
				header.Add(name, value)
			}
		}
		return header
	}
	for name, value := range single {
		header.Add(name, value)
	}
	return header
}

// eachValue visits a map of parameters in the order of their names, the lists where there are lists.
func eachValue(lists map[string][]string, single map[string]string, visit func(name, value string)) {
	if lists == nil {
		for _, name := range sortedNames(single) {
			visit(name, single[name])
		}
		return
	}
	for _, name := range sortedNames(lists) {
		for _, value := range lists[name] {
			visit(name, value)
		}
	}
}

func sortedNames[Value any](values map[string]Value) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// withoutPrefix is a path without what a stage or a custom domain put in front of it, if that is whole segments.
func withoutPrefix(path, prefix string) string {
	switch {
	case prefix == "" || prefix == "/":
		return path
	case path == prefix:
		return "/"
	case strings.HasPrefix(path, prefix+"/"):
		return path[len(prefix):]
	default:
		return path
	}
}

// withoutStage is a path without the stage in front of it.
func withoutStage(path, stage string) string {
	if stage == "" || stage == "$default" {
		return path
	}
	return withoutPrefix(path, "/"+stage)
}
