import Language
import Model
import Support
import Syntax
import Verbs

/// What the language asks about kinds, fields and verbs before any world exists.
package final class ClusterFacts: Facts {
    private let files: ScriptFiles
    private var custom = CustomKinds()
    /// The kinds of the world that the script runs in, where there is one already.
    var served: () -> KindRegistry? = { nil }
    /// Whether a command that was checked may go back in time: then the session has to remember its past.
    package private(set) var movesInTime = false

    /// Facts for scripts that include files through `files`.
    package init(files: ScriptFiles) { self.files = files }

    // MARK: Kinds

    package func prepare(_ script: Script) { custom.add(script) }

    package func kind(named name: String) -> KindFacts? {
        kind { $0.kind(named: name) }
    }

    package func kind(apiVersion: String, kind name: String) -> KindFacts? {
        kind { try? $0.kind(apiVersion: apiVersion, name: name).get() }
    }

    /// A kind of every cluster, else one that the script will make, else one that the world has.
    private func kind(_ find: (KindRegistry) -> Kind?) -> KindFacts? {
        if let kind = find(.builtIn) { return Self.facts(kind, .builtIn) }
        custom.learn(files)
        if let kind = find(custom.registry) { return Self.facts(kind, custom.registry) }
        return served().flatMap { served in find(served).map { Self.facts($0, served) } }
    }

    /// A kind of a registry, as the language sees it.
    static func facts(_ kind: Kind, _ kinds: KindRegistry) -> KindFacts {
        let info = kinds[kind]
        var facts = KindFacts(
            id: Int(kind.id), kind: info.name, resource: info.plural,
            isNamespaced: info.isNamespaced)
        facts.isBuiltIn = kind.isBuiltIn
        return facts
    }

    package func nearestKind(to name: String) -> String? {
        custom.learn(files)
        return switch custom.registry.resolve(name) {
        case .success: nil
        case .failure(let problem): problem.suggestion
        }
    }

    // MARK: Fields

    package func fieldFact(of kind: KindFacts, at path: [FactStep]) -> Language.FieldFact {
        guard !kind.isBuiltIn else { return FieldLookup(kind).fact(at: path) }
        return lookup(kind)?.fact(of: kind, at: path) ?? .unchecked
    }

    package func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues? {
        guard !kind.isBuiltIn else { return FieldLookup(kind).knownValues(at: path) }
        return lookup(kind)?.knownValues(of: kind, at: path)
    }

    package func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        guard !kind.isBuiltIn else { return FieldLookup(kind).mergeKeys(at: path) }
        return lookup(kind)?.mergeKeys(of: kind, at: path) ?? []
    }

    /// What the script's own definition says of a kind. A kind of the running world is looked up by its
    /// names: there it has another number.
    private func lookup(_ kind: KindFacts) -> SchemaLookup? {
        custom.learn(files)
        guard
            let own = custom.registry.kind(named: kind.resource).map({
                Self.facts($0, custom.registry)
            }), !own.isBuiltIn, own.kind == kind.kind
        else { return nil }
        return SchemaLookup(custom.schema(of: own))
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
