// Package function runs an http.Handler as an AWS Lambda function.
package function

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// margin is kept of an invocation's time, so that the function answers DEADLINE_EXCEEDED itself.
const margin = 200 * time.Millisecond

// traceID is the key under which aws-lambda-go has the X-Ray trace in a context.
const traceID = "x-amzn-trace-id"

// Start answers events with responses that are sent whole. It does not return.
func Start(invoke func(ctx context.Context, payload []byte) ([]byte, error)) {
	lambda.Start(handler(invoke))
}

// StartStream answers events with responses that are sent in parts. It does not return.
func StartStream[Stream any](invoke func(ctx context.Context, payload []byte) (Stream, error)) {
	lambda.Start(func(ctx context.Context, payload json.RawMessage) (Stream, error) {
		// The invocation lasts until the response has been read, and ends its context then.
		shorter, cancel := withMargin(ctx)
		context.AfterFunc(ctx, cancel)
		return invoke(shorter, payload)
	})
}

// handler is a lambda.Handler.
type handler func(ctx context.Context, payload []byte) ([]byte, error)

// Invoke implements lambda.Handler.
func (h handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	ctx, cancel := withMargin(ctx)
	defer cancel()
	return h(ctx, payload)
}

// withMargin ends a context a little before Lambda ends the invocation.
func withMargin(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-margin))
}

// Keep gives handlers what Lambda says about the invocation: lambdacontext.FromContext works, and X-Ray's trace.
func Keep(caller, handler context.Context) context.Context {
	if invocation, ok := lambdacontext.FromContext(caller); ok {
		handler = lambdacontext.NewContext(handler, invocation)
	}
	if trace, ok := caller.Value(traceID).(string); ok {
		//lint:ignore SA1029 the key is aws-lambda-go's, and X-Ray's SDK reads it
		handler = context.WithValue(handler, traceID, trace)
	}
	return handler
}

// Log makes the JSON logger of a function: a line for each record, with the id of the request where the context is given.
func Log() *slog.Logger {
	options := &slog.HandlerOptions{Level: level(os.Getenv("AWS_LAMBDA_LOG_LEVEL"))}
	return slog.New(requestID{slog.NewJSONHandler(os.Stdout, options)})
}

// level reads Lambda's names of levels; INFO for others.
func level(name string) slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(name)); err != nil {
		return slog.LevelInfo
	}
	return level
}

// requestID adds the id of the request to records.
type requestID struct{ slog.Handler }

// Handle implements slog.Handler.
func (h requestID) Handle(ctx context.Context, record slog.Record) error {
	if invocation, ok := lambdacontext.FromContext(ctx); ok {
		record.AddAttrs(slog.String("requestId", invocation.AwsRequestID))
	}
	return h.Handler.Handle(ctx, record)
}

// WithAttrs implements slog.Handler.
func (h requestID) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestID{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h requestID) WithGroup(name string) slog.Handler {
	return requestID{h.Handler.WithGroup(name)}
}
