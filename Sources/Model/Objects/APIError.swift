import Support
import Value

/// A refused request: the `Status` object of the API.
package struct APIError: Error, Sendable, Hashable {
    /// The machine-readable reason with its HTTP code.
    package enum Reason: String, Sendable {
        case notFound = "NotFound"
        case alreadyExists = "AlreadyExists"
        case conflict = "Conflict"
        case invalid = "Invalid"
        case badRequest = "BadRequest"
        case forbidden = "Forbidden"
        case methodNotAllowed = "MethodNotAllowed"
        case tooManyRequests = "TooManyRequests"
        case unsupportedMediaType = "UnsupportedMediaType"
        case expired = "Expired"
        case internalError = "InternalError"
        /// An error of the server that gives no reason.
        case unstated = ""
        case serviceUnavailable = "ServiceUnavailable"
        case requestEntityTooLarge = "RequestEntityTooLarge"

        /// The HTTP status code.
        package var code: Int {
            switch self {
            case .notFound: 404
            case .alreadyExists, .conflict: 409
            case .invalid: 422
            case .badRequest: 400
            case .forbidden: 403
            case .methodNotAllowed: 405
            case .tooManyRequests: 429
            case .unsupportedMediaType: 415
            case .expired: 410
            case .internalError, .unstated: 500
            case .serviceUnavailable: 503
            case .requestEntityTooLarge: 413
            }
        }
    }

    /// One violated rule of an invalid object.
    package struct Detail: Sendable, Hashable {
        /// "FieldValueRequired" and the like.
        package let reason: String
        /// The words, without the field's path.
        package let message: String
        /// The path: "spec.replicas".
        package let field: String

        package init(reason: String, message: String, field: String) {
            self.reason = reason
            self.message = message
            self.field = field
        }
    }

    package let reason: Reason
    /// What kubectl prints after `Error from server (Reason): `.
    package let message: String
    /// The name of the object in question; may be empty.
    package var name = ""
    /// The kind in question; nil where there is none.
    package var kind: Kind?
    package var causes: [Detail] = []
    /// What the details call the kind, where that is not its name: policies name the resource.
    package var detailKind: String?
    package var retryAfterSeconds: Int?
    /// What is behind a message that upstream keeps general; for hints, not part of the `Status`.
    package var explanation: String?
    /// What is wrong with an invalid object, field by field.
    package var invalid: InvalidObject?

    package init(_ reason: Reason, _ message: String, kind: Kind? = nil, name: String = "") {
        self.reason = reason
        self.message = message
        self.kind = kind
        self.name = name
    }
}

// The message texts are those of apimachinery's api/errors package.
extension APIError {
    /// `pods "x" not found`.
    package static func notFound(_ info: KindDescriptor, _ name: String) -> APIError {
        APIError(
            .notFound, "\(info.qualifiedPlural) \"\(name)\" not found", kind: info.kind, name: name)
    }

    /// `deployments.apps "x" already exists`.
    package static func alreadyExists(_ info: KindDescriptor, _ name: String) -> APIError {
        APIError(
            .alreadyExists, "\(info.qualifiedPlural) \"\(name)\" already exists", kind: info.kind,
            name: name)
    }

    /// `Operation cannot be fulfilled on deployments.apps "x": …`.
    package static func conflict(_ info: KindDescriptor, _ name: String, _ detail: String)
        -> APIError
    {
        APIError(
            .conflict,
            "Operation cannot be fulfilled on \(info.qualifiedPlural) \"\(name)\": \(detail)",
            kind: info.kind, name: name)
    }

    /// The conflict of an update that is based on an older version.
    package static func modified(_ info: KindDescriptor, _ name: String) -> APIError {
        conflict(
            info, name,
            "the object has been modified; please apply your changes to the latest version and "
                + "try again")
    }

    /// `pods "x" is forbidden: …`.
    package static func forbidden(_ info: KindDescriptor, _ name: String, _ detail: String)
        -> APIError
    {
        let subject =
            name.isEmpty
            ? "\(info.qualifiedPlural) is forbidden"
            : "\(info.qualifiedPlural) \"\(name)\" is forbidden"
        return APIError(.forbidden, "\(subject): \(detail)", kind: info.kind, name: name)
    }

    /// `Deployment.apps "web" is invalid: …` with one cause per field.
    package static func invalid(
        _ info: KindDescriptor?, _ name: String, _ errors: [FieldError]
    ) -> APIError {
        let object = InvalidObject(
            kindName: info?.name ?? "", group: info?.group ?? "", name: name, errors: errors)
        var error = APIError(.invalid, object.message, kind: info?.kind, name: name)
        error.causes = errors.map {
            Detail(reason: $0.reason.causeReason, message: $0.body, field: $0.path)
        }
        error.invalid = object
        return error
    }

    package static func badRequest(_ message: String) -> APIError { APIError(.badRequest, message) }

    /// Whether the object in question does not exist.
    package var isNotFound: Bool { reason == .notFound }
    package var isAlreadyExists: Bool { reason == .alreadyExists }
    package var isConflict: Bool { reason == .conflict }

    /// The `Status` object as the API returns it. `info` is the row of ``kind``.
    package func status(_ info: KindDescriptor?) -> Value {
        var result: Value = [
            .apiVersion: "v1", .code: Value(reason.code), .kind: "Status",
            .message: Value(message), "metadata": .emptyObject, .reason: Value(reason.rawValue),
            .status: "Failure",
        ]
        if let info {
            result[.details][.name] = Value(name.isEmpty ? nil : name)
            result[.details][.group] = Value(info.group.isEmpty ? nil : info.group)
            result[.details][.kind] = Value(info.plural)
        }
        for cause in causes {
            result[.details][.causes].append([
                .field: Value(cause.field), .message: Value(cause.message),
                .reason: Value(cause.reason),
            ])
        }
        return result
    }
}
