package inproc

import (
	"context"
	"net"
	"reflect"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
)

// transport is the way back of one call: the header and the trailer that handlers set (grpc.ServerTransportStream).
type transport struct {
	method string
	// sent is closed once the header cannot change any more.
	sent chan struct{}

	mu              sync.Mutex
	header, trailer metadata.MD
	isSent          bool
	// isBroken: the header has something that HTTP/2 cannot carry.
	isBroken bool
}

func newTransport(method string) *transport {
	return &transport{method: method, sent: make(chan struct{})}
}

// Method implements grpc.ServerTransportStream.
func (t *transport) Method() string { return t.method }

// SetHeader implements grpc.ServerTransportStream.
func (t *transport) SetHeader(md metadata.MD) error {
	if md.Len() == 0 {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isSent {
		return errHeaderSent()
	}
	t.header = metadata.Join(t.header, md)
	return nil
}

// SendHeader implements grpc.ServerTransportStream.
func (t *transport) SendHeader(md metadata.MD) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isSent {
		return errHeaderSent()
	}
	t.header = metadata.Join(t.header, md)
	t.send()
	return nil
}

// SetTrailer implements grpc.ServerTransportStream.
func (t *transport) SetTrailer(md metadata.MD) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trailer = metadata.Join(t.trailer, md)
	return nil
}

// reply sends the header before the first message, if it is not sent yet.
func (t *transport) reply() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isSent {
		t.send()
	}
}

// send needs the lock.
func (t *transport) send() {
	t.isSent = true
	close(t.sent)
}

func errHeaderSent() error {
	return status.Error(codes.Internal, "transport: SendHeader called multiple times")
}

// end is the end of the call as the client sees it. A header that is empty when a call ends without a message is not
// sent at all; the trailer then says what the header would have said.
func (t *transport) end(err error) (trailer metadata.MD, result *status.Status) {
	t.mu.Lock()
	defer t.mu.Unlock()
	result, details := cross(statusOf(err), t.trailer[detailsName])
	trailer = withoutReserved(t.trailer)
	delete(trailer, detailsName)
	if len(details) > 0 {
		trailer[detailsName] = details
	}
	if !t.isSent && len(t.header) > 0 {
		t.send()
	}
	if !t.isSent {
		trailer["content-type"] = []string{contentType}
	}
	for _, md := range []metadata.MD{t.header, t.trailer} {
		if problem := unsendable(md); problem != "" {
			t.isBroken = unsendable(t.header) != ""
			return nil, status.New(codes.Internal, problem)
		}
	}
	return trailer, result
}

// seenHeader is the header as the client sees it; nil without one.
func (t *transport) seenHeader() metadata.MD {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isSent || t.isBroken {
		return nil
	}
	seen := withoutReserved(t.header)
	seen["content-type"] = []string{contentType}
	return seen
}

// remote is whom handlers see as their peer: a gateway on the same machine.
func remote() *peer.Peer {
	p := &peer.Peer{Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	// Older versions of grpc-go have no such field, and go.mod says which one it is.
	if local := reflect.ValueOf(p).Elem().FieldByName("LocalAddr"); local.IsValid() {
		local.Set(reflect.ValueOf(p.Addr))
	}
	return p
}

// withoutValues is a context with a caller's deadline and cancellation and without its values, which no network carries.
type withoutValues struct{ context.Context }

// Value implements context.Context.
func (withoutValues) Value(any) any { return nil }

// AfterFunc spares a goroutine for each context that is made of this one.
func (c withoutValues) AfterFunc(f func()) func() bool { return context.AfterFunc(c.Context, f) }

// handlerContext is the context of a handler; cancel ends it when the call is over.
func (c *Conn) handlerContext(caller context.Context, md metadata.MD, t *transport) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(withoutValues{caller})
	if c.keep != nil {
		ctx = c.keep(caller, ctx)
	}
	ctx = metadata.NewIncomingContext(ctx, md)
	ctx = peer.NewContext(ctx, remote())
	return grpc.NewContextWithServerTransportStream(ctx, t), cancel
}

// begin checks what a client checks before it sends anything.
func begin(ctx context.Context) (metadata.MD, error) {
	md, err := incoming(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, status.FromContextError(err).Err()
	}
	// A context learns of its deadline when a timer has run, and a whole call can be over before that.
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		return nil, status.FromContextError(context.DeadlineExceeded).Err()
	}
	return md, nil
}
