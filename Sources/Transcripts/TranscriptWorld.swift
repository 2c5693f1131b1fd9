import Language
import Tools
import Value

/// The cluster that a transcript runs against, with its clock.
///
/// An implementation stands for the recorder's set-up (profile *recorder*): nodes with 1 cpu,
/// 3840Mi and 110 pods, no ServiceAccount admission, containers that start and never exit, no
/// kubelet events. All times are virtual.
package protocol TranscriptWorld: AnyObject {
    /// A line of the session (`$ …`, `~ …`) begins: for worlds that keep a timeline.
    func began(_ line: String)
    /// `~ add-node`: starts a kubelet under a new name; returns when the node is Ready.
    func addNode(_ name: String) throws
    /// `~ remove-node`: kills the kubelet and deletes the Node object.
    func removeNode(_ name: String) throws
    /// `~ fail-node`: kills the kubelet; the Node object stays.
    func failNode(_ name: String) throws
    /// `~ recover-node`: starts a kubelet that has forgotten its containers; returns when the node
    /// is Ready.
    func recoverNode(_ name: String) throws
    /// `~ settle`: lets time pass until `RecorderSettle` says that the recorder would have gone on.
    func settleAsRecorder()
    /// The present instant.
    var now: Timestamp { get }
    /// `~ sleep`: lets that much time pass.
    func sleep(milliseconds: Int64)
    /// Runs kubectl to its end, or up to the call's time limit, over the files of a session. What it
    /// prints is in the result and not written to the outputs of the call.
    func runKubectl(_ call: CommandCall, in folder: MemoryFolder) -> KubectlResult
    /// Starts kubectl beside what follows. Answers a handle for `collectBackground`.
    func startBackground(_ call: CommandCall, in folder: MemoryFolder) -> Int
    /// Ends a background command and answers what it has printed up to now.
    func collectBackground(_ handle: Int) -> KubectlResult
}

/// What kubectl printed, in the order in which it printed it, and how it ended.
package struct KubectlResult: Equatable, Sendable {
    package enum Stream: Sendable { case output, error }

    /// A piece of text on one of the two streams.
    package struct Chunk: Equatable, Sendable {
        package var stream: Stream
        package var text: String

        package init(_ stream: Stream, _ text: String) {
            self.stream = stream
            self.text = text
        }
    }

    /// Both streams interleaved as a terminal would show them.
    package var chunks: [Chunk]
    /// The exit status; 124 when the time limit ended it.
    package var exitStatus: Int32

    package init(chunks: [Chunk] = [], exitStatus: Int32 = 0) {
        self.chunks = chunks
        self.exitStatus = exitStatus
    }

    /// One that printed its output before its errors.
    package init(output: String = "", error: String = "", exitStatus: Int32 = 0) {
        let chunks = [Chunk(.output, output), Chunk(.error, error)].filter { !$0.text.isEmpty }
        self.init(chunks: chunks, exitStatus: exitStatus)
    }
}

/// When the recorder's `~ settle` ends: after 1 s at least, as soon
/// as no object has changed for 3 s, no pod on a live node is terminating or not yet ready, and
/// every workload's spec has been observed. A pod that cannot be scheduled, a suspended job and the
/// like do not count as unready. After 25 s without any change, or 120 s, it ends in any case.
///
/// The 3 s may begin before the settle, as the recorded times show. Worked example: begun at 10,000
/// ms with the last change at 12,400 ms and nothing left to wait for, it ends at 15,400 ms; with
/// the last change at 2,000 ms, at 11,000 ms; with a pod that stays terminating and no change since
/// 12,400 ms, at 37,400 ms.
package struct RecorderSettle: Sendable {
    package static let leastMilliseconds: Int64 = 1_000
    package static let quietMilliseconds: Int64 = 3_000
    package static let idleMilliseconds: Int64 = 25_000
    package static let mostMilliseconds: Int64 = 120_000

    /// When it began, in milliseconds of the world's clock.
    package let start: Int64

    package init(start: Int64) { self.start = start }

    /// The instant at which it ends, provided that nothing changes until then.
    ///
    /// - Parameters:
    ///   - lastChange: when any object last changed, be it before the start; nil if none ever did.
    ///   - isBusy: whether a pod or a workload still has to be waited for.
    package func end(lastChange: Int64?, isBusy: Bool) -> Int64 {
        let end =
            isBusy
            ? max(lastChange ?? start, start) + Self.idleMilliseconds
            : max((lastChange ?? start) + Self.quietMilliseconds, start + Self.leastMilliseconds)
        return min(end, start + Self.mostMilliseconds)
    }
}

/// Times of the recorder that are no part of the cluster, as the recorded times show them.
package enum RecorderPause {
    /// How long kubectl took where the machine was idle: the median of the areas that were recorded
    /// last. In the others it took four times as long, as the profile says.
    package static func client(area: String) -> Int64? {
        let recordedLast = [
            "admission", "apply", "custom", "kubectl2", "nodestore", "podlife", "workload",
        ]
        return recordedLast.contains(area) ? 150 : nil
    }

    /// How long the watcher went on after the last command.
    package static let afterSession: Int64 = 400

    // A command that runs beside others:
    /// After its start, so that it has listed before anything changes.
    package static let afterBackground: Int64 = 1_200
    /// Before its output is taken, so that it has printed what changed last.
    package static let beforeForeground: Int64 = 700
}
