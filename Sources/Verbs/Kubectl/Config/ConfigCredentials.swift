import Support
import Value

extension Verb {
    /// `kubectl config set-credentials`. Source of rules and texts: kubectl's command of that name.
    static let configSetCredentials = configVerb(
        "set-credentials", "Make the entry of a user, or change one", usage: "NAME",
        example: "config set-credentials guest --token=secret",
        flags: [
            Flag("client-certificate", nil, .string, "a file with a certificate"),
            Flag("client-key", nil, .string, "a file with its key"),
            Flag("embed-certs", nil, .bool, "keep the contents of those files, not their names"),
            Flag("token", nil, .string, "a token"), Flag("username", nil, .string, "a name"),
            Flag("password", nil, .string, "a password"),
            Flag("auth-provider", nil, .string, "what gives credentials"),
            pairs("auth-provider-arg", "an argument of it: key=value, or key-"),
            Flag("exec-command", nil, .string, "a program that gives credentials; none is started"),
            Flag("exec-api-version", nil, .string, "the version of its answers"),
            Flag("exec-arg", nil, .strings, "an argument of the program"),
            pairs("exec-env", "a variable of the program: key=value, or key-"),
            Flag("exec-interactive-mode", nil, .string, "IfAvailable, Never or Always"),
            Flag("exec-provide-cluster-info", nil, .bool, "tell the program of the cluster"),
        ]
    ) { call in
        guard call.arguments.count == 1 else { throw call.unexpectedWords("unexpected") }
        let name = call.arguments[0]
        let (arguments, variables) = try lists(call)
        try check(name, call)
        var config = try call.kubeConfig()
        var user = config[.users, name] ?? .emptyObject
        for file in ["client-certificate", "client-key"] where call.flags.has(file) {
            try call.setFile(file, &user)
        }
        call.set([("token", "token"), ("username", "username"), ("password", "password")], &user)
        setProvider(&user, arguments, call)
        setProgram(&user, variables, call)
        // One way to be known takes the place of the other.
        let hasToken = !call.flags.string("token").isEmpty
        let hasName = ["username", "password"].contains { !call.flags.string($0).isEmpty }
        if hasName, !hasToken { user["token"] = .null }
        if hasToken, !hasName {
            user["username"] = .null
            user["password"] = .null
        }
        config[.users, name] = user
        try call.save(config)
        call.context.output.line("User \"\(name)\" set.")
    }

    private static func pairs(_ name: String, _ summary: String) -> Flag {
        Flag(name, nil, .strings, summary)
    }

    private static func check(_ name: String, _ call: VerbCall) throws(VerbError) {
        let flags = call.flags
        if name.isEmpty { throw .message("you must specify a non-empty user name") }
        if !flags.string("token").isEmpty,
            !flags.string("username").isEmpty || !flags.string("password").isEmpty
        {
            throw .message(
                "you cannot specify more than one authentication method at the same time: --token, "
                    + "--username/--password")
        }
        try call.checkEmbedding(["client-certificate", "client-key"])
        let mode = flags.string("exec-interactive-mode")
        if flags.has("exec-interactive-mode"), !["IfAvailable", "Never", "Always"].contains(mode) {
            throw .message(
                "invalid interactive mode type, can be only IfAvailable, Never, Always")
        }
    }

    /// `key=value` sets, `key-` removes. Source: cmdutil.ParsePairs.
    private static func changes(
        _ words: [String], _ what: String
    ) throws(VerbError) -> [(key: String, text: String?)] {
        var found: [(key: String, text: String?)] = []
        var invalid: [String] = []
        for word in words {
            if let equals = word.firstIndex(of: "="), equals != word.startIndex {
                found.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
            } else if word.hasSuffix("-"), word.count > 1 {
                found.append((String(word.dropLast()), nil))
            } else {
                invalid.append(word)
            }
        }
        if !invalid.isEmpty {
            throw .message("invalid \(what) format: \(invalid.joined(separator: ", "))")
        }
        return found
    }

    private typealias Changes = [(key: String, text: String?)]

    /// The lists of `key=value` and `key-`; what is none of them is told behind the help.
    private static func lists(
        _ call: VerbCall
    ) throws(VerbError) -> (arguments: Changes, variables: Changes) {
        do throws(VerbError) {
            return (
                try changes(call.flags.list("auth-provider-arg"), "auth-provider-arg"),
                try changes(call.flags.strings("exec-env"), "exec-env")
            )
        } catch {
            call.context.output.write(HelpText.of(call.verb, path: call.path))
            throw error
        }
    }

    private static func setProvider(_ user: inout Value, _ changed: Changes, _ call: VerbCall) {
        let wanted = call.flags.string("auth-provider")
        if call.flags.has("auth-provider"), user["auth-provider"].text(.name) != wanted {
            user["auth-provider"] = [.name: Value(wanted)]
        }
        guard !user["auth-provider"].isNull else { return }
        for (key, text) in changed { user["auth-provider"]["config"][Key(key)] = Value(text) }
    }

    private static func setProgram(_ user: inout Value, _ variables: Changes, _ call: VerbCall) {
        let flags = call.flags
        if flags.has("exec-command") {
            user["exec"]["command"] = Value(flags.string("exec-command"))
            user["exec"]["args"] = .null
        }
        guard !user["exec"].isNull else { return }
        var program = user["exec"]
        call.set(
            [("exec-api-version", .apiVersion), ("exec-interactive-mode", "interactiveMode")],
            &program)
        if flags.has("exec-arg") {
            program["args"] = .array(flags.list("exec-arg").map { Value($0) })
        }
        if flags.has("exec-provide-cluster-info") {
            program["provideClusterInfo"] = .bool(flags.bool("exec-provide-cluster-info"))
        }
        for (key, text) in variables {
            var list = program[.env].elements
            let index = list.firstIndex { $0.text(.name) == key }
            switch (index, text) {
            case (let index?, let text?): list[index][.value] = Value(text)
            case (nil, let text?): list.append([.name: Value(key), .value: Value(text)])
            case (let index?, nil): list.remove(at: index)
            case (nil, nil): break
            }
            program[.env] = .array(list)
        }
        user["exec"] = ordered(program)
    }

    /// The fields as Go has them, those that it cannot omit included.
    private static func ordered(_ program: Value) -> Value {
        var result = Object()
        for key: Key in [
            "command", "args", .env, .apiVersion, "installHint", "provideClusterInfo",
            "interactiveMode",
        ] {
            let isKept = key == "args" || key == .env
            let value = key == "provideClusterInfo" && program[key].isNull ? false : program[key]
            if !value.isNull || isKept { result.append(key, value) }
        }
        return .object(result)
    }
}
