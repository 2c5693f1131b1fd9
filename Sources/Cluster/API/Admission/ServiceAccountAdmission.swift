import Model
import Support
import Value

/// Gives every pod a service account and mounts the account's token.
/// Source: the ServiceAccount plugin.
///
/// The name of the token volume ends in five characters that upstream draws per pod. Here they are
/// drawn per set of pods with the same spec, so that these can share one spec.
struct ServiceAccountAdmission: AdmissionPlugin {
    private static let mountPath: Value = "/var/run/secrets/kubernetes.io/serviceaccount"
    private static let prefix = "kube-api-access-"

    var kinds: [Kind] { [.pod] }
    var reads: [Kind] { [.serviceAccount] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create else { return }
        var spec = request.object[.spec]
        if spec.text(.serviceAccountName).isEmpty { spec[.serviceAccountName] = "default" }
        let name = spec.text(.serviceAccountName)
        spec[.serviceAccount] = Value(name)
        guard
            let account = request.server.find(
                .serviceAccount, namespace: request.key.namespace, name: name)
        else {
            throw .forbidden(
                request.info, request.nameBeforeStorage,
                "error looking up service account \(request.key.namespace)/\(name): "
                    + "serviceaccount \"\(name)\" not found")
        }
        let mounts =
            spec[.automountServiceAccountToken].bool
            ?? account.value[.automountServiceAccountToken].bool ?? true
        if mounts { mountToken(&spec, request) }
        let secrets = account.value[.imagePullSecrets]
        if spec[.imagePullSecrets].elements.isEmpty, !secrets.elements.isEmpty {
            spec[.imagePullSecrets] = secrets
        }
        request.object[.spec] = spec
    }

    private func mountToken(_ spec: inout Value, _ request: AdmissionRequest) {
        let metadata = request.object[.metadata]
        let owner = metadata[.generateName].string ?? request.key.name
        var random = request.server.identities.stream(
            "token volume", "\(request.key.namespace)/\(owner)")
        // A pod that has such a volume already gets no second one.
        let known = spec[.volumes].elements.first { $0.text(.name).hasPrefix(Self.prefix) }
        let volume = known?[.name] ?? Value("\(Self.prefix)\(random.suffix(length: 5))")
        var isNeeded = false
        for list in [Key.initContainers, Key.containers] {
            for index in spec[list].elements.indices {
                let mounts = spec[list][index][.volumeMounts].elements
                if mounts.contains(where: { $0[.mountPath] == Self.mountPath }) { continue }
                isNeeded = true
                spec[list][index][.volumeMounts].append([
                    .mountPath: Self.mountPath, .name: volume, .readOnly: true,
                ])
            }
        }
        if isNeeded, known == nil {
            spec[.volumes].append([.name: volume, .projected: Self.tokenVolume])
        }
    }

    private static let tokenVolume: Value = [
        .defaultMode: 420,
        .sources: [
            [.serviceAccountToken: [.expirationSeconds: 3607, .path: "token"]],
            [
                .configMap: [
                    .items: [[.key: "ca.crt", .path: "ca.crt"]], .name: "kube-root-ca.crt",
                ]
            ],
            [
                .downwardAPI: [
                    .items: [
                        [
                            .fieldRef: [
                                .apiVersion: "v1", .fieldPath: "metadata.namespace",
                            ], .path: "namespace",
                        ]
                    ]
                ]
            ],
        ],
    ]
}
