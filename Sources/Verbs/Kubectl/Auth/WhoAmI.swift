import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl auth whoami`: the user of every request, or the one acted as.
    static let whoAmI: Verb = {
        var verb = Verb("whoami", summary: "Say who asks")
        verb.examples = ["auth whoami", "auth whoami --as=bob --as-group=devs"]
        verb.flags = [.output, .template, .showManagedFields, .allowMissingTemplateKeys]
        verb.holdsGoTypes = true
        verb.run = { call in
            let printer = try ResultPrinter(call)
            let user: UserInfo
            do throws(APIError) {
                user = try call.context.client.whoAmI()
            } catch {
                throw VerbError.message(
                    "the selfsubjectreviews API is not enabled in the cluster or you do not have "
                        + "permission to call it")
            }
            if printer.isPlain {
                call.context.output.write(TabWriter.align(user.table, .table))
            } else {
                try printer.write([
                    .kind: "SelfSubjectReview", .apiVersion: "authentication.k8s.io/v1",
                    .metadata: [.creationTimestamp: Value(call.context.now.text)],
                    .status: ["userInfo": user.value],
                ])
            }
        }
        return verb
    }()
}

extension UserInfo {
    /// As kubectl shows it.
    fileprivate var table: String {
        var text = "ATTRIBUTE\tVALUE\n"
        if !name.isEmpty { text += "Username\t\(name)\n" }
        if !uid.isEmpty { text += "UID\t\(uid)\n" }
        if !groups.isEmpty { text += "Groups\t[\(groups.joined(separator: " "))]\n" }
        for fact in extra {
            text += "Extra: \(fact.key)\t[\(fact.values.joined(separator: " "))]\n"
        }
        return text
    }

    /// As the API shows it.
    fileprivate var value: Value {
        var value: Value = ["username": Value(name)]
        if !uid.isEmpty { value[.uid] = Value(uid) }
        if !groups.isEmpty { value["groups"] = .array(groups.map { Value($0) }) }
        for fact in extra { value["extra"][Key(fact.key)] = .array(fact.values.map { Value($0) }) }
        return value
    }
}
