/// Who makes a request, as the API server knows it after authentication.
package struct UserInfo: Sendable, Equatable {
    /// Further facts about a user ("scopes").
    package struct Extra: Sendable, Equatable {
        package let key: String
        package var values: [String]

        package init(key: String, values: [String]) {
            self.key = key
            self.values = values
        }
    }

    package var name: String
    package var uid = ""
    package var groups: [String]
    /// By key, each once, in the order of the keys.
    package var extra: [Extra] = []

    package init(_ name: String, uid: String = "", groups: [String] = []) {
        self.name = name
        self.uid = uid
        self.groups = groups
    }

    /// The user of every request that names no other: a new cluster's administrator, as kubeadm calls it.
    package static let administrator = UserInfo(
        "kubernetes-admin", groups: ["kubeadm:cluster-admins", "system:authenticated"])

    /// The user that an administrator acts as who says `--as`: a service account has the groups of its
    /// namespace unless groups are given, and everyone is a member of one of two groups by having a name
    /// or none ("system:anonymous").
    ///
    /// Source: apiserver, endpoints/filters/impersonation. `bob` gets [system:authenticated],
    /// `system:serviceaccount:shop:bot` [system:serviceaccounts, system:serviceaccounts:shop,
    /// system:authenticated].
    package static func impersonated(_ name: String, uid: String, groups: [String]) -> UserInfo {
        var groups = groups
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if groups.isEmpty, parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" {
            groups = ["system:serviceaccounts", "system:serviceaccounts:\(parts[2])"]
        }
        let (known, unknown) = ("system:authenticated", "system:unauthenticated")
        if name == "system:anonymous" {
            if !groups.contains(unknown) { groups.append(unknown) }
        } else if !groups.contains(known), !groups.contains(unknown) {
            groups.append(known)
        }
        return UserInfo(name, uid: uid, groups: groups)
    }
}
