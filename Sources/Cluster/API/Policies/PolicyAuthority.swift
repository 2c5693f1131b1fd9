import API
import CEL
import Model
import Support
import Value

/// Answers what expressions ask of `authorizer`: by the roles of the cluster, for who makes the request.
///
/// It lives as long as an evaluation, on the world's own thread; that is why it may hold the server.
struct PolicyAuthority: CELAuthority, @unchecked Sendable {
    private unowned let server: APIServer
    private let user: UserInfo

    init(_ server: APIServer) {
        self.server = server
        user = server.requester
    }

    func decide(_ question: CELAccessQuestion) -> CELAccessDecision {
        var access = Access(question.verb)
        access.group = question.group
        access.resource = question.resource
        access.subresource = question.subresource
        access.namespace = question.namespace
        access.name = question.name
        access.path = question.path
        let who =
            question.account.map {
                UserInfo.impersonated(
                    "system:serviceaccount:\($0.namespace):\($0.name)", uid: "", groups: [])
            } ?? user
        let decision = Authorizer(api: server).decide(access, for: who)
        return CELAccessDecision(isAllowed: decision.isAllowed, reason: decision.reason)
    }

    /// Source: apiserver, cel/library/authz.go (authorizerServiceAccount).
    func problem(of account: CELAccessQuestion.Account) -> String? {
        if !NameRules.dns1123Subdomain(account.name).isEmpty {
            return "Invalid service account name"
        }
        let isNamespace = NameRules.dns1123Label(account.namespace).isEmpty
        return isNamespace ? nil : "Invalid service account namespace"
    }
}

extension PolicyRequest {
    /// `authorizer` and `authorizer.requestResource`.
    var authorizers: (any: CELValue, resource: CELValue) {
        let authority = PolicyAuthority(server)
        var question = CELAccessQuestion()
        question.group = info.group
        question.resource = info.plural
        question.subresource = subresource
        question.namespace = namespace
        question.name = name
        return (.authorizer(authority), .resourceCheck(authority, question))
    }
}

extension APIServer {
    /// Who makes the request at work: the user that somebody acts as, else the administrator, else the
    /// component at work under the name that kubeadm's clusters give it.
    var requester: UserInfo {
        if let impersonated { return impersonated }
        if cause.actor == .user { return .administrator }
        let actor = actorOf(cause.actor)
        switch actor.name {
        case "system":
            return UserInfo(
                "system:apiserver", groups: ["system:authenticated", "system:masters"])
        case "kubelet":
            return UserInfo(
                "system:node:\(actor.host)", groups: ["system:nodes", "system:authenticated"])
        case "default-scheduler":
            return UserInfo("system:kube-scheduler", groups: ["system:authenticated"])
        default:
            return .impersonated(
                "system:serviceaccount:kube-system:\(actor.name)", uid: "", groups: [])
        }
    }
}
