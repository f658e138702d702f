package httpevent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// prelude is what Lambda gets of a streamed response before the body.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
type prelude struct {
	StatusCode  int                 `json:"statusCode"`
	Headers     map[string]string   `json:"headers"`
	HeaderLists map[string][]string `json:"multiValueHeaders,omitempty"`
	Cookies     []string            `json:"cookies,omitempty"`
}

// preludeEnd is between the prelude and the body.
const preludeEnd = "\x00\x00\x00\x00\x00\x00\x00\x00"

// maxStreamBytes is a little less than the 200 MB at which Lambda ends a streamed response.
const maxStreamBytes = 200*1000*1000 - 65_536

var errTooLong = errors.New("the response is larger than the 200 MB that AWS Lambda can stream")

// A Stream is a response that is sent while the handler writes it. Reading gives the prelude and the body.
// aws-lambda-go streams a reader only if its JSON is {}: it has no exported fields.
type Stream struct {
	parts  io.ReadCloser
	cancel context.CancelFunc
}

// Read implements io.Reader.
func (s *Stream) Read(bytes []byte) (int, error) { return s.parts.Read(bytes) }

// ContentType tells Lambda that a prelude comes first.
func (s *Stream) ContentType() string { return "application/vnd.awslambda.http-integration-response" }

// Close ends the handler, if it still runs.
func (s *Stream) Close() error {
	s.cancel()
	return s.parts.Close()
}

// InvokeStream answers an event with a response in parts. It fails for events of other sources only.
func (f *Function) InvokeStream(ctx context.Context, payload []byte) (*Stream, error) {
	_, wire, err := f.read(payload)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	if wire == nil {
		warm := newResponse(http.MethodGet)
		warm.finish()
		return f.whole(warm, cancel)
	}
	request, err := wire.httpRequest(ctx)
	if err != nil {
		return f.whole(badRequest(wire.method), cancel)
	}
	reader, writer := io.Pipe()
	go f.stream(&streamedResponse{response: newResponse(request.Method), pipe: writer, prelude: f.Door.prelude}, request)
	return &Stream{reader, cancel}, nil
}

// whole is a response that is there already.
func (f *Function) whole(w *response, cancel context.CancelFunc) (*Stream, error) {
	head, err := json.Marshal(f.Door.prelude(w))
	if err != nil {
		cancel()
		return nil, fmt.Errorf("write the prelude: %w", err)
	}
	parts := io.MultiReader(bytes.NewReader(head), bytes.NewReader([]byte(preludeEnd)), &w.body)
	return &Stream{io.NopCloser(parts), cancel}, nil
}

// stream calls the handler. One that panics before it has written anything is answered for; else the response breaks off.
func (f *Function) stream(w *streamedResponse, r *http.Request) {
	defer func() {
		reason := recover()
		if reason == nil {
			return
		}
		slog.ErrorContext(r.Context(), "the handler panicked", "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
		if w.begun {
			_ = w.pipe.CloseWithError(fmt.Errorf("the handler panicked: %v", reason))
			return
		}
		w.response = newResponse(r.Method)
		f.Refuse(w, r, Refusal{})
		w.end()
	}()
	f.Handler.ServeHTTP(w, r)
	w.end()
}

// streamedResponse passes on what a handler writes.
type streamedResponse struct {
	*response
	pipe    *io.PipeWriter
	prelude func(w *response) *prelude
	begun   bool
	written int
}

// Write implements http.ResponseWriter.
func (w *streamedResponse) Write(bytes []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if !allowsBody(w.status) {
		return 0, http.ErrBodyNotAllowed
	}
	if !w.begun {
		w.sniff(bytes)
	}
	if err := w.begin(); err != nil {
		return 0, err
	}
	if w.method == http.MethodHead {
		return len(bytes), nil
	}
	if w.written += len(bytes); w.written > maxStreamBytes {
		_ = w.pipe.CloseWithError(errTooLong)
		return 0, errTooLong
	}
	return w.pipe.Write(bytes)
}

// Flush implements http.Flusher.
func (w *streamedResponse) Flush() {
	w.WriteHeader(http.StatusOK)
	_ = w.begin()
}

// begin sends the prelude, once.
func (w *streamedResponse) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	head, err := json.Marshal(w.prelude(w.response))
	if err != nil {
		return fmt.Errorf("write the prelude: %w", err)
	}
	_, err = w.pipe.Write(append(head, preludeEnd...))
	return err
}

// end ends the response.
func (w *streamedResponse) end() {
	w.WriteHeader(http.StatusOK)
	_ = w.pipe.CloseWithError(w.begin())
}
