import Model
import Support
import Value

extension Verb {
    /// `kubectl set serviceaccount`.
    static let setServiceAccount: Verb = {
        var verb = Verb("serviceaccount", summary: "Change the service account of pods")
        verb.aliases = ["sa"]
        verb.usage = "(-f FILE | TYPE NAME) SERVICE_ACCOUNT [flags]"
        verb.examples = ["set serviceaccount deployment web robot"]
        verb.flags = setFlags.filter { $0.name != "selector" } + [.record]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            guard let name = call.arguments.last else {
                throw VerbError.message("serviceaccount is required")
            }
            // One word is the account, so that no object is named.
            if call.arguments.count == 1, !call.hasFiles {
                throw VerbError.message(ObjectQuery.resourceRequired)
            }
            let command = SetCommand(call: call)
            try command.update(
                Array(call.arguments.dropLast()), "serviceaccount",
                failure: "failed to patch ServiceAccountName ", confirmsAll: true
            ) { value, info throws(VerbError) in
                try value.modify(at: command.podSpec(info, value)) { spec throws(VerbError) in
                    spec[.serviceAccountName] = Value(name)
                    // The server keeps the old field equal; a file has it only where it had it.
                    if !call.flags.bool("local") || !spec[.serviceAccount].isNull {
                        spec[.serviceAccount] = Value(name)
                    }
                }
            }
        }
        return verb
    }()
}
