import Model
import Value

/// An object that a verb works on.
package struct FoundObject {
    package let info: KindDescriptor
    package var value: Value
    /// The manifest it came from; nil for one that was named.
    package var source: String?

    package init(info: KindDescriptor, value: Value, source: String? = nil) {
        self.info = info
        self.value = value
        self.source = source
    }

    package var name: String { value[.metadata].text(.name) }
    package var namespace: String { value[.metadata].text(.namespace) }

    /// `deployment.apps/web`, as `-o name` and confirmations print it.
    package var reference: String { "\(info.qualifiedSingular)/\(name)" }
}

/// What a command works on: the objects in the order in which they are visited, and what went wrong
/// meanwhile. One that cannot be had keeps no other from being found (DECISIONS 37).
struct Found {
    enum Entry {
        case object(FoundObject)
        /// An object that is named but does not exist, or may not be touched.
        case failure(VerbError)
    }

    var entries: [Entry] = []
    /// What could not be read or listed at all. kubectl tells these after those of the entries, as one
    /// error. Source: cli-runtime's visitors, of which the eager list keeps its own errors.
    var unread: [VerbError] = []

    init(_ objects: [FoundObject] = []) { entries = objects.map { .object($0) } }

    mutating func add(_ object: FoundObject) { entries.append(.object(object)) }

    mutating func fail(_ error: VerbError) { entries.append(.failure(error)) }

    var objects: [FoundObject] {
        entries.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }

    /// All that went wrong, in the order in which kubectl tells it.
    var errors: [VerbError] {
        let failures = entries.compactMap { entry -> VerbError? in
            if case .failure(let error) = entry { error } else { nil }
        }
        return failures + (unread.isEmpty ? [] : [.several(unread)])
    }

    /// What is left when missing objects are no errors.
    func ignoringMissing() -> Found {
        var result = self
        result.entries.removeAll {
            if case .failure(let error) = $0 { error.isNotFound } else { false }
        }
        result.unread = unread.compactMap(\.ignoringNotFound)
        return result
    }

    /// The objects that `isWanted`, and all errors.
    func filter(_ isWanted: (FoundObject) -> Bool) -> Found {
        var result = self
        result.entries.removeAll {
            if case .object(let object) = $0 { !isWanted(object) } else { false }
        }
        return result
    }
}

extension VerbCall {
    /// Makes requests about each object, one after another; the world moves in between. Errors do not keep
    /// the others from it and are thrown together.
    func forEach(_ found: Found, _ work: (FoundObject) throws(VerbError) -> Void) throws {
        try visit(found) { object in
            try context.nextObject()
            try work(object)
        }
    }

    /// Does `work` for each object; errors do not keep the others from it and are thrown together.
    func visit(_ found: Found, _ work: (FoundObject) throws -> Void) throws {
        var errors: [VerbError] = []
        for entry in found.entries {
            switch entry {
            case .failure(let error): errors.append(error)
            case .object(let object):
                do {
                    try work(object)
                } catch let error as VerbError {
                    errors.append(error)
                }
            }
        }
        if !found.unread.isEmpty { errors.append(.several(found.unread)) }
        try fail(errors)
    }

    /// Throws `errors` together when there are any.
    package func fail(_ errors: [VerbError]) throws(VerbError) {
        if errors.count == 1 { throw errors[0] }
        if !errors.isEmpty { throw .several(errors) }
    }
}
