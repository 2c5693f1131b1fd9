/// Kubernetes' functions of authorization, which ask who may do what (apiserver `cel/library/authz.go`).
enum CELAuthorizerFunction: String, CaseIterable, Sendable {
    case path, group, serviceAccount
    case resource, subresource, namespace, name, fieldSelector, labelSelector
    case check
    case allowed, reason, errored, error

    private static let authorizerType = "kubernetes.authorization.Authorizer"
    private static let pathType = "kubernetes.authorization.PathCheck"
    private static let groupType = "kubernetes.authorization.GroupCheck"
    private static let resourceType = "kubernetes.authorization.ResourceCheck"
    private static let decisionType = "kubernetes.authorization.Decision"

    var signatures: [String] {
        switch self {
        case .path: ["\(Self.authorizerType).(string) -> \(Self.pathType)"]
        case .group: ["\(Self.authorizerType).(string) -> \(Self.groupType)"]
        case .serviceAccount: ["\(Self.authorizerType).(string, string) -> \(Self.authorizerType)"]
        case .resource: ["\(Self.groupType).(string) -> \(Self.resourceType)"]
        case .subresource, .namespace, .name, .fieldSelector, .labelSelector:
            ["\(Self.resourceType).(string) -> \(Self.resourceType)"]
        case .check:
            [Self.pathType, Self.resourceType].map { "\($0).(string) -> \(Self.decisionType)" }
        case .allowed, .errored: ["\(Self.decisionType).() -> bool"]
        case .reason, .error: ["\(Self.decisionType).() -> string"]
        }
    }
}
