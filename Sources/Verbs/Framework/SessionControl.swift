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
}

extension SessionControl {
    /// The namespace in force where neither flag nor manifest says otherwise.
    package var namespace: String {
        get { kubeConfig.namespace }
        set { kubeConfig.setNamespace(newValue) }
    }

    package var givesHints: Bool { true }

    package var printers: PrinterRegistry { .builtIn }

    package var editor: TextEditor? { nil }

    package var diffProgram: DiffProgram? { nil }

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
}
