import API
import Cluster
import Language
import Model
import Tools
import Value
import Verbs

/// The simulated cluster as the recorder's set-up (DECISIONS 28): transcripts run against it.
package final class SimulatedTranscriptWorld: TranscriptWorld {
    package let cluster: SimulatedCluster
    private var background: [BackgroundRun] = []
    private let configuration = RecordedConfiguration()
    /// When each object last changed is read from the log; events are no change.
    private var lastChange: Milliseconds?
    private var seen = 0
    private var keeper: TimelineKeeper?

    /// The clean cluster that a case asks for, with its nodes Ready. The title takes part in the seed.
    ///
    /// - Parameter jitterPercent: how far times vary with the seed; 0: not at all.
    package convenience init(
        _ transcript: TranscriptCase, seed: UInt64 = 1, jitterPercent: Int64 = 0
    ) throws {
        try self.init(
            nodes: transcript.nodeNames, title: transcript.title, seed: seed,
            jitterPercent: jitterPercent, hasKubeletEvents: transcript.hasKubeletEvents,
            clientMilliseconds: RecorderPause.client(area: transcript.area))
    }

    package init(
        nodes: [String], title: String = "", seed: UInt64 = 1, jitterPercent: Int64 = 0,
        hasKubeletEvents: Bool = false, clientMilliseconds: Int64? = nil
    ) throws {
        var options = ClusterOptions()
        options.profile = .recorder
        options.profile.recordsKubeletEvents = hasKubeletEvents
        if let clientMilliseconds { options.profile.client = clientMilliseconds }
        options.profile.jitterPercent = jitterPercent
        options.title = title
        options.seed = seed
        cluster = SimulatedCluster(options: options)
        for node in nodes { try cluster.addNode(node) }
        try cluster.advance(by: 30_200)
        // The recorder removed everything between cases, events too.
        for event in cluster.state.list(.event) {
            _ = try cluster.connection.client.delete(
                .event, namespace: event.namespace, name: event.name, options: DeleteOptions())
        }
    }

    // MARK: Timeline

    /// From now on the order of changes is kept, until ``timeline`` is read.
    package func keepTimeline() { keeper = TimelineKeeper(cluster) }

    /// What a watcher of the API has seen since ``keepTimeline()``.
    package var timeline: TimelineRun { keeper?.run ?? TimelineRun() }

    package func began(_ line: String) { keeper?.began(line, at: cluster.clock.now) }

    // MARK: Nodes

    package func addNode(_ name: String) throws {
        try cluster.addNode(name)
        try cluster.advance(by: Self.nodeStart)
    }

    package func removeNode(_ name: String) throws { try cluster.removeNode(name) }

    package func failNode(_ name: String) throws { cluster.setMachine(name, .failed) }

    package func recoverNode(_ name: String) throws {
        cluster.setMachine(name, .running)
        _ = try cluster.run(limit: 60_000) {
            cluster.api.find(.node, name: name).map { NodeView($0.value).isReady } ?? false
        }
    }

    /// How long a kubelet takes to register and report its node Ready.
    private static let nodeStart: Milliseconds = 1_000

    // MARK: Time

    package var now: Timestamp { Timestamp.zero + Duration(milliseconds: cluster.clock.now) }

    package func settleAsRecorder() {
        let settle = RecorderSettle(start: cluster.clock.now)
        while true {
            noteChanges()
            let end = settle.end(lastChange: lastChange, isBusy: isBusy)
            guard let next = cluster.clock.nextInstant, next <= end else {
                _ = try? cluster.run(until: max(end, cluster.clock.now))
                return
            }
            _ = try? cluster.run(until: next)
        }
    }

    private func noteChanges() {
        for change in cluster.log.changes(after: seen) where !Self.unwatched.contains(change.kind) {
            lastChange = change.time
        }
        seen = cluster.log.head
    }

    private static let unwatched: Set<Kind> = [.event, .lease]

    /// Whether the recorder waits for a pod or a workload.
    private var isBusy: Bool {
        let state = cluster.state
        var isBusy = false
        state.forEach(.pod) { pod in
            guard let node = pod.nodeName, cluster.machine(node) == .running else { return }
            let view = PodView(pod.value)
            if pod.isDeleting || !view.isTerminal && !view.isReady { isBusy = true }
        }
        for info in cluster.api.kinds.all
        where info.makesPods && info.reportsObservedGeneration && !isBusy {
            state.forEach(info.kind) { object in
                let generation = object.value[.metadata].int(.generation)
                if object.value[.status].int(.observedGeneration) < generation { isBusy = true }
            }
        }
        return isBusy
    }

    package func sleep(milliseconds: Int64) { _ = try? cluster.advance(by: milliseconds) }

    // MARK: kubectl

    package func runKubectl(_ call: CommandCall, in folder: MemoryFolder) -> KubectlResult {
        var chunks: [KubectlResult.Chunk] = []
        let output = VerbOutput { stream, text in
            chunks.append(KubectlResult.Chunk(stream == .output ? .output : .error, text))
        }
        do {
            let code = try VerbRegistry.run(call.words, in: context(call, folder, output))
            return KubectlResult(chunks: chunks, exitStatus: code)
        } catch VerbInterruption.timedOut {
            return KubectlResult(chunks: chunks, exitStatus: 124)
        } catch {
            chunks.append(KubectlResult.Chunk(.error, "error: \(error)\n"))
            return KubectlResult(chunks: chunks, exitStatus: 1)
        }
    }

    private func context(
        _ call: CommandCall, _ folder: MemoryFolder, _ output: VerbOutput
    ) -> VerbContext {
        VerbContext(
            cluster.connection, session: RecordedCommand(call, configuration),
            files: FolderFiles(folder, below: call.workingDirectory),
            input: { String(decoding: call.input.readAll(), as: UTF8.self) }, output: output,
            timeLimit: call.timeLimit)
    }

    private final class BackgroundRun {
        var chunks: [KubectlResult.Chunk] = []
        var following: (any Following)?
        var exitCode: Int32 = 0
    }

    package func startBackground(_ call: CommandCall, in folder: MemoryFolder) -> Int {
        let run = BackgroundRun()
        let output = VerbOutput { [unowned run] stream, text in
            run.chunks.append(KubectlResult.Chunk(stream == .output ? .output : .error, text))
        }
        do {
            (run.following, run.exitCode) = try VerbRegistry.start(
                call.words, in: context(call, folder, output))
        } catch {
            run.chunks.append(KubectlResult.Chunk(.error, "error: \(error)\n"))
            run.exitCode = 1
        }
        background.append(run)
        return background.count - 1
    }

    package func collectBackground(_ handle: Int) -> KubectlResult {
        let run = background[handle]
        run.following?.end()
        run.following = nil
        return KubectlResult(chunks: run.chunks, exitStatus: run.exitCode)
    }
}

/// The kubeconfig of a recorded session, which its commands change.
private final class RecordedConfiguration {
    /// As the recorder's file named things.
    var current = KubeConfig(
        tree: [
            "clusters": [
                "c": ["server": "https://127.0.0.1:6443", "insecure-skip-tls-verify": true]
            ],
            "users": ["u": ["token": "recorder"]],
            "contexts": ["c": ["cluster": "c", "user": "u", .namespace: "default"]],
            "current-context": "c",
        ])
}

/// What a recorded command may ask of its session: no hints, and the editor of its own line.
private final class RecordedCommand: SessionControl {
    private let configuration: RecordedConfiguration
    let givesHints = false
    let editor: TextEditor?
    let diffProgram: DiffProgram?

    var kubeConfig: KubeConfig {
        get { configuration.current }
        set { configuration.current = newValue }
    }

    init(_ call: CommandCall, _ configuration: RecordedConfiguration) {
        self.configuration = configuration
        editor = call.editor
        diffProgram = call.diffProgram
    }
}

/// The files of a session's folder, as a verb reads them.
private final class FolderFiles: VerbFiles {
    private let folder: MemoryFolder
    private let workingDirectory: String

    init(_ folder: MemoryFolder, below workingDirectory: String) {
        self.folder = folder
        self.workingDirectory = workingDirectory
    }

    private func full(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
    }

    func read(_ path: String) throws(FileProblem) -> String {
        guard exists(path) else { throw .notFound }
        guard let text = try? folder.readText(full(path)) else {
            throw FileProblem("is a directory")
        }
        return text
    }

    func entries(_ path: String) -> [String]? {
        guard folder.isDirectory(full(path)) else { return nil }
        return (try? folder.list(full(path)))?.sorted()
    }

    func exists(_ path: String) -> Bool { folder.exists(full(path)) }

    func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
        guard exists(path) else { throw .notFound }
        guard let bytes = try? folder.read(full(path)) else { throw FileProblem("is a directory") }
        return bytes
    }

    func write(_ text: String, to path: String) throws(FileProblem) {
        do throws(ToolFileProblem) {
            try folder.write(Array(text.utf8), to: full(path))
        } catch {
            throw FileProblem(error.reason.lowercased())
        }
    }
}
