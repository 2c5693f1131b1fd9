import Language
import Value

/// What `drydock.yaml` says of the scripts below its folder.
package struct Configuration: Sendable {
    /// The file's name.
    package static let fileName = "drydock.yaml"
    /// The version of Kubernetes whose texts and rules there are.
    package static let version = "1.36"

    /// Where it was read; "" for none.
    package var path = ""
    /// Further folders that scripts may read.
    package var allowRead: [String] = []
    package var seed: UInt64?
    /// Tags that scenarios need, or with `!` must not have.
    package var tags: [String] = []
    package var jobs: Int?
    /// What `--report` takes.
    package var reports: [String] = []
    package var parameters = ParameterValues()
    /// What `node add` gives without flags.
    package var node = NodeDefaults()
    /// Whether warnings are failures.
    package var isStrict: Bool?
    package var timeout: Duration?
    package var maxVirtual: Duration?

    package init() {}
}

/// What machines have where nothing is said of them; nil for what `node add` gives anyway.
package struct NodeDefaults: Codable, Equatable, Sendable {
    package var cpu: String?
    package var memory: String?
    package var pods: Int?

    package init() {}
}

/// What is wrong with a configuration, and where.
package struct ConfigurationError: Error, Sendable {
    /// `drydock.yaml:3:1: there is no key `, with the nearest or what is expected.
    package let message: String

    package init(_ message: String) { self.message = message }
}
