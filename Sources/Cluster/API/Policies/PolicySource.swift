import Model
import Support
import Value

/// A policy in force, with its bindings.
struct PolicyHook {
    let name: String
    let spec: Value
    let bindings: [StoredObject]
    let compiled: CompiledPolicy
    /// The kind of the parameters; nil where there is none.
    let paramKind: Kind?
    /// What is wrong with the policy as a whole.
    let problem: PolicyProblem?

    /// Whether what goes wrong refuses requests.
    var isStrict: Bool { spec["failurePolicy"].string != "Ignore" }
}

/// The policies of one kind that are in force: those that the server had seen when it last looked. It
/// looks once a second, and only where something changed.
///
/// Source: apiserver, plugin/policy/generic/policy_source.go (policyRefreshInterval 1 s). A binding made
/// at 12:00:03.4 is in force from 12:00:04 on.
struct PolicySource {
    static let interval: Milliseconds = 1000
    /// How long a change takes to the server's own view.
    private static let latency: Milliseconds = 2

    let policyKind: Kind
    let bindingKind: Kind
    private(set) var hooks: [PolicyHook] = []
    private var dirtySince: Milliseconds?
    private var compiled: [String: (version: Int, policy: CompiledPolicy)] = [:]

    init(_ policyKind: Kind, _ bindingKind: Kind) {
        self.policyKind = policyKind
        self.bindingKind = bindingKind
    }

    func concerns(_ kind: Kind) -> Bool { kind == policyKind || kind == bindingKind }

    mutating func noteChange(at instant: Milliseconds) {
        if dirtySince == nil { dirtySince = instant }
    }

    /// When a change at `instant` is in force.
    static func nextLook(after instant: Milliseconds) -> Milliseconds {
        (instant + latency + interval - 1) / interval * interval
    }

    /// Looks, if it is time to.
    mutating func refresh(_ server: APIServer, at now: Milliseconds) {
        guard let since = dirtySince else { return }
        let look = Self.nextLook(after: since)
        guard look <= now else { return }
        dirtySince = nil
        rebuild(server)
        // A kind of parameters that is not served may come to be: it is looked for again.
        if hooks.contains(where: { $0.problem != nil }) { dirtySince = now }
    }

    private mutating func rebuild(_ server: APIServer) {
        var bindings: [String: [StoredObject]] = [:]
        for binding in server.objects(bindingKind) {
            bindings[binding.value[.spec].text("policyName"), default: []].append(binding)
        }
        var known: [String: (version: Int, policy: CompiledPolicy)] = [:]
        hooks = []
        for policy in server.objects(policyKind) {
            guard let own = bindings[policy.name] else { continue }
            let spec = policy.value[.spec]
            let version = policy.value[.metadata][.generation].int ?? 0
            let program =
                if let old = compiled[policy.uid], old.version == version {
                    old.policy
                } else {
                    CompiledPolicy(spec)
                }
            known[policy.uid] = (version, program)
            let (kind, problem) = Self.paramKind(spec["paramKind"], server)
            hooks.append(
                PolicyHook(
                    name: policy.name, spec: spec, bindings: own, compiled: program,
                    paramKind: kind, problem: problem))
        }
        compiled = known
    }

    private static func paramKind(
        _ reference: Value, _ server: APIServer
    ) -> (Kind?, PolicyProblem?) {
        if reference.isNull { return (nil, nil) }
        let (version, name) = (reference.text(.apiVersion), reference.text(.kind))
        // The core's group has no name, but its slash is written.
        let shown = version.contains("/") ? version : "/\(version)"
        if case .success(let kind) = server.kinds.kind(apiVersion: version, name: name) {
            return (kind, nil)
        }
        return (
            nil,
            PolicyProblem(
                "failed to find resource referenced by paramKind: '\(shown), Kind=\(name)'")
        )
    }
}

extension PolicyHook {
    /// The parameters that a binding names; one null where it names none. None: the binding is passed over.
    ///
    /// Source: plugin/policy/generic/policy_dispatcher.go (CollectParams).
    func parameters(
        of binding: Value, for request: PolicyRequest
    ) throws(PolicyProblem) -> [Value] {
        let reference = binding[.spec]["paramRef"]
        guard let paramKind, !reference.isNull else { return [.null] }
        let server = request.server
        let info = server.kinds[paramKind]
        var namespace = reference.text(.namespace)
        if !info.isNamespaced, !namespace.isEmpty {
            throw PolicyProblem(
                "paramRef.namespace must not be provided for a cluster-scoped `paramKind`")
        }
        if info.isNamespaced, namespace.isEmpty {
            namespace = request.namespace
            if namespace.isEmpty {
                throw PolicyProblem(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped "
                        + "resources")
            }
        }
        let stored = info.storedKind
        let name = reference.text(.name)
        var found: [StoredObject] = []
        if !name.isEmpty {
            found = [server.find(stored, namespace: namespace, name: name)].compactMap(\.self)
        } else {
            let selector = LabelSelector(reference[.selector])
            let all =
                info.isNamespaced
                ? server.objects(stored, inNamespace: namespace) : server.objects(stored)
            found = all.filter { selector.matches($0.value[.metadata][.labels].fields) }
        }
        if found.isEmpty, reference["parameterNotFoundAction"].string == "Deny" {
            throw PolicyProblem(
                "no params found for policy binding with `Deny` parameterNotFoundAction")
        }
        return found.map { server.shown($0.apiValue, as: paramKind) }
    }
}
