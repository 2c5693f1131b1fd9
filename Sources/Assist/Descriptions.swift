import Language
import Model
import Session
import Syntax
import Tools
import Verbs

/// What is told of things, as Markdown.
package struct Descriptions {
    private let kinds: KindRegistry

    package init(kinds: KindRegistry = .builtIn) { self.kinds = kinds }

    /// What is told of a topic; nil where there is no such thing.
    package func text(of topic: Topic) -> String? {
        switch topic {
        case .keyword(let name): return Keyword(rawValue: name).map(keyword)
        case .verb(let path): return verb(path)
        case .tool(let name):
            return ToolRegistry.tool(named: name).map { Self.code($0.help, "text") }
        case .flag(let name, of: let path): return flag(name, path)
        case .builtin(let name): return Builtins.named(name).map(Self.text)
        case .kind(let name): return descriptor(name).map(text)
        case .field(kind: let kind, let path): return shape(kind, path).map(text)
        case .setting(let name):
            return BehaviorSettings.all.first { $0.name == name }.map {
                "**\($0.name)** (\($0.type))\n\n\($0.summary.sentence)"
            }
        }
    }

    private func descriptor(_ name: String) -> KindDescriptor? {
        kinds.kind(named: name).map { kinds[$0] }
    }

    private func shape(_ kind: String, _ path: [String]) -> ValueShape? {
        path.reduce(descriptor(kind).map { ValueShape($0) }) { shape, step in
            step == "[]" ? shape?.item : shape?.field(step)
        }
    }

    // MARK: Kinds and fields

    private func text(of kind: KindDescriptor) -> String {
        var names = [kind.plural, kind.singular] + kind.shortNames
        names = names.map { "`\($0)`" }
        let place = kind.isNamespaced ? "in a namespace" : "in no namespace"
        var text = "**\(kind.name)** (\(kind.apiVersion), \(place))"
        if let explanation = try? Explain.explain(kind, path: []),
            let summary = explanation.descriptions.first
        {
            text += "\n\n\(summary.sentence)"
        }
        return text + "\n\nNames: \(names.joined(separator: ", "))"
    }

    /// A field: its type, what it is, what it can hold, and what it holds if nothing is said.
    package func text(of shape: ValueShape) -> String {
        guard let field = shape.explained else {
            if shape.path.isEmpty { return text(of: shape.kind) }
            return "**\(shape.pathText)** of \(shape.kind.name)"
        }
        var text = "**\(field.name)** `\(field.typeName)`"
        if field.isRequired { text += " (required)" }
        if let summary = field.summary { text += "\n\n\(summary.sentence)" }
        if let values = shape.knownValues, !values.isEmpty {
            text += "\n\nValues: " + values.map { "`\($0)`" }.joined(separator: ", ")
        }
        if let value = FieldDefault.text(of: shape) { text += "\n\nDefault: `\(value)`" }
        return text + "\n\n\(shape.kind.name) `\(shape.pathText)`"
    }

    // MARK: Commands

    private func verb(_ path: [String]) -> String? {
        guard let verb = Self.verb(at: path) else { return nil }
        return Self.code(HelpText.of(verb, path: path), "text")
    }

    static func verb(at path: [String]) -> Verb? { VerbRegistry.verb(at: path) }

    private func flag(_ name: String, _ path: [String]) -> String? {
        guard let verb = Self.verb(at: path),
            let flag = VerbRegistry.flags(of: verb, path: path).first(where: { $0.name == name })
        else { return nil }
        let letter = flag.short.map { "-\($0), " } ?? ""
        var text = "**\(letter)--\(flag.name)**"
        switch flag.kind {
        case .bool: break
        case .string: text += " text"
        case .strings: text += " text, several times if you like"
        case .int: text += " number"
        case .duration: text += " duration"
        }
        text += "\n\n\(flag.summary.sentence)"
        if !flag.standard.isEmpty { text += "\n\nDefault: `\(flag.standard)`" }
        if !flag.choices.isEmpty {
            text += "\n\nValues: " + flag.choices.map { "`\($0)`" }.joined(separator: ", ")
        }
        return text
    }

    // MARK: The language

    private static func text(of builtin: Builtin) -> String {
        code(builtin.signature, "dock") + "\n\n\(builtin.summary.sentence)\n\n"
            + code(builtin.example, "dock")
    }

    private func keyword(_ keyword: Keyword) -> String {
        "\(Self.code(keyword.form, "dock"))\n\n\(keyword.meaning.sentence)"
    }

    /// A block of code in Markdown.
    package static func code(_ text: String, _ language: String) -> String {
        let text = text.hasSuffix("\n") ? text : text + "\n"
        return "```\(language)\n\(text)```"
    }
}

extension String {
    /// The words as a sentence.
    var sentence: String {
        guard let first else { return self }
        let end = last.map { ".!?:".contains($0) } ?? false
        return first.uppercased() + dropFirst() + (end ? "" : ".")
    }
}
