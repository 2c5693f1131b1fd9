import CEL
import Model
import Value

/// The expressions of a policy, compiled once and run for each request.
final class CompiledPolicy {
    struct Variable {
        let name: String
        let program: PolicyProgram
    }

    struct Validation {
        let program: PolicyProgram
        let message: String
        let messageProgram: PolicyProgram?
        let reason: String
    }

    struct Annotation {
        let key: String
        let program: PolicyProgram
    }

    enum Mutation {
        case apply(PolicyProgram)
        case jsonPatch(PolicyProgram)
    }

    let conditions: [PolicyProgram]
    let variables: [Variable]
    let validations: [Validation]
    let annotations: [Annotation]
    let mutations: [Mutation]

    init(_ spec: Value) {
        let compiler = PolicyCompiler(hasParams: !spec["paramKind"].isNull, composes: true)
        variables = spec.list("variables").map {
            let name = $0.text(.name)
            return Variable(
                name: name, program: compiler.compileVariable(name, $0.text("expression")))
        }
        // Stored match conditions see the variables, although new ones are checked without.
        conditions = spec.list("matchConditions").map {
            compiler.compile($0.text("expression"), .one(.bool))
        }
        validations = spec.list("validations").map {
            let message = $0.text("messageExpression")
            return Validation(
                program: compiler.compile($0.text("expression"), as: .validation),
                message: $0.text("message"),
                messageProgram: message.isEmpty
                    ? nil : compiler.compile(message, as: .messageExpression),
                reason: $0.text("reason"))
        }
        annotations = spec.list("auditAnnotations").map {
            Annotation(
                key: $0.text(.key),
                program: compiler.compile($0.text("valueExpression"), as: .auditAnnotation))
        }
        mutations = spec.list("mutations").map {
            if $0.text("patchType") == "JSONPatch" {
                return .jsonPatch(
                    compiler.compile($0["jsonPatch"].text("expression"), as: .jsonPatch))
            }
            return .apply(
                compiler.compile(
                    $0["applyConfiguration"].text("expression"), as: .applyConfiguration))
        }
    }

    /// Whether the match conditions hold. Throws what is wrong with them where a policy fails then;
    /// where it does not, they do not hold.
    ///
    /// Source: apiserver, plugin/webhook/matchconditions.
    func matches(_ input: PolicyInput, isStrict: Bool) throws(PolicyProblem) -> Bool {
        guard !conditions.isEmpty else { return true }
        var evaluation = PolicyEvaluation(
            input, namespace: .null, variables: variables,
            budget: PolicyEvaluation.matchBudget)
        var problems: [String] = []
        for condition in conditions {
            do throws(PolicyEvaluation.OverBudget) {
                switch try evaluation.run(condition) {
                case .problem(let problem): problems.append(problem)
                case .value(let value): if value.bool == false { return false }
                }
            } catch {
                if isStrict { throw PolicyProblem(error.message) }
                return false
            }
        }
        if problems.isEmpty { return true }
        guard isStrict else { return false }
        var kept: [String] = []
        for problem in problems where !kept.contains(problem) { kept.append(problem) }
        throw PolicyProblem(kept.count == 1 ? kept[0] : "[\(kept.joined(separator: ", "))]")
    }
}

/// Why a policy or binding cannot be carried out.
struct PolicyProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
