import Model

extension KindStrategy {
    /// A kubelet registers its node with a status.
    static let node = with { $0.keepsStatusOfNew = true }

    static let configMap = with { $0.quota = .named("configmaps") }
    static let secret = with { $0.quota = .named("secrets") }
    static let resourceQuota = with { $0.quota = .named("resourcequotas") }
}
