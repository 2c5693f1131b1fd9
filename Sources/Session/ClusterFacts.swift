import Language
import Model
import Support
import Verbs

/// What the language asks about kinds, fields and verbs before any world exists.
package final class ClusterFacts: Facts {
    private let kinds = KindRegistry.builtIn
    private let files: ScriptFiles
    /// Whether a command that was checked may go back in time: then the session has to remember its past.
    package private(set) var movesInTime = false

    /// Facts for scripts that include files through `files`.
    package init(files: ScriptFiles) { self.files = files }

    // MARK: Kinds

    package func kind(named name: String) -> KindFacts? {
        kinds.kind(named: name).map(facts)
    }

    package func kind(apiVersion: String, kind: String) -> KindFacts? {
        (try? kinds.kind(apiVersion: apiVersion, name: kind).get()).map(facts)
    }

    private func facts(_ kind: Kind) -> KindFacts {
        let info = kinds[kind]
        return KindFacts(
            id: Int(kind.id), kind: info.name, resource: info.plural,
            isNamespaced: info.isNamespaced)
    }

    package func nearestKind(to name: String) -> String? {
        switch kinds.resolve(name) {
        case .success: nil
        case .failure(let problem): problem.suggestion
        }
    }

    // MARK: Fields

    package func fieldFact(of kind: KindFacts, at path: [FactStep]) -> Language.FieldFact {
        FieldLookup(kind).fact(at: path)
    }

    package func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues? {
        FieldLookup(kind).knownValues(at: path)
    }

    package func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        FieldLookup(kind).mergeKeys(at: path)
    }

    // MARK: Commands

    package func problems(with command: CommandShape) -> [CommandProblem] {
        let check = CommandCheck(command)
        movesInTime = movesInTime || check.movesInTime
        return check.problems
    }

    package func advancesTime(_ command: CommandShape) -> Bool {
        CommandCheck(command).advancesTime
    }

    // MARK: Files

    package func includedText(
        path: String, including: String
    ) -> (name: String, text: String)? {
        files.included(path, from: including)
    }
}
