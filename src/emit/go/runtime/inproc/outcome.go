package inproc

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// detailsName is the trailer that carries a status with its details.
const detailsName = "grpc-status-details-bin"

// statusOf is what a server makes of a handler's error; of nil it makes OK.
func statusOf(err error) *status.Status {
	found, ok := status.FromError(err)
	if !ok {
		found = status.FromContextError(err)
	}
	return found
}

// cross is what arrives of a status at the client, and the trailer that carries its details, if there is one.
func cross(sent *status.Status, trailer []string) (arrived *status.Status, details []string) {
	code, message := sent.Code(), validText(sent.Message())
	if whole := sent.Proto(); len(whole.GetDetails()) > 0 {
		trailer = nil
		if bytes, err := proto.Marshal(whole); err == nil {
			trailer = []string{string(bytes)}
		}
	}
	carried := status.New(code, message).Proto()
	if len(trailer) != 1 || proto.Unmarshal([]byte(trailer[0]), carried) != nil {
		return status.New(code, message), trailer
	}
	if codes.Code(carried.GetCode()) != code {
		return status.Newf(codes.Internal,
			"grpc-status-details-bin mismatch: grpc-status=%v, grpc-message=%q, grpc-status-details-bin=%+v",
			code, message, carried), trailer
	}
	return status.FromProto(carried), trailer
}

// validText replaces each byte that is not UTF-8, as the encoding of a status does.
func validText(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var valid strings.Builder
	for _, r := range text {
		valid.WriteRune(r)
	}
	return valid.String()
}

// recovered is the error of a handler that panicked. A server would end here, and with it every other call.
func recovered(ctx context.Context, method string, reason any) error {
	slog.ErrorContext(ctx, "the handler panicked", "method", method, "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
	return status.Error(codes.Internal, "the handler panicked")
}
