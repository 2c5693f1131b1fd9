import API
import Containers
import Model
import Value

// Programs that ask the cluster's DNS, as the pod's resolver does.
extension ContainerProgram {
    static let nslookup = ContainerProgram("nslookup", summary: "looks a name up in DNS") { call in
        var type = DNSRecordType.a
        var names: [String] = []
        for word in call.arguments {
            let option = word.drop { $0 == "-" }
            if word.hasPrefix("-") {
                let parts = option.split(separator: "=").map(String.init)
                guard parts.count == 2, ["type", "query", "q", "t"].contains(parts[0]),
                    let known = DNSRecordType(named: parts[1])
                else { continue }
                type = known
            } else {
                names.append(word)
            }
        }
        guard let name = names.first, let lookup = call.nameLookup else {
            return call.fail("usage: nslookup [-type=TYPE] NAME")
        }
        let response: DNSResponse
        if let reverse = DNSName.reverse(of: name) {
            response = lookup.settings.answer(reverse, .ptr, lookup.server)
        } else {
            response = lookup.settings.look(up: name, type, in: lookup.server).response
        }
        let (text, isFound) = NslookupText.text(of: response, asked: name)
        call.output.write(text)
        return isFound ? 0 : 1
    }

    static let dig = ContainerProgram("dig", summary: "asks DNS for records: +short, +search") {
        call in
        var type: DNSRecordType?
        var name: String?
        var options: Set<String> = []
        var words = call.arguments[...]
        while let word = words.popFirst() {
            if word.hasPrefix("+") {
                options.insert(String(word.dropFirst()))
            } else if word == "-x", let address = words.popFirst() {
                name = DNSName.reverse(of: address)
                type = .ptr
            } else if word.hasPrefix("@") || word.uppercased() == "IN" || word.hasPrefix("-") {
                continue
            } else if type == nil, let known = DNSRecordType(named: word) {
                type = known
            } else {
                name = word
            }
        }
        guard let name, let lookup = call.nameLookup else {
            return call.fail("usage: dig NAME [TYPE]")
        }
        let response =
            options.contains("search")
            ? lookup.settings.look(up: name, type ?? .a, in: lookup.server).response
            : lookup.settings.answer(name, type ?? .a, lookup.server)
        if options.contains("short") {
            for record in response.answers { call.output.write(record.data + "\n") }
        } else {
            var parts = options.contains("noall") ? [] : DigText.allParts
            for part in DigText.allParts where options.contains(part) { parts.insert(part) }
            call.output.write(
                DigText(words: call.arguments, parts: parts, now: call.clock.now).text(response))
        }
        return 0
    }

    static let getent = ContainerProgram("getent", summary: "getent hosts NAME: looks a name up") {
        call in
        guard call.arguments.count == 2, ["hosts", "ahosts"].contains(call.arguments[0]),
            let lookup = call.nameLookup
        else { return call.fail("usage: getent hosts NAME") }
        let response = lookup.settings.look(up: call.arguments[1], .a, in: lookup.server).response
        for record in response.answers where record.type == .a {
            let name = record.name.hasSuffix(".") ? String(record.name.dropLast()) : record.name
            call.output.write("\(record.data)      \(name)\n")
        }
        return response.answers.isEmpty ? 2 : 0
    }
}

extension ProgramCall {
    /// The resolver of the pod that the program runs in, and the cluster's server.
    var nameLookup: (settings: ResolverSettings, server: any NameServer)? {
        guard let world = space.host as? ContainerWorld else { return nil }
        let facts = space.facts
        guard
            let pod = world.cluster.api.find(
                .pod, namespace: facts.namespace, name: facts.podName)
        else { return nil }
        return (ResolverSettings(pod: pod.value), world.cluster.nameServer)
    }
}
