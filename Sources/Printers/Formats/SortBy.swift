import Value

/// `--sort-by`: objects ordered by what a JSONPath finds in them.
package struct SortBy: Sendable {
    private let template: JSONPathTemplate

    /// Reads the expression; braces and the leading point may be missing.
    package init(_ expression: String) throws(FormatError) {
        template = try JSONPathTemplate(try JSONPathTemplate.relaxed(expression))
    }

    /// The objects in order: those without the field first, numbers by amount, strings that are
    /// quantities by amount, other strings naturally (`a2` before `a10`). Equal ones keep their
    /// order.
    ///
    /// Up to twelve objects are sorted by insertion as in Go, which turns the order of those
    /// without the field around.
    package func sorted(_ objects: [Value]) throws(FormatError) -> [Value] {
        try order(of: objects).map { objects[$0] }
    }

    /// The places of `objects` in the order of ``sorted(_:)``.
    package func order(of objects: [Value]) throws(FormatError) -> [Int] {
        var keyed: [(key: Value?, place: Int)] = []
        for (place, object) in objects.enumerated() {
            let results: [[Value]]
            do throws(JSONPathError) {
                results = try template.results(in: object)
            } catch {
                throw FormatError(error.message)
            }
            keyed.append((results.first?.first, place))
        }
        guard objects.isEmpty || keyed.contains(where: { $0.key != .none }) else {
            throw FormatError(
                "couldn't find any field with path \(GoSyntax.quoted(template.text)) "
                    + "in the list of objects")
        }
        if keyed.count <= 12 {
            try insertionSort(&keyed)
        } else {
            keyed = try mergeSorted(keyed[...])
        }
        return keyed.map(\.place)
    }

    private func insertionSort(_ keyed: inout [(key: Value?, place: Int)]) throws(FormatError) {
        for end in keyed.indices.dropFirst() {
            var place = end
            while place > 0, try precedes(keyed[place].key, keyed[place - 1].key) {
                keyed.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    /// Stable, and it stops at the first pair that cannot be compared.
    private func mergeSorted(
        _ keyed: ArraySlice<(key: Value?, place: Int)>
    ) throws(FormatError) -> [(key: Value?, place: Int)] {
        if keyed.count <= 1 { return Array(keyed) }
        let middle = keyed.startIndex + keyed.count / 2
        let left = try mergeSorted(keyed[..<middle])
        let right = try mergeSorted(keyed[middle...])
        var merged: [(key: Value?, place: Int)] = []
        merged.reserveCapacity(keyed.count)
        var (leftIndex, rightIndex) = (0, 0)
        while leftIndex < left.count, rightIndex < right.count {
            let isMissing = left[leftIndex].key == .none
            if !isMissing, try precedes(right[rightIndex].key, left[leftIndex].key) {
                merged.append(right[rightIndex])
                rightIndex += 1
            } else {
                merged.append(left[leftIndex])
                leftIndex += 1
            }
        }
        return merged + left[leftIndex...] + right[rightIndex...]
    }

    private func precedes(_ left: Value?, _ right: Value?) throws(FormatError) -> Bool {
        guard let left else { return true }
        guard let right else { return false }
        switch (left, right) {
        case (.null, .null): return false
        case (.null, _): return true
        case (_, .null): return false
        case (.int(let left), .int(let right)): return left < right
        case (.double(let left), .double(let right)): return left < right
        case (.text(let left), .text(let right)):
            if let leftAmount = try? Quantity(parsing: left.string),
                let rightAmount = try? Quantity(parsing: right.string)
            {
                return leftAmount < rightAmount
            }
            return NaturalOrder.precedes(left.string, right.string)
        case (.int, _), (.double, _), (.text, _):
            throw unsortable("unsortable interface: \(GoSyntax.plain(left))")
        default: throw unsortable("unsortable type: \(GoSyntax.typeName(left))")
        }
    }

    private func unsortable(_ reason: String) -> FormatError {
        FormatError(
            "Field \(template.text) in \(Self.sortedType) is an unsortable type: interface, err: "
                + reason)
    }

    /// The Go type of what is sorted, which the words for what cannot be sorted hold: in a table
    /// another stands in its place.
    package static let sortedType = "*unstructured.Unstructured"
}

/// Order of names with numbers in them, as people expect it.
package enum NaturalOrder {
    /// Whether `left` comes first: runs of digits by their number, digits before everything else.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var (leftIndex, rightIndex) = (0, 0)
        while leftIndex < left.count, rightIndex < right.count {
            let isLeftDigit = isDigit(left[leftIndex])
            guard isLeftDigit == isDigit(right[rightIndex]) else { return isLeftDigit }
            guard isLeftDigit else {
                if left[leftIndex] != right[rightIndex] {
                    return left[leftIndex] < right[rightIndex]
                }
                leftIndex += 1
                rightIndex += 1
                continue
            }
            let leftNumber = number(left, &leftIndex)
            let rightNumber = number(right, &rightIndex)
            if leftNumber.count != rightNumber.count {
                return leftNumber.count < rightNumber.count
            }
            if leftNumber != rightNumber {
                return leftNumber.lexicographicallyPrecedes(rightNumber)
            }
            // Equal amounts: fewer zeros first.
            if leftIndex != rightIndex { return leftIndex < rightIndex }
        }
        return left.count < right.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The digits at `index` without leading zeros; moves the index behind them.
    private static func number(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
        let digits = bytes[index...].prefix(while: isDigit)
        index += digits.count
        return digits.drop { $0 == 0x30 }
    }
}
