module pushgateway

go 1.24

require github.com/prometheus/pushgateway v1.11.1
