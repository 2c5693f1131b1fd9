import CEL
import Model
import Schema
import Support
import Value

/// Changes objects as the MutatingAdmissionPolicies in force say.
///
/// Source: apiserver, plugin/policy/mutating (dispatcher.go, reinvocationcontext.go, patch/).
struct MutatingPolicyAdmission: AdmissionPlugin {
    func looks(at kind: Kind, _ strategy: ResourceStrategy) -> Bool { true }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.server.hasPolicies(.mutatingAdmissionPolicy) else { return }
        if request.subresource == "scale" { return }
        var run = MutatingPolicyRun(PolicyRequest(request))
        if run.request.isExempt { return }
        try run.invoke(again: false)
        guard run.isPatched else { return }
        // Once one policy has patched the object, all other plugins are asked again, once: they see to a
        // container that a policy adds, too. Then come the policies that want to.
        request.object = run.request.object
        let server = request.server
        try server.admission.admitAgain(&request)
        run.take(request.object)
        try run.invoke(again: true)
        request.object = run.request.object
    }
}

/// One request on its way through the policies that may change it.
struct MutatingPolicyRun {
    private(set) var request: PolicyRequest
    private(set) var isPatched = false
    private var problems: [(text: String, isInvalid: Bool)] = []
    /// The policies that want to be asked again, and after which change.
    private var reinvocable: Set<String> = []
    private var due: Set<String> = []

    init(_ request: PolicyRequest) { self.request = request }

    /// Goes on with the object as the other plugins have left it.
    mutating func take(_ object: Value) { request.object = object }

    private struct Invocation {
        let hook: PolicyHook
        let binding: StoredObject
        let matched: KindDescriptor
        let params: Value

        var key: String {
            let metadata = params[.metadata]
            return [
                hook.name, binding.name, metadata.text(.namespace), metadata.text(.name),
            ].joined(separator: "/")
        }
    }

    mutating func invoke(again: Bool) throws(APIError) {
        problems = []
        for invocation in invocations() { invoke(invocation, again: again) }
        if isPatched { due.formUnion(reinvocable) }
        guard let first = problems.first else { return }
        var error = APIError(
            first.isInvalid ? .invalid : .forbidden, first.text, kind: request.info.kind,
            name: request.key.name)
        error.detailKind = request.info.plural
        error.causes = problems.map { APIError.Detail(reason: "", message: $0.text, field: "") }
        throw error
    }

    private mutating func invocations() -> [Invocation] {
        var found: [Invocation] = []
        let matching = PolicyMatching(request: request)
        for hook in request.server.policies(.mutatingAdmissionPolicy) {
            guard let matched = matching.match(hook.spec["matchConstraints"]) else { continue }
            if let problem = hook.problem {
                add(
                    hook, nil, "failed to configure policy: \(problem.message)", isInvalid: false)
                continue
            }
            for binding in hook.bindings {
                let match = binding.value[.spec]["matchResources"]
                guard match.isNull || matching.match(match) != nil else { continue }
                do throws(PolicyProblem) {
                    found += try hook.parameters(of: binding.value, for: request).map {
                        Invocation(hook: hook, binding: binding, matched: matched, params: $0)
                    }
                } catch {
                    add(
                        hook, binding, "failed to configure binding: \(error.message)",
                        isInvalid: false)
                }
            }
        }
        return found
    }

    private mutating func add(
        _ hook: PolicyHook, _ binding: StoredObject?, _ message: String, isInvalid: Bool
    ) {
        guard hook.isStrict else { return }
        let subject =
            binding.map { "policy '\(hook.name)' with binding '\($0.name)'" }
            ?? "policy \(JSON.text(Value(hook.name)))"
        problems.append(("\(subject) denied request: \(message)", isInvalid))
    }

    private mutating func invoke(_ invocation: Invocation, again: Bool) {
        let hook = invocation.hook
        do throws(PolicyProblem) {
            let input = input(invocation)
            guard try hook.compiled.matches(input, isStrict: hook.isStrict) else { return }
        } catch {
            return add(hook, invocation.binding, error.message, isInvalid: true)
        }
        if again, !due.contains(invocation.key) { return }
        let before = request.object
        for mutation in hook.compiled.mutations {
            do throws(PolicyProblem) {
                var object = try patched(by: mutation, invocation)
                request.server.setDefaults(&object, request.info)
                request.object = object
                isPatched = true
            } catch {
                add(hook, invocation.binding, error.message, isInvalid: true)
            }
        }
        if before != request.object { due.formUnion(reinvocable) }
        if hook.spec["reinvocationPolicy"].string == "IfNeeded" {
            reinvocable.insert(invocation.key)
        }
    }

    private func input(_ invocation: Invocation) -> PolicyInput {
        PolicyInput(request, matched: invocation.matched, params: invocation.params)
    }

    // MARK: Patches

    private func patched(
        by mutation: CompiledPolicy.Mutation, _ invocation: Invocation
    ) throws(PolicyProblem) -> Value {
        switch mutation {
        case .apply(let program):
            let value = try evaluate(program, invocation)
            guard case .object(.made(let made)) = value, let patch = value.value else {
                throw PolicyProblem(
                    "unsupported return type from ApplyConfiguration expression")
            }
            try Self.checkNames(made)
            return try merged(patch)
        case .jsonPatch(let program):
            guard case .list(let list) = try evaluate(program, invocation) else {
                throw PolicyProblem(
                    "type mismatch: JSONPatchType.expression should evaluate to array")
            }
            var operations: [JSONPatch.Operation] = []
            for element in list.elements { operations.append(try Self.operation(element)) }
            return try applied(JSONPatch(operations))
        }
    }

    private func evaluate(
        _ program: PolicyProgram, _ invocation: Invocation
    ) throws(PolicyProblem) -> CELValue {
        if !program.problem.isEmpty { throw PolicyProblem(program.problem) }
        var evaluation = PolicyEvaluation(
            input(invocation), namespace: request.namespaceValue,
            variables: invocation.hook.compiled.variables, budget: PolicyEvaluation.budget)
        let result: PolicyEvaluation.Result
        do throws(PolicyEvaluation.OverBudget) {
            result = try evaluation.run(program)
        } catch {
            throw PolicyProblem(error.message)
        }
        switch result {
        case .problem(let problem): throw PolicyProblem(problem)
        case .value(let value): return value
        }
    }

    private func merged(_ patch: Value) throws(PolicyProblem) -> Value {
        var merge =
            request.info.kind.isBuiltIn
            ? StructuredMerge(request.info.kind)
            : StructuredMerge(schema: request.server.schema(of: request.info))
        do throws(StructuredMerge.Problem) {
            return try merge.apply(patch, to: request.object)
        } catch {
            throw PolicyProblem("error applying patch: \(error.message)")
        }
    }

    /// A test that fails leaves the object as it is.
    private func applied(_ patch: JSONPatch) throws(PolicyProblem) -> Value {
        do throws(JSONPatchError) {
            return try patch.apply(to: request.object)
        } catch {
            if error.isFailedTest { return request.object }
            throw PolicyProblem("JSON Patch: \(error.message)")
        }
    }

    private static func operation(
        _ element: CELValue
    ) throws(PolicyProblem) -> JSONPatch.Operation {
        guard case .object(.made(let made)) = element, made.typeName == "JSONPatch" else {
            throw PolicyProblem(
                "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch")
        }
        var value: Value?
        if let content = made["value"] {
            if case .object(.made(let object)) = content { try checkNames(object) }
            value = content.value
            if value == nil {
                throw PolicyProblem(
                    "JSONPath valueExpression evaluated to a type that could not marshal to JSON")
            }
        }
        return JSONPatch.Operation(
            made["op"]?.string ?? "", path: made["path"]?.string ?? "",
            from: made["from"]?.string.flatMap { $0.isEmpty ? nil : $0 }, value: value)
    }

    /// The types of objects inside are called by the path to them: `Object.spec.template`.
    private static func checkNames(_ made: CELMadeObject) throws(PolicyProblem) {
        var wrong: [String] = []
        check(.object(.made(made)), made.typeName, &wrong)
        if !wrong.isEmpty {
            throw PolicyProblem("type mismatch: \(wrong.joined(separator: "\n"))")
        }
    }

    private static func check(_ value: CELValue, _ path: String, _ wrong: inout [String]) {
        if case .object(.made(let made)) = value {
            if made.typeName != path {
                wrong.append(
                    "unexpected type name \(JSON.text(Value(made.typeName))), expected "
                        + "\(JSON.text(Value(path))), which matches field name path from root Object "
                        + "type")
            }
            for (name, value) in made.namedFields { check(value, "\(path).\(name)", &wrong) }
        }
        if case .list(.values(let values)) = value {
            for value in values { check(value, path, &wrong) }
        }
        if case .map(let map) = value {
            for value in map.madeValues { check(value, path, &wrong) }
        }
    }
}
