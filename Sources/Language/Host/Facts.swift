import Syntax

/// A kind of object, as the host identifies it.
package struct KindFacts: Hashable, Codable, Sendable {
    /// The host's own number of the kind; equal numbers mean the same kind.
    package let id: Int
    /// The kind as manifests write it ("StatefulSet").
    package let kind: String
    /// The plural resource name ("statefulsets").
    package let resource: String
    /// Whether objects of the kind live in namespaces.
    package let isNamespaced: Bool
    /// Whether every cluster has it. The number of any other kind may be another one in the world where
    /// a script runs: it is asked for again there.
    package var isBuiltIn = true

    package init(id: Int, kind: String, resource: String, isNamespaced: Bool) {
        self.id = id
        self.kind = kind
        self.resource = resource
        self.isNamespaced = isNamespaced
    }
}

/// One step from an object to a field, as field facts count them: indices do not matter.
package enum FactStep: Hashable, Sendable {
    /// The field of a map.
    case field(String)
    /// Any item of a list.
    case item
}

/// What kind of value a field holds.
package enum FieldType: Hashable, Sendable {
    case boolean
    case integer
    case number
    case string
    /// A resource amount (`500m`, `2Gi`), compared by amount.
    case quantity
    /// An integer or a percentage or port name in text.
    case integerOrString
    /// A span of time in text (`1m30s`).
    case duration
    /// A timestamp (RFC 3339).
    case time
    case list
    case map
    /// Anything at all.
    case any
}

/// What is known about the field at some path of a kind.
package enum FieldFact: Hashable, Sendable {
    /// The field exists. `readsZero` marks integer and boolean status fields which the API omits
    /// when they are 0 or false, and which expressions then read as 0 or false (DECISIONS 7).
    case known(FieldType, readsZero: Bool)
    /// The kind has no such field. `owner` names the type that was searched ("PodSpec"), `nearest`
    /// the field that was probably meant.
    case unknown(owner: String, nearest: String?)
    /// The place takes any field (labels, data, kinds without a schema).
    case unchecked
}

/// The texts that a field holds.
package struct KnownValues: Hashable, Sendable {
    package let values: [String]
    /// Whether there are no others; else only a text that is spelt nearly like one is a slip.
    package let isComplete: Bool

    package init(_ values: [String], isComplete: Bool) {
        self.values = values
        self.isComplete = isComplete
    }
}

/// The words of a command as far as they are known before a run.
package struct CommandShape: Sendable {
    /// The verb and its arguments; nil where a word is interpolated.
    package let words: [String?]
    /// Begins with `kubectl`.
    package let hasKubectl: Bool
    /// A `{ … }` follows.
    package let hasBlock: Bool

    package init(words: [String?], hasKubectl: Bool, hasBlock: Bool) {
        self.words = words
        self.hasKubectl = hasKubectl
        self.hasBlock = hasBlock
    }
}

/// Something wrong with a command that shows before it runs.
package struct CommandProblem: Sendable {
    /// Which of the words is wrong, from 0; nil for the whole command.
    package let wordIndex: Int?
    /// One line, lower case, no final period.
    package let message: String
    /// How to put it right, if known.
    package let hint: String?

    package init(wordIndex: Int?, message: String, hint: String? = nil) {
        self.wordIndex = wordIndex
        self.message = message
        self.hint = hint
    }
}

/// What the language needs to know of kinds, fields and verbs in order to check a script.
///
/// Answers must depend on nothing but their arguments: checks happen before any world exists.
package protocol Facts: AnyObject {
    /// Takes a script into account, which is about to be checked: it may define kinds.
    func prepare(_ script: Script)

    /// The kind by any name kubectl takes (`deploy`, `deployments`, `Deployment`,
    /// `deployments.apps`); nil when there is none.
    func kind(named name: String) -> KindFacts?

    /// The kind of an object by its own `apiVersion` and `kind`; nil when there is none.
    func kind(apiVersion: String, kind: String) -> KindFacts?

    /// The name of a kind that is spelt nearly like `name`.
    func nearestKind(to name: String) -> String?

    /// What is known about the field that `path` leads to from an object of the kind.
    func fieldFact(of kind: KindFacts, at path: [FactStep]) -> FieldFact

    /// The texts that the field at `path` can hold; nil where it may be anything.
    func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues?

    /// The fields that identify an item of the list at `path` (`name`; `containerPort` and
    /// `protocol`); empty for lists that are compared whole and in order.
    func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String]

    /// What is wrong with a command, as far as it shows before a run; empty when nothing is.
    func problems(with command: CommandShape) -> [CommandProblem]

    /// Whether the command lets virtual time pass (`advance`, `settle`, `rollout status`), so that
    /// it may not stand in a deferred block (DECISIONS 14).
    func advancesTime(_ command: CommandShape) -> Bool

    /// The source text of `path`, which `including` asks for with `include`; nil when there is none
    /// or it may not be read. `including` is the name of the source that holds the statement.
    func includedText(path: String, including: String) -> (name: String, text: String)?
}

extension Facts {
    package func prepare(_ script: Script) {}

    package func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues? { nil }
}
