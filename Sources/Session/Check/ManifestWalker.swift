import Model
import Syntax
import Value
import YAML

/// Reads the manifests that a script embeds as the API server would, with strict validation.
///
/// Only texts without interpolations are read, and of those the documents that have `apiVersion` and
/// `kind`. What a block that is meant to fail applies, or what goes to the server unvalidated, is left
/// alone.
struct ManifestWalker: SyntaxWalker {
    private(set) var diagnostics: [Diagnostic] = []
    private let source: Source
    /// Parts of words of commands that may fail, or do not validate: they may name files.
    private var excused: [String] = []
    /// Inside a block that may fail.
    private var isExcused = false
    private var embedded: [(name: String, document: HereDocument)] = []

    init(source: Source) { self.source = source }

    mutating func read(_ script: Script) {
        for statement in script.statements { visit(statement) }
        for file in embedded where !excused.contains(where: { $0.contains(file.name) }) {
            check(file.document)
        }
    }

    // MARK: The walk

    mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .file(let file):
            guard let name = file.name.literalText,
                case .hereDocument(let document) = file.content.kind
            else { return walk(statement) }
            if ["yaml", "yml", "json"].contains(where: { name.hasSuffix("." + $0) }) {
                embedded.append((name, document))
            }
        case .expect(let expect):
            switch expect.kind {
            case .fails, .output: excusing { $0.walk(expect) }
            case .now, .within, .unchanged, .order: walk(expect)
            }
        default: walk(statement)
        }
    }

    mutating func visit(_ line: CommandStatement) {
        let mayFail = !line.connectors.isEmpty || line.pipelines.contains(where: \.isNegated)
        if mayFail { excusing { $0.walk(line) } } else { walk(line) }
    }

    mutating func visit(_ command: Command) {
        let words = command.words.compactMap(\.literalText)
        let isUnvalidated = words.contains { $0.hasPrefix("--validate=") }
        if isExcused || isUnvalidated { excused += words }
        let wasExcused = isExcused
        isExcused = isExcused || isUnvalidated
        walk(command)
        isExcused = wasExcused
    }

    mutating func visit(_ document: HereDocument) {
        walk(document.pieces)
        if !isExcused { check(document) }
    }

    private mutating func excusing(_ body: (inout ManifestWalker) -> Void) {
        let wasExcused = isExcused
        isExcused = true
        body(&self)
        isExcused = wasExcused
    }

    // MARK: Manifests

    private mutating func check(_ document: HereDocument) {
        guard let text = document.literalText, text.contains("kind:"), text.contains("apiVersion:"),
            let body = EmbeddedText(document, text, in: source)
        else { return }
        let stream = YAML.read(text)
        for document in stream.documents { check(document, body) }
        if let error = stream.error { report(.syntax(error.message), at: body.span(error.mark)) }
    }

    private mutating func check(_ document: YAMLDocument, _ body: EmbeddedText) {
        let value = document.value
        guard let apiVersion = value[.apiVersion].string, let name = value[.kind].string else {
            return
        }
        for duplicate in document.duplicates {
            report(
                .duplicateKey(duplicate.key, first: body.span(duplicate.first)),
                at: body.span(duplicate.mark))
        }
        if name == "List", apiVersion == "v1" {
            for index in value[.items].elements.indices {
                check(
                    document, value[.items].elements[index],
                    at: [.field("items"), .index(index)], body)
            }
        } else {
            check(document, value, at: [], body)
        }
    }

    private mutating func check(
        _ document: YAMLDocument, _ value: Value, at prefix: [FieldPath.Segment],
        _ body: EmbeddedText
    ) {
        guard let apiVersion = value[.apiVersion].string, let name = value[.kind].string else {
            return
        }
        let registry = KindRegistry.builtIn
        let kind: Kind
        switch registry.kind(apiVersion: apiVersion, name: name) {
        case .success(let found): kind = found
        case .failure(let problem):
            guard isOurs(apiVersion, problem) else { return }
            let place = document.position(of: FieldPath(prefix + [.field("kind")]))
            return report(
                .unknownKind(name, apiVersion: apiVersion, hint: hint(problem)),
                at: body.span(place ?? document.mark))
        }
        do throws(DecodeError) {
            let decoded = try Decoder.decode(value, kind: registry[kind])
            for field in decoded.unknownFields where !field.path.contains("$") {
                report(
                    .unknownField(field.path, hint: field.hint),
                    at: body.span(place(of: field.path, prefix, in: document)))
            }
        } catch {
            report(
                .wrongType(error.message),
                at: body.span(place(of: error.path, prefix, in: document)))
        }
    }

    /// Whether nobody but Kubernetes could serve the type. Other groups are for custom resources, and
    /// a few types travel without being objects of a kind.
    private func isOurs(_ apiVersion: String, _ problem: KindRegistry.NoMatch) -> Bool {
        if problem.servedVersion != nil { return !apiVersion.contains(".") }
        let others = [
            "Config", "Status", "DeleteOptions", "Eviction", "Binding", "Scale", "TokenRequest",
        ]
        if others.contains(problem.name) { return false }
        return KindRegistry.builtIn.all.contains { $0.apiVersion == apiVersion }
    }

    private func hint(_ problem: KindRegistry.NoMatch) -> String? {
        if let version = problem.servedVersion { return "write `apiVersion: \(version)`" }
        return problem.suggestion.map { "did you mean `\($0)`?" }
    }

    private func place(
        of path: String, _ prefix: [FieldPath.Segment], in document: YAMLDocument
    ) -> YAMLMark {
        guard let path = try? FieldPath(parsing: path) else { return document.mark }
        return document.nearestPosition(of: FieldPath(prefix + path.segments))
    }

    private mutating func report(_ problem: ManifestProblem, at span: SourceSpan) {
        diagnostics.append(Diagnostic(problem, at: span, in: source))
    }
}
