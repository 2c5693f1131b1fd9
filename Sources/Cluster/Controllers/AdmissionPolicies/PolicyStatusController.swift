import CEL
import Model
import Schema
import Support
import Value

/// Checks the types of what validating policies say of the kinds that they are for, and writes into their
/// status what it found. It changes nothing of what a policy does.
///
/// Source: pkg/controller/validatingadmissionpolicystatus, apiserver plugin/policy/validating
/// (typechecking.go).
final class PolicyStatusController: Controller, FreeRequester {
    private static let look: Int32 = 0
    private static let mostTypes = 10
    private static let kinds: [Kind] = [
        .validatingAdmissionPolicy, .validatingAdmissionPolicyBinding, .mutatingAdmissionPolicy,
        .mutatingAdmissionPolicyBinding,
    ]

    init() { super.init(name: "validatingadmissionpolicy-status-controller") }

    override func start() {
        for kind in Self.kinds { watch(kind) }
    }

    override func observe(_ change: Change) {
        // The server has work to do until it has looked; then it is done, and a world may rest.
        schedule(after: PolicySource.nextLook(after: now) - now, code: Self.look)
        if change.kind == .validatingAdmissionPolicy, change.type != .deleted {
            enqueue(change.object)
        }
    }

    override func fire(_ event: Event) { api.refreshPolicies() }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let policy = view.get(.validatingAdmissionPolicy, key) else { return }
        let generation = policy.value[.metadata][.generation].int ?? 0
        guard generation > policy.value[.status][.observedGeneration].int ?? 0 else { return }
        let warnings = check(policy.value[.spec])
        try send { own throws(APIError) in
            try own.api.modifyStatus(policy) { status in
                status[.observedGeneration] = Value(generation)
                status["typeChecking"] =
                    warnings.isEmpty ? .emptyObject : ["expressionWarnings": .array(warnings)]
            }
        }
    }

    // MARK: Types

    private func check(_ spec: Value) -> [Value] {
        let infos = typesToCheck(spec)
        let parameter = parameterShape(spec["paramKind"])
        var warnings: [Value] = []
        for (index, validation) in spec.list("validations").enumerated() {
            for field in ["expression", "messageExpression"] {
                let text = validation.text(Key(field))
                if text.isEmpty { continue }
                let problems = infos.compactMap { problem(text, spec, $0, parameter) }
                if problems.isEmpty { continue }
                warnings.append([
                    "fieldRef": Value("spec.validations[\(index)].\(field)"),
                    "warning": Value(problems.joined(separator: "\n")),
                ])
            }
        }
        return warnings
    }

    private func problem(
        _ text: String, _ spec: Value, _ info: KindDescriptor, _ parameter: CELShape
    ) -> String? {
        guard let shape = shape(of: info) else { return nil }
        let compiler = PolicyCompiler(
            hasParams: !spec["paramKind"].isNull, composes: true, shape: shape,
            paramShape: parameter)
        for variable in spec.list("variables") {
            _ = compiler.compileVariable(variable.text(.name), variable.text("expression"))
        }
        let problem = compiler.compile(text, .anything, note: "").problem
        if problem.isEmpty { return nil }
        return "\(info.group)/\(info.version), Kind=\(info.name): \(problem)\n"
    }

    private func shape(of info: KindDescriptor) -> CELShape? {
        info.kind.isBuiltIn
            ? PolicyExpressions.shape(of: info.kind, named: info.name)
            : PolicyExpressions.shape(of: api.schema(of: info), named: info.name)
    }

    private func parameterShape(_ reference: Value) -> CELShape {
        guard !reference.isNull,
            case .success(let kind) = api.kinds.kind(
                apiVersion: reference.text(.apiVersion), name: reference.text(.kind))
        else { return .any }
        return shape(of: api.kinds[kind]) ?? .any
    }

    /// The kinds that the rules name; none of rules with wildcards. By group, version and kind.
    private func typesToCheck(_ spec: Value) -> [KindDescriptor] {
        var found: [KindDescriptor] = []
        for rule in spec["matchConstraints"].list("resourceRules") {
            func words(_ field: String) -> [String] {
                let words = rule.list(Key(field)).compactMap(\.string)
                return words.contains { $0.contains("*") } ? [] : words
            }
            let (groups, versions) = (words("apiGroups"), words("apiVersions"))
            let resources = rule.list(.resources).compactMap(\.string).filter {
                !$0.contains("*") && !$0.contains("/")
            }
            for info in api.kinds.everyVersion
            where groups.contains(info.group) && versions.contains(info.version)
                && resources.contains(info.plural) && api.kinds.serves(info.kind)
                && !found.contains(where: { $0.kind == info.kind })
            {
                found.append(info)
                if found.count == Self.mostTypes { return Self.sorted(found) }
            }
        }
        return Self.sorted(found)
    }

    private static func sorted(_ infos: [KindDescriptor]) -> [KindDescriptor] {
        infos.sorted { ($0.group, $0.version, $0.name) < ($1.group, $1.version, $1.name) }
    }
}
