import Support
import Value

/// Strings, objects, choices and loops.
extension JqMachine {
    func string(
        _ pieces: ArraySlice<JqPiece>, _ text: String, _ format: JqFormat, _ input: Value,
        _ scope: JqScope?, _ output: (String) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let piece = pieces.first else { return try output(text) }
        let rest = pieces.dropFirst()
        switch piece {
        case .text(let plain): try string(rest, text + plain, format, input, scope, output)
        case .node(let node):
            try values(node, input, scope) { value throws(JqStop) in
                let shown = try JqText.formatted(value, format)
                try self.check(size: text.utf8.count + shown.utf8.count)
                try self.string(rest, text + shown, format, input, scope, output)
            }
        }
    }

    /// One object for each combination of the keys' and the values' outputs; the first field turns
    /// fastest.
    func object(
        _ fields: ArraySlice<(key: JqNode, value: JqNode)>, _ object: Object, _ input: Value,
        _ scope: JqScope?, _ output: (Object) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let field = fields.first else { return try output(object) }
        try values(field.key, input, scope) { key throws(JqStop) in
            guard case .text(let name) = key else {
                throw .failure(
                    "Object keys must be strings, not \(JqText.described(key))")
            }
            try self.values(field.value, input, scope) { value throws(JqStop) in
                var object = object
                object.set(Key(name.string), to: value)
                try self.object(fields.dropFirst(), object, input, scope, output)
            }
        }
    }

    func logic(
        _ left: JqNode, _ right: JqNode, stopsAt end: Bool, _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(left, input, scope) { value throws(JqStop) in
            if value.isJqTrue == end { return try output(.bool(end), self.made(path)) }
            try self.values(right, input, scope) { value throws(JqStop) in
                try output(.bool(value.isJqTrue), self.made(path))
            }
        }
    }

    /// The true outputs of the left side; where there is none, those of the right side.
    func alternative(
        _ left: JqNode, _ right: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        var isAny = false
        var inner: JqStop?
        do throws(JqStop) {
            try run(left, input, path, scope) { value, place throws(JqStop) in
                guard value.isJqTrue else { return }
                isAny = true
                do throws(JqStop) { try output(value, place) } catch {
                    inner = error
                    throw error
                }
            }
        } catch {
            // An error of the left side itself ends it; one of what comes behind is none of its.
            if let inner { throw inner }
            guard case .failure = error else { throw error }
        }
        if !isAny { try run(right, input, path, scope, output) }
    }

    func attempt(
        _ body: JqNode, _ handler: JqNode?, _ input: Value, _ path: JqPath?, _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        var inner: JqStop?
        do throws(JqStop) {
            try run(body, input, path, scope) { value, place throws(JqStop) in
                do throws(JqStop) { try output(value, place) } catch {
                    inner = error
                    throw error
                }
            }
        } catch {
            if let inner { throw inner }
            guard case .failure(let value) = error else { throw error }
            if let handler { try run(handler, value, made(path), scope, output) }
        }
    }

    func reduce(
        _ source: JqNode, _ pattern: JqPattern, _ start: JqNode, _ update: JqNode, _ input: Value,
        _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try run(start, input, path, scope) { first, firstPath throws(JqStop) in
            var state = first
            var place = firstPath
            try self.values(source, input, scope) { value throws(JqStop) in
                try self.bind(pattern, to: value, scope) { inner throws(JqStop) in
                    // The last output counts; none is null.
                    var new = Value.null
                    var newPath = self.made(path)
                    let old = state
                    // Nothing else holds the old state while it is changed.
                    state = .null
                    try self.run(update, old, place, inner) { value, place throws(JqStop) in
                        new = value
                        newPath = place
                    }
                    state = new
                    place = newPath
                }
            }
            try output(state, place)
        }
    }

    func foreach(
        _ source: JqNode, _ pattern: JqPattern,
        _ parts: (start: JqNode, update: JqNode, extract: JqNode?), _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try run(parts.start, input, path, scope) { first, firstPath throws(JqStop) in
            var state = first
            var place = firstPath
            try self.values(source, input, scope) { value throws(JqStop) in
                try self.bind(pattern, to: value, scope) { inner throws(JqStop) in
                    try self.run(parts.update, state, place, inner) { new, newPath throws(JqStop) in
                        state = new
                        place = newPath
                        if let extract = parts.extract {
                            try self.run(extract, new, newPath, inner, output)
                        } else {
                            try output(new, newPath)
                        }
                    }
                }
            }
        }
    }

    // MARK: Elements

    func iterate(_ value: Value, _ path: JqPath?, _ output: Output) throws(JqStop) {
        if let path, path.isNowhere { throw invalidPath(value) }
        switch value {
        case .array(let items):
            for (index, item) in items.enumerated() {
                try step()
                try output(item, path?.appending(.int(Int64(index))))
            }
        case .object(let object):
            for field in object {
                try step()
                try output(field.value, path?.appending(Value(field.key.name)))
            }
        case .null, .bool, .int, .double, .text, .opaque:
            throw .failure("Cannot iterate over \(JqText.described(value))")
        }
    }

    func recurse(_ value: Value, _ path: JqPath?, _ output: Output) throws(JqStop) {
        try step()
        try output(value, path)
        switch value {
        case .array, .object:
            try iterate(value, path) { inner, place throws(JqStop) in
                try self.recurse(inner, place, output)
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }

    func slice(
        _ term: JqNode, _ from: JqNode?, _ to: JqNode?, _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try bound(to, input, scope) { end throws(JqStop) in
            try self.bound(from, input, scope) { start throws(JqStop) in
                let key = Value.object(["start": start, "end": end])
                try self.run(term, input, path, scope) { value, place throws(JqStop) in
                    if let place, place.isNowhere { throw self.invalidPath(value) }
                    try output(JqPaths.element(of: value, key), place?.appending(key))
                }
            }
        }
    }

    private func bound(
        _ node: JqNode?, _ input: Value, _ scope: JqScope?,
        _ output: (Value) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let node else { return try output(.null) }
        try values(node, input, scope, output)
    }

    // MARK: Assignments

    func assign(
        _ expression: JqExpression, _ input: Value, _ path: JqPath?, _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        switch expression {
        case .assign(let target, let right):
            try values(right, input, scope) { value throws(JqStop) in
                var result = input
                for keys in try self.paths(target, input, scope) {
                    result = try JqPaths.setting(keys[...], of: result, to: value)
                }
                try output(result, self.made(path))
            }
        case .update(let target, let update):
            try output(
                self.update(target, input, scope) { old throws(JqStop) in
                    try self.firstOutput(update, old, scope)
                }, made(path))
        case .updateBy(let arithmetic, let target, let right):
            try values(right, input, scope) { value throws(JqStop) in
                try output(
                    self.update(target, input, scope) { old throws(JqStop) in
                        guard let arithmetic else { return old.isJqTrue ? old : value }
                        return try arithmetic.result(old, value)
                    }, self.made(path))
            }
        default: break
        }
    }

    /// Changes what stands at each path; what becomes nothing is deleted.
    private func update(
        _ target: JqNode, _ input: Value, _ scope: JqScope?,
        _ change: (Value) throws(JqStop) -> Value?
    ) throws(JqStop) -> Value {
        var result = input
        var deleted: [[Value]] = []
        for keys in try paths(target, input, scope) {
            try step()
            if let new = try change(JqPaths.value(at: keys[...], of: result)) {
                result = try JqPaths.setting(keys[...], of: result, to: new)
            } else {
                deleted.append(keys)
            }
        }
        return deleted.isEmpty ? result : try JqPaths.deleting(deleted, from: result)
    }

    func firstOutput(_ node: JqNode, _ input: Value, _ scope: JqScope?) throws(JqStop) -> Value? {
        var found: Value?
        try leavable { label throws(JqStop) in
            try self.values(node, input, scope) { value throws(JqStop) in
                found = value
                throw .leave(label)
            }
        }
        return found
    }

    /// The paths that a filter finds in an input.
    func paths(_ node: JqNode, _ input: Value, _ scope: JqScope?) throws(JqStop) -> [[Value]] {
        var found: [[Value]] = []
        try run(node, input, .root, scope) { value, path throws(JqStop) in
            guard let path, !path.isNowhere else { throw self.invalidPath(value) }
            found.append(path.keys)
        }
        return found
    }
}
