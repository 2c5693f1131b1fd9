import Model
import Support
import Value

extension KindStrategy {
    /// Who asks is who sent the request; a request stays as it was made, and its status is written through
    /// the subresources alone. Source: pkg/registry/certificates/certificates/strategy.go.
    static let certificateSigningRequest = with { strategy in
        strategy.completeNew = { request, _, _, _ in
            for field in [Key("uid"), "extra"] { request[.spec][field] = .null }
            request[.spec]["username"] = Value(ClusterUser.name)
            request[.spec]["groups"] = Value(strings: ClusterUser.groups)
        }
        strategy.completeChanged = { request, _, _, current in
            request[.spec] = current.value[.spec]
        }
        strategy.carryOverStatus = { status, old, server in
            guard case .array(var conditions) = status[.conditions] else { return }
            let now = server.timestamp
            for index in conditions.indices {
                if conditions[index][.lastUpdateTime].isNull {
                    conditions[index][.lastUpdateTime] = now
                }
                guard conditions[index][.lastTransitionTime].isNull else { continue }
                let known = old[.conditions].elements.first {
                    $0[.type] == conditions[index][.type]
                        && $0[.status] == conditions[index][.status]
                        && !$0[.lastTransitionTime].isNull
                }
                conditions[index][.lastTransitionTime] = known?[.lastTransitionTime] ?? now
            }
            status[.conditions] = .array(conditions)
        }
    }
}

/// Whose requests the API server sees from scripts.
enum ClusterUser {
    static let name = "kubernetes-admin"
    static let groups = ["kubeadm:cluster-admins", "system:authenticated"]
}
