import Support
import Value

/// What the API server refuses, with upstream's words in field.Error form.
///
/// The objects must have been decoded and defaulted. Errors come in upstream's order; an empty list
/// means that the object is valid. Kinds registered at run time are held to the rules of metadata.
///
/// Source: pkg/apis/*/validation and the strategies of pkg/registry, 1.36.
package enum Validation {
    /// Says what is wrong with an expression; nil where nothing is.
    package typealias ExpressionCheck = (_ text: String, _ role: PolicyExpression) -> String?

    /// Checks a new object; `problem` compiles its expressions, which nobody looks at without it.
    package static func create(
        _ object: Value, kind: KindDescriptor, problem: ExpressionCheck? = nil
    ) -> [FieldError] {
        var validator = Validator(problem: problem)
        validator.objectMeta(object[.metadata], kind)
        kind.rules.object(&validator, object)
        kind.rules.creation(&validator, object)
        return validator.errors
    }

    /// Checks a new version of `old`.
    package static func update(
        _ object: Value, from old: Value, kind: KindDescriptor, problem: ExpressionCheck? = nil
    ) -> [FieldError] {
        var validator = Validator(problem: problem)
        validator.objectMetaUpdate(object[.metadata], old[.metadata], kind)
        kind.rules.object(&validator, object)
        kind.rules.change(&validator, object, old)
        return validator.errors
    }
}

extension Validation {
    /// Checks a new status of `old`, where the kind has rules for it.
    package static func status(
        _ object: Value, from old: Value, isApproval: Bool, kind: KindDescriptor
    ) -> [FieldError] {
        var validator = Validator()
        kind.rules.status?(&validator, object, old, isApproval)
        return validator.errors
    }
}

/// What an expression is for: what it can name, and what it must come to.
package enum PolicyExpression: Sendable {
    case matchCondition
    case variable(String)
    case validation, messageExpression, auditAnnotation
    case applyConfiguration, jsonPatch
}

/// Collects errors. The rules are its methods: those of single kinds stand with their descriptors,
/// those that many share here.
package struct Validator {
    package internal(set) var errors: [FieldError] = []
    private let problem: Validation.ExpressionCheck?

    init(problem: Validation.ExpressionCheck? = nil) { self.problem = problem }

    /// Notes what is wrong with an expression, whose text is shown as `shown`.
    mutating func expression(
        _ text: String, _ role: PolicyExpression, _ path: ErrorPath, shown: String? = nil
    ) {
        guard let found = problem?(text, role) else { return }
        add(.invalid(path, Value(shown ?? text), found))
    }

    package mutating func add(_ error: FieldError) { errors.append(error) }
}

// MARK: - Rules that many share

extension Validator {
    mutating func nonnegative(_ value: Value, _ path: ErrorPath) {
        if let number = value.int, number < 0 {
            add(.invalid(path, value, "must be greater than or equal to 0"))
        }
    }

    mutating func messages(_ messages: [String], _ text: String, _ path: ErrorPath) {
        for message in messages { add(.invalid(path, Value(text), message)) }
    }

    /// One of `supported`; upstream says "Required value" where it is absent.
    mutating func oneOf(_ value: Value, _ supported: [String], _ path: ErrorPath) {
        guard let text = value.string, !text.isEmpty else {
            add(.required(path))
            return
        }
        if !supported.contains(text) { add(.notSupported(path, value, supported)) }
    }

    /// As ``oneOf(_:_:_:)``, but absence is allowed.
    mutating func optionalOneOf(_ value: Value, _ supported: [String], _ path: ErrorPath) {
        if !value.isNull { oneOf(value, supported, path) }
    }

    mutating func immutable(_ new: Value, _ old: Value, _ path: ErrorPath) {
        if new != old { add(.invalid(path, new, "field is immutable")) }
    }

    /// As ``immutable(_:_:_:)``, of a field whose value is the struct `type` of the server's own model.
    mutating func immutable(_ new: Value, _ old: Value, _ path: ErrorPath, as type: String?) {
        guard new != old else { return }
        let shown =
            type == nil || new.isNull
            ? GoSyntax.short(new) : InternalForm.json(new, as: type ?? "")
        add(.invalid(path, json: shown, "field is immutable"))
    }

    /// IsDomainPrefixedPath: `acme.io/foo`.
    mutating func domainPath(_ text: String, _ path: ErrorPath) {
        if text.isEmpty { return add(.required(path)) }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            add(
                .invalid(
                    path, Value(text), #"must be a domain-prefixed path (such as "acme.io/foo")"#))
            return
        }
        let problems = NameRules.dns1123Subdomain(String(parts[0]))
        messages(problems, String(parts[0]), path)
        if problems.isEmpty {
            messages(NameRules.httpPath(String(parts[1])), String(parts[1]), path)
        }
    }

    /// ValidatePositiveIntOrPercent.
    mutating func intOrPercent(_ value: Value, _ path: ErrorPath) {
        if let text = value.string {
            for message in NameRules.percent(text) {
                add(.invalid(path, json: GoSyntax.json(value), message))
            }
        } else {
            nonnegative(value, path)
        }
    }

    /// IsNotMoreThan100Percent.
    mutating func atMost100Percent(_ value: Value, _ path: ErrorPath) {
        if let text = value.string, let percent = IntOrPercent.percent(text), percent > 100 {
            add(
                .invalid(
                    path, json: GoSyntax.json(value), "must not be greater than 100%"))
        }
    }

    /// ValidatePortNumOrName.
    mutating func portNumberOrName(_ value: Value, _ path: ErrorPath) {
        if let text = value.string {
            messages(NameRules.portName(text), text, path)
        } else {
            for message in NameRules.portNumber(value.int ?? 0) {
                add(.invalid(path, Value(value.int ?? 0), message))
            }
        }
    }

    /// ValidateNonnegativeQuantity.
    mutating func nonnegativeQuantity(_ value: Value, _ path: ErrorPath) {
        if let amount = Quantity(value), amount < .zero {
            add(.invalid(path, Value(amount.text), "must be greater than or equal to 0"))
        }
    }
}
