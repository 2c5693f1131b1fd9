import Model

/// Where a cursor stands in a manifest that is being written: the fields around it, told from the
/// indentation of the lines alone, because the text seldom is whole YAML while somebody types.
package struct ManifestPlace {
    /// What is due at the cursor.
    package enum Due: Equatable {
        /// The name of a field of what `path` leads to.
        case field
        /// The value of the field that `path` leads to.
        case value
    }

    package let due: Due
    /// The way from the object to the map or field at the cursor; "[]" stands for an item of a list.
    package let path: [String]
    /// What the document says of itself, as far as it says it.
    package let apiVersion: String?
    package let kind: String?
    /// What has been typed of the field's name or value.
    package let prefix: String
    /// The names that stand beside it already.
    package let siblings: Set<String>

    /// A line as far as its indentation and key go.
    private struct Line {
        /// Where what follows the dashes begins.
        var column = 0
        /// Where each `-` of the line stands.
        var dashes: [Int] = []
        var key: String?
        /// What follows the colon, or the whole where there is none.
        var value: Substring
        var isBlank: Bool

        init(_ text: Substring) {
            var rest = text
            let indentation = rest.prefix { $0 == " " }.count
            column = indentation
            rest = rest.dropFirst(indentation)
            while rest.first == "-", rest.dropFirst().first.map({ $0 == " " }) ?? true {
                dashes.append(column)
                let width = 1 + rest.dropFirst().prefix { $0 == " " }.count
                column += width
                rest = rest.dropFirst(width)
            }
            isBlank = dashes.isEmpty && (rest.isEmpty || rest.hasPrefix("#"))
            let name = rest.prefix { $0 != ":" && $0 != " " && $0 != "#" }
            let behind = rest.dropFirst(name.count)
            if !name.isEmpty, behind.hasPrefix(":") {
                key = String(name.filter { $0 != "\"" && $0 != "'" })
                value = behind.dropFirst().trimmingBlanks
            } else {
                value = rest
            }
        }
    }

    /// The maps and items around a line, outermost first.
    private struct Nesting {
        var steps: [(name: String, column: Int)] = []
        /// The names in the map at each depth, as far as it was read.
        var names: [Set<String>] = [[]]

        mutating func leave(_ isInside: ((name: String, column: Int)) -> Bool) {
            while let last = steps.last, !isInside(last) { steps.removeLast() }
            if names.count > steps.count + 1 { names.removeLast(names.count - steps.count - 1) }
        }

        mutating func enter(_ name: String, _ column: Int) {
            names[steps.count].insert(name)
            steps.append((name, column))
            names.append([])
        }

        /// Goes to where a line stands, into the items that it begins.
        mutating func move(to line: Line) {
            for dash in line.dashes {
                // The key of a list may stand right above its dashes.
                leave { $0.column < dash || $0.column == dash && $0.name != "[]" }
                enter("[]", dash)
            }
            leave { $0.column < line.column }
        }
    }

    /// Looks at the lines of a document up to the cursor; the last one ends there.
    ///
    /// - Parameters:
    ///   - before: the lines before the cursor's line, then that line up to the cursor.
    ///   - after: the lines behind the cursor's.
    package init(before: [Substring], after: [Substring] = []) {
        let start = before.dropLast().lastIndex { $0.hasPrefix("---") }.map { $0 + 1 } ?? 0
        let lines = before[start...].map { Line($0) }
        let rest = after.prefix { !$0.hasPrefix("---") }.map { Line($0) }
        let current = lines.last ?? Line("")
        var nesting = Nesting()
        for line in lines.dropLast() where !line.isBlank {
            nesting.move(to: line)
            if let key = line.key { nesting.enter(key, line.column) }
        }
        nesting.move(to: current)
        var names = nesting.names.last ?? []
        for line in rest where !line.isBlank {
            if line.column < current.column || !line.dashes.isEmpty { break }
            if line.column == current.column, let key = line.key { names.insert(key) }
        }
        siblings = names
        func top(_ key: String) -> String? {
            let line = (lines.dropLast() + rest).first {
                $0.key == key && $0.column == 0 && $0.dashes.isEmpty
            }
            return line.flatMap { $0.value.isEmpty ? nil : String($0.value) }
        }
        apiVersion = top("apiVersion")
        kind = top("kind")
        due = current.key == nil ? .field : .value
        path = nesting.steps.map(\.name) + (current.key.map { [$0] } ?? [])
        prefix = String(current.value)
    }

    /// What is known of the map or field at the cursor; nil where the kind is unknown.
    package func shape(_ kinds: KindRegistry) -> ValueShape? {
        guard let kind, let found = descriptor(kind, kinds) else { return nil }
        return path.reduce(ValueShape(found)) { shape, step in
            step == "[]" ? shape?.item : shape?.field(step)
        }
    }

    private func descriptor(_ name: String, _ kinds: KindRegistry) -> KindDescriptor? {
        if let apiVersion, let kind = try? kinds.kind(apiVersion: apiVersion, name: name).get() {
            return kinds[kind]
        }
        return kinds.all.first { $0.name == name }
    }

    /// What could be written at the cursor.
    package func candidates(_ kinds: KindRegistry) -> [Candidate] {
        if path == ["kind"] {
            return kinds.all.filter { apiVersion == nil || $0.apiVersion == apiVersion }.map {
                Candidate(
                    $0.name, .kindOfObject, detail: $0.apiVersion,
                    topic: .kind($0.qualifiedPlural))
            }
        }
        if path == ["apiVersion"] {
            let fitting = kinds.all.filter { kind == nil || $0.name == kind }
            return fitting.map { Candidate($0.apiVersion, .value) }
        }
        switch due {
        case .field:
            guard let shape = shape(kinds) else {
                return path.isEmpty && kind == nil
                    ? ["apiVersion: ", "kind: ", "metadata:"].map { Candidate($0, .field) } : []
            }
            return Completer.fields(of: shape).filter { !siblings.contains($0.text) }.map { field in
                Candidate(
                    field.text + ":", .field, detail: field.detail, topic: field.topic,
                    rank: field.rank)
            }
        case .value:
            guard let shape = shape(kinds) else { return [] }
            if let field = shape.field, field.element == .boolean, shape.container == .single {
                return ["true", "false"].map { Candidate($0, .value) }
            }
            return (shape.knownValues ?? []).map { Candidate($0, .value) }
        }
    }
}
