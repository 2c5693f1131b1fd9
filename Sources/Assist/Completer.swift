import Language
import Model
import Session
import Syntax
import Tools
import Verbs

/// What could be written at a place of a text, for the prompt and for editors.
package struct Completer {
    /// What came of it.
    package struct Answer {
        /// Where what has been typed of a candidate begins, as a UTF-8 offset.
        package let start: Int
        /// In the order of their ranks, then of their texts; each text once.
        package let candidates: [Candidate]
        /// Whether something is glued to what is chosen: a bracket, the rest of a requirement.
        package var isInside = false
    }

    let scene: any CompletionScene

    package init(_ scene: any CompletionScene) { self.scene = scene }

    /// What could be written at an offset of a text.
    package func complete(
        _ text: String, at offset: Int, options: ParseOptions = ParseOptions()
    ) -> Answer {
        let context = Parser.completion(in: text, at: offset, options: options)
        return complete(context, in: text, at: offset)
    }

    /// What could be written at a place that the parser has found.
    package func complete(
        _ context: CompletionContext, in text: String, at offset: Int
    ) -> Answer {
        var start = context.start
        var prefix = context.prefix
        var found: [Candidate]
        switch context.place {
        case .statement: found = openings
        case .word(let words):
            let (place, added) = arguments(behind: words, prefix)
            found = place
            if added > 0 {
                start += added
                prefix = String(decoding: prefix.utf8.dropFirst(added), as: UTF8.self)
            }
        case .operand: found = operands(context)
        case .operatorWord: found = Self.operators
        case .objectName(let kind): found = objects(named: kind)
        case .field(let value): found = fields(of: value, context)
        case .setting(let target): found = settings(target)
        case .settingValue(let name):
            let own = values(ofSetting: name)
            found = own.isEmpty ? operands(context) : own + symbols
        case .selectorKey(.kind(let name)) where kinds(named: name).isEmpty:
            // An index into a variable.
            found = operands(context)
        case .selectorKey(let source): found = selectorKeys(source, context)
        case .selectorValue(let source, let key): found = selectorValues(source, key, context)
        case .file:
            let (place, added) = files(prefix)
            found = place
            if added > 0 {
                start += added
                prefix = String(decoding: prefix.utf8.dropFirst(added), as: UTF8.self)
            }
        case .tag: found = scene.tags.map { Candidate($0, .tag) }
        case .exercisePart:
            found = ExerciseWord.allCases.map {
                Candidate($0.rawValue, .keyword, detail: $0.meaning, topic: .keyword("exercise"))
            }
        case .nothing:
            let bytes = Array(text.utf8.prefix(offset))
            guard let inside = insideText(bytes, context) else {
                return Answer(start: offset, candidates: [])
            }
            (start, prefix, found) = inside
        }
        return Answer(
            start: start, candidates: Self.sorted(found, startingWith: prefix),
            isInside: context.place.isInside)
    }

    /// The candidates that begin with what was typed; where none does, those that hold it in any case.
    private static func sorted(
        _ candidates: [Candidate], startingWith prefix: String
    ) -> [Candidate] {
        var seen: Set<String> = []
        var fitting = candidates.filter { $0.text.hasPrefix(prefix) }
        if fitting.isEmpty {
            let lowered = prefix.lowercased()
            fitting = candidates.filter { $0.text.lowercased().hasPrefix(lowered) }
        }
        return fitting.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }
            .filter { seen.insert($0.text).inserted }
    }

    // MARK: Statements and operands

    /// What can begin a statement.
    private var openings: [Candidate] {
        var found = Keyword.statementStarters.map {
            Candidate($0.rawValue, .keyword, topic: .keyword($0.rawValue), rank: 2)
        }
        found += VerbRegistry.all.map {
            Candidate(
                $0.name, .verb, detail: $0.summary, topic: .verb([$0.name]),
                rank: $0.group == .world ? 2 : 3)
        }
        found += ToolRegistry.all.filter { !$0.isOutside }.map {
            Candidate($0.name, .tool, detail: $0.summary, topic: .tool($0.name), rank: 6)
        }
        found.append(Candidate("kubectl", .verb, rank: 6))
        found.append(
            Candidate("attach", .keyword, detail: "attach \"name\" VALUE: evidence for reports"))
        return found + symbols + calls
    }

    private var symbols: [Candidate] {
        scene.symbols.map { symbol in
            guard let signature = symbol.signature else {
                return Candidate(
                    symbol.name, .variable, detail: symbol.shape?.summary ?? "", rank: 1)
            }
            return Candidate(symbol.name + "(", .function, detail: signature, rank: 1)
        }
    }

    /// The built-in functions with their opening bracket.
    private var calls: [Candidate] {
        Builtins.all.map {
            Candidate(
                $0.name + "(", .function, detail: $0.signature, topic: .builtin($0.name), rank: 4)
        }
    }

    /// What can stand where an operand is due.
    private func operands(_ context: CompletionContext) -> [Candidate] {
        var found = symbols + calls
        found += Keyword.allCases.filter(\.beginsOperand).map {
            Candidate($0.rawValue, .keyword, topic: .keyword($0.rawValue), rank: 3)
        }
        for kind in scene.kinds.all {
            let topic = Topic.kind(kind.qualifiedPlural)
            found.append(
                Candidate(kind.singular + "/", .kindOfObject, detail: kind.name, topic: topic))
            found.append(
                Candidate(kind.plural + "[", .kindOfObject, detail: kind.name, topic: topic))
        }
        if let side = context.comparedWith {
            let values = ShapeReader(scene: scene, itemSources: context.itemSources).shape(
                of: side)?
                .knownValues
            found += (values ?? []).map { Candidate("\"\($0)\"", .value, rank: 0) }
        }
        return found
    }

    /// What can follow an operand.
    private static let operators: [Candidate] =
        ["and", "or", "not in", "in", "contains", "matches", "exists", "absent", "where", "has"].map
    {
        Candidate(
            $0, .keyword, topic: .keyword($0.split(separator: " ").last.map(String.init) ?? $0))
    } + [Candidate("sort by", .keyword)]

    // MARK: Objects and fields

    /// The objects of a kind by any of its names.
    func objects(named name: String) -> [Candidate] {
        kinds(named: name).flatMap { kind in
            scene.objects(of: kind).map { Candidate($0.name, .object, detail: $0.detail, rank: 1) }
        }
    }

    func kinds(named name: String) -> [KindDescriptor] {
        scene.kinds.kind(named: name).map { [scene.kinds[$0]] } ?? []
    }

    private func fields(of value: Expression, _ context: CompletionContext) -> [Candidate] {
        let reader = ShapeReader(scene: scene, itemSources: context.itemSources)
        guard var shape = reader.shape(of: value) else { return [] }
        // What follows `[*]` in a path is about each item.
        if case .path(_, let segments) = value.kind,
            segments.contains(where: { if case .all = $0.kind { true } else { false } })
        {
            shape.isList = false
        }
        return Self.fields(of: shape)
    }

    /// The fields of a value with their types.
    static func fields(of shape: ValueShape) -> [Candidate] {
        shape.fields.map { field in
            Candidate(
                field.name, .field, detail: field.typeName,
                topic: (shape.field(field.name)?.topic), rank: field.isRequired ? 1 : 2)
        }
    }

    private func settings(_ target: [Word]) -> [Candidate] {
        let isStorage = target.first?.literalText?.hasPrefix("storageclass") ?? false
        return BehaviorSettings.all.filter { $0.isOfStorage == isStorage }.map {
            Candidate($0.name, .setting, detail: $0.type, topic: .setting($0.name))
        }
    }

    // MARK: Inside text

    /// Where a text has a known meaning: the path of an `include`, and what a field can hold.
    private func insideText(
        _ bytes: [UInt8], _ context: CompletionContext
    ) -> (start: Int, prefix: String, found: [Candidate])? {
        let lineStart = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard let quote = bytes[lineStart...].lastIndex(of: UInt8(ascii: "\"")) else { return nil }
        let start = quote + 1
        let prefix = String(decoding: bytes[start...], as: UTF8.self)
        let before = String(decoding: bytes[lineStart..<quote], as: UTF8.self).trimmingBlanks
        if before == "include" {
            return (start, prefix, scene.scripts.map { Candidate($0, .file) })
        }
        let signs = ["==", "!=", " in [", ",", "contains"]
        guard let side = context.comparedWith, signs.contains(where: before.hasSuffix) else {
            return nil
        }
        let shape = ShapeReader(scene: scene, itemSources: context.itemSources).shape(of: side)
        guard let values = shape?.knownValues else { return nil }
        return (start, prefix, values.map { Candidate($0, .value) })
    }
}

extension Keyword {
    /// Whether it can begin an operand or stands for one.
    var beginsOperand: Bool {
        switch self {
        case .not, .any, .none, .every, .if, .fn, .it, .output, .null, .true, .false: true
        default: false
        }
    }
}

extension ValueShape {
    /// A few words beside a variable: `Deployment .spec`.
    var summary: String {
        let words = path.isEmpty ? kind.name : "\(kind.name) \(pathText)"
        return isList ? "[]\(words)" : words
    }

    /// What tells of the field.
    package var topic: Topic {
        if path.isEmpty { return .kind(kind.qualifiedPlural) }
        return .field(
            kind: kind.qualifiedPlural,
            path: path.map { step in
                switch step {
                case .field(let name): name
                case .item: "[]"
                }
            })
    }
}
