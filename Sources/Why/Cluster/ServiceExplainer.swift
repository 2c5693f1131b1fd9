import API
import Cluster
import Model
import Support
import Value

/// A service: whether anybody stands behind it.
enum ServiceExplainer: Explainer {
    static let kinds = [Kind.service]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = ServiceView(object.value)
        let name = inquiry.name(object)
        if view.type == "ExternalName" {
            return Finding(name, "is another name for \(view.externalName)", state: .fine)
        }
        let ready = endpoints(object, inquiry)
        guard !view.selector.isEmpty else {
            return Finding(
                name, ready > 0 ? "has \(ready) endpoints" : "has no endpoints",
                "it has no selector: somebody writes its endpoints by hand",
                state: ready > 0 || object.name == "kubernetes" ? .fine : .stuck)
        }
        let selector = LabelSelector(labels: view.selector)
        let pods = inquiry.state.list(.pod, namespace: object.namespace) {
            selector.matches($0.value[.metadata][.labels].fields)
                && !PodView($0.value).isTerminal
        }
        if pods.isEmpty { return unselected(object, view, selector, inquiry) }
        if let broken = wrongPort(object, view, pods, inquiry) { return broken }
        let notReady = pods.filter { !PodView($0.value).isReady }
        if ready > 0 {
            return Finding(
                name, "has \(ready) ready endpoint\(ready == 1 ? "" : "s")",
                notReady.isEmpty ? "" : "of \(pods.count) pods, \(notReady.count) are not ready",
                state: .fine, because: inquiry.troubles(notReady, most: 2))
        }
        guard !notReady.isEmpty else {
            return Finding(
                name, "has no ready endpoints yet", "its pods are ready since a moment",
                state: .waiting)
        }
        return Finding(
            name, "has no ready endpoints",
            "none of its \(pods.count == 1 ? "one pod" : "\(pods.count) pods") is ready",
            because: inquiry.troubles(notReady))
    }

    /// How many ready endpoints its slices name.
    private static func endpoints(_ object: StoredObject, _ inquiry: Inquiry) -> Int {
        let slices = inquiry.state.list(.endpointSlice, namespace: object.namespace) {
            $0.value[.metadata][.labels]["kubernetes.io/service-name"].string == object.name
        }
        return slices.reduce(0) { count, slice in
            let view = EndpointSliceView(slice.value)
            guard !view.ports.isEmpty || ServiceView(object.value).ports.isEmpty else {
                return count
            }
            return count
                + view.endpoints.count { $0[.conditions][.ready].bool ?? true }
        }
    }

    private static func unselected(
        _ object: StoredObject, _ view: ServiceView, _ selector: LabelSelector, _ inquiry: Inquiry
    ) -> Finding {
        var finding = Finding(
            inquiry.name(object), "has no endpoints", "no pod has \(selector.text)",
            because: SelectorWords(inquiry).nearest(selector, in: object.namespace))
        for field in view.selector.sortedByName {
            let wanted = field.value.string ?? ""
            guard
                let near = SelectorWords(inquiry).correction(
                    field.key, wanted, in: object.namespace), near != wanted
            else { continue }
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "patch service \(object.name) -p "
                            + "'{\"spec\":{\"selector\":{\"\(field.key.name)\":\"\(near)\"}}}'",
                        in: object.namespace), "selects the pods that there are")
            ]
            break
        }
        return finding
    }

    /// A port of the service whose name no container gives to one of its own.
    private static func wrongPort(
        _ object: StoredObject, _ view: ServiceView, _ pods: [StoredObject], _ inquiry: Inquiry
    ) -> Finding? {
        var names: [String: Int] = [:]
        for pod in pods {
            for container in PodSpecView(pod.value[.spec]).containers {
                for port in container.ports where !port.text(.name).isEmpty {
                    names[port.text(.name)] = port.int(.containerPort)
                }
            }
        }
        for port in view.ports {
            guard let target = port[.targetPort].string, Int(target) == nil, names[target] == nil
            else { continue }
            let known = names.keys.sorted()
            var finding = Finding(
                inquiry.name(object), "has no endpoints for port \(port.int(.port))",
                "its targetPort \"\(target)\" is no port of its pods"
                    + (known.isEmpty
                        ? ", which name none" : ", which name \(known.joined(separator: ", "))"))
            if let near = nearestName(to: target, among: known) ?? known.first {
                finding.hints = [
                    Finding.Hint(
                        inquiry.command(
                            "patch service \(object.name) -p '{\"spec\":{\"ports\":[{\"port\":"
                                + "\(port.int(.port)),\"targetPort\":\"\(near)\"}]}}'",
                            in: object.namespace), "names one that there is")
                ]
            }
            return finding
        }
        return nil
    }
}
