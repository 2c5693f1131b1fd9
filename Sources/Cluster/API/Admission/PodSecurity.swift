import Model
import Support
import Value

/// Holds pods to what their namespace allows, and warns of pods and workloads that are not.
/// Source: k8s.io/pod-security-admission, admission/admission.go.
struct PodSecurity: AdmissionPlugin {
    /// As many pods of a namespace are looked at when its level changes.
    private static let checkedPods = 3000

    var kinds: [Kind] {
        [
            .namespace, .pod, .podTemplate, .replicationController, .replicaSet, .deployment,
            .statefulSet, .daemonSet, .job, .cronJob,
        ]
    }
    var reads: [Kind] { [.namespace] }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        if request.kind == .namespace {
            try validateNamespace(request)
        } else if request.kind == .pod {
            try validatePod(request)
        } else {
            warn(request)
        }
    }

    private func policy(of request: AdmissionRequest) -> PodSecurityPolicy {
        let namespace = request.server.find(.namespace, name: request.key.namespace)
        return PodSecurityPolicy.read(
            namespace?.value[.metadata][.labels].fields ?? Object()
        ).policy
    }

    // MARK: Pods and workloads

    private func validatePod(_ request: AdmissionRequest) throws(APIError) {
        let policy = policy(of: request)
        guard !policy.isPrivileged else { return }
        if let old = request.old, !isSignificant(request.object[.spec], old.value[.spec]) { return }
        let subject = PodSecuritySubject(request.object)
        let violations = policy.enforce.violations(of: subject)
        guard violations.isEmpty else {
            throw .forbidden(
                request.info, request.key.name,
                "violates PodSecurity \"\(policy.enforce.text)\": \(violations.details)")
        }
        warn(request, policy.warn, of: subject)
    }

    /// Of what may change in a running pod only images count, and ephemeral containers.
    private func isSignificant(_ spec: Value, _ old: Value) -> Bool {
        func images(_ spec: Value, _ list: Key) -> [Value] { spec.list(list).map { $0[.image] } }
        let ephemeral = old.list(.ephemeralContainers)
        return [Key.containers, .initContainers].contains { images(spec, $0) != images(old, $0) }
            || spec.list(.ephemeralContainers).contains { container in
                ephemeral.first { $0[.name] == container[.name] }?[.image] != container[.image]
            }
    }

    /// What makes pods is never refused: its pods will be.
    private func warn(_ request: AdmissionRequest) {
        guard request.server.warnings != nil, let place = request.info.podTemplate else { return }
        let policy = policy(of: request)
        guard policy.warn.level != .privileged else { return }
        let template = request.object.value(at: place.path)
        guard !template.isNull else { return }
        warn(request, policy.warn, of: PodSecuritySubject(template))
    }

    private func warn(
        _ request: AdmissionRequest, _ standard: PodSecurityStandard, of subject: PodSecuritySubject
    ) {
        guard request.server.warnings != nil else { return }
        let violations = standard.violations(of: subject)
        guard !violations.isEmpty else { return }
        request.server.warn([
            "would violate PodSecurity \"\(standard.text)\": \(violations.details)"
        ])
    }

    // MARK: Namespaces

    private func validateNamespace(_ request: AdmissionRequest) throws(APIError) {
        let (policy, errors) = PodSecurityPolicy.read(
            request.object[.metadata][.labels].fields)
        guard let old = request.old else {
            if !errors.isEmpty { throw .invalid(request.info, request.key.name, errors) }
            return
        }
        let (before, oldErrors) = PodSecurityPolicy.read(old.value[.metadata][.labels].fields)
        if !errors.isEmpty, errors != oldErrors {
            throw .invalid(request.info, request.key.name, errors)
        }
        let (new, last) = (policy.enforce, before.enforce)
        guard request.server.warnings != nil, new != last, new.level != .privileged,
            new.minor != last.minor || new.level > last.level
        else { return }
        warn(request, ofPodsAgainst: new)
    }

    /// One line for each kind of violation, with the first pod that has it. Of the pods of a controller
    /// the first is looked at before the others of all.
    private func warn(_ request: AdmissionRequest, ofPodsAgainst standard: PodSecurityStandard) {
        let server = request.server
        let all = inOrder(server.objects(.pod, inNamespace: request.key.name))
        var found: [String: (first: String, count: Int)] = [:]
        for pod in all.prefix(Self.checkedPods) {
            let violations = standard.violations(of: PodSecuritySubject(pod.value))
            guard !violations.isEmpty else { continue }
            let known = found[violations.reasons]
            found[violations.reasons] = (
                min(known?.first ?? pod.name, pod.name), (known?.count ?? 0) + 1
            )
        }
        if all.count > Self.checkedPods {
            server.warn([
                "new PodSecurity enforce level only checked against the first \(Self.checkedPods) "
                    + "of \(all.count) existing pods"
            ])
        }
        guard !found.isEmpty else { return }
        server.warn([
            "existing pods in namespace \"\(request.key.name)\" violate the new PodSecurity "
                + "enforce level \"\(standard.text)\""
        ])
        let lines = found.map { reasons, pods in
            switch pods.count {
            case 1: "\(pods.first): \(reasons)"
            case 2: "\(pods.first) (and 1 other pod): \(reasons)"
            default: "\(pods.first) (and \(pods.count - 1) other pods): \(reasons)"
            }
        }
        server.warn(lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    private func inOrder(_ pods: [StoredObject]) -> [StoredObject] {
        var controllers: Set<String> = []
        var (first, others): ([StoredObject], [StoredObject]) = ([], [])
        for pod in pods {
            if let owner = pod.controllerReference, !controllers.insert(owner.text(.uid)).inserted {
                others.append(pod)
            } else {
                first.append(pod)
            }
        }
        return first + others
    }
}
