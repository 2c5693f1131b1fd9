import Model
import Support
import Value

extension SchemaNode {
    /// All that is wrong with a value, in the order in which kube-openapi's validators run; fields come
    /// by name, where upstream has none.
    ///
    /// - Parameter old: the value before a change. Where nothing changed nothing is wrong
    ///   (CRDValidationRatcheting).
    func validate(_ value: Value, old: Value?, _ path: SchemaPath) -> SchemaResult {
        var result = SchemaResult()
        if value.isNull {
            checkType(value, path, &result)
            checkAllowed(value, path, &result)
        } else {
            if !expectedTypes.isEmpty || !checks.format.isEmpty {
                checkType(value, path, &result)
                result.checked()
            }
            checkCombinations(value, path, &result)
            result.checked()
            checkScalar(value, path, &result)
            if case .array(let values) = value {
                checkList(values, old, path, &result)
                result.checked()
            }
            checkAllowed(value, path, &result)
            result.checked()
            if case .object(let object) = value {
                checkObject(object, old, path, &result)
                result.checked()
            }
            result.checked()
        }
        if !result.isValid, let old, old == value { return SchemaResult() }
        return result
    }

    private var expectedTypes: [String] {
        isIntOrString ? ["integer", "string"] : type.isEmpty ? [] : [type]
    }

    // MARK: Types

    private func checkType(_ value: Value, _ path: SchemaPath, _ result: inout SchemaResult) {
        let types = expectedTypes
        let names = types.joined(separator: ",")
        let found: String
        var foundFormat = ""
        var isWhole = false
        switch value {
        case .null:
            if !types.isEmpty, !isNullable { result.wrongType(path, names, "null") }
            return
        case .bool: found = "boolean"
        case .int:
            found = "integer"
            foundFormat = "int64"
        case .double(let number):
            found = "number"
            foundFormat = "float64"
            isWhole = number == number.rounded() && number.magnitude < 9_007_199_254_740_992
        case .text, .opaque: found = "string"
        case .array: found = "array"
        case .object: found = "object"
        }
        let isText = found == "string" || found == "array"
        let isWholeNumber = isWhole && types.contains("integer")
        let isNumber = found == "integer" && types.contains("number")
        let fits = types.contains(found) || isWholeNumber || isNumber
        if !isText, !checks.format.isEmpty, !fits, foundFormat != checks.format {
            return result.wrongType(path, checks.format, foundFormat)
        }
        let isNumeric = types.contains("number") || types.contains("integer")
        if !isNumeric, !checks.format.isEmpty, isText { return result.checked() }
        if !fits, !types.isEmpty { return result.wrongType(path, names, found) }
        result.checked()
    }

    private func checkAllowed(_ value: Value, _ path: SchemaPath, _ result: inout SchemaResult) {
        guard !checks.allowed.isEmpty, !checks.allowed.contains(value) else { return }
        let supported = checks.allowed.map { allowed in
            GoSyntax.short(Value(allowed.string ?? JSON.text(allowed, style: .canonical)))
        }
        result.add(
            SchemaResult.Problem(
                error: FieldError(
                    path: path.text, reason: .notSupported, shown: GoSyntax.short(value),
                    detail: "supported values: " + supported.joined(separator: ", "))))
    }

    // MARK: Lists and objects

    private func checkList(
        _ values: [Value], _ old: Value?, _ path: SchemaPath, _ result: inout SchemaResult
    ) {
        if let items {
            let before = oldElements(old)
            for (index, value) in values.enumerated() {
                var known: Value?
                if !before.isEmpty { known = before[elementKey(value)] }
                result.merge(items.validate(value, old: known, path[index]))
            }
        }
        let count = Value(values.count)
        if let least = checks.minItems, values.count < least {
            result.invalid(path, count, "should have at least \(least) items")
        }
        if let most = checks.maxItems, values.count > most {
            result.add(.tooMany(path, values.count, most))
        }
        if checks.hasUniqueItems, Set(values).count < values.count {
            result.invalid(path, "", "shouldn't contain duplicates")
        }
    }

    /// What tells the elements of a list of type `map` apart.
    func elementKey(_ value: Value) -> Value { .array(listKeys.map { value[Key($0)] }) }

    /// The elements before a change by their keys: only those of lists of type `map` are known again.
    func oldElements(_ old: Value?) -> [Value: Value] {
        guard listType == "map", let old else { return [:] }
        var known: [Value: Value] = [:]
        for value in old.elements { known[elementKey(value)] = value }
        return known
    }

    private func checkObject(
        _ object: Object, _ old: Value?, _ path: SchemaPath, _ result: inout SchemaResult
    ) {
        let count = Value(object.count)
        if let least = checks.minProperties, object.count < least {
            result.invalid(path, count, "should have at least \(least) properties")
        }
        if let most = checks.maxProperties, object.count > most {
            result.add(.tooMany(path, object.count, most))
        }
        func before(_ key: Key) -> Value? {
            guard let old, old.fields.contains(key) else { return nil }
            return old[key]
        }
        switch additional {
        case .schema(let node):
            for field in object.sortedByName where self[field.key] == nil {
                result.merge(
                    node.validate(
                        field.value, old: before(field.key), path.child(field.key.name)))
            }
        case .nothing:
            for field in object.sortedByName where self[field.key] == nil {
                let text = path.text
                result.add(
                    SchemaResult.Problem(
                        error: FieldError(
                            path: text, reason: .invalid,
                            shown: GoSyntax.short(Value(field.key.name)),
                            detail: "\(text).\(field.key.name) in body is a forbidden property")))
            }
        case .undeclared, .anything: break
        }
        for property in properties where object.contains(property.key) {
            result.merge(
                property.node.validate(
                    object[property.key], old: before(property.key), path.child(property.name)))
        }
        for name in checks.required where !object.contains(Key(name)) {
            result.add(
                SchemaResult.Problem(
                    error: FieldError(path: path.child(name).text, reason: .required)))
        }
    }

    // MARK: Several schemas

    private func checkCombinations(
        _ value: Value, _ path: SchemaPath, _ result: inout SchemaResult
    ) {
        let place = GoSyntax.short(Value(path.text))
        if !anyOf.isEmpty {
            let results = anyOf.map { $0.validate(value, old: nil, path) }
            if let valid = results.first(where: \.isValid) {
                result.merge(valid)
            } else {
                result.whole("\(place) must validate at least one schema (anyOf)")
                if let best = Self.best(results) { result.merge(best) }
            }
        }
        if !oneOf.isEmpty {
            let results = oneOf.map { $0.validate(value, old: nil, path) }
            let valid = results.filter(\.isValid)
            if valid.count == 1 {
                result.merge(valid[0])
            } else {
                let found =
                    valid.isEmpty
                    ? "Found none valid" : "Found \(valid.count) valid alternatives"
                result.whole("\(place) must validate one and only one schema (oneOf). \(found)")
                if valid.isEmpty, let best = Self.best(results) { result.merge(best) }
            }
        }
        if !allOf.isEmpty {
            let results = allOf.map { $0.validate(value, old: nil, path) }
            for one in results { result.merge(one) }
            let valid = results.count(where: \.isValid)
            if valid < results.count {
                result.whole(
                    "\(place) must validate all the schemas (allOf)"
                        + (valid == 0 ? ". None validated" : ""))
            }
        }
        if let not, not.validate(value, old: nil, path).isValid {
            result.whole("\(place) must not validate the schema (not)")
        }
        result.checked()
    }

    /// The result with most checks, the first of several.
    private static func best(_ results: [SchemaResult]) -> SchemaResult? {
        var best: SchemaResult?
        for result in results where best.map({ result.count > $0.count }) ?? true { best = result }
        return best
    }
}

extension SchemaResult.Problem {
    static func tooMany(_ path: SchemaPath, _ count: Int, _ most: Int) -> SchemaResult.Problem {
        SchemaResult.Problem(
            error: FieldError(
                path: path.text, reason: .tooMany, shown: String(count),
                detail: "must have at most \(most) items"))
    }
}
