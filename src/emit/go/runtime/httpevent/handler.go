package httpevent

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// A Function is an http.Handler behind a front door.
type Function struct {
	Door    Door
	Handler http.Handler
	// BasePath is what a custom domain puts in front of the API's own paths: "/library". Default: nothing.
	BasePath string
	// Refuse answers where the handler's own answer cannot be sent, in the words of the API.
	Refuse func(w http.ResponseWriter, r *http.Request, refusal Refusal)
}

// A Refusal says why an answer cannot be sent.
type Refusal struct {
	// TooLarge is the limit that the answer exceeds, in words; empty where the handler panicked.
	TooLarge string
}

// Message is the refusal for the caller.
func (r Refusal) Message() string {
	if r.TooLarge == "" {
		return "internal error"
	}
	return "the response is larger than " + r.TooLarge
}

// Invoke answers an event. It fails for events of other sources only, so that queues deliver them again.
func (f *Function) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	e, wire, err := f.read(payload)
	if err != nil {
		return nil, err
	}
	if wire == nil {
		return []byte(`{"statusCode":200,"body":"{}"}`), nil
	}
	request, err := wire.httpRequest(ctx)
	if err != nil {
		return marshal(f.Door.write(e, badRequest(wire.method)))
	}
	w := newResponse(request.Method)
	f.serve(w, request)
	return f.fit(e, w, request)
}

// read makes a request of an event; none for one that only keeps the function warm.
func (f *Function) read(payload []byte) (*event, *wireRequest, error) {
	e, err := readEvent(payload)
	if err != nil {
		return nil, nil, err
	}
	wire, ok := f.Door.read(e, f.BasePath)
	if !ok {
		if e.isWarmUp() {
			return e, nil, nil
		}
		return nil, nil, fmt.Errorf("the event does not come from %s", f.Door.Name)
	}
	wire.body, err = e.body()
	return e, wire, err
}

// serve calls the handler. One that panics is answered for, and the function goes on.
func (f *Function) serve(w *response, r *http.Request) {
	defer func() {
		if reason := recover(); reason != nil {
			slog.ErrorContext(r.Context(), "the handler panicked", "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
			*w = *newResponse(r.Method)
			f.Refuse(w, r, Refusal{})
			w.finish()
		}
	}()
	f.Handler.ServeHTTP(w, r)
	w.finish()
}

// fit makes the result, or that of a refusal where the front door would not take it.
func (f *Function) fit(e *event, w *response, r *http.Request) ([]byte, error) {
	limit := ""
	if f.Door.excess != nil {
		limit = f.Door.excess(w)
	}
	if limit == "" {
		bytes, err := marshal(f.Door.write(e, w))
		if err != nil || len(bytes) <= f.Door.limit {
			return bytes, err
		}
		limit = f.Door.limitText
	}
	refusal := Refusal{TooLarge: limit}
	slog.ErrorContext(r.Context(), refusal.Message())
	refused := newResponse(r.Method)
	f.Refuse(refused, r, refusal)
	refused.finish()
	return marshal(f.Door.write(e, refused))
}

// badRequest is net/http's own answer to a request line that it cannot read.
func badRequest(method string) *response {
	w := newResponse(method)
	w.header.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	w.body.WriteString("400 Bad Request")
	w.finish()
	return w
}

// marshal leaves <, > and & as they are: escapes would count against the front door's limit, six bytes for each.
func marshal(out *result) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		return nil, fmt.Errorf("write the result: %w", err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}
