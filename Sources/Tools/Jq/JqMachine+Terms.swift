import Value

/// One method for each kind of node that has something to put together.
extension JqMachine {
    func element(
        _ term: JqNode, _ key: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        try values(key, input, scope) { key throws(JqStop) in
            try self.run(term, input, path, scope) { value, place throws(JqStop) in
                try output(JqPaths.element(of: value, key), self.step(place, key, value))
            }
        }
    }

    func elements(
        _ term: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try run(term, input, path, scope) { value, place throws(JqStop) in
            try self.iterate(value, place, output)
        }
    }

    func list(
        _ inner: JqNode?, _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        var items: [Value] = []
        if let inner {
            try values(inner, input, scope) { value throws(JqStop) in
                items.append(value)
                try self.step()
            }
        }
        try output(constructed(.array(items)), made(path))
    }

    func object(
        _ fields: [(key: JqNode, value: JqNode)], _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try object(fields[...], Object(), input, scope) { object throws(JqStop) in
            try output(self.constructed(.object(object)), self.made(path))
        }
    }

    func negative(
        _ inner: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(inner, input, scope) { value throws(JqStop) in
            try output(JqArithmetic.negative(value), self.made(path))
        }
    }

    func pipe(
        _ left: JqNode, _ right: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?,
        _ output: Output
    ) throws(JqStop) {
        try run(left, input, path, scope) { value, place throws(JqStop) in
            try self.run(right, value, place, scope, output)
        }
    }

    /// The right side turns slowest, as in jq.
    func combine(
        _ arithmetic: JqArithmetic, _ left: JqNode, _ right: JqNode, _ input: Value,
        _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(right, input, scope) { b throws(JqStop) in
            try self.values(left, input, scope) { a throws(JqStop) in
                let result = try arithmetic.result(a, b)
                if case .text(let text) = result { try self.check(size: text.string.utf8.count) }
                try output(result, self.made(path))
            }
        }
    }

    func compare(
        _ comparison: JqComparison, _ left: JqNode, _ right: JqNode, _ input: Value,
        _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(right, input, scope) { b throws(JqStop) in
            try self.values(left, input, scope) { a throws(JqStop) in
                try output(.bool(comparison.holds(a, b)), self.made(path))
            }
        }
    }

    func choose(
        _ condition: JqNode, _ yes: JqNode, _ no: JqNode?, _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(condition, input, scope) { value throws(JqStop) in
            if value.isJqTrue {
                try self.run(yes, input, path, scope, output)
            } else if let no {
                try self.run(no, input, path, scope, output)
            } else {
                try output(input, path)
            }
        }
    }

    func bind(
        _ source: JqNode, _ pattern: JqPattern, _ body: JqNode, _ input: Value, _ path: JqPath?,
        _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try values(source, input, scope) { value throws(JqStop) in
            try self.bind(pattern, to: value, scope) { inner throws(JqStop) in
                try self.run(body, input, path, inner, output)
            }
        }
    }

    func label(
        _ body: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try leavable { label throws(JqStop) in
            try self.run(body, input, path, JqScope(scope, .label(label)), output)
        }
    }
}
