/// The limits that keep hostile input from exhausting the stack or the memory. They hold for JSON
/// and for YAML; an alias in YAML counts as often as it is used.
public struct InputLimits: Sendable {
    /// The largest text, in bytes.
    public var bytes: Int
    /// The deepest nesting of lists and maps.
    public var depth: Int
    /// The largest number of values in one text, containers included.
    public var nodes: Int

    /// The limits of whoever asks for no others.
    public init(bytes: Int = 64 << 20, depth: Int = 500, nodes: Int = 4_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }

    /// What manifests, patches and scripts are read with.
    public static let standard = InputLimits()
}
