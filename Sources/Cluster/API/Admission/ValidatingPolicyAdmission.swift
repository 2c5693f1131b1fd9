import CEL
import Model
import Support
import Value

/// Holds requests to the ValidatingAdmissionPolicies in force.
///
/// Source: apiserver, plugin/policy/validating (dispatcher.go, validator.go).
struct ValidatingPolicyAdmission: AdmissionPlugin {
    func looks(at kind: Kind, _ strategy: ResourceStrategy) -> Bool { true }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        guard request.server.hasPolicies(.validatingAdmissionPolicy) else { return }
        // The scale of an object is looked at as such, by who writes it.
        if request.subresource == "scale" { return }
        var subject = PolicyRequest(request)
        subject.isNamed = true
        try Self.check(subject)
    }

    /// Throws what the first policy that denies the request says; the others may warn.
    static func check(_ request: PolicyRequest) throws(APIError) {
        if request.isExempt { return }
        var denials: [Denial] = []
        for hook in request.server.policies(.validatingAdmissionPolicy) {
            judge(request, hook, &denials)
        }
        guard let first = denials.first else { return }
        throw first.error(request)
    }

    private struct Denial {
        let policy: String
        /// Empty where the policy itself is wrong.
        let binding: String
        let message: String
        let reason: String

        func error(_ request: PolicyRequest) -> APIError {
            let place = binding.isEmpty ? "" : " with binding '\(binding)'"
            let text = "ValidatingAdmissionPolicy '\(policy)'\(place) denied request: \(message)"
            let name = request.key.name
            let refusal = APIError.forbidden(request.info, name, text)
            var error = APIError(
                reason.isEmpty ? .invalid : APIError.Reason(rawValue: reason) ?? .invalid,
                refusal.message,
                kind: request.info.kind, name: name)
            error.detailKind = request.info.plural
            error.causes = [APIError.Detail(reason: "", message: text, field: "")]
            return error
        }
    }

    private static func judge(
        _ request: PolicyRequest, _ hook: PolicyHook, _ denials: inout [Denial]
    ) {
        let matching = PolicyMatching(request: request)
        guard let matched = matching.match(hook.spec["matchConstraints"]) else { return }
        func deny(_ binding: String, _ message: String) {
            guard hook.isStrict else { return }
            denials.append(
                Denial(policy: hook.name, binding: binding, message: message, reason: ""))
        }
        if let problem = hook.problem {
            return deny("", "failed to configure policy: \(problem.message)")
        }
        for binding in hook.bindings {
            let match = binding.value[.spec]["matchResources"]
            guard match.isNull || matching.match(match) != nil else { continue }
            do throws(PolicyProblem) {
                for params in try hook.parameters(of: binding.value, for: request) {
                    let input = PolicyInput(request, matched: matched, params: params)
                    run(request, hook, binding, input, &denials)
                }
            } catch {
                deny(binding.name, "failed to configure binding: \(error.message)")
            }
        }
    }

    private static func run(
        _ request: PolicyRequest, _ hook: PolicyHook, _ binding: StoredObject, _ input: PolicyInput,
        _ denials: inout [Denial]
    ) {
        let actions = binding.value[.spec].list("validationActions").compactMap(\.string)
        let outcome = PolicyVerdict.of(hook, input, request)
        for (message, reason) in outcome.refusals {
            if actions.contains("Deny") {
                denials.append(
                    Denial(
                        policy: hook.name, binding: binding.name, message: message, reason: reason))
            }
            if actions.contains("Warn") {
                request.server.warn([
                    "Validation failed for ValidatingAdmissionPolicy '\(hook.name)' with binding "
                        + "'\(binding.name)': \(message)"
                ])
            }
        }
        for problem in outcome.annotationProblems {
            denials.append(
                Denial(policy: hook.name, binding: binding.name, message: problem, reason: ""))
        }
    }
}

/// What the expressions of a policy say of a request.
struct PolicyVerdict {
    /// What is refused, with the reason to tell; empty for what could not be evaluated.
    var refusals: [(message: String, reason: String)] = []
    /// Annotations of the audit log that have no text.
    var annotationProblems: [String] = []

    private static let longestMessage = 5 * 1024

    static func of(
        _ hook: PolicyHook, _ input: PolicyInput, _ request: PolicyRequest
    ) -> PolicyVerdict {
        var verdict = PolicyVerdict()
        do throws(PolicyProblem) {
            guard try hook.compiled.matches(input, isStrict: hook.isStrict) else { return verdict }
            try verdict.validate(hook, input, request.namespaceValue)
            try verdict.annotate(hook, input, request.namespaceValue)
        } catch {
            // Nothing counts of what was found before.
            verdict = PolicyVerdict()
            if hook.isStrict { verdict.refusals = [(error.message, "")] }
        }
        return verdict
    }

    private mutating func validate(
        _ hook: PolicyHook, _ input: PolicyInput, _ namespace: Value
    ) throws(PolicyProblem) {
        let compiled = hook.compiled
        var evaluation = PolicyEvaluation(
            input, namespace: namespace, variables: compiled.variables,
            budget: PolicyEvaluation.budget)
        var results: [PolicyEvaluation.Result] = []
        for validation in compiled.validations {
            results.append(try Self.run(validation.program, &evaluation))
        }
        var texts: [String] = []
        // Without room for the messages nothing counts as valid.
        var overrun: String?
        do throws(PolicyEvaluation.OverBudget) {
            for validation in compiled.validations {
                texts.append(try Self.message(validation, &evaluation))
            }
        } catch {
            overrun = "failed messageExpression: \(error.message)"
        }
        for (index, result) in results.enumerated() {
            switch result {
            case .problem(let problem): if hook.isStrict { refusals.append((problem, "")) }
            case .value(let value):
                if let overrun {
                    if hook.isStrict { refusals.append((overrun, "")) }
                } else if value.bool != true {
                    refusals.append((texts[index], compiled.validations[index].reason))
                }
            }
        }
    }

    private static func run(
        _ program: PolicyProgram, _ evaluation: inout PolicyEvaluation
    ) throws(PolicyProblem) -> PolicyEvaluation.Result {
        do throws(PolicyEvaluation.OverBudget) {
            return try evaluation.run(program)
        } catch {
            throw PolicyProblem(error.message)
        }
    }

    /// The message's own expression counts if it gives one line, then the message, then the rule itself.
    private static func message(
        _ validation: CompiledPolicy.Validation, _ evaluation: inout PolicyEvaluation
    ) throws(PolicyEvaluation.OverBudget) -> String {
        if let program = validation.messageProgram,
            case .value(let value) = try evaluation.run(program),
            let text = value.string.map(trimmed), !text.isEmpty,
            text.utf8.count <= longestMessage, !text.contains(where: \.isNewline)
        {
            return text
        }
        let own = trimmed(validation.message)
        return own.isEmpty ? "failed expression: \(trimmed(validation.program.source))" : own
    }

    private mutating func annotate(
        _ hook: PolicyHook, _ input: PolicyInput, _ namespace: Value
    ) throws(PolicyProblem) {
        guard !hook.compiled.annotations.isEmpty else { return }
        var evaluation = PolicyEvaluation(
            input, namespace: namespace, variables: hook.compiled.variables,
            budget: PolicyEvaluation.budget)
        for annotation in hook.compiled.annotations {
            // Texts would go to the audit log, which there is none of here.
            if case .problem(let problem) = try Self.run(annotation.program, &evaluation),
                hook.isStrict
            {
                annotationProblems.append(problem)
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        var part = text[...]
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part.drop(while: \.isWhitespace))
    }
}
