import Value

/// What runs the containers of a node: facts about a container runtime, not rules of the kubelet.
package struct NodeRuntime: Sendable {
    /// Its scheme in the IDs of containers.
    package var name = "containerd"
    package var version = "1.7.24"
    /// Whether an image is shown with its registry, its tag and the digest of its contents.
    package var resolvesImages = true
    /// What a pull is said to take that nothing else is said of.
    package var pullTime: Milliseconds = 412
    /// Whether every image is on every node.
    package var hasAllImages = false
    /// Whether containers of plain commands, and those of Jobs, end by themselves.
    package var endsCommands = true
    /// Whether containers answer the probes that are said nothing about.
    package var answersProbes = true
    /// Whether a kubelet that starts again finds no trace of its containers.
    package var forgetsContainers = false
    /// Whether annotations of pods say when and how their containers end.
    package var readsExitAnnotations = false
    /// Whether containers that run can be given other amounts.
    package var resizesContainers = true
    /// The address of every pod; nil: each has one of its own.
    package var podAddress: String?

    package init() {}

    /// The fake runtime of hollow nodes (corpus README): containers run until they are stopped.
    package static let hollow: NodeRuntime = {
        var runtime = NodeRuntime()
        runtime.name = "fakeRuntime"
        runtime.version = "0.1.0"
        runtime.resolvesImages = false
        runtime.pullTime = 0
        runtime.hasAllImages = true
        runtime.endsCommands = false
        runtime.answersProbes = false
        runtime.forgetsContainers = true
        runtime.readsExitAnnotations = true
        runtime.resizesContainers = false
        runtime.podAddress = "192.168.192.168"
        return runtime
    }()

    /// What `oracle/exit: "SECONDS:CODE"`, or the same with `.CONTAINER`, says of a container: it ends so
    /// each time that it runs.
    static func annotatedBehavior(_ annotations: Value, _ container: String) -> ContainerBehavior {
        var behavior = ContainerBehavior()
        let text =
            annotations["oracle/exit.\(container)"].string ?? annotations["oracle/exit"].string
        let parts = (text ?? "").split(separator: ":")
        guard parts.count == 2, let seconds = Double(parts[0]), let code = Int(parts[1]),
            (0...100_000).contains(seconds)
        else { return behavior }
        behavior.exitAfter = Milliseconds(seconds * 1_000)
        behavior.exitCode = code
        return behavior
    }
}
