import Support
import Value

/// What came of decoding an object.
package struct DecodedObject: Sendable {
    /// The object in canonical form, without the unknown fields.
    package var value: Value
    /// Fields that the kind does not have, in the order the API server names them.
    package var unknownFields: [UnknownField]
    /// Paths of fields that stood twice in the input.
    package var duplicateFields: [String]

    /// The API server's words under strict validation, without the kind before them
    /// (`strict decoding error: unknown field "spec.foo"`); nil where there is nothing to report.
    package var strictError: String? {
        let parts = strictProblems
        return parts.isEmpty ? nil : "strict decoding error: " + parts.joined(separator: ", ")
    }

    /// One text per problem (`unknown field "spec.foo"`), as they appear as warnings.
    package var strictProblems: [String] {
        duplicateFields.map { "duplicate field \(GoSyntax.quote($0))" }
            + unknownFields.map { "unknown field \(GoSyntax.quote($0.path))" }
    }
}

/// A field that the kind does not have in 1.36.
package struct UnknownField: Hashable, Sendable {
    /// "spec.template.spec.containers[0].imag".
    package let path: String
    /// The nearest field of the same object, if one is near.
    package let suggestion: String?

    /// What to tell the user beside the API server's words; nil where nothing helps.
    package var hint: String? { suggestion.map { "did you mean \"\($0)\"?" } }
}

/// A value of the wrong type: the object cannot be read at all.
package struct DecodeError: Error, Hashable, Sendable {
    /// Go's words: `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas
    /// of type int32`.
    package let message: String
    /// The same trouble in the words of a patch's result (`unrecognized type: int32`), which is
    /// converted without JSON between.
    package let conversionMessage: String
    /// The place with indices: "spec.template.spec.containers[0].ports[0].containerPort".
    package let path: String

    /// The API server's words for a body that cannot be read:
    /// `Deployment in version "v1" cannot be handled as a Deployment: …`.
    package static func unreadable(_ kind: KindDescriptor, _ problem: String) -> String {
        "\(kind.name) in version \(GoSyntax.quote(kind.version)) cannot be handled as a "
            + "\(kind.name): \(problem)"
    }
}

/// Turns input into the canonical form of a kind's objects, as decoding into Go types and encoding
/// again does on a real API server: unknown fields are taken out and reported, quantities, times
/// and numbers take their normal form, explicit nulls and empty optional fields go.
package struct Decoder {
    private var unknown: [UnknownField] = []
    private var failure: DecodeError?
    private var path = DecodingPath()

    private init() {}

    /// Decodes an object of `kind`.
    ///
    /// - Parameters:
    ///   - value: what the client sent, apiVersion and kind included.
    ///   - duplicates: paths that the reader of the text saw twice.
    /// - Throws: ``DecodeError`` for the first value of a wrong type.
    package static func decode(
        _ value: Value, kind: KindDescriptor, duplicates: [String] = []
    ) throws(DecodeError) -> DecodedObject {
        var decoder = Decoder()
        var value = value
        if kind.kind.isBuiltIn, let root = FieldFacts.root(of: kind.kind) {
            do throws(DecodeError) {
                try decoder.decode(&value, as: root)
            } catch {
                // Clients send fields sorted by name, so that the first wrong one is first by name.
                var sorted = Decoder()
                var again = value.sortedByName
                try sorted.decode(&again, as: root)
                throw error
            }
        } else {
            // Of a kind registered at run time only the metadata has facts; its schema knows the rest.
            decoder.path.push(.metadata, type: "ObjectMeta")
            try decoder.decode(&value[.metadata], as: FieldFacts.objectMeta)
            for path in kind.rules.prune?(&value) ?? [] {
                decoder.unknown.append(UnknownField(path: path, suggestion: nil))
            }
        }
        return DecodedObject(
            value: value, unknownFields: decoder.unknown.sorted { $0.path < $1.path },
            duplicateFields: duplicates)
    }

    /// Decodes a part of an object, such as a pod template; see ``decode(_:kind:duplicates:)``.
    package static func decode(
        _ value: Value, type: TypeFacts
    ) throws(DecodeError) -> DecodedObject {
        var decoder = Decoder()
        var value = value
        try decoder.decode(&value, as: type)
        return DecodedObject(
            value: value, unknownFields: decoder.unknown.sorted { $0.path < $1.path },
            duplicateFields: [])
    }

    private mutating func decode(_ value: inout Value, as type: TypeFacts) throws(DecodeError) {
        if let decoded = object(value, type) { value = decoded }
        if let failure { throw failure }
    }
}

// MARK: - Objects

extension Decoder {
    /// The canonical form of an object; nil where it is `value` itself.
    private mutating func object(_ value: Value, _ type: TypeFacts) -> Value? {
        guard case .object(let object) = value else {
            fail(value, GoTypes.name(type))
            return nil
        }
        path.enter(type.shortName)
        defer { path.leave() }
        var result = object
        for field in object {
            guard let fact = type[field.key] else {
                result.removeValue(forKey: field.key)
                report(field.key, in: type)
                continue
            }
            path.push(fact.name)
            if let changed = self.field(field.value, fact) {
                if changed.isNull {
                    result.removeValue(forKey: field.key)
                } else {
                    result.set(field.key, to: changed)
                }
            }
            path.pop()
        }
        return result.isIdentical(to: object) ? Value?.none : .object(result)
    }

    private mutating func report(_ key: Key, in type: TypeFacts) {
        let name = key.name
        unknown.append(
            UnknownField(
                path: path.text(appending: name), suggestion: type.nearestField(to: name)))
    }

    /// The canonical form of a field's value: nil where it is `value` itself, null where the field
    /// is to be dropped.
    private mutating func field(_ value: Value, _ fact: FieldFact) -> Value? {
        if case .null = value { return .null }
        switch fact.container {
        case .single:
            let changed = element(value, fact)
            return fact.dropsZero && (changed ?? value).isZero ? .null : changed
        case .list:
            guard case .array(let values) = value else {
                fail(value, GoTypes.name(fact))
                return nil
            }
            if values.isEmpty { return fact.isRequired ? Value?.none : .null }
            return list(values, fact)
        case .map, .mapOfLists:
            guard case .object(let object) = value else {
                fail(value, GoTypes.name(fact))
                return nil
            }
            if object.isEmpty { return fact.isRequired ? Value?.none : .null }
            return map(object, fact)
        }
    }

    private mutating func list(_ values: [Value], _ fact: FieldFact) -> Value? {
        var result: [Value]?
        for (index, entry) in values.enumerated() {
            path.push(index: index)
            // Go reads a null element as the zero of its type.
            let known = entry.isNull ? fact.element.zero : entry
            let changed = element(known, fact) ?? (entry.isNull ? known : Value?.none)
            if let changed {
                if result == nil { result = values }
                result?[index] = changed
            }
            path.pop()
        }
        return result.map { .array($0) }
    }

    private mutating func map(_ object: Object, _ fact: FieldFact) -> Value? {
        var result = object
        for field in object {
            let known = field.value.isNull ? fact.element.zero : field.value
            let changed: Value?
            if fact.container == .mapOfLists {
                changed = field.value.array.flatMap { list($0, fact) }
            } else {
                changed = element(known, fact)
            }
            if let changed = changed ?? (field.value.isNull ? known : Value?.none) {
                result.set(field.key, to: changed)
            }
        }
        return result.isIdentical(to: object) ? Value?.none : .object(result)
    }

    private mutating func fail(_ value: Value, _ type: String) {
        fail(
            "json: cannot unmarshal \(GoTypes.jsonName(of: value)) into Go \(path.goField) of type "
                + type, conversion: GoTypes.conversionProblem(value, type))
    }

    /// Keeps the first error in the order of names, in which kubectl sends an object's fields.
    private mutating func fail(_ message: String, conversion: String? = nil) {
        let place = path.text
        if let failure, failure.path <= place { return }
        failure = DecodeError(
            message: message, conversionMessage: conversion ?? message, path: place)
    }
}

// MARK: - Scalars

extension Decoder {
    /// The canonical form of an element; nil where it is `value` itself.
    private mutating func element(_ value: Value, _ fact: FieldFact) -> Value? {
        switch fact.element {
        case .object(let id): return object(value, FieldFacts.type(id))
        case .any: return nil
        case .string: return expect(value.string != nil, value, fact)
        case .boolean: return expect(value.bool != nil, value, fact)
        case .int32: return integer(value, fact, Int64(Int32.min)...Int64(Int32.max))
        case .int64: return integer(value, fact, .min ... .max)
        case .double: return expect(value.number != nil, value, fact)
        case .bytes: return bytes(value)
        case .quantity: return quantity(value)
        case .intOrString: return intOrString(value)
        case .time: return time(value, micro: false)
        case .microTime: return time(value, micro: true)
        }
    }

    private mutating func expect(_ isRight: Bool, _ value: Value, _ fact: FieldFact) -> Value? {
        if !isRight { fail(value, GoTypes.elementName(fact)) }
        return nil
    }

    private mutating func integer(
        _ value: Value, _ fact: FieldFact, _ range: ClosedRange<Int64>
    ) -> Value? {
        switch value {
        case .int(let number) where range.contains(number): return nil
        case .double(let number) where number.rounded() == number && abs(number) < 1e15:
            // Through JSON a whole double has no decimals: `2.0` was written `2`.
            return Value(Int64(number))
        case .int, .double:
            fail(
                "json: cannot unmarshal number \(JSON.text(value)) into Go \(path.goField) of type "
                    + GoTypes.elementName(fact),
                conversion: "unrecognized type: " + GoTypes.elementName(fact))
            return nil
        default: return expect(false, value, fact)
        }
    }

    private mutating func bytes(_ value: Value) -> Value? {
        guard let text = value.string else {
            fail(value, "[]uint8")
            return nil
        }
        if let offset = GoBase64.firstInvalid(in: text) {
            fail("illegal base64 data at input byte \(offset)")
        }
        return nil
    }

    private mutating func quantity(_ value: Value) -> Value? {
        let text: String
        switch value {
        case .text(let written): text = written.string
        case .int, .double: text = JSON.text(value)
        case .opaque(let opaque): text = opaque.text ?? ""
        case .null, .bool, .array, .object:
            fail(QuantityError.formatWrong.message)
            return nil
        }
        do {
            let normal = try Quantity.normalized(text)
            return value.string == normal ? Value?.none : Value(normal)
        } catch {
            fail(error.message)
            return nil
        }
    }

    private mutating func intOrString(_ value: Value) -> Value? {
        switch value {
        case .int(let number) where Int32(exactly: number) != nil: return nil
        case .text: return nil
        case .opaque(let opaque): return Value(opaque.text)
        case .int(let number):
            fail("json: cannot unmarshal number \(number) into Go value of type int32")
        default:
            fail(
                "json: cannot unmarshal \(GoTypes.jsonName(of: value)) into Go value of type int32")
        }
        return nil
    }

    private mutating func time(_ value: Value, micro: Bool) -> Value? {
        guard let text = value.string else {
            fail(
                "json: cannot unmarshal \(GoTypes.jsonName(of: value)) into Go value of type string"
            )
            return nil
        }
        guard let time = Timestamp(parsing: text) else {
            let layout = micro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00"
            let quoted = GoSyntax.quote(text)
            fail("parsing time \(quoted) as \"\(layout)\": cannot parse \(quoted) as \"2006\"")
            return nil
        }
        let normal = micro ? time.microText : time.wholeSecond.text
        return normal == text ? Value?.none : Value(normal)
    }
}
