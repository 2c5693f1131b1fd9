import API
import Model
import Value

extension KindStrategy {
    /// Source: the namespace strategy, NamespaceDefaultLabelName and the registry's Delete.
    static let namespace = with { strategy in
        strategy.initialStatus = [.phase: "Active"]
        strategy.completeNew = { namespace, _, _, key in
            namespace[.metadata][.labels]["kubernetes.io/metadata.name"] = Value(key.name)
            namespace[.spec][.finalizers] = ["kubernetes"]
        }
        strategy.isHeld = { !$0[.spec][.finalizers].elements.isEmpty }
        strategy.delete = { current, options, server throws(APIError) in
            try server.deleteNamespace(current, options)
        }
    }
}
