import Containers
import Tools

/// A container without a cluster.
final class Box: ContainerHost {
    var isInterrupted = false
    var programs: [ContainerProgram] = []
    var signals: [Int] = []
    private(set) var space: ContainerSpace!
    let layer: FileNode

    init(
        _ image: String = "busybox", environment: [String: String] = [:],
        mounts: [FileMount] = [], user: FileUser = FileUser(), isReadOnly: Bool = false
    ) {
        let image = ContainerImage(image)
        layer = ImageLayer.tree(of: image, built: 0)
        for mount in mounts {
            layer.place(.folder(), at: mount.path)
        }
        var facts = ContainerFacts()
        facts.hostname = "box-0"
        facts.addresses = ["10.244.0.7"]
        var variables = environment
        variables["HOME"] = "/root"
        space = ContainerSpace(
            files: ContainerFiles(
                layer: FileVolume(root: layer, device: "overlay", type: "overlay"),
                isReadOnly: isReadOnly, mounts: mounts, user: user),
            image: image, facts: facts, environment: variables, workingDirectory: "/", host: self)
        _ = space.begin(["sleep", "3600"], at: 0, isMain: true)
    }

    func signalMain(_ signal: Int, in space: ContainerSpace) { signals.append(signal) }
    func signal(_ process: Int, _ signal: Int, in space: ContainerSpace) {}

    /// What a script printed, on both streams, its status, and when it ended.
    func run(
        _ script: String, shell: String = "sh", at instant: Int64 = 0, until end: Int64 = 3_600_000
    ) -> (text: String, status: Int32?, time: Int64) {
        var text = ""
        let output = ToolOutput { text += String(decoding: $0, as: UTF8.self) }
        let execution = ContainerExecution(
            [shell, "-c", script], in: space,
            streams: ShellStreams(input: ToolInput("one\ntwo\n"), output: output, error: output),
            isTerminal: false, now: instant, isRunning: { true })
        defer { execution.end() }
        var now = instant
        while now < end {
            switch execution.resume(at: now) {
            case .done(let status): return (text, status, now)
            case .waiting(let next): now = next
            }
        }
        return (text, nil, now)
    }
}
