import Support
import Value

/// What the API server makes of the objects of a kind, and what it refuses, beyond what it does with
/// every object.
package struct KindRules: Sendable {
    /// Fills in the defaults of a decoded object; see ``Defaults``.
    package let defaults: @Sendable (inout Value) -> Void
    /// Takes out of a decoded object what its kind does not have, and answers the paths of that; nil for
    /// kinds whose fields are known by their facts.
    package let prune: (@Sendable (inout Value) -> [String])?
    /// Upstream's words for what is wrong with a name; none for a good one.
    package let name: @Sendable (String) -> [String]
    /// Checks a new object, and each later version of it; metadata are checked already.
    package let object: @Sendable (inout Validator, Value) -> Void
    /// Checks what only a new object may not have.
    package let creation: @Sendable (inout Validator, Value) -> Void
    /// Checks what may change, from the old version (last) to the new one.
    package let change: @Sendable (inout Validator, _ new: Value, _ old: Value) -> Void
    /// Checks a new status, from the old version (last) to the new one, written to the status or to the
    /// subresource `approval`; nil where status is not checked.
    package let status:
        (@Sendable (inout Validator, _ new: Value, _ old: Value, _ isApproval: Bool) -> Void)?
    /// Says what a client should know of a good object; of its old version there may be one.
    package let warnings: @Sendable (inout Warner, _ new: Value, _ old: Value?) -> Void
    /// The fields that objects can be selected by.
    package let selectableFields: SelectableFields

    /// Rules; what is not given demands nothing.
    package init(
        defaults: @escaping @Sendable (inout Value) -> Void = { _ in },
        prune: (@Sendable (inout Value) -> [String])? = nil,
        name: @escaping @Sendable (String) -> [String] = NameRules.dns1123Subdomain,
        object: @escaping @Sendable (inout Validator, Value) -> Void = { _, _ in },
        creation: @escaping @Sendable (inout Validator, Value) -> Void = { _, _ in },
        change: @escaping @Sendable (inout Validator, Value, Value) -> Void = { _, _, _ in },
        status: (@Sendable (inout Validator, Value, Value, Bool) -> Void)? = nil,
        warnings: @escaping @Sendable (inout Warner, Value, Value?) -> Void = { _, _, _ in },
        selectableFields: SelectableFields = .common
    ) {
        self.defaults = defaults
        self.prune = prune
        self.name = name
        self.object = object
        self.creation = creation
        self.change = change
        self.status = status
        self.warnings = warnings
        self.selectableFields = selectableFields
    }
}
