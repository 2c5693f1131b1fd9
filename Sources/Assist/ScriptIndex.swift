import Model
import Syntax

/// Everything in a script that has a name or a type, with its places: what editors ask about.
///
/// Scopes are those of the resolver (target Language), which makes slots of names and forgets where they
/// stood; a test holds that both know the same names in every script of the repository.
package struct ScriptIndex {
    /// The number of a declaration, in the order they were found.
    package typealias ID = Int

    /// A name that the script gives to something.
    package struct Declaration {
        package enum Kind: Equatable, Sendable {
            case variable, function, parameter
            /// A name that an assignment, `export`, `read` or a loop of the shell sets.
            case shellVariable
        }
        package let name: String
        package let kind: Kind
        /// The name where it is declared, and its source.
        package let span: SourceSpan
        package let source: Int
        /// The statement or parameter that declares it.
        package let whole: SourceSpan
        /// Where the name can be meant.
        package let scope: SourceSpan
        /// Whether the whole script sees it, and what includes that.
        package let isTop: Bool
        /// The parameters of a function.
        package var function: FunctionLiteral?
        package var shape: ValueShape?
    }

    /// A place where a declared name is read or written; the declaration itself is one.
    package struct Mention {
        package let name: String
        package let span: SourceSpan
        package let source: Int
        /// Nil for a name that nothing declares.
        package let declaration: ID?
        package let isWrite: Bool
    }

    /// `deployment/web` or `pods[…]` in an expression, or `deployment/web` as a word.
    package struct ObjectMention {
        package let span: SourceSpan
        package let source: Int
        package let kind: KindDescriptor
        package let kindSpan: SourceSpan
        /// Nil for a list, and where the name is interpolated.
        package let name: String?
    }

    /// A field in a path, whose facts are known.
    package struct FieldMention {
        package let span: SourceSpan
        package let source: Int
        package let shape: ValueShape
    }

    /// A command with the statement it stands in.
    package struct CommandMention {
        package let command: Command
        package let source: Int
    }

    /// A here-document, and the file that it is the content of.
    package struct Document {
        package let file: String?
        /// The mark, `<<EOF`.
        package let span: SourceSpan
        package let source: Int
        package let tag: String
        /// The lines of the body, from 0; empty for a document without lines.
        package let lines: Range<Int>
    }

    /// A `file` statement.
    package struct File {
        package let name: String
        package let span: SourceSpan
        package let source: Int
        /// What it holds where that is plain text, and the line on which the text begins, from 0; nil
        /// for content that is not a here-document.
        package let text: String?
        package let firstLine: Int?
    }

    /// An `include` that names a file.
    package struct Include {
        package let path: String
        package let span: SourceSpan
        package let source: Int
        /// The source that it brings in; nil where that cannot be read.
        package let included: Int?
    }

    /// A call of a function by its name.
    package struct Call {
        package let name: String
        package let span: SourceSpan
        package let source: Int
    }

    /// The script, then what it includes.
    package internal(set) var sources: [Source] = []
    package internal(set) var declarations: [Declaration] = []
    package internal(set) var mentions: [Mention] = []
    package internal(set) var objects: [ObjectMention] = []
    package internal(set) var fields: [FieldMention] = []
    package internal(set) var commands: [CommandMention] = []
    package internal(set) var documents: [Document] = []
    package internal(set) var files: [File] = []
    package internal(set) var includes: [Include] = []
    package internal(set) var calls: [Call] = []
    package internal(set) var behaviors: [(statement: BehaviorStatement, source: Int)] = []
    package internal(set) var tags: [(name: Identifier, source: Int)] = []
    /// Blocks, lists, maps and calls, brackets included.
    package internal(set) var folds: [(span: SourceSpan, source: Int)] = []
    /// Functions, scenarios and the like: what a statement at the top cannot see into.
    package internal(set) var bodies: [SourceSpan] = []

    /// Indexes a script.
    ///
    /// - Parameters:
    ///   - kinds: of the cluster that it is for.
    ///   - included: the tree of a file that the source of that name includes; nil where there is none.
    package init(
        _ script: Script, kinds: KindRegistry = .builtIn,
        included: @escaping (_ path: String, _ including: String) -> Script? = { _, _ in nil }
    ) {
        var builder = IndexBuilder(kinds: kinds, included: included)
        builder.index(script)
        self = builder.index
    }

    init() {}

    // MARK: Questions

    /// The mention at an offset of a source; at a border between two the later one.
    package func mention(at offset: Int, in source: Int = 0) -> Mention? {
        mentions.last { $0.source == source && $0.span.touches(offset) }
    }

    /// Every mention of a declaration, in the order of the text.
    package func mentions(of declaration: ID) -> [Mention] {
        mentions.filter { $0.declaration == declaration }
            .sorted { ($0.source, $0.span.start) < ($1.source, $1.span.start) }
    }

    /// The declarations that can be meant at an offset of the script itself, the innermost of each name,
    /// in the order of their names.
    package func visible(at offset: Int) -> [Declaration] {
        let isInBody = bodies.contains { $0.touches(offset) }
        var found: [String: Declaration] = [:]
        for declaration in declarations {
            let isKnown: Bool
            if declaration.isTop {
                isKnown =
                    isInBody || declaration.kind == .function || declaration.source > 0
                    || Int(declaration.whole.end) <= offset
            } else {
                isKnown =
                    declaration.source == 0 && declaration.scope.touches(offset)
                    && (declaration.kind == .function || declaration.kind == .parameter
                        || Int(declaration.whole.end) <= offset)
            }
            if isKnown { found[declaration.name] = declaration }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// The comment lines right above a declaration, without their marks.
    package func comment(above declaration: Declaration) -> String {
        let source = sources[declaration.source]
        var index = source.lineIndex(at: Int(declaration.whole.start)) - 1
        var lines: [Substring] = []
        while index >= 0 {
            let line = source.line(index).drop { $0 == " " || $0 == "\t" }
            guard line.hasPrefix("#"), !line.hasPrefix("#!") else { break }
            lines.append(line.drop { $0 == "#" }.drop { $0 == " " })
            index -= 1
        }
        return lines.reversed().joined(separator: "\n")
    }

    /// `f(a, b?)`, as calls of a function are written.
    package static func signature(_ name: String, _ function: FunctionLiteral) -> String {
        let parameters = function.parameters.map { parameter in
            guard let value = parameter.defaultValue else { return parameter.name.name }
            return "\(parameter.name.name) = \(SyntaxPrinter.text(of: value))"
        }
        return "\(name)(\(parameters.joined(separator: ", ")))"
    }
}
