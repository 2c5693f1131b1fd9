import Support
import Value

/// The functions that are not written in jq itself.
extension JqMachine {
    func run(
        _ builtin: JqBuiltin, _ arguments: [JqNode], _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        if try runControl(builtin, arguments, input, path, scope, output) { return }
        // What is left makes one value of the input and of each combination of its arguments.
        try combinations(arguments[...], [], input, scope) { values throws(JqStop) in
            try output(self.value(builtin, input, values), self.made(path))
        }
    }

    private func combinations(
        _ arguments: ArraySlice<JqNode>, _ values: [Value], _ input: Value, _ scope: JqScope?,
        _ output: ([Value]) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let argument = arguments.last else { return try output(values) }
        try self.values(argument, input, scope) { value throws(JqStop) in
            try self.combinations(arguments.dropLast(), [value] + values, input, scope, output)
        }
    }

    /// Functions whose arguments are filters; false for the others.
    private func runControl(
        _ builtin: JqBuiltin, _ arguments: [JqNode], _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) -> Bool {
        switch builtin {
        case .empty: break
        case .error0: throw .failure(input)
        case .error1:
            try values(arguments[0], input, scope) { value throws(JqStop) in throw .failure(value) }
        case .all2, .any2:
            try quantify(arguments, stopsAt: builtin == .any2, input, path, scope, output)
        case .path:
            for keys in try paths(arguments[0], input, scope) {
                try output(.array(keys), made(path))
            }
        case .del:
            let found = try paths(arguments[0], input, scope)
            try output(JqPaths.deleting(found, from: input), made(path))
        case .getpath:
            try values(arguments[0], input, scope) { keys throws(JqStop) in
                guard case .array(let keys) = keys else {
                    throw .failure("Path must be specified as an array")
                }
                var place = path
                for key in keys { place = place?.appending(key) }
                try output(JqPaths.value(at: keys[...], of: input), place)
            }
        case .first1:
            try leavable { label throws(JqStop) in
                try self.run(arguments[0], input, path, scope) { value, place throws(JqStop) in
                    try output(value, place)
                    throw .leave(label)
                }
            }
        case .limit: try limit(arguments, input, path, scope, output)
        case .until: try until(arguments, input, path, scope, output)
        case .recurse1: try recurse(arguments[0], input, path, scope, output)
        case .range1, .range2, .range3:
            try range(arguments, input, scope) { number throws(JqStop) in
                try output(number, self.made(path))
            }
        case .groupBy, .uniqueBy, .sortBy, .minBy, .maxBy:
            try output(sorted(builtin, arguments[0], input, scope), made(path))
        case .input:
            guard let next = try reader.next() else { throw .failure("No more inputs") }
            try output(next, made(path))
        case .inputs:
            while let next = try reader.next() { try output(next, made(path)) }
        case .sub:
            try sub(arguments, input, scope) { text throws(JqStop) in
                try output(Value(text), self.made(path))
            }
        case .match1, .match2:
            try combinations(arguments[...], [], input, scope) { values throws(JqStop) in
                let found = try JqRegex.matches(
                    input, values[0], values.count > 1 ? values[1] : .null, self.call)
                for match in found { try output(match.value, self.made(path)) }
            }
        case .halt: throw .halt(status: 0, message: nil)
        case .haltError0: throw .halt(status: 5, message: input)
        case .haltError1:
            try values(arguments[0], input, scope) { status throws(JqStop) in
                try self.halt(status, saying: input)
            }
        default: return false
        }
        return true
    }

    private func halt(_ status: Value, saying message: Value) throws(JqStop) {
        guard let number = status.number else {
            throw .failure("\(JqText.described(message)) halt_error/1: number required")
        }
        throw .halt(status: Int32(truncatingIfNeeded: number.clamped & 0xFF), message: message)
    }

    // MARK: Loops

    private func quantify(
        _ arguments: [JqNode], stopsAt end: Bool, _ input: Value, _ path: JqPath?,
        _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        var result = !end
        try leavable { label throws(JqStop) in
            try self.values(arguments[0], input, scope) { item throws(JqStop) in
                try self.values(arguments[1], item, scope) { value throws(JqStop) in
                    guard value.isJqTrue == end else { return }
                    result = end
                    throw .leave(label)
                }
            }
        }
        try output(.bool(result), made(path))
    }

    private func limit(
        _ arguments: [JqNode], _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(arguments[0], input, scope) { count throws(JqStop) in
            let count = count.number?.clamped ?? 0
            guard count > 0 else { return }
            var left = count
            try self.leavable { label throws(JqStop) in
                try self.run(arguments[1], input, path, scope) { value, place throws(JqStop) in
                    left -= 1
                    try output(value, place)
                    if left == 0 { throw .leave(label) }
                }
            }
        }
    }

    /// Loops without the stack while there is one output at a time.
    private func until(
        _ arguments: [JqNode], _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        var open: [(Value, JqPath?)] = [(input, path)]
        while let (value, place) = open.popLast() {
            try step()
            var isDone = false
            try values(arguments[0], value, scope) { condition throws(JqStop) in
                isDone = condition.isJqTrue
            }
            if isDone {
                try output(value, place)
                continue
            }
            var next: [(Value, JqPath?)] = []
            try run(arguments[1], value, place, scope) { value, place throws(JqStop) in
                next.append((value, place))
            }
            open += next.reversed()
        }
    }

    private func recurse(
        _ filter: JqNode, _ value: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try step()
        try output(value, path)
        try run(filter, value, path, scope) { inner, place throws(JqStop) in
            try self.recurse(filter, inner, place, scope, output)
        }
    }

    private func range(
        _ arguments: [JqNode], _ input: Value, _ scope: JqScope?,
        _ output: (Value) throws(JqStop) -> Void
    ) throws(JqStop) {
        try combinations(arguments[...], [], input, scope) { bounds throws(JqStop) in
            var numbers: [Double] = []
            for bound in bounds {
                guard let number = bound.number else {
                    throw .failure("Range bounds must be numeric")
                }
                numbers.append(number)
            }
            let start = numbers.count > 1 ? numbers[0] : 0
            let end = numbers.count > 1 ? numbers[1] : numbers[0]
            let by = numbers.count > 2 ? numbers[2] : 1
            if by == 0 { return }
            var index = 0.0
            while by > 0 ? start + index * by < end : start + index * by > end {
                try self.step()
                try output(JqText.number(start + index * by))
                index += 1
            }
        }
    }

    // MARK: Sorting

    /// The items with the values that a filter gives for them, in their order.
    private func sorted(
        _ builtin: JqBuiltin, _ filter: JqNode, _ input: Value, _ scope: JqScope?
    ) throws(JqStop) -> Value {
        let items = try list(input, builtin == .minBy || builtin == .maxBy ? "" : "sorted")
        var entries: [(key: Value, item: Value, index: Int)] = []
        for (index, item) in items.enumerated() {
            var keys: [Value] = []
            try values(filter, item, scope) { value throws(JqStop) in keys.append(value) }
            entries.append((.array(keys), item, index))
        }
        switch builtin {
        case .minBy:
            return entries.min { JqOrder.compare($0.key, $1.key) < 0 }?.item ?? .null
        case .maxBy:
            // Of several largest ones the last.
            var best: (key: Value, item: Value, index: Int)?
            for entry in entries where best.map({ JqOrder.compare(entry.key, $0.key) >= 0 }) ?? true
            {
                best = entry
            }
            return best?.item ?? .null
        default: break
        }
        entries.sort { left, right in
            let order = JqOrder.compare(left.key, right.key)
            return order == 0 ? left.index < right.index : order < 0
        }
        if builtin == .sortBy { return .array(entries.map(\.item)) }
        var groups: [[Value]] = []
        var last: Value?
        for entry in entries {
            if let key = last, JqOrder.compare(key, entry.key) == 0 {
                groups[groups.count - 1].append(entry.item)
            } else {
                groups.append([entry.item])
                last = entry.key
            }
        }
        return .array(builtin == .groupBy ? groups.map { .array($0) } : groups.map { $0[0] })
    }

    func list(_ value: Value, _ participle: String) throws(JqStop) -> [Value] {
        guard case .array(let items) = value else {
            if participle.isEmpty {
                throw .failure("Cannot iterate over \(JqText.described(value))")
            }
            throw .failure(
                "\(JqText.described(value)) cannot be \(participle), as it is not an array")
        }
        return items
    }

    // MARK: Substituting

    private func sub(
        _ arguments: [JqNode], _ input: Value, _ scope: JqScope?,
        _ output: (String) throws(JqStop) -> Void
    ) throws(JqStop) {
        try combinations([arguments[0], arguments[2]], [], input, scope) { values throws(JqStop) in
            guard case .text(let text) = input else {
                throw .failure(
                    "\(JqText.described(input)) cannot be matched, as it is not a string")
            }
            let found = try JqRegex.matches(input, values[0], values[1], self.call)
            let bytes = Array(text.string.utf8)
            var results: [[UInt8]] = [[]]
            var place = 0
            for match in found {
                var texts: [String] = []
                try self.values(arguments[1], match.captures, scope) { value throws(JqStop) in
                    guard let text = value.string else {
                        throw .failure(
                            "\(JqText.described(Value(""))) and \(JqText.described(value)) cannot be added"
                        )
                    }
                    texts.append(text)
                }
                let before = bytes[place..<match.range.lowerBound]
                results = texts.flatMap { text in results.map { $0 + before + text.utf8 } }
                place = match.range.upperBound
                try self.check(size: results.reduce(0) { $0 + $1.count })
            }
            for result in results { try output((result + bytes[place...]).text) }
        }
    }
}
