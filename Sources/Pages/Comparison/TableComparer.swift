/// Compares two tables column by column and row by row.
struct TableComparer {
    /// The page leaves rows out.
    let isCut: Bool
    /// The page's table grew while it was watched: every row must have been there, in the end or on the way.
    let isWatch: Bool
    /// Whether an object of a name has ever been in this run.
    let knows: (String) -> Bool

    /// What is not compared: it says when, where or on what machine, and nothing of the cluster's rules.
    private static let unheeded: Set<String> = [
        "AGE", "LAST SCHEDULE", "DURATION", "LAST SEEN", "FIRST SEEN", "LASTSEEN", "FIRSTSEEN",
        "LAST-SEEN",
        "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME",
        "CPU(CORES)", "MEMORY(BYTES)", "CPU%", "MEMORY%", "CPU(cores)", "MEMORY(bytes)", "COUNT",
        "SUBOBJECT",
        "SOURCE", "VOLUMEATTRIBUTESCLASS", "ADDRESS", "NOMINATED NODE", "READINESS GATES",
        "TARGETS",
        "EXTERNAL_IP", "SECRETS", "SUSPEND", "NAMESPACE_AGE", "ALLOWVOLUMEEXPANSION",
    ]
    /// Columns of older versions, which are no more.
    private static let old: Set<String> = [
        "DESIRED", "CURRENT", "SUCCESSFUL", "CONTAINER(S)", "IMAGE(S)", "NODE-SELECTOR",
        "ACCESSMODES",
        "RECLAIMPOLICY", "REASON", "MINPODS", "MAXPODS", "MIN-AVAILABLE", "MAX-UNAVAILABLE",
        "ALLOWED-DISRUPTIONS", "NODES", "HOST", "HOSTS", "LABELS", "REPLICAS", "SELECTOR",
        "CONTROLLER",
        "KIND", "TYPE", "NAMESPACE", "READY", "VOLUME", "CLUSTER_IP", "IP(S)", "ENDPOINTS", "CLASS",
        "SHORTNAMES", "APIGROUP", "APIVERSION", "NAMESPACED", "MESSAGE", "STORAGECLASS", "CLAIM",
        "ALLOW-DISRUPTIONS", "PROVISIONER", "CURRENT", "VERSION", "LAST-SCHEDULE", "DATA",
        "CONTAINERS", "IMAGES", "SCHEDULE", "ACTIVE", "STATUS", "CAPACITY", "NODE", "IP", "ROLES",
        "AGE",
    ]

    func compare(_ theirs: PageTable, _ ours: PageTable, _ comparison: inout PageComparison) {
        checkColumns(theirs, ours, &comparison)
        guard let theirKey = key(theirs), let ourKey = key(ours) else { return }
        if isEvents(theirs) { return compareEvents(theirs, ours, &comparison) }
        var left = Array(ours.rows.indices)
        var missing: [String] = []
        for row in theirs.rows {
            let name = PageToken.name(cell(row, theirKey))
            if name.isEmpty { continue }
            let same = left.filter { PageToken.name(cell(ours.rows[$0], ourKey)) == name }
            let best = same.min { first, second in
                let costs = [first, second].map { cost(row, theirs, ours.rows[$0], ours) }
                return costs[0] < costs[1]
            }
            guard let best else {
                if !isWatch
                    || !ours.rows.contains(where: { PageToken.name(cell($0, ourKey)) == name })
                {
                    missing.append(cell(row, theirKey))
                }
                continue
            }
            left.removeAll { $0 == best }
            note(row, theirs, ours.rows[best], ours, &comparison)
        }
        countPods(theirs, ours, &comparison)
        noteCounts(missing, left.map { cell(ours.rows[$0], ourKey) }, theirs, ours, &comparison)
    }

    private func cell(_ row: [String], _ column: Int) -> String {
        column < row.count ? row[column] : ""
    }

    private func key(_ table: PageTable) -> Int? {
        table.column("NAME") ?? table.column("REVISION") ?? (table.columns.isEmpty ? nil : 0)
    }

    private func checkColumns(
        _ theirs: PageTable, _ ours: PageTable, _ comparison: inout PageComparison
    ) {
        for column in theirs.columns where !ours.columns.contains(column) {
            if Self.unheeded.contains(column) || Self.old.contains(column) { continue }
            if column.contains("...") || column.contains("…") { continue }
            comparison.note(
                "the page has a column \(column), which this command has never had", weight: 3)
        }
    }

    // MARK: Rows

    /// How many cells differ.
    private func cost(_ row: [String], _ theirs: PageTable, _ other: [String], _ ours: PageTable)
        -> Int
    {
        pairs(row, theirs, other, ours).count { !agrees($0.column, $0.page, $0.here) }
    }

    private func note(
        _ row: [String], _ theirs: PageTable, _ other: [String], _ ours: PageTable,
        _ comparison: inout PageComparison
    ) {
        let name = key(theirs).map { cell(row, $0) } ?? ""
        if let here = key(ours).map({ cell(other, $0) }), here != name {
            comparison.names.append((last(name), last(here)))
        }
        for pair in pairs(row, theirs, other, ours) {
            if pair.page.isEmpty && pair.column != "CLAIM" || pair.page.hasSuffix("...")
                || pair.page == "…"
            {
                continue
            }
            if pair.column == "AGE", let page = PageToken.age(pair.page),
                let here = PageToken.age(pair.here)
            {
                comparison.ages.append((page, here))
            }
            if PageToken.isAddress(pair.page),
                PageToken.isAddress(pair.here) || pair.here.hasPrefix("10.")
            {
                comparison.names.append((pair.page, pair.here))
            }
            if pair.column == "VOLUME", pair.page.hasPrefix("pvc-"), pair.here.hasPrefix("pvc-") {
                comparison.names.append((pair.page, pair.here))
            }
            if !agrees(pair.column, pair.page, pair.here) {
                comparison.note(
                    "\(name): \(pair.column) is \(shown(pair.page)) on the page, \(shown(pair.here)) here",
                    weight: pair.column == "STATUS" ? 3 : 2)
            }
        }
    }

    private func last(_ name: String) -> String {
        name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private func shown(_ cell: String) -> String { cell.isEmpty ? "empty" : cell }

    private struct Pair {
        let column: String
        let page: String
        let here: String
    }

    /// The cells of two rows that say the same thing, older columns translated.
    private func pairs(
        _ row: [String], _ theirs: PageTable, _ other: [String], _ ours: PageTable
    ) -> [Pair] {
        let ready = ours.column("READY").map {
            cell(other, $0).split(separator: "/").map(String.init)
        }
        return theirs.columns.enumerated().compactMap { index, column in
            let page = cell(row, index)
            if column == "NAME" || Self.unheeded.contains(column) && column != "AGE" { return nil }
            if let place = ours.column(Self.today[column] ?? column) {
                return Pair(column: column, page: page, here: cell(other, place))
            }
            guard let ready, ready.count == 2 else { return nil }
            // READY 2/3 of today is CURRENT and DESIRED of yore; CURRENT counted pods that were not ready too.
            if column == "DESIRED" { return Pair(column: column, page: page, here: ready[1]) }
            return nil
        }
    }

    private static let today = [
        "NODE-SELECTOR": "NODE SELECTOR", "ACCESSMODES": "ACCESS MODES",
        "RECLAIMPOLICY": "RECLAIM POLICY",
        "CONTAINER(S)": "CONTAINERS", "IMAGE(S)": "IMAGES", "SUCCESSFUL": "COMPLETIONS",
    ]

    // MARK: Cells

    private func agrees(_ column: String, _ page: String, _ here: String) -> Bool {
        if page == here || page.isEmpty && column != "CLAIM" || page.hasSuffix("...") {
            return true
        }
        switch column {
        case "AGE": return true
        case "READY":
            return page == here
                || !page.contains("/") && here.hasSuffix("/\(page)") && here.hasPrefix("\(page)/")
        case "RESTARTS": return isZero(page) == isZero(here)
        case "NODE", "IP", "CLUSTER-IP": return isNone(page) == isNone(here)
        case "PORT(S)": return ports(page) == ports(here)
        case "CONTROLLER": return controller(page) == controller(here)
        case "CHANGE-CAUSE": return cause(page) == cause(here)
        case "LABELS": return Set(labels(page)).isSubset(of: Set(labels(here)))
        case "SELECTOR": return Set(labels(page)) == Set(labels(here))
        case "STORAGECLASS": return isNone(page) == isNone(here)
        case "STATUS": return status(page) == status(here)
        case "ROLES": return roles(page) == roles(here)
        case "CAPACITY", "SIZE": return page.lowercased() == here.lowercased()
        case "COMPLETIONS": return page == here || here.hasPrefix("\(page)/")
        case "PROVISIONER": return true
        default: return PageToken.plainLine(page) == PageToken.plainLine(here)
        }
    }

    private func isZero(_ text: String) -> Bool { text.prefix { $0.isNumber } == "0" }

    private func isNone(_ text: String) -> Bool {
        ["<none>", "None", "", "none", "<unset>"].contains(text)
    }

    /// Ports without those of nodes, which chance draws.
    private func ports(_ text: String) -> [String] {
        text.split(separator: ",").map { part in
            guard let colon = part.firstIndex(of: ":"), let slash = part.firstIndex(of: "/") else {
                return String(part)
            }
            return String(part[..<colon] + part[slash...])
        }
    }

    /// `DaemonSet/web` of yore is `daemonset.apps/web`.
    private func controller(_ text: String) -> String {
        let parts = text.lowercased().split(separator: "/")
        guard parts.count == 2 else { return text }
        return "\(parts[0].prefix { $0 != "." })/\(parts[1])"
    }

    /// The words of the command, whatever their order.
    private func cause(_ text: String) -> [String] {
        PageText.words(text).map { $0.replacing("\"", with: "").replacing("'", with: "") }
            .map { $0 == "-n=kube-system" ? "--namespace=kube-system" : $0 }.sorted()
    }

    /// Labels without hashes and those that newer versions add.
    private func labels(_ text: String) -> [String] {
        text.split(separator: ",").map(String.init).filter { label in
            ![
                "pod-template-hash=", "controller-revision-hash=", "pod-template-generation=",
                "beta.kubernetes.io/", "kubernetes.io/arch", "kubernetes.io/os",
                "node.kubernetes.io/",
                "topology.kubernetes.io", "failure-domain", "minikube.k8s.io",
            ].contains { label.hasPrefix($0) }
        }.map { $0.hasSuffix("=") ? String($0.dropLast()) : $0 }
    }

    private func roles(_ text: String) -> [String] {
        text.split(separator: ",").map { $0 == "control-plane" ? "master" : String($0) }.sorted()
            .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    private func status(_ text: String) -> [String] {
        text.split(separator: ",").map(String.init).sorted()
    }

    // MARK: Counts

    private func noteCounts(
        _ missing: [String], _ surplus: [String], _ theirs: PageTable, _ ours: PageTable,
        _ comparison: inout PageComparison
    ) {
        // What stood in the cluster of the page's author from before is nothing of the page.
        let strangers = missing.filter { !knows(last($0)) }
        let hasOthers = strangers.count < theirs.rows.count
        comparison.strangers += strangers
        let missing =
            hasOthers || surplus.isEmpty ? missing.filter { !strangers.contains($0) } : missing
        if !hasOthers, surplus.isEmpty, !strangers.isEmpty {
            comparison.note(
                "the page shows \(OutputComparer.count(strangers.count, "row")) that this run does not: "
                    + strangers.prefix(4).joined(separator: ", "), weight: strangers.count * 5)
        }
        if !missing.isEmpty {
            let names = missing.prefix(4).joined(separator: ", ") + (missing.count > 4 ? ", …" : "")
            comparison.note(
                "the page shows \(OutputComparer.count(missing.count, "row")) that this run does not: \(names)",
                weight: missing.count * 5)
        }
        let surplus = surplus.filter { !isOfSystem($0) }
        if !surplus.isEmpty, !isCut, !isWatch {
            let names = surplus.prefix(4).joined(separator: ", ") + (surplus.count > 4 ? ", …" : "")
            comparison.note(
                "this run has \(OutputComparer.count(surplus.count, "row")) that the page does not: \(names)",
                weight: surplus.count * 5)
        }
    }

    /// Counts the pods of each workload on both sides.
    private func countPods(
        _ theirs: PageTable, _ ours: PageTable, _ comparison: inout PageComparison
    ) {
        guard theirs.column("RESTARTS") != nil, ours.column("RESTARTS") != nil,
            let theirKey = theirs.column("NAME"), let ourKey = ours.column("NAME")
        else { return }
        for row in theirs.rows {
            comparison.pods[Self.maker(cell(row, theirKey)), default: (0, 0)].page += 1
        }
        for row in ours.rows {
            comparison.pods[Self.maker(cell(row, ourKey)), default: (0, 0)].here += 1
        }
    }

    /// The name of what makes a pod: `web` for `web-0`, `web-x7k2p` and `web-7957885594-2wx4l`.
    private static func maker(_ name: String) -> String {
        var parts = PageToken.name(name).split(separator: "-")
        while let last = parts.last, parts.count > 1, last == "#" || last.allSatisfy(\.isNumber) {
            parts.removeLast()
            if last != "#" { break }
        }
        return parts.joined(separator: "-")
    }

    /// What clusters have of themselves, one these, another those.
    private func isOfSystem(_ name: String) -> Bool {
        [
            "kubernetes", "service/kubernetes", "kube-root-ca.crt", "default", "kube-node-lease",
            "standard", "standard (default)",
            "kube-public", "kube-system",
        ].contains(name)
    }

    // MARK: Events

    private func isEvents(_ table: PageTable) -> Bool {
        table.column("REASON") != nil && table.column("MESSAGE") != nil
    }

    /// Of events the page's reasons must have occurred; how often and in which order is a matter of time.
    private func compareEvents(
        _ theirs: PageTable, _ ours: PageTable, _ comparison: inout PageComparison
    ) {
        guard let reason = theirs.column("REASON"), let other = ours.column("REASON") else {
            return
        }
        let here = Set(ours.rows.map { cell($0, other) })
        var told: Set<String> = []
        for row in theirs.rows {
            let name = cell(row, reason)
            guard !name.isEmpty, !here.contains(name), told.insert(name).inserted else { continue }
            comparison.note("the page has an event \(name), which has not occurred here", weight: 2)
        }
    }
}
