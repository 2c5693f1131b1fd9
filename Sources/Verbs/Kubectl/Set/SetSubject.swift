import Model
import Support
import Value

extension Verb {
    /// `kubectl set subject`.
    static let setSubject: Verb = {
        var verb = Verb("subject", summary: "Add subjects to a role binding")
        verb.usage = "(-f FILE | TYPE NAME) [--user=name] [--group=name] [--serviceaccount=ns:name]"
        verb.examples = ["set subject rolebinding view --serviceaccount=default:robot"]
        verb.flags =
            setFlags + [
                Flag("user", nil, .strings, "a user"), Flag("group", nil, .strings, "a group"),
                Flag("serviceaccount", nil, .strings, "a service account: namespace:name"),
            ]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = setSubject
        return verb
    }()

    private static func setSubject(_ call: VerbCall) throws {
        if call.arguments.isEmpty, !call.hasFiles, !call.flags.bool("local") {
            throw VerbError.message(ObjectQuery.resourceRequired)
        }
        let added = try subjects(call)
        if added.isEmpty {
            throw VerbError.message(
                "you must specify at least one value of user, group or serviceaccount")
        }
        try SetCommand(call: call).update(
            call.arguments, "subjects", failure: "failed to patch subjects to rolebinding: "
        ) { value, info throws(VerbError) in
            guard info.kind == .roleBinding || info.kind == .clusterRoleBinding else {
                throw SetCommand(call: call).failed(
                    info, value,
                    "setting subjects is only supported for RoleBinding/ClusterRoleBinding")
            }
            var present = value["subjects"].elements
            for subject in added where !present.contains(subject) { present.append(subject) }
            value["subjects"] = .array(present)
        }
    }

    /// The subjects that `--user`, `--group` and `--serviceaccount` name.
    static func subjects(_ call: VerbCall) throws(VerbError) -> [Value] {
        let group: Value = "rbac.authorization.k8s.io"
        var subjects: [Value] = []
        for (flag, kind) in [("user", "User"), ("group", "Group")] {
            for name in call.flags.list(flag) {
                subjects.append(["apiGroup": group, .kind: Value(kind), .name: Value(name)])
            }
        }
        for account in call.flags.list("serviceaccount") {
            let parts = account.split(separator: ":", omittingEmptySubsequences: false)
                .map(String.init)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw .message("serviceaccount must be <namespace>:<name>")
            }
            subjects.append([
                .kind: "ServiceAccount", .name: Value(parts[1]), .namespace: Value(parts[0]),
            ])
        }
        return subjects
    }
}
