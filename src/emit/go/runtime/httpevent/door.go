package httpevent

// A Door is an AWS service that turns HTTP requests into events, and results into HTTP responses.
type Door struct {
	// Name is the door in messages: "a load balancer".
	Name string
	// limit is the most bytes of a result as JSON, limitText the same in words.
	limit     int
	limitText string
	// read makes a request of an event; false for an event of another kind.
	read func(e *event, basePath string) (*wireRequest, bool)
	// write makes a result of a response; excess names a limit of the door that the response exceeds.
	write  func(e *event, w *response) *result
	excess func(w *response) string
	// prelude is what goes before a streamed body; nil for a door that takes responses only whole.
	prelude func(w *response) *prelude
}

// Lambda's own limit of a result, as its error message states it.
const (
	lambdaLimit     = 6_291_556
	lambdaLimitText = "the 6 MB that AWS Lambda can return"
)
