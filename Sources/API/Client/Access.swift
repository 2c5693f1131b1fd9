import Model
import Value

/// What someone wants to do, as an authorizer sees it.
package struct Access: Sendable, Equatable {
    /// "get", "list", "deletecollection"; of a path the method in small letters.
    package var verb: String
    package var group = ""
    /// The plural of the kind: "deployments".
    package var resource = ""
    /// "log", "scale"; empty for the object itself.
    package var subresource = ""
    package var name = ""
    /// Empty for objects without a namespace, and for all namespaces together.
    package var namespace = ""
    /// The path of a request that is about no object ("/metrics"); nil for all others.
    package var path: String?

    package init(_ verb: String) { self.verb = verb }

    /// A request about objects of a kind. A request about one namespace counts as made in it.
    package init(
        _ verb: String, _ info: KindDescriptor, namespace: String = "", name: String = "",
        subresource: String = ""
    ) {
        self.verb = verb
        group = info.group
        resource = info.plural
        self.subresource = subresource
        self.name = name
        self.namespace = info.isNamespaced ? namespace : info.kind == .namespace ? name : ""
    }

    /// The refusal, in the server's words. Source: apiserver, handlers/responsewriters (forbiddenMessage).
    package func forbidden(_ user: UserInfo, reason: String, kind: Kind? = nil) -> APIError {
        let who = "User \(JSON.text(Value(user.name))) cannot \(verb)"
        let what: String
        if let path {
            what = "path \(JSON.text(Value(path)))"
        } else {
            let part = subresource.isEmpty ? resource : "\(resource)/\(subresource)"
            let place =
                namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
            what = "resource \"\(part)\" in API group \"\(group)\" \(place)"
        }
        let qualified = group.isEmpty ? resource : "\(resource).\(group)"
        var subject =
            name.isEmpty ? "\(qualified) is forbidden" : "\(qualified) \"\(name)\" is forbidden"
        if resource.isEmpty { subject = "forbidden" }
        let end = reason.isEmpty ? "" : ": \(reason)"
        return APIError(
            .forbidden, "\(subject): \(Self.harmless(who)) \(Self.harmless(what))\(end)",
            kind: kind,
            name: name)
    }

    /// A text that no browser takes for HTML.
    private static func harmless(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}

/// What an authorizer says of a request.
package struct AccessDecision: Sendable, Equatable {
    package let isAllowed: Bool
    /// Why not, where there is more to say than that no rule allows it.
    package let reason: String

    package init(isAllowed: Bool, reason: String = "") {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// All that someone may do in a namespace.
package struct AccessRules: Sendable, Equatable {
    /// Rules as roles have them.
    package let rules: [Value]
    /// Why there may be more; empty where there is not.
    package let problem: String

    package init(rules: [Value], problem: String = "") {
        self.rules = rules
        self.problem = problem
    }
}
