import Support
import Value

/// Builds values and their places from libyaml's events.
struct YAMLComposer {
    private let events: YAMLEventReader
    private let limits: InputLimits
    private let lineOffset: Int
    private let dialect: YAMLDialect
    private var anchors: [String: Node] = [:]
    /// Anchors whose value is being read.
    private var open: Set<String> = []
    private var nodes = 0
    private var duplicates: [YAMLDuplicateKey] = []

    /// A value with what an alias to it needs to know.
    private struct Node {
        var value: Value
        var place: YAMLNode
        /// Values in it, itself included.
        var count: Int
        /// Containers within containers, itself included; 0 for a scalar.
        var height: Int
    }

    init(
        _ bytes: some Collection<UInt8>, lineOffset: Int, limits: InputLimits,
        dialect: YAMLDialect = .kubectl
    ) {
        self.dialect = dialect
        events = YAMLEventReader(bytes, lineOffset: lineOffset)
        self.lineOffset = lineOffset
        self.limits = limits
    }

    /// The next document; nil at the end of the text.
    mutating func nextDocument() throws(YAMLError) -> YAMLDocument? {
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return nil
            case .documentStart:
                anchors = [:]
                duplicates = []
                nodes = 0
                let node = try compose(try events.next(), depth: 0)
                return YAMLDocument(value: node.value, duplicates: duplicates, root: node.place)
            default: continue
            }
        }
    }

    private mutating func compose(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> Node {
        nodes += 1
        guard nodes <= limits.nodes else {
            throw YAMLError(problem: .tooManyValues(limit: limits.nodes), mark: event.mark)
        }
        switch event.kind {
        case .alias(let name): return try alias(name, event.mark, depth: depth)
        case .scalar(let scalar):
            let isEmpty = scalar.isPlain && scalar.text.isEmpty && scalar.tag == nil
            let node = Node(
                value: try YAMLResolver.value(of: scalar, at: event.mark, dialect),
                place: YAMLNode(mark: event.mark, content: isEmpty ? .nothing : .scalar), count: 1,
                height: 0)
            if let anchor = scalar.anchor { anchors[anchor] = node }
            return node
        case .sequenceStart(let anchor):
            return try container(anchor, event.mark, depth: depth) {
                (composer) throws(YAMLError) in
                try composer.sequence(at: event.mark, depth: depth)
            }
        case .mappingStart(let anchor):
            return try container(anchor, event.mark, depth: depth) {
                (composer) throws(YAMLError) in
                try composer.mapping(at: event.mark, depth: depth)
            }
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml puts nodes only where a node is due")
        }
    }

    private mutating func container(
        _ anchor: String?, _ mark: YAMLMark, depth: Int,
        _ body: (inout YAMLComposer) throws(YAMLError) -> Node
    ) throws(YAMLError) -> Node {
        guard depth < limits.depth else {
            throw YAMLError(problem: .tooDeep(limit: limits.depth), mark: mark)
        }
        if let anchor { open.insert(anchor) }
        let node = try body(&self)
        if let anchor {
            open.remove(anchor)
            anchors[anchor] = node
        }
        return node
    }

    /// An alias stands for all of its anchor's values: they count, so that a small text cannot
    /// stand for a huge value.
    private mutating func alias(
        _ name: String, _ mark: YAMLMark, depth: Int
    ) throws(YAMLError) -> Node {
        if open.contains(name) { throw YAMLError(problem: .recursiveAnchor(name), mark: mark) }
        guard let node = anchors[name] else {
            throw YAMLError(problem: .unknownAnchor(name), mark: mark)
        }
        let (total, overflow) = nodes.addingReportingOverflow(node.count - 1)
        guard !overflow, total <= limits.nodes else {
            throw YAMLError(problem: .excessiveAliasing, mark: mark)
        }
        guard depth + node.height <= limits.depth else {
            throw YAMLError(problem: .tooDeep(limit: limits.depth), mark: mark)
        }
        nodes = total
        return node
    }

    private mutating func sequence(at mark: YAMLMark, depth: Int) throws(YAMLError) -> Node {
        var values: [Value] = []
        var places: [YAMLNode] = []
        var count = 1
        var height = 0
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            let node = try compose(event, depth: depth + 1)
            values.append(node.value)
            places.append(node.place)
            count += node.count
            height = max(height, node.height)
        }
        return Node(
            value: .array(values), place: YAMLNode(mark: mark, content: .items(places)),
            count: count, height: height + 1)
    }

    private mutating func mapping(at mark: YAMLMark, depth: Int) throws(YAMLError) -> Node {
        var fields = YAMLFieldCollector()
        var count = 1
        var height = 0
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let isMerge = isMergeKey(event)
            let key = try composeKey(event, depth: depth + 1)
            let node = try compose(try events.next(), depth: depth + 1)
            count += key.count + node.count
            height = max(height, node.height)
            if isMerge {
                try merge(node, at: event.mark, into: &fields)
                continue
            }
            let name = try YAMLResolver.keyText(event, key: key.value, value: node.value)
            let field = YAMLNode.Field(key: Key(name), mark: event.mark, node: node.place)
            if let first = fields.set(field, to: node.value) {
                duplicates.append(
                    YAMLDuplicateKey(
                        key: name, mark: event.mark, first: first,
                        documentLine: event.mark.line - lineOffset))
            }
        }
        return Node(
            value: .object(fields.object),
            place: YAMLNode(mark: mark, content: .fields(fields.places)), count: count,
            height: height + 1)
    }

    /// A key; a number that JSON does not have may stand here, for it becomes a text.
    private mutating func composeKey(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> Node {
        do throws(YAMLError) {
            return try compose(event, depth: depth)
        } catch {
            guard case .notFinite(let text) = error.problem else { throw error }
            return Node(
                value: Value(text), place: YAMLNode(mark: event.mark, content: .scalar), count: 1,
                height: 0)
        }
    }

    private func isMergeKey(_ event: YAMLEvent) -> Bool {
        guard case .scalar(let scalar) = event.kind, scalar.text == "<<" else { return false }
        return scalar.isPlain || scalar.tag == "tag:yaml.org,2002:merge"
    }

    /// `<<`: takes over the fields of a map, or of several of which the first has precedence.
    /// Fields that stand later in the text replace them, those that stand earlier are replaced, as
    /// in go-yaml.
    private func merge(
        _ node: Node, at mark: YAMLMark, into fields: inout YAMLFieldCollector
    ) throws(YAMLError) {
        var sources: [(Value, YAMLNode)] = [(node.value, node.place)]
        if case .array(let values) = node.value, case .items(let places) = node.place.content {
            sources = Array(zip(values, places))
        }
        for (value, place) in sources.reversed() {
            guard case .object(let object) = value, case .fields(let places) = place.content else {
                throw YAMLError(problem: .badMerge, mark: mark)
            }
            for (field, place) in zip(object, places) { fields.merge(place, field.value) }
        }
    }
}

/// The fields of a map with their places, side by side.
private struct YAMLFieldCollector {
    private(set) var object = Object()
    private(set) var places: [YAMLNode.Field] = []
    /// The index of each key, and whether the key was written here instead of merged.
    private var indices: [Key: (index: Int, isOwn: Bool)] = [:]

    /// Sets a field; answers where its key stood before, if it did.
    mutating func set(_ field: YAMLNode.Field, to value: Value) -> YAMLMark? {
        guard let known = indices[field.key] else {
            append(field, value, isOwn: true)
            return nil
        }
        let previous = places[known.index].mark
        replace(known.index, field, value)
        indices[field.key]?.isOwn = true
        return known.isOwn ? previous : nil
    }

    mutating func merge(_ field: YAMLNode.Field, _ value: Value) {
        if let known = indices[field.key] {
            replace(known.index, field, value)
        } else {
            append(field, value, isOwn: false)
        }
    }

    private mutating func append(_ field: YAMLNode.Field, _ value: Value, isOwn: Bool) {
        indices[field.key] = (places.count, isOwn)
        places.append(field)
        object.append(field.key, value)
    }

    private mutating func replace(_ index: Int, _ field: YAMLNode.Field, _ value: Value) {
        places[index] = field
        object.set(field.key, to: value)
    }
}
