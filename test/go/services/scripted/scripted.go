// Package scripted answers calls as their metadata says. The same code runs behind the real gateway and in functions.
package scripted

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	// A handler that sends a detail has its type in the program.
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// plan is what a handler does, as a test has written it into a header.
type plan struct {
	ID      string
	Seed    uint64
	Echo    bool
	Replies [][]byte
	Count   *int
	Header  []pair
	Trailer []pair
	Error   *planned
	Throws  bool
}

type planned struct {
	Code     uint32
	Message  string
	After    int
	Metadata []pair
	Details  []struct {
		TypeURL string `json:"typeUrl"`
		Value   []byte
	}
}

// pair is a name with text, or with {"bytes": base64}.
type pair [2]json.RawMessage

func (p pair) text() (name, value string) {
	_ = json.Unmarshal(p[0], &name)
	if json.Unmarshal(p[1], &value) == nil {
		return name, value
	}
	var binary struct{ Bytes []byte }
	_ = json.Unmarshal(p[1], &binary)
	return name, string(binary.Bytes)
}

func metadataOf(pairs []pair) metadata.MD {
	md := metadata.MD{}
	for _, each := range pairs {
		name, value := each.text()
		md.Append(name, value)
	}
	return md
}

const marker = "plan:"

func planOf(ctx context.Context) plan {
	var found plan
	md, _ := metadata.FromIncomingContext(ctx)
	for _, value := range md.Get("grpcgateway-if-schedule-tag-match") {
		if text, ok := strings.CutPrefix(value, marker); ok {
			bytes, _ := base64.StdEncoding.DecodeString(text)
			_ = json.Unmarshal(bytes, &found)
		}
	}
	return found
}

// saw prints what the handler was called with.
func saw(ctx context.Context, p plan, requests []proto.Message) {
	md, _ := metadata.FromIncomingContext(ctx)
	md = md.Copy()
	for _, name := range []string{":authority", "user-agent", "grpcgateway-if-schedule-tag-match", "grpc-accept-encoding"} {
		md.Delete(name)
	}
	// A front door adds the caller, and the gateway adds it again.
	if forwarded := md.Get("x-forwarded-for"); len(forwarded) > 0 {
		md.Set("x-forwarded-for", strings.Join(slices.Compact(strings.Split(strings.Join(forwarded, ", "), ", ")), ", "))
	}
	method, _ := grpc.Method(ctx)
	digest := sha256.New()
	for _, request := range requests {
		bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(request)
		_, _ = fmt.Fprintf(digest, "%d %x %v\n", len(bytes), bytes, err)
	}
	names, err := json.Marshal(md)
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintf(os.Stdout, "SAW %s %s %d %x %s\n", p.ID, method, len(requests), digest.Sum(nil)[:8], names)
}

func (p plan) send(ctx context.Context) {
	if len(p.Header) > 0 {
		_ = grpc.SetHeader(ctx, metadataOf(p.Header))
	}
	if p.Error != nil && len(p.Error.Metadata) > 0 {
		_ = grpc.SetTrailer(ctx, metadataOf(p.Error.Metadata))
	}
	if len(p.Trailer) > 0 {
		_ = grpc.SetTrailer(ctx, metadataOf(p.Trailer))
	}
}

// failure is the planned error.
func (p plan) failure() error {
	if p.Throws {
		return errors.New("thrown")
	}
	if p.Error == nil {
		return nil
	}
	details := make([]*anypb.Any, 0, len(p.Error.Details))
	for _, detail := range p.Error.Details {
		details = append(details, &anypb.Any{TypeUrl: detail.TypeURL, Value: detail.Value})
	}
	return status.FromProto(&spb.Status{Code: int32(p.Error.Code), Message: p.Error.Message, Details: details}).Err()
}

// reply fills a reply: the request's own value, given bytes, or values by chance.
func (p plan) reply(number int, requests []proto.Message, reply proto.Message) {
	if p.Echo && number < len(requests) && requests[number].ProtoReflect().Descriptor() == reply.ProtoReflect().Descriptor() {
		proto.Merge(reply, requests[number])
		return
	}
	if number < len(p.Replies) {
		_ = proto.Unmarshal(p.Replies[number], reply)
		return
	}
	fill(reply.ProtoReflect(), newChance(p.Seed+uint64(number)), 3)
}

// Unary is a unary handler.
func Unary(ctx context.Context, request, reply proto.Message) error {
	p := planOf(ctx)
	saw(ctx, p, []proto.Message{request})
	p.send(ctx)
	p.reply(0, []proto.Message{request}, reply)
	return p.failure()
}

// ServerStream is a handler that streams its replies.
func ServerStream(stream grpc.ServerStream, request proto.Message, newReply func() proto.Message) error {
	p := planOf(stream.Context())
	saw(stream.Context(), p, []proto.Message{request})
	return p.stream(stream, []proto.Message{request}, newReply)
}

func (p plan) stream(stream grpc.ServerStream, requests []proto.Message, newReply func() proto.Message) error {
	p.send(stream.Context())
	count := 1
	switch failure := p.failure(); {
	case failure != nil && p.Error != nil:
		count = p.Error.After
	case failure != nil:
		count = 0
	case p.Count != nil:
		count = *p.Count
	case len(p.Replies) > 0:
		count = len(p.Replies)
	}
	for number := range count {
		reply := newReply()
		p.reply(number, requests, reply)
		if err := stream.SendMsg(reply); err != nil {
			return err
		}
	}
	return p.failure()
}

// receive reads all requests.
func receive(stream grpc.ServerStream, newRequest func() proto.Message) ([]proto.Message, error) {
	var requests []proto.Message
	for {
		request := newRequest()
		err := stream.RecvMsg(request)
		if errors.Is(err, io.EOF) {
			return requests, nil
		}
		if err != nil {
			return nil, err
		}
		requests = append(requests, request)
	}
}

// ClientStream is a handler of a stream of requests.
func ClientStream(stream grpc.ServerStream, newRequest func() proto.Message, reply proto.Message) error {
	p := planOf(stream.Context())
	requests, err := receive(stream, newRequest)
	if err != nil {
		return err
	}
	saw(stream.Context(), p, requests)
	p.send(stream.Context())
	if err := p.failure(); err != nil {
		return err
	}
	p.reply(0, requests, reply)
	return stream.SendMsg(reply)
}

// BidiStream is a handler of streams both ways, which answers when all requests are there.
func BidiStream(stream grpc.ServerStream, newRequest, newReply func() proto.Message) error {
	p := planOf(stream.Context())
	requests, err := receive(stream, newRequest)
	if err != nil {
		return err
	}
	saw(stream.Context(), p, requests)
	return p.stream(stream, requests, newReply)
}
