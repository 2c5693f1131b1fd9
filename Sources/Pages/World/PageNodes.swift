import Value

/// The machines that a page takes for granted, as statements that add them: those that its own `get nodes`
/// lists, with their roles and versions; else the names and numbers that its other outputs show; else three.
struct PageNodes {
    private struct Node {
        var name: String
        var roles = ""
        var version = ""
        var status = "Ready"
    }

    let statements: [String]

    init(_ page: Page) {
        var nodes = Self.listed(page)
        if nodes.isEmpty {
            nodes = Self.nodesOfPods(page, all: true).map { Node(name: $0) }
        }
        if nodes.isEmpty { nodes = Self.usual(page).map { Node(name: $0) } }
        let runsOnControlPlane = Self.nodesOfPods(page, all: false)
        let isAlone = nodes.count == 1
        statements = nodes.flatMap { node in
            Self.statements(node, isTainted: !isAlone && !runsOnControlPlane.contains(node.name))
        }
    }

    private static func statements(_ node: Node, isTainted: Bool) -> [String] {
        var words = ["node add", node.name]
        for role in node.roles.split(separator: ",").map(String.init) where role != "<none>" {
            words += ["--label", "node-role.kubernetes.io/\(role)="]
            if isTainted, role == "master" || role == "control-plane" {
                words += ["--taint", "node-role.kubernetes.io/\(role):NoSchedule"]
            }
        }
        if node.version.hasPrefix("v1.") { words += ["--version", node.version] }
        let cordons =
            node.status.contains("SchedulingDisabled") ? ["kubectl cordon \(node.name)"] : []
        return [words.joined(separator: " ")] + cordons
    }

    /// What the first `get nodes` of the page shows.
    private static func listed(_ page: Page) -> [Node] {
        for command in page.commands {
            guard let words = PageCommands.arguments(of: command.text),
                words.first == "get", words.count > 1,
                words[1...].contains(where: { ["no", "node", "nodes"].contains($0) }),
                let table = PageTable.tables(in: command.output).first,
                let names = table.column("NAME")
            else { continue }
            let (roles, versions) = (table.column("ROLES"), table.column("VERSION"))
            let status = table.column("STATUS")
            let nodes = table.rows.compactMap { row -> Node? in
                let name = row[names]
                guard isName(name) else { return nil }
                var node = Node(name: name)
                if let roles { node.roles = row[roles] }
                if let versions { node.version = row[versions] }
                if let status { node.status = row[status] }
                return node
            }
            var seen: Set<String> = []
            return nodes.filter { seen.insert($0.name).inserted }
        }
        return []
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.first, first.isLetter || first.isNumber else { return false }
        return text.allSatisfy {
            $0.isASCII && ($0.isLowercase || $0.isNumber || "-.".contains($0))
        }
    }

    /// The machines of a page that shows none: those that its commands name, and others beside them. A command
    /// about one machine does not say that there is no other, but where that is how a cluster of one is called.
    private static func usual(_ page: Page) -> [String] {
        var names = named(page)
        if let first = names.first, names.count == 1, alone.contains(first) { return names }
        let count = daemonPods(page) ?? 3
        var number = 1
        while names.count < count {
            add("worker-\(number)", to: &names)
            number += 1
        }
        return names
    }

    /// What programs that make a cluster of one machine call it.
    private static let alone: Set<String> = [
        "minikube", "docker-desktop", "docker-for-desktop", "kind-control-plane", "colima",
        "orbstack", "rancher-desktop", "lima-rancher-desktop", "microk8s-vm",
    ]

    /// The machines that commands name.
    private static func named(_ page: Page) -> [String] {
        var names: [String] = []
        for command in page.commands {
            guard let words = PageCommands.arguments(of: command.text) else { continue }
            let plain = words.filter { !$0.hasPrefix("-") }
            switch plain.first {
            case "cordon", "uncordon", "drain": add(plain.dropFirst().first, to: &names)
            case "label", "taint", "describe", "annotate":
                guard plain.count > 2, ["no", "node", "nodes"].contains(plain[1]) else { continue }
                add(plain[2], to: &names)
            default: break
            }
        }
        return names
    }

    private static func add(_ name: String?, to names: inout [String]) {
        guard var name else { return }
        if let slash = name.lastIndex(of: "/") { name = String(name[name.index(after: slash)...]) }
        guard isName(name), !name.contains("="), !names.contains(name) else { return }
        names.append(name)
    }

    /// The NODE columns of the page's tables.
    ///
    /// - Parameter all: also of pods that daemons may be.
    private static func nodesOfPods(_ page: Page, all: Bool) -> [String] {
        var names: [String] = []
        let daemons = daemonNames(page)
        for command in page.commands {
            for table in PageTable.tables(in: command.output) {
                guard let node = table.column("NODE"), let name = table.column("NAME") else {
                    continue
                }
                for row in table.rows
                where all || !daemons.contains(where: { row[name].hasPrefix($0) }) {
                    if row[node] != "<none>", !row[node].contains("...") {
                        add(row[node], to: &names)
                    }
                }
            }
        }
        return names
    }

    private static func daemonNames(_ page: Page) -> [String] {
        page.manifests.flatMap { ManifestText.objects($0.text) }
            .filter { $0[.kind].string == "DaemonSet" }
            .compactMap { $0[.metadata][.name].string }
    }

    /// As many machines as a DaemonSet of the page has pods.
    private static func daemonPods(_ page: Page) -> Int? {
        let daemons = daemonNames(page)
        for command in page.commands {
            for table in PageTable.tables(in: command.output) {
                guard let names = table.column("NAME") else { continue }
                let rows = table.rows.filter { row in daemons.contains { row[names].contains($0) } }
                if let desired = table.column("DESIRED"), let row = rows.first,
                    table.column("NODE SELECTOR").map({ row[$0] == "<none>" }) ?? true,
                    let count = Int(row[desired]), (1...100).contains(count)
                {
                    return count
                }
                guard table.column("RESTARTS") != nil, let first = rows.first else { continue }
                let daemon = daemons.first { first[names].hasPrefix($0 + "-") }
                let count = rows.count { row in
                    daemon.map { row[names].hasPrefix($0 + "-") } ?? false
                }
                if (1...100).contains(count) { return count }
            }
        }
        return nil
    }
}
