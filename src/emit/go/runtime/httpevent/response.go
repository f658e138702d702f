package httpevent

import (
	"bytes"
	"net/http"
	"net/textproto"
	"strings"
)

// response is what a handler writes, as net/http would send it.
type response struct {
	method string
	header http.Header
	status int
	// sent is the header when it was written: later changes are trailers, which no front door carries.
	sent http.Header
	body bytes.Buffer
}

var _ http.ResponseWriter = (*response)(nil)
var _ http.Flusher = (*response)(nil)

func newResponse(method string) *response {
	return &response{method: method, header: http.Header{}}
}

// Header implements http.ResponseWriter.
func (w *response) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter. Informational responses are not passed on.
func (w *response) WriteHeader(status int) {
	if w.status != 0 || (status >= 100 && status < 200 && status != http.StatusSwitchingProtocols) {
		return
	}
	w.status = status
	w.sent = w.header.Clone()
}

// Write implements http.ResponseWriter.
func (w *response) Write(bytes []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if !allowsBody(w.status) {
		return 0, http.ErrBodyNotAllowed
	}
	w.sniff(bytes)
	return w.body.Write(bytes)
}

// sniff adds the type of a body whose header has none.
func (w *response) sniff(bytes []byte) {
	_, typed := w.sent["Content-Type"]
	encoded := w.sent.Get("Content-Encoding") != "" || w.sent.Get("Transfer-Encoding") != ""
	if typed || encoded || w.body.Len() > 0 || len(bytes) == 0 {
		return
	}
	w.sent.Set("Content-Type", http.DetectContentType(bytes))
}

// Flush implements http.Flusher.
func (w *response) Flush() { w.WriteHeader(http.StatusOK) }

// finish ends the response.
func (w *response) finish() {
	w.WriteHeader(http.StatusOK)
	if w.method == http.MethodHead {
		w.body.Reset()
	}
}

// allowsBody tells whether responses of a status have a body.
func allowsBody(status int) bool {
	return status != http.StatusNoContent && status != http.StatusNotModified && status >= 200
}

// ofConnection are headers of one connection, which is the front door's, and those that it makes itself.
var ofConnection = map[string]bool{
	"Connection": true, "Content-Length": true, "Keep-Alive": true, "Proxy-Authenticate": true, "Proxy-Authorization": true,
	"Proxy-Connection": true, "Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
}

// eachHeader visits the headers that go out, a name with all of its values.
func eachHeader(header http.Header, visit func(name string, values []string)) {
	for name, values := range header {
		if len(values) == 0 || ofConnection[textproto.CanonicalMIMEHeaderKey(name)] || strings.HasPrefix(name, http.TrailerPrefix) || !isToken(name) {
			continue
		}
		clean := make([]string, len(values))
		for i, value := range values {
			clean[i] = cleanValue(value)
		}
		visit(name, clean)
	}
}

// cleanValue keeps a value from beginning another header.
func cleanValue(value string) string {
	if strings.ContainsAny(value, "\r\n") {
		value = strings.NewReplacer("\n", " ", "\r", " ").Replace(value)
	}
	return textproto.TrimString(value)
}

// isToken tells whether a text can be the name of a header (RFC 9110, section 5.6.2).
func isToken(name string) bool {
	if name == "" {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	}) < 0
}
