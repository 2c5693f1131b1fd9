import Value

/// What to do about fields that a kind does not have, or that occur twice.
public enum FieldValidation: String, Sendable {
    case strict = "Strict"
    case warn = "Warn"
    case ignore = "Ignore"
}

/// How a create, update or patch is meant.
public struct WriteOptions: Sendable {
    /// Go through the whole pipeline, but do not store (`--dry-run=server`).
    public var isDryRun = false
    /// kubectl asks for strict validation in create and apply; a patch or edit comes without, which
    /// means warn.
    public var fieldValidation = FieldValidation.strict
    /// Paths of fields that the reader of the text saw twice.
    public var duplicateFields: [String] = []

    public init() {}
}

/// What becomes of the objects that an object owns.
public enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
}

/// How a deletion is meant.
public struct DeleteOptions: Sendable {
    /// The seconds a pod gets to stop; nil for the pod's own.
    public var gracePeriodSeconds: Int?
    public var propagation: Propagation?
    /// The uid the object must have.
    public var uid: String?
    /// The resourceVersion the object must have.
    public var resourceVersion: Int?
    public var isDryRun = false

    public init(
        gracePeriodSeconds: Int? = nil, propagation: Propagation? = nil, uid: String? = nil
    ) {
        self.gracePeriodSeconds = gracePeriodSeconds
        self.propagation = propagation
        self.uid = uid
    }

    /// As controllers delete: dependents follow in the background.
    public static let background = DeleteOptions(propagation: .background)
}
