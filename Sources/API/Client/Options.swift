import Model
import Support
import Value

/// Which objects a list or watch gives.
package struct ListOptions: Sendable {
    package var labels: LabelSelector
    package var fields: FieldSelector

    package init(
        labels: LabelSelector = .everything, fields: FieldSelector = .everything
    ) {
        self.labels = labels
        self.fields = fields
    }

    /// Whether `object` is selected.
    package func selects(_ object: Value) -> Bool {
        (labels.isEverything || labels.matches(object[.metadata][.labels].fields))
            && (fields.requirements.isEmpty || fields.matches(object))
    }
}

/// What to do about fields that a kind does not have, or that occur twice.
package enum FieldValidation: String, Sendable {
    case strict = "Strict"
    case warn = "Warn"
    case ignore = "Ignore"
}

/// How a create, update or patch is meant.
package struct WriteOptions: Sendable {
    /// Go through the whole pipeline, but do not store (`--dry-run=server`).
    package var isDryRun = false
    /// kubectl asks for strict validation in create and apply; a patch or edit comes without, which
    /// means warn.
    package var fieldValidation = FieldValidation.strict
    /// Paths of fields that the reader of the text saw twice.
    package var duplicateFields: [String] = []
    /// In whose name fields are written (`--field-manager`); empty for the client's own.
    package var fieldManager = ""
    /// Whether an apply takes over fields that others own (`--force-conflicts`).
    package var forcesConflicts = false

    package init() {}
}

/// The part of an object that a request concerns.
package enum Subresource: Sendable {
    case none
    case status
    /// The conditions of a CertificateSigningRequest, which an approver sets.
    case approval
    /// The ephemeral containers of a pod.
    case ephemeralContainers
    /// What the containers of a pod have: requests, limits, and how they take to new ones.
    case resize

    /// The part that a word names: `--subresource`, or the end of a path. Nil for words that name none
    /// that is written this way.
    package init?(word: String) {
        switch word {
        case "": self = .none
        case "status": self = .status
        case "ephemeralcontainers": self = .ephemeralContainers
        case "resize": self = .resize
        default: return nil
        }
    }
}

/// A patch in one of the API's languages.
package enum Patch: Sendable {
    /// A part of an object, which is merged by who owns what (server-side apply).
    case apply(Value)
    case json(JSONPatch)
    case merge(Value)
    case strategic(Value)
}

extension Patch {
    /// Whether a patch may make an object that is not there.
    package var makesObjects: Bool {
        if case .apply = self { true } else { false }
    }

    /// Whether it says something of `metadata.managedFields`.
    package var concernsOwners: Bool {
        let name: Key = "managedFields"
        return switch self {
        case .apply: false
        case .merge(let patch), .strategic(let patch):
            patch["metadata"].fields.contains(name)
        case .json(let patch):
            patch.operations.contains { ($0.path ?? "").hasPrefix("/metadata/managedFields") }
        }
    }
}

/// What becomes of the objects that an object owns.
package enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
}

/// How a deletion is meant.
package struct DeleteOptions: Sendable {
    /// The seconds a pod gets to stop; nil for the pod's own.
    package var gracePeriodSeconds: Int?
    package var propagation: Propagation?
    /// The uid the object must have.
    package var uid: String?
    /// The resourceVersion the object must have.
    package var resourceVersion: Int?
    package var isDryRun = false

    package init(
        gracePeriodSeconds: Int? = nil, propagation: Propagation? = nil, uid: String? = nil
    ) {
        self.gracePeriodSeconds = gracePeriodSeconds
        self.propagation = propagation
        self.uid = uid
    }

    /// As controllers delete: dependents follow in the background.
    package static let background = DeleteOptions(propagation: .background)
}
