import Containers
import Value

/// The insides of a simulated cluster's containers, for verbs: what runs in them, what it printed, their
/// files.
///
/// Nothing of it is worked out before somebody asks; then it is what it would have become up to now.
package protocol ContainerAccess: AnyObject {
    /// Begins a command in a running container. Throws ``ContainerProblem`` where there is none, or the
    /// runtime does not find the command.
    func execute(
        _ words: [String], in target: ContainerTarget, streams: ShellStreams, isTerminal: Bool
    ) throws(ContainerProblem) -> ContainerExecution

    /// The shell that is a running container's own process, with streams that whoever types has; nil where its
    /// process reads nothing.
    func attach(
        to target: ContainerTarget, streams: ShellStreams
    ) throws(ContainerProblem) -> ContainerExecution?

    /// The container's own process, a shell, ended with a status.
    func endShell(of target: ContainerTarget, status: Int32)

    /// The files of a running container.
    func files(of target: ContainerTarget) throws(ContainerProblem) -> ContainerFiles

    /// A file was written in a container from outside, or a folder made (without bytes), so that it can be
    /// done again.
    func noteCopy(_ bytes: [UInt8]?, to path: String, of target: ContainerTarget)

    /// What the container's own process printed, oldest first: in its present run (or its last), or in the
    /// one before.
    func output(of target: ContainerTarget, previous: Bool) -> [OutputLine]
}

/// One container of a pod, by name.
package struct ContainerTarget: Hashable, Sendable {
    package let namespace: String
    package let pod: String
    package let container: String

    package init(namespace: String, pod: String, container: String) {
        self.namespace = namespace
        self.pod = pod
        self.container = container
    }
}

/// Why a container cannot be looked into.
package enum ContainerProblem: Error, Equatable {
    /// The kubelet knows no running container of this name (kubelet: `container not found ("web")`).
    case notFound(String)
    /// The runtime does not find the program, in its own words; the commands that there are.
    case noProgram(String, commands: [String])
    /// The node's kubelet does not answer.
    case unreachable(String)
}

/// A line that a container's process printed.
package struct OutputLine: Equatable, Sendable {
    /// In milliseconds since the world's time zero.
    package let time: Milliseconds
    package let isError: Bool
    /// Without the newline.
    package let text: String
    /// Whether a newline ended it.
    package let isWhole: Bool

    package init(time: Milliseconds, isError: Bool, text: String, isWhole: Bool = true) {
        self.time = time
        self.isError = isError
        self.text = text
        self.isWhole = isWhole
    }
}
