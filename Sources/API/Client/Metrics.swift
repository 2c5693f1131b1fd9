import Value

/// What the metrics server says of one pod (a `PodMetrics` of metrics.k8s.io).
package struct PodMetrics: Sendable {
    /// A container's use, in thousandths of a core and bytes.
    package struct Container: Sendable {
        package let name: String
        package let milliCPU: Int64
        package let memoryBytes: Int64

        package init(name: String, milliCPU: Int64, memoryBytes: Int64) {
            self.name = name
            self.milliCPU = milliCPU
            self.memoryBytes = memoryBytes
        }
    }

    package let namespace: String
    package let name: String
    package let labels: Object
    package let containers: [Container]

    package init(namespace: String, name: String, labels: Object, containers: [Container]) {
        self.namespace = namespace
        self.name = name
        self.labels = labels
        self.containers = containers
    }

    /// Of all containers together.
    package var milliCPU: Int64 { containers.reduce(0) { $0 + $1.milliCPU } }
    package var memoryBytes: Int64 { containers.reduce(0) { $0 + $1.memoryBytes } }
}

/// What the metrics server says of one node (a `NodeMetrics` of metrics.k8s.io).
package struct NodeMetrics: Sendable {
    package let name: String
    /// Thousandths of a core.
    package let milliCPU: Int64
    package let memoryBytes: Int64

    package init(name: String, milliCPU: Int64, memoryBytes: Int64) {
        self.name = name
        self.milliCPU = milliCPU
        self.memoryBytes = memoryBytes
    }
}
