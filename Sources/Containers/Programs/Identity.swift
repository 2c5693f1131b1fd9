// Who and where: `hostname`, `id`, `whoami`, `uname`, `which`.
extension ContainerProgram {
    static let hostname = ContainerProgram(
        "hostname", summary: "prints the pod's host name; -i its address"
    ) { call in
        let facts = call.space.facts
        switch call.arguments.first {
        case nil, "-s": call.output.write(facts.hostname + "\n")
        case "-i", "-I", "--ip-address":
            call.output.write(facts.addresses.joined(separator: " ") + "\n")
        case "-f", "--fqdn": call.output.write(call.space.fullName + "\n")
        case "-d":
            let rest = call.space.fullName.drop { $0 != "." }.dropFirst()
            call.output.write(rest + "\n")
        default:
            return call.fail("sethostname: Operation not permitted")
        }
        return 0
    }

    static let id = ContainerProgram("id", summary: "prints user and groups") { call in
        let user = call.files.user
        let names = call.space
        func named(_ id: Int, _ name: String?) -> String { name.map { "\(id)(\($0))" } ?? "\(id)" }
        switch call.arguments.first {
        case "-u": call.output.write("\(user.id)\n")
        case "-g": call.output.write("\(user.group)\n")
        case "-un": call.output.write((names.userName(user.id) ?? "\(user.id)") + "\n")
        case "-G":
            let groups = [user.group] + user.groups.filter { $0 != user.group }
            call.output.write(groups.map { String($0) }.joined(separator: " ") + "\n")
        default:
            var text =
                "uid=\(named(user.id, names.userName(user.id))) "
                + "gid=\(named(user.group, names.groupName(user.group)))"
            let groups = [user.group] + user.groups.filter { $0 != user.group }
            text +=
                " groups=" + groups.map { named($0, names.groupName($0)) }.joined(separator: ",")
            call.output.write(text + "\n")
        }
        return 0
    }

    static let whoami = ContainerProgram("whoami", summary: "prints the user's name") { call in
        let user = call.files.user.id
        guard let name = call.space.userName(user) else {
            return call.fail("unknown uid \(user)")
        }
        call.output.write(name + "\n")
        return 0
    }

    static let uname = ContainerProgram("uname", summary: "prints the system's name") { call in
        let facts = call.space.facts
        let options = call.options().letters
        let kernel = facts.kernel
        let parts: [(Character, String)] = [
            ("s", "Linux"), ("n", facts.hostname), ("r", kernel), ("v", "#1 SMP"), ("m", "x86_64"),
            ("o", "GNU/Linux"),
        ]
        let shown = parts.filter { options.contains("a") || options.contains($0.0) }.map(\.1)
        call.output.write((shown.isEmpty ? "Linux" : shown.joined(separator: " ")) + "\n")
        return 0
    }

    static let arch = ContainerProgram("arch", summary: "prints the machine's sort") { call in
        call.output.write("x86_64\n")
        return 0
    }

    static let which = ContainerProgram("which", summary: "says where programs are") { call in
        var status: Int32 = 0
        for name in call.arguments where !name.hasPrefix("-") {
            if call.space.command(named: name) != nil || call.space.isShell(name) {
                call.output.write(call.space.image.place(of: name) + "\n")
            } else {
                status = 1
            }
        }
        return status
    }

    static let clear = ContainerProgram("clear", aliases: ["reset"], summary: "does nothing here") {
        _ in 0
    }

    static let sync = ContainerProgram("sync", summary: "does nothing: nothing is cached") { _ in 0
    }
}

extension ContainerSpace {
    /// The first name that the hosts file has for the pod's own address.
    var fullName: String {
        guard let address = facts.addresses.first, let bytes = try? files.read("/etc/hosts") else {
            return facts.hostname
        }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            if words.count > 1, words[0] == address { return String(words[1]) }
        }
        return facts.hostname
    }

    private func name(of id: Int, in file: String) -> String? {
        guard let bytes = try? files.read(file) else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 2, Int(parts[2]) == id { return String(parts[0]) }
        }
        return nil
    }

    func userName(_ id: Int) -> String? { name(of: id, in: "/etc/passwd") }
    func groupName(_ id: Int) -> String? { name(of: id, in: "/etc/group") }
}
