import Model
import Value

/// What came of holding a value to a schema (kube-openapi `validate.Result`).
struct SchemaResult {
    private(set) var errors: [Problem] = []
    /// How many checks were carried out: of several schemas the one with most tells why.
    private(set) var count = 0

    /// An error; those about types keep others from being looked for.
    struct Problem {
        let error: FieldError
        var isAboutType = false
    }

    var isValid: Bool { errors.isEmpty }

    mutating func add(_ problem: Problem) { errors.append(problem) }

    mutating func checked() { count += 1 }

    mutating func merge(_ other: SchemaResult) {
        errors += other.errors
        count += other.count
    }

    // MARK: Errors in upstream's words

    mutating func invalid(_ path: SchemaPath, _ value: Value, _ words: String) {
        let text = path.text
        add(
            Problem(
                error: FieldError(
                    path: text, reason: .invalid, shown: GoSyntax.short(value),
                    detail: "\(text) in body \(words)")))
    }

    mutating func wrongType(_ path: SchemaPath, _ expected: String, _ found: String) {
        let text = path.text
        let quoted = GoSyntax.short(Value(found))
        add(
            Problem(
                error: FieldError(
                    path: text, reason: .invalid, shown: quoted,
                    detail: "\(text) in body must be of type \(expected): \(quoted)"),
                isAboutType: true))
    }

    /// An error about the whole, which upstream ties to no field.
    mutating func whole(_ words: String) {
        add(Problem(error: FieldError(path: "", reason: .invalid, shown: "\"\"", detail: words)))
    }
}
