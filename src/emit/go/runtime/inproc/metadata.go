package inproc

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// contentType is in the headers of every message that gRPC sends. A gateway prints it (Grpc-Metadata-Content-Type).
const contentType = "application/grpc"

// incoming is what a server sees of the caller's metadata; a pair that HTTP/2 cannot carry ends the call.
func incoming(ctx context.Context) (metadata.MD, error) {
	sent, _ := metadata.FromOutgoingContext(ctx)
	if err := validate(sent); err != nil {
		return nil, err
	}
	seen := withoutReserved(sent)
	seen["content-type"] = []string{contentType}
	seen["user-agent"] = []string{"grpc-go/" + grpc.Version}
	seen[":authority"] = []string{"localhost"}
	return seen, nil
}

// withoutReserved copies md without the names that only gRPC itself sends.
func withoutReserved(md metadata.MD) metadata.MD {
	kept := make(metadata.MD, len(md)+3)
	for name, values := range md {
		if !isReserved(name) {
			kept[name] = append([]string(nil), values...)
		}
	}
	return kept
}

// isReserved tells whether only gRPC itself sends a header, so that metadata of that name is dropped.
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
func isReserved(name string) bool {
	switch name {
	case "content-type", "user-agent", "grpc-message-type", "grpc-encoding", "grpc-message", "grpc-status", "grpc-timeout", "te":
		return true
	}
	return strings.HasPrefix(name, ":")
}

// validate refuses names and values that are no metadata, in the words of grpc-go.
func validate(md metadata.MD) error {
	for name, values := range md {
		if err := validatePair(name, values); err != nil {
			return status.Error(codes.Internal, err.Error())
		}
	}
	return nil
}

func validatePair(name string, values []string) error {
	switch {
	case name == "":
		return fmt.Errorf("there is an empty key in the header")
	case name[0] == ':':
		return nil
	case strings.ContainsFunc(name, isIllegalInName):
		return fmt.Errorf("header key %q contains illegal characters not in [0-9a-z-_.]", name)
	case strings.HasSuffix(name, "-bin"):
		return nil
	}
	for _, value := range values {
		if strings.ContainsFunc(value, isNotPrintable) {
			return fmt.Errorf("header key %q contains value with non-printable ASCII characters", name)
		}
	}
	return nil
}

// unsendable says what HTTP/2 cannot carry; "" for nothing. grpc.SetHeader and grpc.SetTrailer of a unary call do not
// validate, so that the call fails when its metadata is sent.
func unsendable(md metadata.MD) string {
	for name, values := range md {
		if strings.ContainsFunc(name, isNoToken) {
			return fmt.Sprintf("invalid header field name %q", name)
		}
		if strings.HasSuffix(name, "-bin") || isReserved(name) {
			continue
		}
		for _, value := range values {
			if strings.ContainsFunc(value, isControl) {
				return fmt.Sprintf("invalid header field value for %q", name)
			}
		}
	}
	return ""
}

func isControl(r rune) bool {
	return (r < ' ' && r != '\t') || r == 0x7f
}

// isNoToken tells whether a character cannot be in the name of a header (RFC 9110, section 5.6.2).
func isNoToken(r rune) bool {
	return r <= ' ' || r > '~' || strings.ContainsRune("\"(),/;<=>?@[\\]{}", r)
}

func isIllegalInName(r rune) bool {
	isLegal := (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') || r == '.' || r == '-' || r == '_'
	return !isLegal
}

func isNotPrintable(r rune) bool {
	return r < ' ' || r > '~'
}
