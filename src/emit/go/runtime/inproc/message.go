package inproc

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// A message crosses the connection as bytes. That costs little, keeps both sides from sharing memory, and refuses what a
// network would have refused: text that is not UTF-8, required fields that are not set.

// encode makes bytes of a message. A missing message is an empty one, as on a server.
func encode(message any) ([]byte, error) {
	if message == nil {
		return nil, nil
	}
	typed, ok := message.(proto.Message)
	if !ok {
		return nil, status.Errorf(codes.Internal, "grpc: error while marshaling: proto: failed to marshal, message is %T, want proto.Message", message)
	}
	bytes, err := proto.Marshal(typed)
	if err != nil {
		return nil, status.Errorf(codes.Internal, "grpc: error while marshaling: %v", err)
	}
	return bytes, nil
}

// decode fills a message.
func decode(bytes []byte, message any) error {
	typed, ok := message.(proto.Message)
	if !ok {
		return status.Errorf(codes.Internal, "grpc: failed to unmarshal the received message: failed to unmarshal, message is %T, want proto.Message", message)
	}
	if err := proto.Unmarshal(bytes, typed); err != nil {
		return status.Errorf(codes.Internal, "grpc: failed to unmarshal the received message: %v", err)
	}
	return nil
}
