import Model
import Patterns
import Value

extension SchemaNode {
    /// Texts and numbers: lengths, expressions, formats, bounds.
    func checkScalar(_ value: Value, _ path: SchemaPath, _ result: inout SchemaResult) {
        switch value {
        case .text(let text):
            checkText(text.string, path, &result)
            result.checked()
            guard !checks.format.isEmpty else { return }
            if !SchemaFormat.fits(text.string, checks.format) {
                let quoted = GoSyntax.short(value)
                let place = path.text
                result.add(
                    SchemaResult.Problem(
                        error: FieldError(
                            path: place, reason: .invalid, shown: quoted,
                            detail: "\(place) in body must be of type \(checks.format): \(quoted)"),
                        isAboutType: true))
            }
            result.checked()
        case .int, .double:
            checkNumber(value, path, &result)
            result.checked()
        case .null, .bool, .array, .object, .opaque: break
        }
    }

    private func checkText(_ text: String, _ path: SchemaPath, _ result: inout SchemaResult) {
        let value = Value(text)
        let count = text.unicodeScalars.count
        if let most = checks.maxLength, count > most {
            return result.add(
                SchemaResult.Problem(
                    error: FieldError(
                        path: path.text, reason: .tooLong,
                        detail: "may not be more than \(most) bytes")))
        }
        if let least = checks.minLength, count < least {
            return result.invalid(path, value, "should be at least \(least) chars long")
        }
        if !checks.patternProblem.isEmpty {
            return result.invalid(
                path, value, "has a pattern that cannot be read: \(checks.patternProblem)")
        }
        guard let pattern = checks.pattern else { return }
        do throws(PatternExhaustion) {
            if try pattern.matches(text) { return }
            result.invalid(path, value, "should match '\(checks.patternText)'")
        } catch {
            result.invalid(
                path, value, "takes more than \(error.steps) steps to match its pattern")
        }
    }

    // MARK: Numbers

    private func checkNumber(_ value: Value, _ path: SchemaPath, _ result: inout SchemaResult) {
        checkRange(value, "Checked", path, &result)
        let isInteger = if case .int = value { true } else { false }
        if let factor = checks.multipleOf.number {
            let whole = isInteger ? Int64(exactly: factor) : nil
            let shown = whole.map { String($0) } ?? factor.goText
            if factor <= 0 {
                result.whole(
                    "factor MultipleOf declared for \(path.text) must be positive: \(shown)")
            } else if !isMultiple(value, of: factor) {
                result.invalid(path, value, "should be a multiple of \(shown)")
            }
        }
        checkBoundary("MultipleOf", checks.multipleOf, path, &result)
        bound(value, checks.minimum, isMinimum: true, path, &result)
        bound(value, checks.maximum, isMinimum: false, path, &result)
    }

    private func isMultiple(_ value: Value, of factor: Double) -> Bool {
        if case .int(let number) = value, let whole = Int64(exactly: factor) {
            return number % whole == 0
        }
        guard let number = value.number else { return true }
        let times = factor < 1 ? 1 / factor * number : number / factor
        return times == times.rounded() || (times - times.rounded()).magnitude < 1e-9
    }

    private func bound(
        _ value: Value, _ limit: Value, isMinimum: Bool, _ path: SchemaPath,
        _ result: inout SchemaResult
    ) {
        guard let bound = limit.number else { return }
        let name = isMinimum ? "Minimum boundary" : "Maximum boundary"
        checkBoundary(name, limit, path, &result)
        let isExclusive = isMinimum ? checks.isMinimumExclusive : checks.isMaximumExclusive
        let order: Int
        let shown: String
        if case .int(let number) = value, let whole = Int64(exactly: bound) {
            order = number < whole ? -1 : number == whole ? 0 : 1
            shown = String(whole)
        } else {
            let number = value.number ?? 0
            order = number < bound ? -1 : number == bound ? 0 : 1
            shown = bound.goText
        }
        let isInside = isMinimum ? order > 0 : order < 0
        if isInside || (order == 0 && !isExclusive) { return }
        let side = isMinimum ? "greater" : "less"
        result.invalid(
            path, value, "should be \(side) than \(isExclusive ? "" : "or equal to ")\(shown)")
    }

    /// That a boundary is a number of the schema's type.
    private func checkBoundary(
        _ name: String, _ limit: Value, _ path: SchemaPath, _ result: inout SchemaResult
    ) {
        if !limit.isNull { checkRange(limit, name, path, &result) }
    }

    /// IsValueValidAgainstRange.
    private func checkRange(
        _ value: Value, _ name: String, _ path: SchemaPath, _ result: inout SchemaResult
    ) {
        var fits = true
        let whole = Int64(exactly: value.number ?? 0)
        switch (type, checks.format) {
        case ("integer", "int32"): fits = whole.map { Int32(exactly: $0) != nil } ?? false
        case ("integer", _):
            if case .int = value { fits = true } else { fits = whole != nil }
        case ("number", "float"):
            fits = (value.number ?? 0).magnitude <= Double(Float.greatestFiniteMagnitude)
        default: break
        }
        if fits { return }
        let format = checks.format.isEmpty ? "(default format)" : "with format \(checks.format)"
        result.whole("\(name) value must be of type \(type) \(format) in \(path.text)")
    }
}
