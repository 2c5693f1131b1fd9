import API
import Support
import Model
import Value

extension VerbCall {
    /// Throws what the server says to one who may not do that.
    func require(_ access: Access, _ info: KindDescriptor? = nil) throws(VerbError) {
        do throws(APIError) {
            try context.client.require(access)
        } catch {
            throw .api(error, info)
        }
    }
}

/// The user that a command acts as: `--as` and its like, or what the kubeconfig says of the user.
enum Impersonation {
    /// Nil where nobody else is meant. `entry` is the user of the kubeconfig, `name` what it is called.
    static func user(
        _ flags: FlagValues, _ entry: Value, _ name: String
    ) throws(VerbError) -> UserInfo? {
        func text(_ flag: String) -> String {
            let given = flags.string(flag)
            return given.isEmpty ? entry.text(Key(flag)) : given
        }
        var groups = flags.strings("as-group")
        if groups.isEmpty { groups = entry["as-groups"].elements.compactMap(\.string) }
        let (user, uid) = (text("as"), text("as-uid"))
        let extra = extra(flags.strings("as-user-extra"), entry["as-user-extra"])
        guard !user.isEmpty else {
            if uid.isEmpty, groups.isEmpty, extra.isEmpty { return nil }
            throw .message(
                "requesting uid, groups or user-extra for \(name) without impersonating a user")
        }
        var result = UserInfo.impersonated(user, uid: uid, groups: groups)
        result.extra = extra
        return result
    }

    /// The facts by their keys. Keys are lower case, as they travel in headers.
    private static func extra(_ given: [String], _ entry: Value) -> [UserInfo.Extra] {
        var pairs: [(key: String, value: String)] = given.compactMap { text in
            guard let sign = text.firstIndex(of: "=") else { return nil }
            return (text[..<sign].lowercased(), String(text[text.index(after: sign)...]))
        }
        if pairs.isEmpty {
            for field in entry.fields {
                for value in field.value.elements.compactMap(\.string) {
                    pairs.append((field.key.name.lowercased(), value))
                }
            }
        }
        var extra: [UserInfo.Extra] = []
        for (key, value) in pairs {
            if let place = extra.firstIndex(where: { $0.key == key }) {
                extra[place].values.append(value)
            } else {
                extra.append(UserInfo.Extra(key: key, values: [value]))
            }
        }
        return extra.sorted { $0.key < $1.key }
    }
}
