import API
import Model
import Pictures
import Printers
import Tools

/// What verbs may ask of the session they run in.
package protocol SessionControl: AnyObject {
    /// The kubeconfig of commands without `--kubeconfig`; `config` changes it for later commands.
    var kubeConfig: KubeConfig { get set }

    /// Whether errors may go on with a hint that kubectl does not give. Recorded sessions have none.
    var givesHints: Bool { get }

    /// How the objects of each kind are shown.
    var printers: PrinterRegistry { get }

    /// What `edit` opens; nil where there is no editor.
    var editor: TextEditor? { get }

    /// What `diff` has compare its folders; nil where it does so itself.
    var diffProgram: DiffProgram? { get }

    /// Goes back in time; nil where nobody can.
    var timeControl: (any TimeControl)? { get }

    /// What was asked and expected of the world, oldest first.
    var marks: [Mark] { get }

    /// The columns of the terminal that somebody sits at; nil where nobody does.
    var screenWidth: Int? { get }

    /// Whether what the statement at work prints goes to a terminal that shows colours.
    var showsColor: Bool { get }

    /// The files that were written in the session, in byte order; paths without a slash in front.
    var savedFiles: [String] { get }

    /// Writes a file of the session to the disk.
    ///
    /// - Parameters:
    ///   - path: in the session.
    ///   - place: on the disk.
    ///   - replaces: whether a file with another text may be there.
    /// - Returns: whether something was written: false where the file has this text already.
    func save(_ path: String, to place: String, replaces: Bool) throws(VerbError) -> Bool

    /// Reads a line that a person types, for a shell in a container; nil where nobody types.
    var typedLine: ((_ prompt: String) -> TypedLine)? { get }

    /// Ctrl-C was answered: what follows is not ended by it.
    func forgetInterruption()

    /// Opens a port of the prompt's machine, which leads to a pod or to the API server; answers false
    /// where the port is open.
    func openPort(_ forward: PortForward) -> Bool

    /// Begins the world anew with another seed (`seed 7`). Throws when something has happened in it.
    func reseed(_ seed: UInt64) throws(VerbError)

    /// Begins the world anew with other feature gates, by name (`feature-gate X=true`). Throws when
    /// something has happened in it.
    func setFeatureGates(_ gates: [String: Bool]) throws(VerbError)

    /// Begins the world anew with or without a default StorageClass (`world storageclass none`). Throws
    /// when something has happened in it.
    func setDefaultStorageClass(_ exists: Bool) throws(VerbError)

    /// What `help` tells of some words. Throws where there is no such thing.
    func helpText(_ words: [String]) throws(VerbError) -> String

    /// The blocks of `at` and `every` that wait, in the order in which they were begun.
    var pendingBlocks: [PendingBlock] { get }

    /// Ends one of them.
    func cancelPending(_ number: Int)

    /// What is to be said to the question why something is as it is (`why pod/web-3`).
    func explain(_ question: WhyQuestion) throws(WhyProblem) -> [Finding]
}

/// A port of the prompt's machine that leads elsewhere.
package struct PortForward: Sendable {
    package enum Goal: Hashable, Sendable {
        /// A port of a pod.
        case pod(ObjectKey, uid: String, port: Int)
        /// The API server, as the session's user.
        case server
    }

    package let localPort: Int
    package let goal: Goal

    package init(localPort: Int, goal: Goal) {
        self.localPort = localPort
        self.goal = goal
    }
}

extension SessionControl {
    package func openPort(_ forward: PortForward) -> Bool { true }

    /// The namespace in force where neither flag nor manifest says otherwise.
    package var namespace: String {
        get { kubeConfig.namespace }
        set { kubeConfig.setNamespace(newValue) }
    }

    package var givesHints: Bool { true }

    package var marks: [Mark] { [] }

    package var screenWidth: Int? { nil }

    package var showsColor: Bool { false }

    package var typedLine: ((_ prompt: String) -> TypedLine)? { nil }

    package func forgetInterruption() {}

    package var printers: PrinterRegistry { .builtIn }

    package var editor: TextEditor? { nil }

    package var diffProgram: DiffProgram? { nil }

    package var savedFiles: [String] { [] }

    package func save(
        _ path: String, to place: String, replaces: Bool
    ) throws(VerbError) -> Bool {
        throw .message("a script changes nothing on the disk: `save` is for somebody at a prompt")
    }

    package func reseed(_ seed: UInt64) throws(VerbError) {
        throw .message("the seed of this world cannot be changed")
    }

    package func setFeatureGates(_ gates: [String: Bool]) throws(VerbError) {
        throw .message("the feature gates of this world cannot be changed")
    }

    package func setDefaultStorageClass(_ exists: Bool) throws(VerbError) {
        throw .message("what this world began with cannot be changed")
    }

    package func helpText(_ words: [String]) throws(VerbError) -> String {
        guard let path = VerbRegistry.path(of: words), let verb = VerbRegistry.verb(at: path) else {
            throw .message("there is no help on \(words.joined(separator: " "))")
        }
        return HelpText.of(verb, path: path)
    }

    package var pendingBlocks: [PendingBlock] { [] }

    package func cancelPending(_ number: Int) {}

    package func explain(_ question: WhyQuestion) throws(WhyProblem) -> [Finding] {
        throw WhyProblem("only a simulated world can be explained")
    }
}

/// What came of reading a line.
package enum TypedLine: Equatable, Sendable {
    /// Without the newline.
    case line(String)
    /// Ctrl-D, or the end of a file.
    case end
    /// Ctrl-C: what was typed is thrown away.
    case interrupted
}
