import CEL
import Model
import Value

/// A rule of `x-kubernetes-validations`, as it was written.
struct SchemaRule: Sendable {
    let rule: String
    let message: String
    let messageExpression: String
    let reason: String
    let fieldPath: String
    let optionalOldSelf: Bool?

    init(_ rule: Value) {
        self.rule = rule.text("rule")
        message = rule.text("message")
        messageExpression = rule.text("messageExpression")
        reason = rule.text("reason")
        fieldPath = rule.text("fieldPath")
        optionalOldSelf = rule["optionalOldSelf"].bool
    }

    /// As Go prints the server's own form of it.
    var shown: String {
        func text(_ value: String) -> String { JSON.text(Value(value)) }
        return "{\"Rule\":\(text(rule)),\"Message\":\(text(message)),"
            + "\"MessageExpression\":\(text(messageExpression)),"
            + "\"Reason\":\(reason.isEmpty ? "null" : text(reason)),"
            + "\"FieldPath\":\(text(fieldPath)),"
            + "\"OptionalOldSelf\":\(optionalOldSelf.map { $0 ? "true" : "false" } ?? "null")}"
    }

    /// What a client is told where nothing better is to be had.
    var defaultMessage: String {
        let own = message.trimmed
        return own.isEmpty ? "failed rule: \(rule.trimmed)" : own
    }
}

/// A rule that was compiled for its place.
struct CompiledRule: Sendable {
    let rule: SchemaRule
    /// Nil where it does not compile.
    let program: CELProgram?
    /// Why it does not; empty where it does.
    let problem: String
    let message: CELProgram?
    let messageProblem: String
    let usesOld: Bool

    init(_ rule: SchemaRule, _ shape: CELShape) {
        self.rule = rule
        let old: CELEnvironment.Variable =
            rule.optionalOldSelf == true
            ? CELEnvironment.Variable("oldSelf", .optional(shape.type))
            : CELEnvironment.Variable("oldSelf", shape)
        let environment = CELEnvironment(
            variables: [CELEnvironment.Variable("self", shape), old],
            formats: SchemaFormat.named,
            zoneOffset: { ZoneRules(name: $0)?.offset(at: $1) })
        (program, problem) = Self.compile(
            rule.rule, environment, .bool, "cel expression must evaluate to a bool",
            "compilation failed: ")
        if rule.messageExpression.trimmed.isEmpty {
            message = nil
            messageProblem = ""
        } else {
            (message, messageProblem) = Self.compile(
                rule.messageExpression, environment, .string,
                "messageExpression must evaluate to a string",
                "messageExpression compilation failed: ")
        }
        usesOld = program?.uses("oldSelf") ?? false
    }

    private static func compile(
        _ text: String, _ environment: CELEnvironment, _ type: CELType, _ wrongType: String,
        _ lead: String
    ) -> (CELProgram?, String) {
        do {
            let program = try CELProgram(text, environment)
            if program.resultType == type { return (program, "") }
            return (nil, wrongType)
        } catch {
            return (nil, lead + error.text)
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }),
            let last = lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[first...last])
    }
}
