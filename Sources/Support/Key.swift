import Synchronization

/// An interned string: the name of an object's field.
///
/// Two keys are equal if and only if their names are, so comparing keys costs one integer
/// comparison. Names are never released: their number is bounded by the limits on input size.
/// The numbers depend on the order of interning and must never decide an order that a user sees.
public struct Key: Hashable, Sendable {
    /// The number of the name in the process-wide table.
    public let id: UInt32

    /// A key by its number; only for keys that the table already holds.
    @inlinable
    public init(id: UInt32) {
        self.id = id
    }

    /// The key for `name`, entered into the table when it is new. O(length).
    public init(_ name: String) {
        id = KeyTable.shared.intern(name)
    }

    /// The name that was interned.
    public var name: String {
        KeyTable.shared.name(of: id)
    }
}

extension Key: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Key: CustomStringConvertible {
    public var description: String { name }
}

/// The process-wide table of names. It starts with ``KnownKeys/names``, whose numbers are constants.
final class KeyTable: Sendable {
    static let shared = KeyTable()

    private struct State {
        var names: [String]
        var ids: [String: UInt32]
    }

    private let state: Mutex<State>

    private init() {
        var ids: [String: UInt32] = [:]
        ids.reserveCapacity(KnownKeys.names.count * 2)
        for (index, name) in KnownKeys.names.enumerated() {
            ids[name] = UInt32(index)
        }
        state = Mutex(State(names: KnownKeys.names, ids: ids))
    }

    func intern(_ name: String) -> UInt32 {
        state.withLock { state in
            if let id = state.ids[name] { return id }
            let id = UInt32(state.names.count)
            state.names.append(name)
            state.ids[name] = id
            return id
        }
    }

    func name(of id: UInt32) -> String {
        state.withLock { $0.names[Int(id)] }
    }
}
