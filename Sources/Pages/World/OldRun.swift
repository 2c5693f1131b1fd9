/// `kubectl run` as it was up to 1.17, where it made a Deployment: what a reader has to do today.
struct OldRun {
    let file: String
    let manifest: String
    let command: String
    let remark: String

    /// Nil unless the command is `run` and the page shows that it made a Deployment.
    init?(_ text: String, output: [String]) {
        guard PageCommands.verb(of: text) == "run",
            let line = output.first(where: { $0.contains("created") }),
            line.hasPrefix("deployment")
        else { return nil }
        var name: String?
        var image: String?
        var (replicas, port, space) = ("1", "", "")
        let words = PageText.words(text)
        guard let run = words.firstIndex(of: "run") else { return nil }
        var place = run + 1
        while place < words.count {
            let parts = words[place].split(separator: "=", maxSplits: 1).map(String.init)
            let next = place + 1 < words.count ? words[place + 1] : ""
            let value = parts.count == 2 ? parts[1].trimmingQuotes : next
            let isApart = parts.count == 1
            switch parts.first ?? "" {
            case "--image": image = value
            case "--replicas": replicas = value
            case "--port": port = value
            case "-n", "--namespace": space = value
            case "--": place = words.count
            case let word where word.hasPrefix("-"):
                place += 1
                continue
            case let word:
                name = name ?? word
                place += 1
                continue
            }
            place += isApart ? 2 : 1
        }
        guard let name, let image, Int(replicas) != nil else { return nil }
        let ports = Int(port).map { "\n        ports: [{containerPort: \($0)}]" } ?? ""
        file = "run-\(name).yaml"
        manifest = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: \(name)
              labels: {run: "\(name)"}
            spec:
              replicas: \(replicas)
              selector:
                matchLabels: {run: "\(name)"}
              template:
                metadata:
                  labels: {run: "\(name)"}
                spec:
                  containers:
                  - name: \(name)
                    image: "\(image)"\(ports)

            """
        command = "kubectl create -f \(file)" + (space.isEmpty ? "" : " -n \(space)")
        remark =
            "kubectl run makes a Pod since Kubernetes 1.18; this run goes on with a Deployment as the page does"
    }
}
