import Syntax
import Value

/// Values of the parameters of scripts, from outside (`--set image=nginx:1.27`).
package struct ParameterValues: Sendable {
    /// How a value was given.
    package enum Given: Codable, Hashable, Sendable {
        /// A text, which the parameter's type reads.
        case text(String)
        /// The texts of a list.
        case list([String])
    }

    /// By the names of the parameters.
    package var given: [String: Given] = [:]

    package init(_ given: [String: Given] = [:]) { self.given = given }
}

/// What the default of a parameter says of its values.
indirect enum ParameterType {
    case text
    case truth
    case integer
    case number
    case unit(isDuration: Bool, isQuantity: Bool)
    case percentage
    case list(of: ParameterType)

    /// The type of a default; nil where it is no literal.
    init?(of value: Expression) {
        switch value.kind {
        case .string(let literal) where literal.literalText != nil: self = .text
        case .hereDocument(let document) where document.literalText != nil: self = .text
        case .boolean: self = .truth
        case .integer: self = .integer
        case .float: self = .number
        case .unary(.negate, let operand):
            switch operand.kind {
            case .integer: self = .integer
            case .float: self = .number
            default: return nil
            }
        case .unit(let unit):
            self = .unit(isDuration: unit.isDuration, isQuantity: unit.isQuantity)
        case .percent: self = .percentage
        case .list(let list) where !list.isOpen:
            var items: ParameterType = .text
            for (index, item) in list.items.enumerated() {
                guard let type = ParameterType(of: item) else { return nil }
                guard let both = index == 0 ? type : items.joined(with: type) else { return nil }
                items = both
            }
            if case .list = items { return nil }
            self = .list(of: items)
        default: return nil
        }
    }

    /// The type of a list that holds items of both; nil where there is none.
    private func joined(with other: ParameterType) -> ParameterType? {
        switch (self, other) {
        case (.text, .text), (.truth, .truth), (.integer, .integer), (.percentage, .percentage):
            return self
        case (.number, .number), (.number, .integer), (.integer, .number): return .number
        case (.unit(let isDuration, let isQuantity), .unit(let alsoDuration, let alsoQuantity)):
            let (both, all) = (isDuration && alsoDuration, isQuantity && alsoQuantity)
            return both || all ? .unit(isDuration: both, isQuantity: all) : nil
        default: return nil
        }
    }

    /// What a value of the type is called, with its article.
    var name: String {
        switch self {
        case .text: "a text"
        case .truth: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .unit(true, true): "a duration or a quantity"
        case .unit(true, false): "a duration"
        case .unit: "a quantity"
        case .percentage: "a percentage"
        case .list(let items): "a list, each item \(items.name)"
        }
    }

    /// How one is written.
    var example: String {
        switch self {
        case .text: "nginx:1.27"
        case .truth: "true"
        case .integer: "3"
        case .number: "0.5"
        case .unit(true, _): "30s"
        case .unit: "500m"
        case .percentage: "25%"
        case .list(let items): "\(items.example),\(items.example)"
        }
    }

    /// What was given as an expression; nil where it is of another type.
    func expression(_ given: ParameterValues.Given, at span: SourceSpan) -> Expression? {
        switch (self, given) {
        case (.list(let items), .list(let texts)):
            return Self.list(of: texts, items, at: span)
        case (.list(let items), .text(let text)):
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
                String($0)
            }
            return Self.list(of: text.isEmpty ? [] : parts, items, at: span)
        case (_, .list): return nil
        case (_, .text(let text)):
            return kind(text, at: span).map { Expression(kind: $0, span: span) }
        }
    }

    private static func list(
        of texts: [String], _ items: ParameterType, at span: SourceSpan
    ) -> Expression? {
        var expressions: [Expression] = []
        for text in texts {
            guard let kind = items.kind(text, at: span) else { return nil }
            expressions.append(Expression(kind: kind, span: span))
        }
        return Expression(kind: .list(of: expressions), span: span)
    }

    private func kind(_ text: String, at span: SourceSpan) -> ExpressionKind? {
        switch self {
        case .text:
            return .text(text, at: span)
        case .truth:
            return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
        case .integer: return Int64(text).map { .integer($0) }
        case .number:
            guard let number = Double(text), number.isFinite else { return nil }
            return .float(number)
        case .unit(let isDuration, let isQuantity):
            let duration = isDuration ? try? Duration(exactly: text) : nil
            let quantity = isQuantity ? try? Quantity(exactly: text) : nil
            guard duration != nil || quantity != nil else { return nil }
            return .unit(text, isDuration: duration != nil, isQuantity: quantity != nil)
        case .percentage:
            guard text.hasSuffix("%"), let percent = try? Units.percent(String(text.dropLast())),
                !percent.isNull
            else { return nil }
            return .percent(String(text.dropLast()))
        case .list: return nil
        }
    }
}

/// What is wrong with a parameter. Codes DD2080 to DD2082.
enum ParameterError: DiagnosticWords {
    case nested
    case notLiteral(String)
    case wrongType(String, ParameterType, found: ParameterValues.Given)

    var text: DiagnosticText {
        switch self {
        case .nested:
            DiagnosticText(
                "DD2080", "a `param` stands inside a block", label: "nested",
                hint: "move it to the top level of the file, or write `let`")
        case .notLiteral(let name):
            DiagnosticText(
                "DD2081", "the default of the parameter `\(name)` is no literal",
                label: "has to be known before the run",
                hint: "its default says what type a parameter has: write a text, a number, true, "
                    + "30s, 500m, 25% or a list of such")
        case .wrongType(let name, let type, let found):
            DiagnosticText(
                "DD2082",
                "the parameter `\(name)` is \(type.name), and \(Self.words(found)) is given",
                label: "the default says the type",
                hint: "as in --set \(name)=\(type.example)")
        }
    }

    private static func words(_ given: ParameterValues.Given) -> String {
        switch given {
        case .text(let text): Rendering.short(Value(text))
        case .list(let texts): "the list \(Rendering.short(Value(strings: texts)))"
        }
    }
}

extension Resolver {
    /// `param name = default`: a variable whose value may come from outside.
    mutating func resolveParameter(_ statement: LetStatement, at span: SourceSpan) -> [NodeIndex] {
        guard let name = statement.names.first?.name else { return [] }
        guard isTopLevel else {
            reportParameter(.nested, at: span)
            return []
        }
        var statement = statement
        if let type = ParameterType(of: statement.value) {
            if let given = parameters.given[name] {
                if let value = type.expression(given, at: statement.value.span) {
                    statement.value = value
                } else {
                    reportParameter(
                        .wrongType(name, type, found: given), at: statement.value.span)
                }
            }
        } else {
            reportParameter(.notLiteral(name), at: statement.value.span)
        }
        return resolve(statement)
    }

    private mutating func reportParameter(_ error: ParameterError, at span: SourceSpan) {
        diagnostics.append(Diagnostic(error, at: span, in: source))
    }
}
