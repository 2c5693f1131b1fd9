/// A kind of object, as a dense number: an index into the table of kinds.
///
/// The built-in kinds are constants (generated, see ``KindDescriptor/rows``) and describe themselves
/// (``info``); kinds that are added at run time exist only within one ``KindRegistry``.
public struct Kind: Hashable, Sendable {
    /// The place in the table; built-in kinds come first.
    public let id: UInt16

    /// A kind by its number; only for numbers that came from a ``Kind``.
    @inlinable
    public init(id: UInt16) { self.id = id }

    /// Whether the kind is compiled in, not registered by a CustomResourceDefinition.
    public var isBuiltIn: Bool { Int(id) < KindDescriptor.builtIn.count }

    /// What is known of a built-in kind. For kinds registered at run time ask the ``KindRegistry``.
    package var info: KindDescriptor { KindDescriptor.builtIn[Int(id)] }
}

extension Kind {
    /// Every built-in kind in the order of `kubectl api-resources`: by group, then by plural.
    public static var allBuiltIn: [Kind] { KindDescriptor.builtIn.map(\.kind) }
}

extension Kind: CustomStringConvertible {
    public var description: String { isBuiltIn ? info.name : "kind \(id)" }
}
